package stats

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// VonMises is von Mises' distribution of angles, in radians, around 0 with the concentration Kappa
// (scipy.stats.vonmises), for Kappa 0 the uniform one. Kappa must be given, and not be negative.
type VonMises struct{ Kappa any }

var vonMises = complete(family{
	name:   "VonMises",
	shapes: []string{"Kappa"},
	valid:  func(p []array) array { return p[0].Ge(0) },
	parts: func(z array, p []array) parts {
		exponent := jnp.Square(jnp.Sin(z.Div(2))).Mul(p[0]).Mul(-2)
		d := parts{factor: jnp.Reciprocal(special.I0e(p[0]).Mul(2 * math.Pi)), high: exponent}
		d.low = jnp.ZerosLike(exponent)
		return d.sloped(vonMisesSlopes, z, p[0])
	},
})

// vonMisesSlopes are the derivatives of the logarithm of the density at the angle z of the concentration kappa.
func vonMisesSlopes(x []array) []array {
	z, kappa := x[0], x[1]
	// 1 - I1/I0, where they are close from a polynomial of 1/kappa (Chebyshev).
	large := kappa.Gt(12)
	r := jnp.Reciprocal(jnp.Where(large, kappa, 12))
	series := polynomial(r.Mul(24).Sub(1), besselGap...).Mul(r)
	safe := jnp.Where(large, 1, kappa)
	apart := jnp.Where(large, series, complement(special.I1e(safe).Div(special.I0e(safe))))
	dkappa := apart.Sub(jnp.Square(jnp.Sin(z.Div(2))).Mul(2))
	return []array{kappa.Mul(jnp.Sin(z)).Neg(), dkappa}
}

// besselGap is κ·(1 - I1(κ)/I0(κ)) as a polynomial of 24/κ - 1, for κ >= 12.
var besselGap = []float64{-2.3718185143775535e-12, -1.347857611220052e-11, 2.4879578124240394e-12,
	8.207196650086691e-11, 6.2574707071945268e-11, -1.7768687203730048e-10, -2.9759231055450697e-10,
	-2.4955101855431292e-11, 3.295341967621156e-10, 5.1053935949888722e-10, 7.5414469312483059e-10,
	1.5358334822501582e-9, 4.0953212616040194e-9, 1.3949538824241935e-8, 6.0058150132607237e-8, 3.2631177296936417e-7,
	2.2678472465269533e-6, 2.0800070891067244e-5, 0.00026838311413932507, 0.005690425384019448, 0.5054408516649119}

func (d VonMises) eval(m method, x any) array { return vonMises.eval(m, x, []any{d.Kappa}) }

// LogPDF is the logarithm of the density at x, any angle.
func (d VonMises) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x, any angle.
func (d VonMises) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// WrapCauchy is the Cauchy distribution wrapped around the circle, on angles from 0 to 2π, with C between 0 and 1,
// which must be given (scipy.stats.wrapcauchy).
type WrapCauchy struct{ C any }

var wrapCauchy = complete(family{
	name:    "WrapCauchy",
	shapes:  []string{"C"},
	valid:   func(p []array) array { return p[0].Gt(0).And(p[0].Lt(1)) },
	support: between(0, 2*math.Pi, math.Pi),
	logPDF:  func(z array, p []array) array { return jnp.Log(wrapCauchyPDF(z, p[0])) },
	product: func(z array, p []array) (factor, root array) {
		y := wrapCauchyPDF(z, p[0])
		return y, jnp.OnesLike(y)
	},
})

// wrapCauchyPDF is written with 1-c and the half of z, which keep their digits where it has a peak.
func wrapCauchyPDF(z, c array) array {
	less := complement(c)
	below := jnp.Square(jnp.Sin(z.Div(2))).Mul(c).Mul(4).Add(jnp.Square(less))
	return less.Div(below).Mul(c.Add(1)).Div(2 * math.Pi)
}

func (d WrapCauchy) eval(m method, x any) array { return wrapCauchy.eval(m, x, []any{d.C}) }

// LogPDF is the logarithm of the density at x.
func (d WrapCauchy) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d WrapCauchy) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// GenNorm is the generalized normal distribution around 0 of shape Beta, which must be given: 1 is Laplace's, 2 the
// normal one of variance 1/2 (scipy.stats.gennorm).
type GenNorm struct{ Beta any }

var genNorm = complete(family{
	name:    "GenNorm",
	shapes:  []string{"Beta"},
	valid:   positive,
	support: between(-inf, inf, 0),
	logPDF:  func(z array, p []array) array { return genNormParts(z, p[0]).log() },
	product: func(z array, p []array) (factor, root array) {
		none := genNormBeyond(z, p[0], 1e4)
		factor, root = genNormParts(jnp.Where(none, 1, z), p[0]).product()
		return jnp.Where(none, 0, factor), root
	},
	cdf: func(z array, p []array) array {
		tail := genNormTail(z, p[0])
		return jnp.Where(z.Le(0), tail, complement(tail))
	},
	logCDF: func(z array, p []array) array {
		tail := genNormTail(z, p[0])
		far := tail.Lt(tiny(z))
		near := jnp.Where(far, 0.5, tail)
		m, power := jnp.Reciprocal(p[0]), genNormPower(z, p[0])
		// Of a power so large there is nothing else in the logarithm; it may be infinite.
		beyond := genNormBeyond(z, p[0], 1e30)
		inside := far.And(beyond.Not())
		log := logUpperGamma(jnp.Where(inside, m, 1), jnp.Where(inside, power, 2)).Sub(math.Ln2)
		log = jnp.Where(beyond, genNormPower(jnp.Where(beyond, z, -1), p[0]).Neg(), log)
		low := jnp.Where(far, log, jnp.Log(near))
		return jnp.Where(z.Le(0), low, jnp.Log1p(tail.Neg()))
	},
	symmetric: true,
})

func genNormParts(z, beta array) parts {
	// The factor is 1/(2·Γ(1+m)), m = 1/Beta.
	m := jnp.Reciprocal(beta)
	factor, exponent := stirling(m)
	d := parts{factor: factor.Mul(0.5), high: genNormPower(z, beta).Neg()}
	d.low = jnp.ZerosLike(d.high)
	return d.plus(exponent.Add(m).Sub(special.XLogY(m, m))).sloped(genNormSlopes, z, beta)
}

// genNormSlopes are the derivatives of the logarithm of the density.
func genNormSlopes(x []array) []array {
	z, beta := x[0], x[1]
	zero := z.Eq(0)
	size, m := jnp.Where(zero, 1, z.Abs()), jnp.Reciprocal(beta)
	// At 0 there is a power of 0 where the density is flat, and else a peak.
	bend := powerOfZero(zero, z, beta.Sub(1), func(_, m array, _ []array) (up, rate array) {
		return m, jnp.ZerosLike(m)
	})
	bend = jnp.Where(beta.Gt(1), bend, 0)
	dz := jnp.Where(zero, bend, jnp.Power(size, beta.Sub(1)).Mul(jnp.Sign(z))).Mul(beta).Neg()
	dbeta := special.Digamma(m.Add(1)).Mul(m).Mul(m).Sub(genNormPower(z, beta).Mul(jnp.Log(size)))
	return []array{dz, dbeta}
}

// genNormTail is the probability of more than |z|, whose derivative by z is the density.
func genNormTail(z, beta array) array {
	return derivedBy([]array{z, beta}, func(x []array) array {
		m, size, power := jnp.Reciprocal(x[1]), x[0].Abs(), genNormPower(x[0], x[1])
		// Near 0, where the power may underflow, it is linear.
		near := power.Lt(tinyPower)
		factor, exponent := stirling(m)
		slope := factor.Mul(jnp.Exp(exponent.Add(m).Sub(special.XLogY(m, m))))
		tail := special.GammaIncc(m, jnp.Where(near, 1, power))
		return jnp.Where(near, complement(size.Mul(slope)), tail).Mul(0.5)
	}, func(x []array, i int) array {
		density := genNormParts(x[0], x[1]).value()
		if i == 0 {
			return jnp.Where(x[0].Le(0), density, density.Neg())
		}
		return genNormTailByShape(x[0], x[1], density)
	})
}

// genNormBeyond is where genNormPower is above a number.
func genNormBeyond(z, beta array, least float64) array {
	return constant(genNormPower(z, beta)).Gt(least)
}

// genNormTailByShape is the derivative of genNormTail by beta, where the density is that at z.
func genNormTailByShape(z, beta, density array) array {
	m, power, size := jnp.Reciprocal(beta), genNormPower(z, beta), absolute(jnp.Where(z.Eq(0), 1, z))
	log := jnp.Log(size)
	// From the integral of the density's series near 0, and else of GammaIncc.
	near := power.Lt(0.1)
	w := jnp.Where(near, power, 0)
	var sum, slope array // the integral divided by |z| and the density at 0, and its derivative
	for k := 10; k >= 0; k-- {
		r := jnp.Reciprocal(beta.Mul(k).Add(1))
		bend := r.Mul(jnp.Where(near, log, 0).Sub(r)).Mul(k)
		if k == 10 {
			sum, slope = r, bend
			continue
		}
		next := w.Div(-(k + 1))
		sum, slope = sum.Mul(next).Add(r), slope.Mul(next).Add(bend)
	}
	sum = sum.Mul(special.Digamma(m.Add(1)).Mul(jnp.Square(m))).Add(slope)
	small := absolute(z).Mul(genNormParts(jnp.ZerosLike(z), beta).value()).Mul(sum).Neg()
	byShape := arrays.Elementwise("special.GammaIncGrad", nil, func(x []array) array {
		return jnp.Wrap(ops.IgammaGradA(x[0].TraceValue(), x[1].TraceValue()))
	}, m, jnp.Where(near, 1, power))
	wide := byShape.Mul(0.5).Mul(m).Sub(density.Mul(size).Mul(log)).Mul(m)
	return jnp.Where(near, small, wide)
}

// tinyPower is where GenNorm's probabilities are linear.
const tinyPower = 1e-30

// genNormPower is |z| to the power of beta, with finite derivatives at 0.
func genNormPower(z, beta array) array {
	zero := z.Eq(0)
	return jnp.Where(zero, 0, jnp.Power(jnp.Where(zero, 1, absolute(z)), beta))
}

// absolute is |z|, with the derivative from below at 0.
func absolute(z array) array { return jnp.Where(z.Le(0), z.Neg(), z) }

func (d GenNorm) eval(m method, x any) array { return genNorm.eval(m, x, []any{d.Beta}) }

// LogPDF is the logarithm of the density at x.
func (d GenNorm) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d GenNorm) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d GenNorm) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d GenNorm) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d GenNorm) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d GenNorm) LogSF(x any) jnp.Array { return d.eval(logSF, x) }
