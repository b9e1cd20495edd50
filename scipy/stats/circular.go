package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// VonMises is von Mises' distribution of angles, in radians, around 0 with the concentration Kappa
// (scipy.stats.vonmises). Kappa must be given, and be positive.
type VonMises struct{ Kappa any }

var vonMises = complete(family{
	name:   "VonMises",
	shapes: []string{"Kappa"},
	valid:  positive,
	logPDF: func(z array, p []array) array {
		return p[0].Mul(jnp.Cos(z).Sub(1)).Sub(jnp.Log(special.I0e(p[0]).Mul(2 * math.Pi)))
	},
})

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
	logPDF: func(z array, p []array) array {
		square := jnp.Square(p[0])
		y := jnp.Log(square.Neg().Add(1)).Sub(math.Log(2 * math.Pi))
		return y.Sub(jnp.Log(square.Add(1).Sub(p[0].Mul(2).Mul(jnp.Cos(z)))))
	},
})

func (d WrapCauchy) eval(m method, x any) array { return wrapCauchy.eval(m, x, []any{d.C}) }

// LogPDF is the logarithm of the density at x.
func (d WrapCauchy) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d WrapCauchy) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// GenNorm is the generalized normal distribution around 0 of shape Beta, which must be given: 1 is Laplace's, 2 the
// normal one of variance 1/2 (scipy.stats.gennorm).
type GenNorm struct{ Beta any }

var genNorm = complete(family{
	name:   "GenNorm",
	shapes: []string{"Beta"},
	valid:  positive,
	logPDF: func(z array, p []array) array {
		normalizer := jnp.Log(p[0].Mul(0.5)).Sub(special.GammaLn(jnp.Reciprocal(p[0])))
		return normalizer.Sub(jnp.Power(z.Abs(), p[0]))
	},
	cdf: func(z array, p []array) array {
		tail := special.GammaIncc(jnp.Reciprocal(p[0]), jnp.Power(z.Abs(), p[0])).Mul(0.5)
		return jnp.Where(z.Le(0), tail, tail.Neg().Add(1))
	},
	symmetric: true,
})

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
