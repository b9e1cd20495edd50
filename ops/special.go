package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// special is an elementwise function of floats of one dtype and shape that is a program of other operations, and whose
// derivatives are known: that which specials has by the name Which.
type special struct {
	elementwise
	Which string
}

func (special) Name() string { return "special" }

// specialFunction is its value, of float32 and float64, and its derivatives by each operand, of any float dtype and in
// other operations. y is the value.
type specialFunction struct {
	value  func(x []*Value) *Value
	slopes []func(x []*Value, y *Value) *Value
}

// specials are the functions. They are set by init since their derivatives are made of some of them.
var specials map[string]specialFunction

func init() {
	type slope = func(x []*Value, y *Value) *Value
	one := func(f func(x *Value) *Value, s func(x, y *Value) *Value) specialFunction {
		return specialFunction{func(x []*Value) *Value { return f(x[0]) },
			[]slope{func(x []*Value, y *Value) *Value { return s(x[0], y) }}}
	}
	two := func(f func(x, y *Value) *Value, a, b func(x, y, z *Value) *Value) specialFunction {
		return specialFunction{func(x []*Value) *Value { return f(x[0], x[1]) },
			[]slope{func(x []*Value, y *Value) *Value { return a(x[0], x[1], y) },
				func(x []*Value, y *Value) *Value { return b(x[0], x[1], y) }}}
	}
	specials = map[string]specialFunction{
		"gamma":              one(gammaOf, gammaSlopeOf),
		"gamma_slope":        two(func(x, y *Value) *Value { return Mul(y, Digamma(x)) }, gammaSlopeByX, gammaSlopeByY),
		"erf_inv":            one(exactErfInvOf, erfInvSlope),
		"entr":               one(entrOf, entrSlope),
		"rel_entr":           two(relEntrOf, relEntrByP, relEntrByQ),
		"kl_div":             two(klDivOf, klDivByP, klDivByQ),
		"poisson_term":       two(poissonTermOf, poissonByShape, poissonByMean),
		"gamma_density":      two(gammaDensityOf, gammaDensityByShape, gammaDensityByX),
		"digamma_difference": two(digammaDifferenceOf, digammaDifferenceByX, digammaDifferenceByD),
		"log_beta":           two(logBetaOf, logBetaByA, logBetaByB),
		"beta":               two(betaOf, betaByA, betaByB),
		"poch":               two(pochOf, pochByZ, pochByM),
		"comb":               two(combOf, combByN, combByK),
		"zeta":               two(zetaOf, zetaByX, zetaByQ),
		"beta_density": {func(x []*Value) *Value { return betaDensityOf(x[0], x[1], x[2]) },
			[]slope{betaDensityByA, betaDensityByB, betaDensityByX}},
	}
}

func (o special) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return inferSame(in, len(specials[o.Which].slopes), kFloat)
}

func (o special) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle(specials[o.Which].value))
}

func (o special) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	var yt *Value
	for i, slope := range specials[o.Which].slopes {
		if t[i] != nil {
			yt = AddTangents(yt, Mul(t[i], slope(x, y[0])))
		}
	}
	return y, []*Value{yt}
}

// Gamma is the gamma function of floats: infinite at 0, and NaN at its other poles.
func Gamma(x *Value) *Value { return one(special{Which: "gamma"}, x) }

// gammaSlopeOf is the derivative of y = gamma(x), y·digamma(x). Its own derivative is infinite where x is.
func gammaSlopeOf(x, y *Value) *Value { return one(special{Which: "gamma_slope"}, x, y) }

func gammaSlopeByX(x, y, _ *Value) *Value {
	return Select(Eq(x, infinity(x)), infinity(x), Mul(y, Polygamma(FullLike(x, 1), x)))
}

func gammaSlopeByY(x, _, _ *Value) *Value { return Digamma(x) }

// PoissonTerm is x^a·exp(-x)/gamma(a+1) for floats a >= 0 and x >= 0 of one dtype and shape: the probability of a for a
// Poisson distribution of mean x. It is NaN elsewhere.
func PoissonTerm(a, x *Value) *Value { return one(special{Which: "poisson_term"}, a, x) }

// GammaDensity is x^(a-1)·exp(-x)/gamma(a) for floats a > 0 and x >= 0 of one dtype and shape: the density of the gamma
// distribution, and the derivative of Igamma in x. It is NaN elsewhere.
func GammaDensity(a, x *Value) *Value { return one(special{Which: "gamma_density"}, a, x) }

// BetaDensity is x^(a-1)·(1-x)^(b-1)/beta(a, b) for floats a, b > 0 and x within [0, 1] of one dtype and shape: the
// density of the beta distribution, and the derivative of BetaInc in x. It is NaN elsewhere.
func BetaDensity(a, b, x *Value) *Value { return one(special{Which: "beta_density"}, a, b, x) }

// DigammaDifference is digamma(x+d) - digamma(x) for floats of one dtype and shape, without cancellation where x and
// x+d are positive, or both negative and d whole.
func DigammaDifference(x, d *Value) *Value { return one(special{Which: "digamma_difference"}, x, d) }

// LogBeta is the logarithm of |beta(a, b)| for floats of one dtype and shape; at the negative integers as SciPy's.
func LogBeta(a, b *Value) *Value { return one(special{Which: "log_beta"}, a, b) }

// Beta is the beta function, gamma(a)·gamma(b)/gamma(a+b), of floats of one dtype and shape; at the negative integers
// as SciPy's.
func Beta(a, b *Value) *Value { return one(special{Which: "beta"}, a, b) }

// Poch is gamma(z+m)/gamma(z), Pochhammer's symbol, of floats of one dtype and shape. At the negative integers it is
// the limit in z for whole m, and 0 for others.
func Poch(z, m *Value) *Value { return one(special{Which: "poch"}, z, m) }

// Comb is the number of ways to choose k of n things, gamma(n+1)/(gamma(k+1)·gamma(n-k+1)), for floats 0 <= k <= n of
// one dtype and shape: whole for whole numbers, as far as the dtype has all of these.
func Comb(n, k *Value) *Value { return one(special{Which: "comb"}, n, k) }

// ZetaOfBoth is Zeta with a derivative in x too, for q > 0.
func ZetaOfBoth(x, q *Value) *Value { return one(special{Which: "zeta"}, x, q) }

// byShape is the derivative of y in a parameter, where slope is that of its logarithm: 0 where y is.
func byShape(y, slope *Value) *Value {
	zero := FullLike(y, 0)
	return Select(Eq(y, zero), zero, Mul(y, slope))
}

// infinity is an array of infinities like x.
func infinity(x *Value) *Value { return FullLike(x, math.Inf(1)) }
