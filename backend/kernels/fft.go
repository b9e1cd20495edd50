package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// transforming are the handlers of Fourier transforms.
var transforming = map[string]unsafe.Pointer{
	"gojax_fft": C.gk_fft,
}
