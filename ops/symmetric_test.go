package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestCholeskyUpdate(t *testing.T) {
	b := newBench(t)
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.BFloat16} {
		for _, shape := range [][]int{{4, 4}, {2, 3, 3}, {1, 1}, {0, 0}} {
			r := mapMatrix(someMatrices(d, shape...), false, func(i, j int, v complex128) complex128 {
				if i > j {
					return 0
				}
				return v
			})
			w := ramp(d, -1, 0.5, shape[:len(shape)-1]...)
			b.values(f2(ops.CholeskyUpdate), []arr{r, w}, func(y []arr) {
				column := arr{d: d, shape: append(append([]int{}, w.shape...), 1), e: w.e}
				want, got := mmul(adjoint(r), r), mmul(adjoint(y[0]), y[0])
				for i, l := range mmul(column, swapped(column)).e {
					want.e[i] = ir.ComplexLit(want.e[i].Complex()+l.Complex(), d)
				}
				if s := got.closeTo(want, 20*tolOf(d)); s != "" {
					t.Errorf("%v%v: rᵀ·r is wrong: %s", d, shape, s)
				}
			})
		}
	}
	in := []arr{someMatrices(ir.Float64, 3, 3), vec(ir.Float64, 0.5, 0.25, -1)}
	b.first(f2(ops.CholeskyUpdate), in)
	b.second(f2(ops.CholeskyUpdate), in, forward|reverse)
	b.vmap(f2(ops.CholeskyUpdate), in)
	b.run()
	put := func(d ir.DType, shape ...int) *trace.Value { return ramp(d, 0, 1, shape...).put() }
	fails.With(t, func() { ops.CholeskyUpdate(put(ir.Float32, 3, 3), put(ir.Float32, 2)) }, "symmetric_test.go", "[3]")
	fails.With(t, func() { ops.CholeskyUpdate(put(ir.Complex64, 3, 3), put(ir.Complex64, 3)) }, "complex64")
}

func TestSymmetricProduct(t *testing.T) {
	b := newBench(t)
	f := f2(func(a, c *trace.Value) *trace.Value { return ops.SymmetricProduct(a, c, 2, -0.5) })
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Float16} {
		for _, shape := range [][]int{{3, 4}, {2, 3, 2}, {3, 0}, {0, 2}} {
			a := ramp(d, 0, 0, shape...).direction()
			c := ramp(d, 1, 0.5, append(append([]int{}, shape[:len(shape)-1]...), shape[len(shape)-2])...).direction()
			b.values(f, []arr{a, c}, func(y []arr) {
				want := mmul(a, swapped(a))
				for i, l := range want.e {
					want.e[i] = ir.ComplexLit(2*l.Complex()-c.e[i].Complex()/2, d)
				}
				if s := y[0].closeTo(want, 10*tolOf(d)); s != "" {
					t.Errorf("%v%v: %s", d, shape, s)
				}
			})
		}
	}
	in := []arr{someMatrices(ir.Float64, 2, 3), someMatrices(ir.Float64, 2, 2)}
	b.second(f, in, forward|reverse)
	b.vmap(f, in)
	b.run()
	bad := func() {
		ops.SymmetricProduct(ramp(ir.Float32, 0, 1, 2, 3).put(), ramp(ir.Float32, 0, 1, 3, 3).put(), 1, 1)
	}
	fails.With(t, bad, "symmetric_test.go", "[2,2]")
}
