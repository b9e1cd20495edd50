package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type lgamma struct{ unaryFloat }

func (lgamma) Name() string { return "lgamma" }

// Lgamma is the logarithm of |gamma(x)|, for floats.
func Lgamma(x *Value) *Value { return one(lgamma{}, x) }

func (lgamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.lgamma", x, "")
}

func (lgamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Digamma(x[0])) })
}

type digamma struct{ unaryFloat }

func (digamma) Name() string { return "digamma" }

// Digamma is the derivative of Lgamma, for floats.
func Digamma(x *Value) *Value { return one(digamma{}, x) }

// Lower gives NaN at the pole at 0, as at the other poles, and as JAX does: XLA alone gives -inf there.
func (digamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	return []trace.Operand{w.sel(w.cmp("EQ", x[0], w.like(x[0], 0)), w.like(x[0], math.NaN()),
		w.un("chlo.digamma", x[0]))}
}

func (digamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Polygamma(FullLike(x[0], 1), x[0])) })
}

type polygamma struct{ binaryFloat }

func (polygamma) Name() string { return "polygamma" }

// Polygamma is the n-th derivative of Digamma at x, for floats n (whole and not negative, else NaN) and x of one dtype.
func Polygamma(n, x *Value) *Value { return one(polygamma{}, n, x) }

func (polygamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.polygamma", x, "")
}

// JVP in x alone: in n the function is defined at whole numbers only, and JAX refuses it too.
func (o polygamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), trace.Avals(x), "has no derivative in its first operand, the order; stop the "+
				"gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Polygamma(Add(x[0], FullLike(x[0], 1)), x[1])) })
}

type zeta struct{ binaryFloat }

func (zeta) Name() string { return "zeta" }

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ..., for floats of one dtype.
func Zeta(x, q *Value) *Value { return one(zeta{}, x, q) }

func (zeta) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.zeta", x, "")
}

// JVP in q alone: d/dq zeta(x, q) = -x zeta(x+1, q); the derivative in x has no closed form.
func (o zeta) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), []ir.Aval(trace.Avals(x)), "has no derivative in its first operand; stop the "+
				"gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Mul(Neg(x[0]), Zeta(Add(x[0], FullLike(x[0], 1)), x[1]))) })
}
