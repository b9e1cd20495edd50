package grad_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

func TestSplit(t *testing.T) {
	// y0 = sin(a)·b, y1 = exp(a), y2 = 2 with b unknown.
	p := program(2, func(x []*value) []*value {
		two := ops.Full([]int{3}, ir.FloatLit(2, ir.Float32))
		return []*value{ops.Mul(ops.Mul(ops.Sin(x[0]), x[1]), two), ops.Exp(x[0]), two}
	})
	h := grad.Split(p, []bool{false, true}, nil, nil)
	verify(t, h.Known)
	verify(t, h.Linear)
	if !slices.Equal(h.UnknownOut, []bool{true, false, false}) || !slices.Equal(h.Residuals, []int{trace.Saved}) {
		t.Errorf("unknown %v, residuals %v", h.UnknownOut, h.Residuals)
	}
	if names := opNames(h.Linear); len(h.Known.Out) != 3 || h.NumKnown() != 2 || len(h.Linear.In) != 2 ||
		len(h.Linear.Out) != 1 ||
		names != "broadcast_in_dim mul mul" && names != "mul broadcast_in_dim mul" {
		t.Errorf("a constant is made again, not kept:\n%v\n%v", h.Known, h.Linear)
	}
	// Inputs are residuals as they are, unless that is forbidden; forced outputs go to the linear half.
	q := program(2, func(x []*value) []*value { return []*value{ops.Mul(x[0], x[1]), ops.Neg(x[0])} })
	if h := grad.Split(q, []bool{false, true}, nil, nil); !slices.Equal(h.Residuals, []int{0}) {
		t.Errorf("residuals %v, want the input", h.Residuals)
	}
	h = grad.Split(q, []bool{false, true}, nil, []bool{true, false})
	if !slices.Equal(h.Residuals, []int{trace.Saved}) || len(h.Known.Out) != 2 {
		t.Errorf("residuals %v of\n%v", h.Residuals, h.Known)
	}
	h = grad.Split(q, []bool{false, true}, []bool{false, true}, nil)
	if !slices.Equal(h.UnknownOut, []bool{true, true}) || len(h.Known.Out) != 1 || len(h.Linear.Out) != 2 {
		t.Errorf("unknown %v:\n%v\n%v", h.UnknownOut, h.Known, h.Linear)
	}
	// What no unknown output needs is not kept.
	r := program(2, func(x []*value) []*value {
		ops.Mul(ops.Sin(x[0]), x[1])
		return []*value{ops.Neg(x[1])}
	})
	h = grad.Split(r, []bool{false, true}, nil, nil)
	if len(h.Residuals) != 0 || len(h.Known.Eqns) != 0 || opNames(h.Linear) != "neg" {
		t.Errorf("residuals %v:\n%v\n%v", h.Residuals, h.Known, h.Linear)
	}
}

// TestHeldPrograms: an operation that holds programs is split where it is linearized.
func TestHeldPrograms(t *testing.T) {
	body := program(2, func(x []*value) []*value { return []*value{ops.Mul(ops.Sin(x[0]), x[1]), ops.Exp(x[1])} })
	p := program(2, func(x []*value) []*value { return ops.Call("f", body, x) })
	var m *grad.LinearMap
	q := program(2, func(x []*value) []*value {
		y, l := grad.Linearize(p, x, []bool{true, false})
		m = l
		return append(y, l.Res...)
	})
	verify(t, q)
	verify(t, m.P)
	if !slices.Equal(m.Out, []bool{true, false}) {
		t.Errorf("tangents %v", m.Out)
	}
	sines := 0
	m.P.Walk(func(e *ir.Eqn) {
		if e.Op.Name() == "sin" || e.Op.Name() == "exp" {
			sines++
		}
	})
	if sines != 0 {
		t.Errorf("the linear half computes what is known:\n%v", m.P)
	}
}
