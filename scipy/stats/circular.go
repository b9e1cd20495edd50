package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
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
	// 1 - I1/I0, from its series where they are close.
	large := kappa.Gt(50)
	r := jnp.Reciprocal(jnp.Where(large, kappa, 50))
	series := polynomial(r, 2180461.0/2048, 55384775.0/262144, 23797.0/512, 375733.0/32768, 103.0/32, 1073.0/1024,
		13.0/32, 25.0/128, 1.0/8, 1.0/8, 1.0/2).Mul(r)
	safe := jnp.Where(large, 1, kappa)
	apart := jnp.Where(large, series, complement(special.I1e(safe).Div(special.I0e(safe))))
	dkappa := apart.Sub(jnp.Square(jnp.Sin(z.Div(2))).Mul(2))
	return []array{kappa.Mul(jnp.Sin(z)).Neg(), dkappa}
}

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
		// Of a power so large there is nothing else in the logarithm; it may be infinite.
		beyond := genNormBeyond(z, p[0], 1e30)
		log := logUpperGamma(jnp.Reciprocal(p[0]), genNormPower(jnp.Where(far.And(beyond.Not()), z, -2), p[0]))
		log = jnp.Where(beyond, genNormPower(jnp.Where(beyond, z, -1), p[0]).Neg(), log.Sub(math.Ln2))
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
	size := jnp.Where(zero, 1, z.Abs())
	power, m := genNormPower(z, beta), jnp.Reciprocal(beta)
	dz := beta.Mul(power).Div(jnp.Where(zero, 1, z)).Neg()
	dbeta := m.Add(special.Digamma(m).Mul(m).Mul(m)).Sub(power.Mul(jnp.Log(size)))
	return []array{dz, dbeta}
}

// genNormTail is the probability of more than |z|.
func genNormTail(z, beta array) array {
	none := genNormBeyond(z, beta, 1e4)
	z = jnp.Where(none, 1, z)
	m, power := jnp.Reciprocal(beta), genNormPower(z, beta)
	// Near 0, where the power may underflow, it is linear.
	near := power.Lt(1e-30)
	factor, exponent := stirling(m)
	slope := factor.Mul(jnp.Exp(exponent.Add(m).Sub(special.XLogY(m, m))))
	tail := special.GammaIncc(m, jnp.Where(near, 1, power))
	return jnp.Where(none, 0, jnp.Where(near, complement(absolute(z).Mul(slope)), tail)).Mul(0.5)
}

// genNormBeyond is where genNormPower is above a number.
func genNormBeyond(z, beta array, least float64) array {
	return constant(genNormPower(z, beta)).Gt(least)
}

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
