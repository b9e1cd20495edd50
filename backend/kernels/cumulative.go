package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// accumulating are the handlers of cumulative operations.
var accumulating = map[string]unsafe.Pointer{
	"gojax_cumulative": C.gk_cumulative,
}
