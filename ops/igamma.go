package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The regularized incomplete gamma functions and their derivatives, by Cephes' series and continued fraction (igam.c),
// as XLA has them.

type igamma struct{ binaryFloat }

func (igamma) Name() string { return "igamma" }

// Igamma is the regularized lower incomplete gamma function P(a, x), for floats of one dtype and shape; NaN for
// negative a or x.
func Igamma(a, x *Value) *Value { return one(igamma{}, a, x) }

func (igamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle(func(a, x *Value) *Value { return incomplete(a, x, gammaLower, 0, 1) }))
}

func (igamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, IgammaGradA(x[0], x[1])) },
		func(g, _ *Value) *Value { return Mul(g, density(x[0], x[1])) })
}

type igammac struct{ binaryFloat }

func (igammac) Name() string { return "igammac" }

// Igammac is 1 - P(a, x), exact where that is small.
func Igammac(a, x *Value) *Value { return one(igammac{}, a, x) }

func (igammac) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle(func(a, x *Value) *Value { return incomplete(a, x, gammaUpper, 1, 0) }))
}

func (igammac) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Neg(Mul(g, IgammaGradA(x[0], x[1]))) },
		func(g, _ *Value) *Value { return Neg(Mul(g, density(x[0], x[1]))) })
}

// density is dP/dx.
func density(a, x *Value) *Value {
	return Exp(Sub(Add(Neg(x), Mul(Sub(a, FullLike(a, 1)), Log(x))), Lgamma(a)))
}

type igammaGradA struct{ binaryFloat }

func (igammaGradA) Name() string { return "igamma_grad_a" }

// IgammaGradA is the derivative of Igamma in a. It can itself be differentiated forward.
func IgammaGradA(a, x *Value) *Value { return one(igammaGradA{}, a, x) }

func (igammaGradA) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, slopeProgram)
}

func (igammaGradA) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpThrough(c, slopeProgram, x, t)
}

type randomGammaGrad struct{ binaryFloat }

func (randomGammaGrad) Name() string { return "random_gamma_grad" }

// RandomGammaGrad is the derivative, in a, of a number x drawn from the gamma distribution of shape a, its quantile
// held fixed (jax.lax.random_gamma_grad). It can itself be differentiated forward.
func RandomGammaGrad(a, x *Value) *Value { return one(randomGammaGrad{}, a, x) }

func (randomGammaGrad) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, sampleProgram)
}

func (randomGammaGrad) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpThrough(c, sampleProgram, x, t)
}

var (
	slopeProgram  = inSingle(func(a, x *Value) *Value { return incompleteSlope(a, x, gammaSlope) })
	sampleProgram = inSingle(func(a, x *Value) *Value { return incompleteSlope(a, x, gammaSample) })
)

// gammaPart is what gammaSides wants of one side: the function of s and its derivative ds in a.
type gammaPart struct {
	lower, upper func(t gammaTerms, s, ds *Value) *Value
	derivative   bool
}

// gammaTerms are what both sides share.
type gammaTerms struct {
	a, x   *Value
	factor *Value // x^a e^-x / gamma(a)
	logX   *Value
}

var (
	gammaLower = gammaPart{ // P
		lower: func(t gammaTerms, s, _ *Value) *Value { return Div(Mul(t.factor, s), t.a) },
		upper: func(t gammaTerms, s, _ *Value) *Value { return Sub(FullLike(s, 1), Mul(t.factor, s)) },
	}
	gammaUpper = gammaPart{ // 1 - P
		lower: func(t gammaTerms, s, _ *Value) *Value { return Sub(FullLike(s, 1), Div(Mul(t.factor, s), t.a)) },
		upper: func(t gammaTerms, s, _ *Value) *Value { return Mul(t.factor, s) },
	}
	gammaSlope = gammaPart{ // dP/da
		lower:      func(t gammaTerms, s, ds *Value) *Value { return Div(Mul(t.factor, t.slopeLower(s, ds)), t.a) },
		upper:      func(t gammaTerms, s, ds *Value) *Value { return Neg(Mul(t.factor, t.slopeUpper(s, ds))) },
		derivative: true,
	}
	gammaSample = gammaPart{ // -(dP/da) / (dP/dx)
		lower:      func(t gammaTerms, s, ds *Value) *Value { return Neg(Div(Mul(t.slopeLower(s, ds), t.x), t.a)) },
		upper:      func(t gammaTerms, s, ds *Value) *Value { return Mul(t.slopeUpper(s, ds), t.x) },
		derivative: true,
	}
)

// slopeLower is the derivative of factor s/a, over factor/a.
func (t gammaTerms) slopeLower(s, ds *Value) *Value {
	return Add(ds, Mul(s, Sub(t.logX, Digamma(Add(t.a, FullLike(t.a, 1))))))
}

// slopeUpper is the derivative of factor s, over factor.
func (t gammaTerms) slopeUpper(s, ds *Value) *Value {
	return Add(ds, Mul(s, Sub(t.logX, Digamma(t.a))))
}

// gammaSides computes part of a and x where ok, by the series where x is small beside a and by the fraction elsewhere;
// where not ok the result is anything. Half precision is computed in single.
func gammaSides(a, x, ok, useUpper *Value, part gammaPart) *Value {
	t := gammaTerms{a: a, x: x, logX: Log(x)}
	logFactor := Sub(Sub(Mul(a, t.logX), x), Lgamma(a))
	ok = And(ok, Ge(logFactor, FullLike(a, -math.Log(largest(a.DType())))))
	t.factor = Exp(logFactor)
	s, ds := gammaSeries(a, x, And(ok, Not(useUpper)), part.derivative)
	f, df := gammaFraction(a, x, And(ok, useUpper), part.derivative)
	return Select(useUpper, part.upper(t, f, df), part.lower(t, s, ds))
}

// incomplete is P or 1 - P, which are at0 for x = 0 and atInf for infinite x.
func incomplete(a, x *Value, part gammaPart, at0, atInf float64) *Value {
	zero, one := FullLike(x, 0), FullLike(x, 1)
	aIs0, xIs0, xIsInf := Eq(a, zero), Eq(x, zero), Eq(x, FullLike(x, math.Inf(1)))
	bad := Or(Or(Lt(x, zero), Lt(a, zero)), Or(And(aIs0, xIs0), Or(isNaN(a), isNaN(x))))
	y := gammaSides(a, x, Not(Or(Or(bad, xIsInf), Or(aIs0, xIs0))), And(Ge(x, one), Gt(x, a)), part)
	y = Select(xIs0, FullLike(y, at0), y)
	ended := xIsInf
	if atInf == 0 { // 1 - P is 0 for a = 0 and every x > 0; for P, JAX has NaN there below 1, and so have we
		ended = Or(xIsInf, aIs0)
	}
	y = Select(ended, FullLike(y, atInf), y)
	return Select(bad, FullLike(y, math.NaN()), y)
}

// incompleteSlope is a derivative of P in a.
func incompleteSlope(a, x *Value, part gammaPart) *Value {
	zero, one := FullLike(x, 0), FullLike(x, 1)
	xIs0 := Eq(x, zero)
	bad := Or(Or(Lt(x, zero), Le(a, zero)), Or(isNaN(a), isNaN(x)))
	y := gammaSides(a, x, Not(Or(bad, xIs0)), And(Gt(x, one), Gt(x, a)), part)
	y = Select(xIs0, zero, y)
	return Select(bad, FullLike(y, math.NaN()), y)
}

// gammaSeries is s, the sum of x^n / ((a+1)...(a+n)) over n = 0, 1, ..., and its derivative in a.
func gammaSeries(a, x, active *Value, derivative bool) (s, ds *Value) {
	one, zero := FullLike(a, 1), FullLike(a, 0)
	eps := FullLike(a, epsilon(a.DType()))
	// Carried: a+n, the last term and its derivative, the sums of both.
	out := iterated([]*Value{a, one, zero, one, zero}, active, 0, func(v []*Value) ([]*Value, *Value) {
		an := Add(v[0], one)
		ratio := Div(x, an)
		dTerm := Sub(Mul(v[2], ratio), Div(Mul(v[1], ratio), an))
		term := Mul(v[1], ratio)
		s, ds := Add(v[3], term), Add(v[4], dTerm)
		goOn := Gt(Div(term, s), eps)
		if derivative {
			goOn = Gt(Abs(Div(dTerm, ds)), eps)
		}
		return []*Value{an, term, dTerm, s, ds}, goOn
	})
	return out[3], out[4]
}

// gammaFraction is f, the continued fraction for (1 - P) / factor, and its derivative in a. Its convergents are p/q, of
// which each follows from the two before.
func gammaFraction(a, x, active *Value, derivative bool) (f, df *Value) {
	one, two, zero := FullLike(a, 1), FullLike(a, 2), FullLike(a, 0)
	e := epsilon(a.DType())
	eps, large := FullLike(a, e), FullLike(a, 1/e)
	y := Sub(one, a)
	z := Add(Add(x, y), one)
	p1, q1 := Add(x, one), Mul(z, x)
	f0 := Div(p1, q1)
	df0 := Div(Mul(f0, x), q1) // dp1 = 0, dq1 = -x
	const (
		iF = iota
		iDF
		iN
		iY
		iZ
		iP1
		iQ1
		iDP1
		iDQ1
		iP2
		iQ2
		iDP2
		iDQ2
	)
	start := []*Value{iF: f0, iDF: df0, iN: zero, iY: y, iZ: z,
		iP1: p1, iQ1: q1, iDP1: zero, iDQ1: Neg(x),
		iP2: one, iQ2: x, iDP2: zero, iDQ2: zero}
	out := iterated(start, active, 2000, func(v []*Value) ([]*Value, *Value) {
		n, y, z := Add(v[iN], one), Add(v[iY], one), Add(v[iZ], two)
		yn := Mul(y, n)
		next := func(v1, v2 *Value) *Value { return Sub(Mul(v1, z), Mul(v2, yn)) }
		// In a, y and z have the derivative -1.
		dNext := func(v1, v2, d1, d2 *Value) *Value { return Add(Sub(next(d1, d2), v1), Mul(v2, n)) }
		p, q := next(v[iP1], v[iP2]), next(v[iQ1], v[iQ2])
		dp := dNext(v[iP1], v[iP2], v[iDP1], v[iDP2])
		dq := dNext(v[iQ1], v[iQ2], v[iDQ1], v[iDQ2])
		is := Ne(q, zero)
		r := Div(p, q)
		f := Select(is, r, v[iF])
		df := Select(is, Div(Sub(dp, Mul(f, dq)), q), v[iDF])
		var change *Value
		if derivative {
			change = Abs(Sub(df, v[iDF]))
		} else {
			change = Abs(Div(Sub(v[iF], r), r))
		}
		goOn := Gt(Select(is, change, one), eps)
		// Numerators and denominators grow without bound, their quotient does not.
		big := Gt(Abs(p), large)
		scaled := func(v *Value) *Value { return Select(big, Mul(v, eps), v) }
		return []*Value{iF: f, iDF: df, iN: n, iY: y, iZ: z,
			iP1: scaled(p), iQ1: scaled(q), iDP1: scaled(dp), iDQ1: scaled(dq),
			iP2: scaled(v[iP1]), iQ2: scaled(v[iQ1]), iDP2: scaled(v[iDP1]), iDQ2: scaled(v[iDQ1])}, goOn
	})
	return out[iF], out[iDF]
}

// inSingle runs f on a and x, in float32 where they are narrower.
func inSingle(f func(a, x *Value) *Value) func(v []*Value) []*Value {
	return func(v []*Value) []*Value {
		d := v[0].DType()
		if d.Bits() >= 32 {
			return []*Value{f(v[0], v[1])}
		}
		return []*Value{Convert(f(Convert(v[0], ir.Float32), Convert(v[1], ir.Float32)), d)}
	}
}
