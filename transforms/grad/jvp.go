package grad

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Value is an array as the engine sees it.
type Value = trace.Value

// JVP is the program (inputs, tangents of the inputs marked in nonzero) -> (outputs, tangents of the outputs marked in
// the second result). Outputs marked in force have a tangent even if it is always zero; nil marks none.
func JVP(p *ir.Program, nonzero, force []bool) (*ir.Program, []bool) {
	types := slices.Concat(p.InTypes(), tangentTypes(p, nonzero))
	n := len(p.In)
	out := make([]bool, len(p.Out))
	q, captured := trace.Trace("JVP", types, func(a []*Value) []*Value {
		y, yt := Pushforward(p, a[:n], mask.Place(a[n:], nonzero))
		for i, t := range yt {
			if t == nil && force != nil && force[i] {
				t = zeros(p.Out[i].Aval())
			}
			if out[i] = t != nil; out[i] {
				y = append(y, t)
			}
		}
		return y
	})
	return ops.Closed(q, captured).DCE(), out
}

// Pushforward writes the equations of p and of its tangents in the trace that is open here. t[i] == nil is a zero
// tangent, as is a nil result.
func Pushforward(p *ir.Program, x, t []*Value) (y, yt []*Value) {
	return walk(p, x, t, jvp)
}

// dual is a value and its tangent, nil for zero.
type dual struct{ x, t *Value }

// duals are what is known of the variables of a program.
type duals map[*ir.Var]dual

// of lists values and tangents; some tells whether there is a tangent that is not zero.
func (d duals) of(vs []ir.Value) (x, t []*Value, some bool) {
	xt := make([]*Value, 2*len(vs))
	x, t = xt[:len(vs):len(vs)], xt[len(vs):]
	for i, v := range vs {
		switch v := v.(type) {
		case ir.Lit:
			x[i] = trace.FromLit(v)
		case *ir.Var:
			x[i], t[i] = d[v].x, d[v].t
			some = some || t[i] != nil
		}
	}
	return x, t, some
}

// walk evaluates p on duals; rule is asked where some tangent is not zero.
func walk(p *ir.Program, x, t []*Value, rule func(e *ir.Eqn, x, t []*Value) (y, yt []*Value)) (y, yt []*Value) {
	env := make(duals, len(p.Eqns)+len(p.In))
	for i, v := range p.In {
		env[v] = dual{x[i], t[i]}
	}
	at, done := trace.Lines()
	defer done()
	for i := range p.Eqns {
		e := &p.Eqns[i]
		at(e)
		in, tan, some := env.of(e.In)
		if !some {
			for j, r := range trace.Bind(e.Op, in...) {
				env[e.Out[j]] = dual{r, nil}
			}
			continue
		}
		out, outT := rule(e, in, tan)
		checkTangents(e, in, out, outT)
		for j, r := range out {
			env[e.Out[j]] = dual{r, outT[j]}
		}
	}
	y, yt, _ = env.of(p.Out)
	return y, yt
}

// checkTangents checks what a JVP rule returns for e on x. It drops tangents of integers, as of an integer output of an
// operation that passes tangents on.
func checkTangents(e *ir.Eqn, x, y, yt []*Value) {
	if len(y) != len(e.Out) || len(yt) != len(e.Out) {
		trace.Fail(e.Op.Name(), trace.Avals(x), "its JVP rule returns %d outputs and %d tangents, not %d: this is a "+
			"fault of gojax", len(y), len(yt), len(e.Out))
	}
	for i, r := range y {
		switch g := yt[i]; {
		case g == nil:
		case !differentiable(r.DType()):
			yt[i] = nil
		case !g.Aval().SameType(r.Aval()):
			trace.Fail(e.Op.Name(), trace.Avals(x),
				"its JVP rule returns a tangent of type %v for an output of type %v: this is a fault of "+
					"gojax", g.Aval(), r.Aval())
		}
	}
}

// jvp applies the rule of one equation.
func jvp(e *ir.Eqn, x, t []*Value) (y, yt []*Value) {
	r, ok := e.Op.(trace.JVPer)
	if !ok {
		trace.Fail(e.Op.Name(), trace.Avals(x), "this operation has no derivative; wrap what it is computed from in "+
			"gojax.StopGradient, or give the function a derivative with gojax.CustomJVP")
	}
	return r.JVP(jvpCtx{e.Op}, x, t)
}

// jvpCtx serves the rules.
type jvpCtx struct{ op ir.Op }

func (c jvpCtx) Self(x ...*Value) []*Value { return trace.Bind(c.op, x...) }

func (jvpCtx) Program(p *ir.Program, nonzero, force []bool) (*ir.Program, []bool) {
	return JVP(p, nonzero, force)
}

// differentiable reports whether arrays of dtype d have tangents.
func differentiable(d ir.DType) bool { return d.IsInexact() }

// tangentTypes are the types of the tangents of the inputs of p that are marked.
func tangentTypes(p *ir.Program, marked []bool) []ir.Aval {
	t := mask.Pick(p.InTypes(), marked)
	for i := range t {
		t[i] = t[i].Strong()
	}
	return t
}

func zeros(t ir.Aval) *Value { return ops.Zeros(t.Strong()) }
