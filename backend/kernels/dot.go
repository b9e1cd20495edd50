package kernels

/*
#include "lapack.h"
*/
import "C"

import (
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
)

// IntDot is the name of the custom call of products of matrices of integers.
const IntDot = "gojax_int_dot"

// HasIntDot is whether programs on the CPU may call IntDot.
func HasIntDot() bool { return registerIntDot() == nil }

var registerIntDot = sync.OnceValue(func() error {
	return pjrt.RegisterFFI(IntDot, unsafe.Pointer(C.gk_int_dot), "cpu")
})
