package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The regularized incomplete gamma functions and their derivatives: igamma_loops.go says how they are computed.

type igamma struct{ binaryFloat }

func (igamma) Name() string { return "igamma" }

// Igamma is the regularized lower incomplete gamma function P(a, x), for floats of one dtype and shape; NaN for
// negative a or x.
func Igamma(a, x *Value) *Value { return one(igamma{}, a, x) }

func (igamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle2(func(a, x *Value) *Value { return incompleteGamma(a, x, false) }))
}

func (igamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, IgammaGradA(x[0], x[1])) },
		func(g, _ *Value) *Value { return Mul(g, GammaDensity(x[0], x[1])) })
}

type igammac struct{ binaryFloat }

func (igammac) Name() string { return "igammac" }

// Igammac is 1 - P(a, x), exact where that is small.
func Igammac(a, x *Value) *Value { return one(igammac{}, a, x) }

func (igammac) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle2(func(a, x *Value) *Value { return incompleteGamma(a, x, true) }))
}

func (igammac) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Neg(Mul(g, IgammaGradA(x[0], x[1]))) },
		func(g, _ *Value) *Value { return Neg(Mul(g, GammaDensity(x[0], x[1]))) })
}

type igammaGradA struct{ binaryFloat }

func (igammaGradA) Name() string { return "igamma_grad_a" }

// IgammaGradA is the derivative of Igamma in a.
func IgammaGradA(a, x *Value) *Value { return one(igammaGradA{}, a, x) }

func (igammaGradA) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, slopeProgram)
}

// JVP in a goes through the program, and in x through the density.
func (igammaGradA) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, partial(c, slopeProgram, x, 0)) },
		func(g, _ *Value) *Value { return Mul(g, gammaDensityByShape(x[0], x[1], GammaDensity(x[0], x[1]))) })
}

type randomGammaGrad struct{ binaryFloat }

func (randomGammaGrad) Name() string { return "random_gamma_grad" }

// RandomGammaGrad is the derivative, in a, of a number x drawn from the gamma distribution of shape a, its quantile
// held fixed (jax.lax.random_gamma_grad).
func RandomGammaGrad(a, x *Value) *Value { return one(randomGammaGrad{}, a, x) }

func (randomGammaGrad) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, sampleProgram)
}

func (randomGammaGrad) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, partial(c, sampleProgram, x, 0)) },
		func(g, _ *Value) *Value { return Mul(g, partial(c, sampleProgram, x, 1)) })
}

// poissonTermOf is PoissonTerm of float32 and float64. Up to a limit it is made of powers, taken in two halves that do
// not overflow, with what the rounding of x/a and of x-a loses; and beyond of the logarithm, where the number of digits
// lost is that of the exponent.
func poissonTermOf(a, x *Value) *Value {
	k := func(v float64) *Value { return FullLike(a, v) }
	limit, most, tiny := 100.0, 200.0, 1e-37
	if a.DType() == ir.Float64 {
		limit, most, tiny = 400, 1000, 1e-300
	}
	inside := And(And(Ge(a, k(0)), Gt(x, k(0))), Lt(Max(a, x), k(math.Inf(1))))
	y := Max(Select(inside, a, k(1)), k(tiny))
	m := Select(inside, x, k(1))
	small, large := Lt(y, k(stirlingFrom)), Ge(y, k(limit))
	// Where m is larger than this, the result is 0, and the power must not be infinite.
	m1 := Min(m, Select(small, k(most), Add(y, k(2*most))))
	diff, rest := TwoSum(m1, Neg(y))
	ratio := Div(m1, Max(y, k(1)))
	base := Select(small, m1, Select(large, k(1), ratio))
	half := Mul(Pow(base, Mul(y, k(0.5))), Exp(Mul(Select(small, m, diff), k(-0.5))))
	lost := Sub(Mul(y, Div(lostInQuotient(m1, y, ratio), m1)), rest)
	v := Mul(Mul(half, half), Add(k(1), Select(small, k(0), lost)))
	mu := Div(Sub(m, y), y)
	v = Select(large, Exp(Mul(y, log1pLess(mu, Div(m, y)))), v)
	g := partsOfGamma(y)
	v = Mul(v, Exp(Neg(g.e)))
	v = Mul(v, Select(small, Select(g.low, Div(g.p, y), Div(k(1), Mul(g.p, y))), Rsqrt(Mul(y, k(2*math.Pi)))))
	ends := Select(Eq(x, k(0)), Select(Eq(a, k(0)), k(1), k(0)), k(0))
	bad := Or(Or(Lt(a, k(0)), Lt(x, k(0))), Or(isNaN(a), isNaN(x)))
	return Select(inside, v, Select(bad, k(math.NaN()), ends))
}

// The derivatives of PoissonTerm.

func poissonByShape(a, x, y *Value) *Value {
	return byShape(y, Sub(Log(x), Digamma(Add(a, FullLike(a, 1)))))
}

func poissonByMean(a, x, y *Value) *Value {
	one, zero := FullLike(a, 1), FullLike(a, 0)
	few := And(Ge(a, one), Lt(a, FullLike(a, densityFrom)))
	less := Select(few, a, one)
	at0 := Eq(x, zero)
	slope := Mul(Select(few, Div(GammaDensity(less, x), less), Div(y, Select(at0, one, x))), Sub(a, x))
	atZero := Select(Eq(a, zero), Neg(one), infinity(a))
	return Select(And(at0, Lt(a, one)), atZero, slope)
}

// densityFrom is a shape from which on the density is not 0 where it is that of a smaller shape.
const densityFrom = 64

// gammaDensityOf is GammaDensity of float32 and float64.
func gammaDensityOf(a, x *Value) *Value {
	zero, one := FullLike(a, 0), FullLike(a, 1)
	less := And(Ge(a, one), Lt(a, FullLike(a, densityFrom)))
	y := poissonTermOf(Select(less, Sub(a, one), a), x)
	at0 := Eq(x, zero)
	y = Mul(y, Select(Or(less, at0), one, Div(a, x)))
	return Select(And(And(at0, Lt(a, one)), Gt(a, zero)), infinity(a), Select(Eq(a, zero), zero, y))
}

func gammaDensityByShape(a, x, y *Value) *Value { return byShape(y, Sub(Log(x), Digamma(a))) }

func gammaDensityByX(a, x, y *Value) *Value {
	zero, one, two := FullLike(a, 0), FullLike(a, 1), FullLike(a, 2)
	few := And(Ge(a, two), Lt(a, FullLike(a, densityFrom)))
	before := Sub(a, one)
	less := Select(few, before, one)
	at0 := Eq(x, zero)
	slope := Select(few, Div(GammaDensity(less, x), less), Div(y, Select(at0, one, x)))
	// Of the two differences one is exact.
	slope = Mul(slope, Select(Lt(a, FullLike(a, densityFrom)), Sub(before, x), Sub(Sub(a, x), one)))
	atZero := Select(Eq(a, one), Neg(one), Mul(before, infinity(a)))
	return Select(And(at0, Lt(a, two)), atZero, slope)
}

var (
	slopeProgram  = inSingle2(func(a, x *Value) *Value { return gammaSlope(a, x, false) })
	sampleProgram = inSingle2(func(a, x *Value) *Value { return gammaSlope(a, x, true) })
)
