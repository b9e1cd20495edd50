package ops_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
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
	for _, c := range decomposed {
		for _, full := range complete(c.shape) {
			x := ramp(c.d, 0, 0, c.shape...).direction()
			y := once(qrOf(full), x)
			what := fmt.Sprintf("%v%v, full %t: ", c.d, c.shape, full)
			unitary(t, what+"q", y[0])
			if s := mmul(y[0], y[1]).closeTo(x, 30*tolOf(c.d)); s != "" {
				t.Errorf("%sq·r is not x: %s", what, s)
			}
			mapMatrix(y[1], false, func(i, j int, v complex128) complex128 {
				if j < i && v != 0 || i == j && imag(v) != 0 {
					t.Errorf("%selement %d,%d of r is %v", what, i, j, v)
				}
				return v
			})
		}
	}
	// LAPACK's figures, from NumPy.
	x := nums(ir.Float64, []int{3, 2}, 1, 2, 3, 4, 5, 6)
	y := runBoth(t, qrOf(false), []arr{x})
	if s := y[1].closeTo(nums(ir.Float64, []int{2, 2}, -5.916079783099616, -7.437357441610946, 0, 0.828078671210825),
		1e-14); s != "" {
		t.Error(s)
	}
	z := arr{d: ir.Complex128, shape: []int{2, 2}, e: cplx(ir.Complex128, 1, 2-1i, 3i, 4+1i).e}
	y = runBoth(t, qrOf(false), []arr{z})
	r := arr{d: ir.Complex128, shape: []int{2, 2},
		e: cplx(ir.Complex128, -3.1622776601683795, -1.5811388300841895+4.110960958218893i, 0, -1.61245154965971).e}
	if s := y[1].closeTo(r, 1e-14); s != "" {
		t.Error(s)
	}
	// The columns that complete q are those of LAPACK's reflectors.
	packed := f1(func(x *trace.Value) *trace.Value {
		p, taus := ops.Geqrf(x)
		return ops.HouseholderProduct(ops.SliceInDim(p, 0, 1, 1, 1), ops.SliceInDim(taus, 0, 1, 1, 0))
	})
	if s := runBoth(t, packed,
		[]arr{x})[0].closeTo(nums(ir.Float64, []int{3, 1}, -0.1690308509457033, -0.50709255283711, -0.8451542547285166),
		1e-14); s != "" {
		t.Error(s)
	}
	for _, shape := range [][]int{{0, 0}, {0, 3}, {3, 0}, {2, 3, 0}} {
		for _, full := range []bool{false, true} {
			y := once(qrOf(full), nums(ir.Float32, shape))
			unitary(t, "q of nothing", y[0])
		}
		runBoth(t, func(x []*trace.Value) []*trace.Value {
			p, taus := ops.Geqrf(x[0])
			return []*trace.Value{p, taus}
		}, []arr{nums(ir.Float32, shape)})
	}
	checkVmap(t, qrOf(false), []arr{someMatrices(ir.Float64, 4, 2)})
	// A rule is a program of some hundred operations in each direction: tall and wide, real and complex, once each.
	checkFirst(t, qrOf(false), []arr{someMatrices(ir.Float64, 2, 4)})
	checkFirst(t, qrOf(false), []arr{someMatrices(ir.Complex128, 4, 2)})
	checkFirst(t, qrOf(true), []arr{someMatrices(ir.Complex128, 4, 2)})
	checkSecond(t, qrOf(false), []arr{someMatrices(ir.Float64, 2, 2)})
	checkVmap(t, func(x []*trace.Value) []*trace.Value {
		p, taus := ops.Geqrf(x[0])
		return []*trace.Value{ops.HouseholderProduct(p, taus)}
	}, []arr{someMatrices(ir.Float64, 3, 2)})
	wantFail(t, func() { ops.QR(ramp(ir.Float32, 0, 1, 3).put(), false) }, "qr_test.go", "ops.QR(float32[3])",
		"last two axes")
	wantFail(t, func() { ops.QR(ramp(ir.Int32, 0, 1, 2, 2).put(), false) }, "int32")
	wantFail(t, func() { ops.Geqrf(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "ops.Geqrf(int32[2,2])")
	f := ramp(ir.Float32, 0, 1, 2, 3).put()
	wantFail(t, func() { ops.HouseholderProduct(f, ramp(ir.Float32, 0, 1, 2).put()) }, "no more columns than rows")
	g := ramp(ir.Float32, 0, 1, 3, 2).put()
	wantFail(t, func() { ops.HouseholderProduct(g, ramp(ir.Float32, 0, 1, 3).put()) }, "3 factors", "2 columns")
	wantFail(t, func() { ops.HouseholderProduct(g, ramp(ir.Float32, 0, 1, 1, 2).put()) }, "axes before the last")
	wantFail(t, func() { ops.HouseholderProduct(g, ramp(ir.Float64, 0, 1, 2).put()) }, "one dtype")
}
