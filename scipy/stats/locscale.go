package stats

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
)

// Uniform is the uniform distribution from Loc to Loc + Scale (scipy.stats.uniform). The ends belong to the support.
type Uniform struct{ Loc, Scale any }

var uniform = complete(family{
	name:    "Uniform",
	support: between(0, 1, 0.5),
	logPDF:  plain(jnp.ZerosLike),
	product: func(z array, _ []array) (factor, root array) { return jnp.OnesLike(z), jnp.OnesLike(z) },
	cdf:     plain(arrays.Strong),
	ppf:     plain(func(q array) array { return q }),
	weak:    "LogPDF PDF PPF",
})

func (d Uniform) eval(m method, x any) array { return uniform.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Uniform) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Uniform) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Uniform) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Uniform) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Uniform) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Uniform) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d Uniform) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Uniform) ISF(q any) jnp.Array { return d.eval(isf, q) }

// Expon is the exponential distribution of mean Scale, from Loc on (scipy.stats.expon).
type Expon struct{ Loc, Scale any }

var expon = complete(family{
	name:    "Expon",
	support: between(0, inf, 1),
	logPDF:  plain(array.Neg),
	product: func(z array, _ []array) (factor, root array) { return jnp.OnesLike(z), jnp.Exp(z.Mul(-0.5)) },
	cdf:     plain(func(z array) array { return jnp.Expm1(z.Neg()).Neg() }),
	logCDF:  plain(nn.Log1mExp),
	sf:      plain(func(z array) array { return jnp.Exp(z.Neg()) }),
	logSF:   plain(array.Neg),
	ppf:     plain(func(q array) array { return jnp.Log1p(q.Neg()).Neg() }),
	isf:     plain(func(q array) array { return jnp.Log(q).Neg() }),
	weak:    "LogPDF PDF CDF LogCDF SF LogSF PPF ISF",
})

func (d Expon) eval(m method, x any) array { return expon.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Expon) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Expon) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Expon) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Expon) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Expon) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Expon) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d Expon) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Expon) ISF(q any) jnp.Array { return d.eval(isf, q) }

// Cauchy is the Cauchy distribution with its median at Loc and its quartiles Scale away (scipy.stats.cauchy).
type Cauchy struct{ Loc, Scale any }

var cauchy = complete(family{
	name:    "Cauchy",
	support: between(-inf, inf, 0),
	logPDF: plain(func(z array) array {
		return logOnePlusSquare(z.Abs()).Add(math.Log(math.Pi)).Neg()
	}),
	product: func(z array, _ []array) (factor, root array) {
		root = derived([]array{z}, func(x []array) array { return jnp.Reciprocal(jnp.Hypot(x[0], 1)) },
			func(x []array, y array, t []array) array { return x[0].Mul(y).Mul(y).Mul(y).Mul(t[0]).Neg() })
		return jnp.FullLike(z, 1/math.Pi), root
	},
	cdf:       plain(cauchyCDF),
	logCDF:    plain(cauchyLogCDF),
	ppf:       plain(cauchyPPF),
	symmetric: true,
})

// cauchyLogCDF is the logarithm of cauchyCDF; far to the left that of -1/(πz), which may underflow.
func cauchyLogCDF(z array) array {
	far := z.Lt(-1e10)
	near := jnp.Where(far, -1, z)
	y := logProbability(cauchyCDF(near), cauchyCDF(near.Neg()))
	return jnp.Where(far, jnp.Log(jnp.Where(far, z.Neg(), 1)).Add(math.Log(math.Pi)).Neg(), y)
}

// cauchyCDF is 1/2 + arctan(z)/π, beyond ±1 by arctan(1/z), so that a small probability keeps its digits.
func cauchyCDF(z array) array {
	low, high := z.Lt(-1), z.Gt(1)
	far := low.Or(high)
	a := jnp.Arctan(jnp.Where(far, jnp.Reciprocal(jnp.Where(far, z, 1)), z)).Div(math.Pi)
	return jnp.Where(low, a.Neg(), jnp.Where(high, complement(a), a.Add(0.5)))
}

// cauchyPPF is tan(π(q-1/2)), in the tails ±cot(πq), for the same reason.
func cauchyPPF(q array) array {
	return derived([]array{q}, func(x []array) array {
		half := x[0].Sub(0.5)
		middle := half.Abs().Lt(0.25)
		t := jnp.Tan(jnp.Where(middle, half, jnp.Minimum(x[0], complement(x[0]))).Mul(math.Pi))
		tail := jnp.Reciprocal(t)
		return jnp.Where(middle, t, jnp.Where(half.Lt(0), tail.Neg(), tail))
	}, func(_ []array, y array, t []array) array { return jnp.Square(y).Add(1).Mul(math.Pi).Mul(t[0]) })
}

func (d Cauchy) eval(m method, x any) array { return cauchy.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Cauchy) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Cauchy) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Cauchy) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Cauchy) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Cauchy) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Cauchy) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d Cauchy) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Cauchy) ISF(q any) jnp.Array { return d.eval(isf, q) }

// Laplace is the Laplace (double exponential) distribution around Loc of mean deviation Scale (scipy.stats.laplace).
type Laplace struct{ Loc, Scale any }

var laplace = complete(family{
	name:    "Laplace",
	support: between(-inf, inf, 0),
	logPDF:  plain(func(z array) array { return z.Abs().Add(math.Ln2).Neg() }),
	product: func(z array, _ []array) (factor, root array) {
		return jnp.FullLike(z, 0.5), jnp.Exp(z.Abs().Mul(-0.5))
	},
	cdf: plain(func(z array) array {
		tail := laplaceTail(z)
		return jnp.Where(z.Le(0), tail, complement(tail))
	}),
	logCDF: plain(func(z array) array {
		low := z.Le(0)
		return jnp.Where(low, z.Sub(math.Ln2), jnp.Log1p(laplaceTail(jnp.Where(low, 1, z)).Neg()))
	}),
	symmetric: true,
})

// laplaceTail is the probability of more than |z|. At 0 it has the slope from below.
func laplaceTail(z array) array { return jnp.Exp(absolute(z).Neg()).Mul(0.5) }

func (d Laplace) eval(m method, x any) array { return laplace.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Laplace) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Laplace) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Laplace) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Laplace) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Laplace) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Laplace) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// Logistic is the logistic distribution of mean Loc and scale Scale (scipy.stats.logistic).
type Logistic struct{ Loc, Scale any }

var logistic = complete(family{
	name:    "Logistic",
	support: between(-inf, inf, 0),
	logPDF: plain(func(z array) array {
		return derived([]array{z}, func(x []array) array {
			far := x[0].Abs()
			return jnp.Log1p(jnp.Exp(far.Neg())).Mul(-2).Sub(far)
		}, func(x []array, y array, t []array) array { return jnp.Tanh(x[0].Div(2)).Mul(t[0]).Neg() })
	}),
	product: func(z array, _ []array) (factor, root array) {
		return jnp.OnesLike(z), derived([]array{z}, func(x []array) array {
			e := jnp.Exp(x[0].Abs().Mul(-0.5))
			return e.Div(jnp.Square(e).Add(1))
		}, func(x []array, y array, t []array) array { return jnp.Tanh(x[0].Div(2)).Mul(y).Mul(t[0]).Mul(-0.5) })
	},
	cdf:       plain(special.Expit),
	logCDF:    plain(nn.LogSigmoid),
	ppf:       plain(special.Logit),
	symmetric: true,
	weak:      "CDF SF",
})

func (d Logistic) eval(m method, x any) array { return logistic.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Logistic) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Logistic) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Logistic) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Logistic) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Logistic) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Logistic) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d Logistic) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Logistic) ISF(q any) jnp.Array { return d.eval(isf, q) }
