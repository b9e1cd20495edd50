package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestCholesky(t *testing.T) {
	b := newBench(t)
	for i, d := range append(sampleOf(inexact), ir.Float64) {
		l := someMatrices(d, 2, 4, 4)
		if i == len(sampleOf(inexact)) { // kernels of our own have small ones
			l = someMatrices(d, 2, 11, 11)
		}
		x := mmul(l, adjoint(l))
		f := f1(ops.Cholesky)
		var got arr
		b.values(f, []arr{x}, func(y []arr) {
			got = y[0]
			if s := mmul(got, adjoint(got)).closeTo(x, 30*tolOf(d)); s != "" {
				t.Errorf("%v: L·Lᴴ is not x: %s", d, s)
			}
			mapMatrix(got, false, func(i, j int, v complex128) complex128 {
				if j > i && v != 0 || j == i && (imag(v) != 0 || real(v) <= 0) {
					t.Errorf("%v: element %d,%d of L is %v", d, i, j, v)
				}
				return v
			})
		})
		// The upper triangle does not matter.
		lower := mapMatrix(x, false, func(i, j int, v complex128) complex128 {
			if j > i {
				return 77
			}
			return v
		})
		b.values(f, []arr{lower}, func(y []arr) {
			if s := y[0].closeTo(got, 0); s != "" {
				t.Errorf("%v: the upper triangle matters: %s", d, s)
			}
		})
	}
	// One matrix that is not positive definite beside one that is.
	bad := nums(ir.Float64, []int{2, 2, 2}, 1, 2, 2, 1, 4, 2, 2, 2)
	want := nums(ir.Float64, []int{2, 2, 2}, nan, 0, nan, nan, 2, 0, 1, 1)
	b.values(f1(ops.Cholesky), []arr{bad}, func(got []arr) {
		if s := got[0].closeTo(want, 1e-12); s != "" {
			t.Error(s)
		}
	})
	l := someMatrices(ir.Float64, 3, 3)
	b.vmap(f1(func(x *trace.Value) *trace.Value { return ops.Cholesky(ops.Add(x, diagonal(60, ir.Float64))) }),
		[]arr{mmul(l, adjoint(l))})
	b.values(f1(ops.Cholesky), []arr{nums(ir.Float32, []int{2, 0, 0})}, func([]arr) {})
	// The derivative is along symmetric directions.
	for _, d := range []ir.DType{ir.Float64, ir.Complex128} {
		b.jvp(f1(func(a *trace.Value) *trace.Value {
			h := ops.Transpose(a, []int{1, 0})
			if d.IsComplex() {
				h = ops.Conj(h)
			}
			return ops.Cholesky(ops.Add(ops.Add(a, h), diagonal(9, d)))
		}), []arr{someMatrices(d, 3, 3)})
	}
	b.run()
	fails.With(t, func() { ops.Cholesky(ramp(ir.Float32, 0, 1, 2, 3).put()) }, "cholesky_test.go",
		"ops.Cholesky(float32[2,3])", "square")
	fails.With(t, func() { ops.Cholesky(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "int32")
}
