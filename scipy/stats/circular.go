package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// VonMises is von Mises' distribution of angles, in radians, around 0 with the concentration Kappa (scipy.stats.vonmises). Kappa must
// be given; where it is not positive densities are NaN.
type VonMises struct{ Kappa any }

func (d VonMises) run(method string, x any, f formula1) array {
	op := "stats.VonMises." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1]) }, x, need(op, "Kappa", d.Kappa))
}

// LogPDF is the logarithm of the density at x, any angle.
func (d VonMises) LogPDF(x any) array { return d.run("LogPDF", x, vonMisesLogPDF) }

// PDF is the density at x, any angle.
func (d VonMises) PDF(x any) array {
	return d.run("PDF", x, func(x, kappa array) array { return expNaN(vonMisesLogPDF(x, kappa)) })
}

func vonMisesLogPDF(x, kappa array) array {
	y := kappa.Mul(jnp.Cos(x).Sub(1)).Sub(jnp.Log(special.I0e(kappa).Mul(2 * math.Pi)))
	return where(kappa.Gt(0), y, nan)
}

// WrapCauchy is the Cauchy distribution wrapped around the circle, on angles from 0 to 2π, with C between 0 and 1, which must be given
// (scipy.stats.wrapcauchy). For other C densities are NaN.
type WrapCauchy struct{ C any }

func (d WrapCauchy) run(method string, x any, f formula1) array {
	op := "stats.WrapCauchy." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1]) }, x, need(op, "C", d.C))
}

// LogPDF is the logarithm of the density at x.
func (d WrapCauchy) LogPDF(x any) array { return d.run("LogPDF", x, wrapCauchyLogPDF) }

// PDF is the density at x.
func (d WrapCauchy) PDF(x any) array {
	return d.run("PDF", x, func(x, c array) array { return expNaN(wrapCauchyLogPDF(x, c)) })
}

func wrapCauchyLogPDF(x, c array) array {
	square := c.Mul(c)
	y := jnp.Log(square.Neg().Add(1)).Sub(math.Log(2 * math.Pi)).Sub(jnp.Log(square.Add(1).Sub(c.Mul(2).Mul(jnp.Cos(x)))))
	y = where(x.Ge(0).And(x.Le(2*math.Pi)), y, -inf)
	return where(c.Gt(0).And(c.Lt(1)), y, nan)
}

// GenNorm is the generalized normal distribution around 0 of shape Beta, which must be given: 1 is Laplace's, 2 the normal one of
// variance 1/2 (scipy.stats.gennorm).
type GenNorm struct{ Beta any }

func (d GenNorm) run(method string, x any, f formula1) array {
	op := "stats.GenNorm." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1]) }, x, need(op, "Beta", d.Beta))
}

// LogPDF is the logarithm of the density at x.
func (d GenNorm) LogPDF(x any) array { return d.run("LogPDF", x, genNormLogPDF) }

// PDF is the density at x.
func (d GenNorm) PDF(x any) array {
	return d.run("PDF", x, func(x, beta array) array { return jnp.Exp(genNormLogPDF(x, beta)) })
}

// CDF is the probability of at most x.
func (d GenNorm) CDF(x any) array {
	return d.run("CDF", x, func(x, beta array) array {
		mass := special.Gammainc(jnp.Reciprocal(beta), jnp.Power(x.Abs(), beta))
		return jnp.Sign(x).Mul(mass).Add(1).Mul(0.5)
	})
}

func genNormLogPDF(x, beta array) array {
	return jnp.Log(beta.Mul(0.5)).Sub(lgamma(jnp.Reciprocal(beta))).Sub(jnp.Power(x.Abs(), beta))
}
