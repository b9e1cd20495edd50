package kernels

/*
#include "sort.h"
*/
import "C"

import "unsafe"

// sorting are the handlers of sorting and its family.
var sorting = map[string]unsafe.Pointer{
	"gojax_extreme":   C.gk_extreme,
	"gojax_partition": C.gk_partition,
	"gojax_search":    C.gk_search,
	"gojax_select":    C.gk_select,
	"gojax_sort":      C.gk_sort,
	"gojax_top":       C.gk_top,
}
