package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Error functions, the gamma family and the Hurwitz zeta function.
type (
	erf       struct{ unaryFloat }
	erfc      struct{ unaryFloat }
	erfInv    struct{ unaryFloat }
	lgamma    struct{ unaryFloat }
	digamma   struct{ unaryFloat }
	polygamma struct{ binaryFloat }
	zeta      struct{ binaryFloat }
)

func (erf) Name() string       { return "erf" }
func (erfc) Name() string      { return "erfc" }
func (erfInv) Name() string    { return "erf_inv" }
func (lgamma) Name() string    { return "lgamma" }
func (digamma) Name() string   { return "digamma" }
func (polygamma) Name() string { return "polygamma" }
func (zeta) Name() string      { return "zeta" }

// Erf is the error function of floats.
func Erf(x *Value) *Value { return one(erf{}, x) }

// Erfc is 1 - erf(x), exact for large x, of floats.
func Erfc(x *Value) *Value { return one(erfc{}, x) }

// ErfInv is the inverse of the error function, for floats in [-1, 1]; NaN outside.
func ErfInv(x *Value) *Value { return one(erfInv{}, x) }

// Lgamma is the logarithm of |gamma(x)|, for floats.
func Lgamma(x *Value) *Value { return one(lgamma{}, x) }

// Digamma is the derivative of Lgamma, for floats.
func Digamma(x *Value) *Value { return one(digamma{}, x) }

// Polygamma is the n-th derivative of Digamma at x, for floats n (whole and not negative, else NaN) and x of one dtype.
func Polygamma(n, x *Value) *Value { return one(polygamma{}, n, x) }

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ..., for floats of one dtype.
func Zeta(x, q *Value) *Value { return one(zeta{}, x, q) }

func (erf) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf", x, "")
}

func (erfc) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erfc", x, "")
}

func (erfInv) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf_inv", x, "")
}

func (lgamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.lgamma", x, "")
}

// Lower gives NaN at the pole at 0, as at the other poles, and as JAX does: XLA alone gives -inf there.
func (digamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	return []trace.Operand{w.sel(w.cmp("EQ", x[0], w.like(x[0], 0)), w.like(x[0], math.NaN()), w.un("chlo.digamma", x[0]))}
}

func (polygamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.polygamma", x, "")
}

func (zeta) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.zeta", x, "")
}

func (erf) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], 2/math.Sqrt(math.Pi)), Mul(g, Exp(Neg(Square(x[0])))))
	})
}

func (erfc) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], -2/math.Sqrt(math.Pi)), Mul(g, Exp(Neg(Square(x[0])))))
	})
}

func (erfInv) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		return Mul(FullLike(x[0], math.Sqrt(math.Pi)/2), Mul(g, Exp(Square(y))))
	})
}

func (lgamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Digamma(x[0])) })
}

func (digamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Polygamma(FullLike(x[0], 1), x[0])) })
}

// JVP in x alone: in n the function is defined at whole numbers only, and JAX refuses it too.
func (o polygamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), trace.Avals(x), "has no derivative in its first operand, the order; stop the gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Polygamma(Add(x[0], FullLike(x[0], 1)), x[1])) })
}

// JVP in q alone: d/dq zeta(x, q) = -x zeta(x+1, q); the derivative in x has no closed form.
func (o zeta) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), []ir.Aval(trace.Avals(x)), "has no derivative in its first operand; stop the gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Mul(Neg(x[0]), Zeta(Add(x[0], FullLike(x[0], 1)), x[1]))) })
}
