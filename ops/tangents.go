package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Tangents and cotangents: nil is zero.

// AddTangents adds two tangents or cotangents of one type.
func AddTangents(a, b *Value) *Value {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return Add(a, b)
}

// orZeros is the tangent or cotangent g of an array of type t, zeros where it is nil.
func orZeros(g *Value, t ir.Aval) *Value {
	if g == nil {
		return Zeros(t.Strong())
	}
	return g
}

// materialize is the tangent t of x, zeros where it is nil.
func materialize(t, x *Value) *Value { return orZeros(t, x.Aval()) }

// tangentsAt are the tangents marked, of operands x, with zeros made explicit.
func tangentsAt(t, x []*Value, marked []bool) []*Value {
	var y []*Value
	for i, is := range marked {
		if is {
			y = append(y, materialize(t[i], x[i]))
		}
	}
	return y
}

// anyTangent reports whether some tangent is not zero.
func anyTangent(t []*Value) bool {
	return slices.ContainsFunc(t, func(v *Value) bool { return v != nil })
}

// explicit makes zero tangents explicit, except those of integers.
func explicit(t, x []*Value) []*Value {
	out := make([]*Value, len(t))
	for i, v := range t {
		if out[i] = v; x[i].DType().IsInexact() {
			out[i] = materialize(v, x[i])
		}
	}
	return out
}

// jvpLinear is the JVP of an operation linear in its one operand: the operation itself applied to the tangent.
func jvpLinear(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, len(y))
	}
	return y, c.Self(t[0])
}

// jvpZero is the JVP of an operation whose outputs do not vary, or not differentiably.
func jvpZero(c trace.JVPCtx, x []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	return y, make([]*Value, len(y))
}

// jvp1 is the JVP of y = f(x): rule turns the tangent g of x into that of y.
func jvp1(c trace.JVPCtx, x, t []*Value, rule func(g, y *Value) *Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil}
	}
	return y, []*Value{rule(t[0], y[0])}
}

// jvp2 is the JVP of y = f(x0, x1): the sum of what the two rules make of the operands' tangents.
func jvp2(c trace.JVPCtx, x, t []*Value, rule0, rule1 func(g, y *Value) *Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	var a, b *Value
	if t[0] != nil {
		a = rule0(t[0], y[0])
	}
	if t[1] != nil {
		b = rule1(t[1], y[0])
	}
	return y, []*Value{AddTangents(a, b)}
}

// partial is the derivative by operand i of f, elementwise and of one output, and so are its own derivatives: f may
// have loops, and a tangent that runs through one cannot be run in reverse in a derivative of the derivative.
func partial(c trace.JVPCtx, f func(x []*Value) []*Value, x []*Value, i int) *Value {
	d := func(x []*Value) []*Value {
		p, _ := trace.Trace("a derivative", trace.Avals(x), f)
		m := make([]bool, len(x))
		m[i] = true
		q, _ := c.Program(p, m, []bool{true})
		return trace.Inline(q, append(slices.Clone(x), Ones(x[i].Aval().Strong())))[1:]
	}
	p, _ := trace.Trace("a derivative", trace.Avals(x), d)
	var rule JVPRule
	rule = func(x, t []*Value) (y, yt []*Value) {
		y, yt = SparseCustomJVP(p, x, nil, rule), make([]*Value, 1)
		for j, g := range t {
			if g != nil {
				yt[0] = AddTangents(yt[0], Mul(g, partial(c, d, x, j)))
			}
		}
		return y, yt
	}
	return SparseCustomJVP(p, x, nil, rule)[0]
}

// jvpWritten is the JVP of an operation that f computes by other operations, which have rules of their own.
func jvpWritten(c trace.JVPCtx, x, t []*Value, f func(x []*Value) []*Value) ([]*Value, []*Value) {
	if !anyTangent(t) {
		return jvpZero(c, x)
	}
	p, _ := trace.Trace("the derivative of a reduction", trace.Avals(x), f)
	m := mask.NonNil(t)
	q, out := c.Program(p, m, nil)
	r := trace.Inline(q, slices.Concat(x, mask.Pick(t, m)))
	return c.Self(x...), mask.Place(r[len(p.Out):], out)
}

// transpose1 is the transpose of an operation linear in its one operand.
func transpose1(ct []*Value, rule func(ct *Value) *Value) []*Value {
	if ct[0] == nil {
		return []*Value{nil}
	}
	return []*Value{rule(ct[0])}
}

// linearIn is for the transposes of operations of two operands that are linear in each but not in both: only operand i
// may be linear. A rule given to CustomJVP that is not linear in the tangents ends here.
func linearIn(op string, x []trace.Linear, i int) {
	if x[1-i].X == nil {
		trace.Fail(op, []ir.Aval{x[0].Aval, x[1].Aval}, "a product or quotient of two tangents cannot be run in "+
			"reverse: the derivative given to gojax.CustomJVP must be linear in the tangents")
	}
}
