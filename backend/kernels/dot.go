package kernels

/*
#include "lapack.h"
*/
import "C"

import "unsafe"

// multiplying are the handlers of products that are not OpenBLAS's: of integers, and of floats.
var multiplying = map[string]unsafe.Pointer{
	"gojax_float_dot": C.gk_float_dot,
	"gojax_int_dot":   C.gk_int_dot,
	"gojax_small_dot": C.gk_small_dot,
}
