package stats

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

// GumbelL is the Gumbel distribution of minima, with its mode at Loc (scipy.stats.gumbel_l).
type GumbelL struct{ Loc, Scale any }

var gumbelL = complete(family{
	name:    "GumbelL",
	support: between(-inf, inf, 0),
	logPDF: plain(func(z array) array {
		return derivedBy([]array{z}, func(x []array) array { return x[0].Sub(jnp.Exp(x[0])) }, gumbelSlope)
	}),
	product: func(z array, _ []array) (factor, root array) { return gumbelParts(z).product() },
	cdf: plain(func(z array) array {
		return derivedBy([]array{z}, func(x []array) array {
			return jnp.Expm1(jnp.Exp(jnp.Minimum(x[0], gumbelEnd)).Neg()).Neg()
		}, func(x []array, _ int) array { return gumbelParts(x[0]).value() })
	}),
	sf: plain(func(z array) array {
		return derivedBy([]array{z}, func(x []array) array {
			return jnp.Exp(jnp.Exp(jnp.Minimum(x[0], gumbelEnd)).Neg())
		}, func(x []array, _ int) array { return gumbelParts(x[0]).value().Neg() })
	}),
	logCDF: plain(func(z array) array {
		far := z.Lt(-40) // where exp(z) is as good as the probability, and may underflow
		return jnp.Where(far, z, nn.Log1mExp(jnp.Exp(jnp.Where(far, 0, jnp.Minimum(z, gumbelEnd)))))
	}),
	logSF: plain(func(z array) array { return jnp.Exp(z).Neg() }),
	ppf:   plain(func(q array) array { return jnp.Log(jnp.Log1p(q.Neg()).Neg()) }),
	isf:   plain(func(q array) array { return jnp.Log(jnp.Log(q).Neg()) }),
	weak:  "LogPDF PDF CDF LogCDF SF LogSF PPF",
})

func gumbelParts(z array) parts {
	z = jnp.Minimum(z, gumbelEnd)
	high, low := twoSum(z, jnp.Exp(z).Neg())
	d := parts{factor: jnp.OnesLike(z), high: high, low: low}
	return d.sloped(func(x []array) []array { return []array{gumbelSlope(x, 0)} }, z)
}

// gumbelSlope is the derivative of the logarithm of GumbelL's density.
func gumbelSlope(x []array, _ int) array { return jnp.Expm1(x[0]).Neg() }

// gumbelEnd is where nothing is left above: exp(-exp(7)) underflows, and beyond of it derivatives would not be finite.
const gumbelEnd = 7

func (d GumbelL) eval(m method, x any) array { return gumbelL.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d GumbelL) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d GumbelL) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d GumbelL) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d GumbelL) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d GumbelL) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d GumbelL) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d GumbelL) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d GumbelL) ISF(q any) jnp.Array { return d.eval(isf, q) }

// GumbelR is the Gumbel distribution of maxima, with its mode at Loc (scipy.stats.gumbel_r): the mirror image of
// GumbelL.
type GumbelR struct{ Loc, Scale any }

var gumbelR = complete(family{
	name:    "GumbelR",
	support: gumbelL.support,
	logPDF:  mirrored(gumbelL.logPDF),
	product: func(z array, p []array) (factor, root array) { return gumbelL.product(z.Neg(), p) },
	cdf:     mirrored(gumbelL.sf),
	logCDF:  mirrored(gumbelL.logSF),
	sf:      mirrored(gumbelL.cdf),
	logSF:   mirrored(gumbelL.logCDF),
	ppf:     then(gumbelL.isf, array.Neg),
	isf:     then(gumbelL.ppf, array.Neg),
	weak:    "LogPDF PDF CDF LogCDF LogSF PPF",
})

func (d GumbelR) eval(m method, x any) array { return gumbelR.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d GumbelR) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d GumbelR) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d GumbelR) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d GumbelR) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d GumbelR) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d GumbelR) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d GumbelR) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d GumbelR) ISF(q any) jnp.Array { return d.eval(isf, q) }
