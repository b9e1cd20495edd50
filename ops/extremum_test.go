package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
)

// The larger of two equal numbers takes half of either tangent.
func TestMaxTies(t *testing.T) {
	x := vec(ir.Float64, 3)
	p := program(t, f2(ops.Max), avals([]arr{x, x}))
	_, yt := jvpOf(t, p, putAll([]arr{x, x}), putAll([]arr{vec(ir.Float64, 1), vec(ir.Float64, 5)}))
	if s := get(yt[0]).closeTo(vec(ir.Float64, 3), 0); s != "" {
		t.Error(s)
	}
}

func TestComplexOrder(t *testing.T) {
	x := cplx(ir.Complex64, 1+2i, 1+5i, 3)
	y := cplx(ir.Complex64, 2-1i, 1+1i, 3)
	if s := runBoth(t, f2(ops.Max), []arr{x, y})[0].closeTo(cplx(ir.Complex64, 2-1i, 1+5i, 3), 0); s != "" {
		t.Error("max:", s)
	}
	if s := runBoth(t, f2(ops.Min), []arr{x, y})[0].closeTo(cplx(ir.Complex64, 1+2i, 1+1i, 3), 0); s != "" {
		t.Error("min:", s)
	}
	fails.With(t, func() { ops.Lt(x.put(), y.put()) }, "ops.Lt(", "complex64", "bool, integer or float")
}
