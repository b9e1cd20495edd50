package grad_test

import (
	"slices"
	"strings"
	"testing"

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
		if !slices.Equal(out, c.out) || len(q.In) != c.in || len(q.Out) != 3+len(ir.Pick(out, out)) || opNames(q) != c.ops {
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
	known, lin, unknown, res := grad.Split(p, []bool{false, true}, nil, nil)
	verify(t, known)
	verify(t, lin)
	if !slices.Equal(unknown, []bool{true, false, false}) || !slices.Equal(res, []int{-1}) {
		t.Errorf("unknown %v, residuals %v", unknown, res)
	}
	if len(known.Out) != 3 || len(lin.In) != 2 || len(lin.Out) != 1 || opNames(lin) != "broadcast_in_dim mul mul" && opNames(lin) != "mul broadcast_in_dim mul" {
		t.Errorf("a constant is made again, not kept:\n%v\n%v", known, lin)
	}
	// Inputs are residuals as they are, unless that is forbidden; forced outputs go to the linear half.
	q := program(2, func(x []*value) []*value { return []*value{ops.Mul(x[0], x[1]), ops.Neg(x[0])} })
	if _, _, _, res := grad.Split(q, []bool{false, true}, nil, nil); !slices.Equal(res, []int{0}) {
		t.Errorf("residuals %v, want the input", res)
	}
	known, _, _, res = grad.Split(q, []bool{false, true}, nil, []bool{true, false})
	if !slices.Equal(res, []int{-1}) || len(known.Out) != 2 {
		t.Errorf("residuals %v of\n%v", res, known)
	}
	known, lin, unknown, _ = grad.Split(q, []bool{false, true}, []bool{false, true}, nil)
	if !slices.Equal(unknown, []bool{true, true}) || len(known.Out) != 1 || len(lin.Out) != 2 {
		t.Errorf("unknown %v:\n%v\n%v", unknown, known, lin)
	}
	// What no unknown output needs is not kept.
	r := program(2, func(x []*value) []*value {
		ops.Mul(ops.Sin(x[0]), x[1])
		return []*value{ops.Neg(x[1])}
	})
	if known, lin, _, res := grad.Split(r, []bool{false, true}, nil, nil); len(res) != 0 || len(known.Eqns) != 0 || opNames(lin) != "neg" {
		t.Errorf("residuals %v:\n%v\n%v", res, known, lin)
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

// TestLinearizeSorts: what depends on tangents alone is in the map, what does not is computed outside, and nothing twice.
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
