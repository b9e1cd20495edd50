package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// reducing are the handlers of sums and extremes along axes.
var reducing = map[string]unsafe.Pointer{
	"gojax_reduce": C.gk_reduce,
}
