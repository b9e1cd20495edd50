package kernels

/*
#cgo LDFLAGS: -lm
#include "lapack.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
)

// linear is OpenBLAS, once it has been asked for.
var linear struct {
	once sync.Once
	err  error
	inGo atomic.Bool // there are routines that are Go code
}

// RegisterLAPACK loads OpenBLAS, which is installed where it is missing, and makes JAX's custom calls of LAPACK known
// to the CPU's plugin: lapack_spotrf_ffi and its like, in float32, float64, complex64 and complex128. Where it cannot,
// it makes those known that are done without: geev, gees and syevd. The outcome is that of the first call.
func RegisterLAPACK() error {
	linear.once.Do(func() {
		if linear.err = loadOpenBLAS(); linear.err != nil {
			withoutOpenBLAS()
		}
		linear.err = errors.Join(linear.err, registerRoutines())
	})
	return linear.err
}

// RoutinesInGo is whether a program that calls a routine may call Go code by that.
func RoutinesInGo() bool { return linear.inGo.Load() }

// withoutOpenBLAS fills the table with the routines that are written in Go.
func withoutOpenBLAS() {
	linear.inGo.Store(true)
	for i := range routines() {
		r := &routines()[i]
		for t, name := range r.names {
			r.f[t] = nil
			switch C.GoString(name)[1:] {
			case "geev", "gees", "syevd", "heevd":
				r.f[t] = unsafe.Pointer(C.gk_native)
			}
		}
	}
}

// prefixes stand before the names of OpenBLAS's functions: those of SciPy's build, and of others.
var prefixes = []string{"scipy_", ""}

// loadOpenBLAS fills the table of routines.
func loadOpenBLAS() error {
	info, err := pjrt.OpenBLAS()
	if err != nil {
		return err
	}
	lib, err := openForProcessor(info.Path)
	if err != nil {
		return err
	}
	for _, prefix := range prefixes {
		if lib.Symbol(prefix+"spotrf_") == nil {
			continue
		}
		for _, table := range [][]C.gk_routine{routines(), products()} {
			for i := range table {
				r := &table[i]
				for t, name := range r.names {
					symbol := prefix + C.GoString(name) + "_"
					if r.f[t] = lib.Symbol(symbol); r.f[t] == nil {
						return fmt.Errorf("kernels: %s has no %s: it is not the whole of OpenBLAS with LAPACK",
							info.Path, symbol)
					}
				}
			}
		}
		if set := lib.Symbol(prefix + "openblas_set_num_threads"); set != nil {
			C.gk_call_int(set, C.int(pjrt.Threads()))
		}
		return nil
	}
	return fmt.Errorf("kernels: %s has no LAPACK with 32-bit integers under the names that are known (scipy_spotrf_, "+
		"spotrf_): GOJAX_OPENBLAS names another library", info.Path)
}

// openForProcessor opens OpenBLAS, which chooses its code by the processor. On Zen 4 it takes that of AVX-512. That of
// AVX2 takes 0.95 to 1.07 of the time for products, 0.65 to 0.85 for Cholesky's and LU factorisations.
func openForProcessor(path string) (*pjrt.Library, error) {
	const choice = "OPENBLAS_CORETYPE"
	if _, chosen := os.LookupEnv(choice); !chosen && bool(C.gk_zen4()) {
		if err := os.Setenv(choice, "Zen"); err == nil {
			defer os.Unsetenv(choice)
		}
	}
	return pjrt.OpenLibrary(path)
}

func routines() []C.gk_routine {
	var n C.int
	first := C.gk_routines(&n)
	return unsafe.Slice(first, n)
}

func products() []C.gk_routine {
	var n C.int
	first := C.gk_products(&n)
	return unsafe.Slice(first, n)
}

func registerRoutines() error {
	for _, r := range routines() {
		for t, name := range r.names {
			if r.f[t] == nil {
				continue
			}
			for _, library := range []string{"lapack", "blas"} { // versions of JAX differ about trsm's
				name := library + "_" + C.GoString(name) + "_ffi"
				if err := pjrt.RegisterFFI(name, unsafe.Pointer(r.handler), "cpu"); err != nil {
					return err
				}
			}
		}
	}
	if linear.err != nil {
		return nil
	}
	calls := map[string]unsafe.Pointer{"gojax_lapack_permutation": C.gk_permutation, "lapack_gojax_dot": C.gk_dot}
	// Measured: on Zen 4 XLA's products of 2000 by 2000 and more take 1.1 to 1.3 times as long as OpenBLAS's, on the
	// other processors that were tried 0.6 of the time.
	if C.gk_zen4() {
		calls["lapack_gojax_large_dot"] = C.gk_dot
	}
	for name, handler := range calls {
		if err := pjrt.RegisterFFI(name, handler, "cpu"); err != nil {
			return err
		}
	}
	return nil
}

// HasRoutine is whether programs may call a routine of LAPACK's, by the name of its custom call. Where OpenBLAS should
// be there and is not, that is said once on stderr.
func HasRoutine(name string) bool {
	if err := RegisterLAPACK(); err != nil && !errors.Is(err, pjrt.ErrOff) {
		said.Do(func() {
			fmt.Fprintf(os.Stderr, "gojax: linear algebra takes its slower ways, without OpenBLAS: %v\n", err)
		})
	}
	return pjrt.HasKernelOn(name, "cpu")
}

var said sync.Once
