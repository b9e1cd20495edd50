package main

/*
typedef void (*gemm)(const char*, const char*, const int*, const int*, const int*, const void*, const void*, const int*,
                     const void*, const int*, const void*, void*, const int*);

static void call_sgemm(void* f, int n, const float* a, const float* b, float* c) {
  float one = 1, zero = 0;
  ((gemm)f)("N", "N", &n, &n, &n, &one, a, &n, b, &n, &zero, c, &n);
}

static void call_dgemm(void* f, int n, const double* a, const double* b, double* c) {
  double one = 1, zero = 0;
  ((gemm)f)("N", "N", &n, &n, &n, &one, a, &n, b, &n, &zero, c, &n);
}
*/
import "C"

import (
	"fmt"
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
)

// ideal makes a yardstick: what a row's work would take if it took no more than what it cannot do without.
type ideal func() (func(), error)

// copying moves as many bytes, read and written, from memory to memory on all processors.
func copying(bytes int) ideal {
	return func() (func(), error) {
		from, to := make([]byte, bytes/2), make([]byte, bytes/2)
		for i := range from {
			from[i] = byte(i) // what was never written is one page of zeros, over and over
		}
		workers := pjrt.Threads()
		part := (len(from) + workers - 1) / workers
		return func() {
			var wg sync.WaitGroup
			for start := 0; start < len(from); start += part {
				end := min(start+part, len(from))
				wg.Go(func() { copy(to[start:end], from[start:end]) })
			}
			wg.Wait()
		}, nil
	}
}

// gemm is a product of two n by n matrices by OpenBLAS, called directly.
func gemm(d jnp.DType, n int) ideal {
	return func() (func(), error) {
		info, err := pjrt.OpenBLAS()
		if err != nil {
			return nil, err
		}
		lib, err := pjrt.OpenLibrary(info.Path)
		if err != nil {
			return nil, err
		}
		name := "sgemm_"
		if d == jnp.Float64 {
			name = "dgemm_"
		}
		f := lib.Symbol("scipy_" + name)
		if f == nil {
			f = lib.Symbol(name)
		}
		if f == nil {
			return nil, fmt.Errorf("%s has no %s", info.Path, name)
		}
		if d == jnp.Float64 {
			m := make([]float64, 3*n*n)
			at := func(i int) *C.double { return (*C.double)(unsafe.Pointer(&m[i*n*n])) }
			return func() { C.call_dgemm(f, C.int(n), at(0), at(1), at(2)) }, nil
		}
		m := make([]float32, 3*n*n)
		at := func(i int) *C.float { return (*C.float)(unsafe.Pointer(&m[i*n*n])) }
		return func() { C.call_sgemm(f, C.int(n), at(0), at(1), at(2)) }, nil
	}
}
