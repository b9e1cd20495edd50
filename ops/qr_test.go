package ops_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// qrOf and svdOf are the decompositions as functions of a list.
func qrOf(full bool) fn {
	return func(x []*trace.Value) []*trace.Value {
		q, r := ops.QR(x[0], full)
		return []*trace.Value{q, r}
	}
}

func TestQR(t *testing.T) {
	b := newBench(t)
	decompositions(func(d ir.DType, shape []int, full bool) {
		x := ramp(d, 0, 0, shape...).direction()
		b.values(qrOf(full), []arr{x}, func(y []arr) {
			what := fmt.Sprintf("%v%v, full %t: ", d, shape, full)
			unitary(t, what+"q", y[0])
			if s := mmul(y[0], y[1]).closeTo(x, 30*tolOf(d)); s != "" {
				t.Errorf("%sq·r is not x: %s", what, s)
			}
			mapMatrix(y[1], false, func(i, j int, v complex128) complex128 {
				if j < i && v != 0 || i == j && imag(v) != 0 {
					t.Errorf("%selement %d,%d of r is %v", what, i, j, v)
				}
				return v
			})
		})
	})
	// LAPACK's figures, from NumPy.
	x := nums(ir.Float64, []int{3, 2}, 1, 2, 3, 4, 5, 6)
	want := func(r arr) func(y []arr) {
		return func(y []arr) {
			if s := y[len(y)-1].closeTo(r, 1e-14); s != "" {
				t.Error(s)
			}
		}
	}
	b.values(qrOf(false), []arr{x},
		want(nums(ir.Float64, []int{2, 2}, -5.916079783099616, -7.437357441610946, 0, 0.828078671210825)))
	z := arr{d: ir.Complex128, shape: []int{2, 2}, e: cplx(ir.Complex128, 1, 2-1i, 3i, 4+1i).e}
	r := arr{d: ir.Complex128, shape: []int{2, 2},
		e: cplx(ir.Complex128, -3.1622776601683795, -1.5811388300841895+4.110960958218893i, 0, -1.61245154965971).e}
	b.values(qrOf(false), []arr{z}, want(r))
	// The columns that complete q are those of LAPACK's reflectors.
	packed := f1(func(x *trace.Value) *trace.Value {
		p, taus := ops.Geqrf(x)
		return ops.HouseholderProduct(ops.SliceInDim(p, 0, 1, 1, 1), ops.SliceInDim(taus, 0, 1, 1, 0))
	})
	b.values(packed, []arr{x},
		want(nums(ir.Float64, []int{3, 1}, -0.1690308509457033, -0.50709255283711, -0.8451542547285166)))
	for _, shape := range [][]int{{0, 0}, {0, 3}, {3, 0}, {2, 3, 0}} {
		for _, full := range []bool{false, true} {
			b.values(qrOf(full), []arr{nums(ir.Float32, shape)}, func(y []arr) { unitary(t, "q of nothing", y[0]) })
		}
		b.values(func(x []*trace.Value) []*trace.Value {
			p, taus := ops.Geqrf(x[0])
			return []*trace.Value{p, taus}
		}, []arr{nums(ir.Float32, shape)}, func([]arr) {})
	}
	b.vmap(qrOf(false), []arr{someMatrices(ir.Float64, 4, 2)})
	// A rule is a program of some hundred operations in each direction: tall and wide, real and complex, once each.
	b.first(qrOf(false), []arr{someMatrices(ir.Float64, 2, 4)})
	b.first(qrOf(false), []arr{someMatrices(ir.Complex128, 4, 2)})
	b.first(qrOf(true), []arr{someMatrices(ir.Complex128, 4, 2)})
	b.second(qrOf(false), []arr{someMatrices(ir.Float64, 2, 2)}, forward|reverse)
	b.vmap(func(x []*trace.Value) []*trace.Value {
		p, taus := ops.Geqrf(x[0])
		return []*trace.Value{ops.HouseholderProduct(p, taus)}
	}, []arr{someMatrices(ir.Float64, 3, 2)})
	b.run()
	fails.With(t, func() { ops.QR(ramp(ir.Float32, 0, 1, 3).put(), false) }, "qr_test.go", "ops.QR(float32[3])",
		"last two axes")
	fails.With(t, func() { ops.QR(ramp(ir.Int32, 0, 1, 2, 2).put(), false) }, "int32")
	fails.With(t, func() { ops.Geqrf(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "ops.Geqrf(int32[2,2])")
	f := ramp(ir.Float32, 0, 1, 2, 3).put()
	fails.With(t, func() { ops.HouseholderProduct(f, ramp(ir.Float32, 0, 1, 2).put()) }, "no more columns than rows")
	g := ramp(ir.Float32, 0, 1, 3, 2).put()
	fails.With(t, func() { ops.HouseholderProduct(g, ramp(ir.Float32, 0, 1, 3).put()) }, "3 factors", "2 columns")
	fails.With(t, func() { ops.HouseholderProduct(g, ramp(ir.Float32, 0, 1, 1, 2).put()) }, "axes before the last")
	fails.With(t, func() { ops.HouseholderProduct(g, ramp(ir.Float64, 0, 1, 2).put()) }, "one dtype")
}
