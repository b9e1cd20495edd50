package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// convolving are the handlers of convolutions.
var convolving = map[string]unsafe.Pointer{
	"gojax_convolve":          C.gk_convolve,
	"gojax_convolve_features": C.gk_convolve_features,
}
