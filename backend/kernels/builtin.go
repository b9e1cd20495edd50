package kernels

/*
#include "builtin.h"
#include "lapack.h"
#include "sort.h"
*/
import "C"

import (
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
)

// builtin are the handlers that are there without OpenBLAS, by the names of their custom calls.
var builtin = map[string]unsafe.Pointer{
	"gojax_convolve":   C.gk_convolve,
	"gojax_cumulative": C.gk_cumulative,
	"gojax_extreme":    C.gk_extreme,
	"gojax_int_dot":    C.gk_int_dot,
	"gojax_select":     C.gk_select,
	"gojax_sort":       C.gk_sort,
	"gojax_top":        C.gk_top,
}

// HasBuiltin is whether name is a custom call of these, which programs on the CPU may make.
func HasBuiltin(name string) bool { return builtin[name] != nil && registerBuiltin() == nil }

var registerBuiltin = sync.OnceValue(func() error {
	for name, handler := range builtin {
		if err := pjrt.RegisterFFI(name, handler, "cpu"); err != nil {
			return err
		}
	}
	return nil
})
