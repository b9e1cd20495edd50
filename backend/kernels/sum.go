package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// summing are the handlers of sums along axes.
var summing = map[string]unsafe.Pointer{
	"gojax_sum": C.gk_sum,
}
