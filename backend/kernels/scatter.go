package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// scattering are the handlers of sums and counts by place.
var scattering = map[string]unsafe.Pointer{
	"gojax_count":       C.gk_count,
	"gojax_scatter_add": C.gk_scatter_add,
}
