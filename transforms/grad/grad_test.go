package grad_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	_ "github.com/gojax/gojax/transforms/jit" // the runtime
)

type value = trace.Value

var vec3 = ir.Aval{Shape: []int{3}, DType: ir.Float32}

func program(n int, f func(x []*value) []*value) *ir.Program {
	p, _ := trace.Trace("test", slices.Repeat([]ir.Aval{vec3}, n), f)
	return p
}

// opNames lists the operations of p.
func opNames(p *ir.Program) string {
	var s []string
	for _, e := range p.Eqns {
		s = append(s, e.Op.Name())
	}
	return strings.Join(s, " ")
}

func verify(t *testing.T, p *ir.Program) {
	t.Helper()
	if err := p.Verify(); err != nil {
		t.Errorf("%v\n%v", err, p)
	}
}

func TestJVPMasks(t *testing.T) {
	p := program(3, func(x []*value) []*value {
		return []*value{ops.Mul(x[0], x[1]), ops.Sin(x[2]), x[1]}
	})
	for _, c := range []struct {
		nonzero, force, out []bool
		in                  int
		ops                 string
	}{
		{[]bool{false, false, false}, nil, []bool{false, false, false}, 3, "mul sin"},
		{[]bool{true, false, false}, nil, []bool{true, false, false}, 4, "mul mul sin"},
		{[]bool{true, true, false}, nil, []bool{true, false, true}, 5, "mul mul mul add sin"},
		{[]bool{false, false, true}, []bool{true, false, false}, []bool{true, true, false}, 4, "mul sin cos mul full"},
	} {
		q, out := grad.JVP(p, c.nonzero, c.force)
		verify(t, q)
		if !slices.Equal(out, c.out) || len(q.In) != c.in || len(q.Out) != 3+len(mask.Pick(out, out)) || opNames(q) != c.ops {
			t.Errorf("JVP for %v, %v: %v, want %v, in\n%v", c.nonzero, c.force, out, c.out, q)
		}
	}
}

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
	if names := opNames(h.Linear); len(h.Known.Out) != 3 || h.NumKnown() != 2 || len(h.Linear.In) != 2 || len(h.Linear.Out) != 1 ||
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

func TestTranspose(t *testing.T) {
	// y0 = a·x + x, y1 = -x: the cotangent of x is a·c0 + c0 - c1, and a is a matter of its own.
	p := program(2, func(x []*value) []*value {
		return []*value{ops.Add(ops.Mul(ops.Sin(x[0]), x[1]), x[1]), ops.Neg(x[1])}
	})
	q := grad.Transpose(p, []bool{false, true})
	verify(t, q)
	if len(q.In) != 3 || len(q.Out) != 1 || strings.Count(opNames(q), "add") != 2 || strings.Count(opNames(q), "sin") != 1 {
		t.Errorf("%v", q)
	}
	// An output that is linear in nothing, an input that nothing uses.
	p = program(3, func(x []*value) []*value { return []*value{ops.Sin(x[0]), ops.Neg(x[1])} })
	q = grad.Transpose(p, []bool{false, true, true})
	verify(t, q)
	if len(q.Out) != 2 || opNames(q) != "neg full" {
		t.Errorf("%v", q)
	}
}

// TestLinearizeSorts: what depends on tangents alone is in the map, what does not is computed outside, and nothing
// twice.
func TestLinearizeSorts(t *testing.T) {
	var m *grad.LinearMap
	p := program(1, func(x []*value) []*value { return []*value{ops.Tanh(ops.Mul(x[0], x[0]))} })
	q := program(1, func(x []*value) []*value {
		y, l := grad.Linearize(p, x, []bool{true})
		m = l
		return append(y, l.Res...)
	})
	verify(t, q)
	verify(t, m.P)
	if strings.Contains(opNames(m.P), "tanh") || strings.Count(opNames(q), "tanh") != 1 || len(m.P.In) != 1+len(m.Res) {
		t.Errorf("known:\n%v\nlinear:\n%v", q, m.P)
	}
	for _, e := range m.P.Eqns { // every equation has a tangent among its operands
		if e.Src == 0 {
			t.Errorf("an equation without a line: %v", e.Op.Name())
		}
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
