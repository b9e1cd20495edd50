package kernels

/*
#include "sort.h"
*/
import "C"

import (
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
)

// sorting are the handlers of sorting and its family, by the names of their custom calls.
var sorting = map[string]unsafe.Pointer{
	"gojax_sort":    C.gk_sort,
	"gojax_select":  C.gk_select,
	"gojax_extreme": C.gk_extreme,
}

// HasSorting is whether name is a custom call of sorting's family that programs on the CPU may make.
func HasSorting(name string) bool { return sorting[name] != nil && registerSorting() == nil }

var registerSorting = sync.OnceValue(func() error {
	for name, handler := range sorting {
		if err := pjrt.RegisterFFI(name, handler, "cpu"); err != nil {
			return err
		}
	}
	return nil
})
