package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// Uniform is the uniform distribution from Loc to Loc + Scale (scipy.stats.uniform).
type Uniform struct{ Loc, Scale any }

func (d Uniform) run(method string, x any, f formula2) array {
	return locScale("stats.Uniform."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Uniform) LogPDF(x any) array { return d.run("LogPDF", x, uniformLogPDF) }

// PDF is the density at x. The ends belong to the support.
func (d Uniform) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(uniformLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x; of NaN it is 0, as in JAX.
func (d Uniform) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array {
		x = strong(x)
		end := loc.Add(scale)
		inside := x.Ge(loc).And(x.Le(end))
		zero := jnp.ZerosLike(x)
		return jnp.Select([]array{x.Lt(loc), x.Gt(end), inside}, []array{zero, jnp.OnesLike(x), x.Sub(loc).Div(scale)}, 0)
	})
}

// PPF is the quantile of q.
func (d Uniform) PPF(q any) array {
	return d.run("PPF", q, func(q, loc, scale array) array {
		return jnp.Where(improbable(q), nan, loc.Add(scale.Mul(q)))
	})
}

func uniformLogPDF(x, loc, scale array) array {
	outside := x.Gt(loc.Add(scale)).Or(x.Lt(loc))
	return jnp.Where(outside, -inf, jnp.Log(scale).Neg())
}

// Expon is the exponential distribution of mean Scale, from Loc on (scipy.stats.expon).
type Expon struct{ Loc, Scale any }

func (d Expon) run(method string, x any, f formula2) array {
	return locScale("stats.Expon."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Expon) LogPDF(x any) array { return d.run("LogPDF", x, exponLogPDF) }

// PDF is the density at x.
func (d Expon) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(exponLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Expon) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array {
		return jnp.Where(x.Lt(loc), 0.0, jnp.Expm1(loc.Sub(x).Div(scale)).Neg())
	})
}

// LogCDF is the logarithm of CDF.
func (d Expon) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, loc, scale array) array {
		return jnp.Log1p(jnp.Exp(exponLogSF(x, loc, scale)).Neg())
	})
}

// SF is the probability of more than x.
func (d Expon) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array { return jnp.Exp(exponLogSF(x, loc, scale)) })
}

// LogSF is the logarithm of SF.
func (d Expon) LogSF(x any) array { return d.run("LogSF", x, exponLogSF) }

// PPF is the quantile of q.
func (d Expon) PPF(q any) array {
	return d.run("PPF", q, func(q, loc, scale array) array {
		return jnp.Where(improbable(q), nan, loc.Sub(scale.Mul(jnp.Log1p(q.Neg()))))
	})
}

func exponLogPDF(x, loc, scale array) array {
	y := x.Sub(loc).Div(scale).Add(jnp.Log(scale)).Neg()
	return jnp.Where(x.Lt(loc), -inf, y)
}

func exponLogSF(x, loc, scale array) array {
	return jnp.Where(x.Lt(loc), 0.0, loc.Sub(x).Div(scale))
}

// Cauchy is the Cauchy distribution with its median at Loc and its quartiles Scale away (scipy.stats.cauchy).
type Cauchy struct{ Loc, Scale any }

func (d Cauchy) run(method string, x any, f formula2) array {
	return locScale("stats.Cauchy."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Cauchy) LogPDF(x any) array { return d.run("LogPDF", x, cauchyLogPDF) }

// PDF is the density at x.
func (d Cauchy) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(cauchyLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Cauchy) CDF(x any) array { return d.run("CDF", x, cauchyCDF) }

// LogCDF is the logarithm of CDF.
func (d Cauchy) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, loc, scale array) array { return jnp.Log(cauchyCDF(x, loc, scale)) })
}

// SF is the probability of more than x.
func (d Cauchy) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array { return cauchyCDF(x.Neg(), loc.Neg(), scale) })
}

// LogSF is the logarithm of SF.
func (d Cauchy) LogSF(x any) array {
	return d.run("LogSF", x, func(x, loc, scale array) array { return jnp.Log(cauchyCDF(x.Neg(), loc.Neg(), scale)) })
}

// PPF is the quantile of q. What is no probability gives a number all the same, as in JAX.
func (d Cauchy) PPF(q any) array {
	return d.run("PPF", q, func(q, loc, scale array) array {
		return jnp.Tan(rounded(q.Mul(math.Pi)).Sub(math.Pi / 2)).Mul(scale).Add(loc)
	})
}

// ISF is the inverse of SF.
func (d Cauchy) ISF(q any) array {
	return d.run("ISF", q, func(q, loc, scale array) array {
		return jnp.Tan(rounded(q.Mul(math.Pi)).Neg().Add(math.Pi / 2)).Mul(scale).Add(loc)
	})
}

func cauchyLogPDF(x, loc, scale array) array {
	z := x.Sub(loc).Div(scale)
	return jnp.Log(scale.Mul(math.Pi)).Add(jnp.Log1p(z.Mul(z))).Neg()
}

func cauchyCDF(x, loc, scale array) array {
	// 1/π is rounded as JAX does it, from π in the type at hand: at infinity that gives 0 and 1 exactly.
	z := jnp.Arctan(x.Sub(loc).Div(scale))
	return rounded(z.Mul(jnp.Reciprocal(jnp.FullLike(z, math.Pi)))).Add(0.5)
}

// Laplace is the Laplace (double exponential) distribution around Loc of mean deviation Scale (scipy.stats.laplace).
type Laplace struct{ Loc, Scale any }

func (d Laplace) run(method string, x any, f formula2) array {
	return locScale("stats.Laplace."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Laplace) LogPDF(x any) array { return d.run("LogPDF", x, laplaceLogPDF) }

// PDF is the density at x.
func (d Laplace) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(laplaceLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Laplace) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array {
		z := x.Sub(loc).Div(scale)
		return jnp.Where(z.Le(0), jnp.Exp(z).Mul(0.5), jnp.Exp(z.Neg()).Mul(0.5).Neg().Add(1))
	})
}

func laplaceLogPDF(x, loc, scale array) array {
	return x.Sub(loc).Abs().Div(scale).Add(jnp.Log(scale.Mul(2))).Neg()
}

// Logistic is the logistic distribution of mean Loc and scale Scale (scipy.stats.logistic).
type Logistic struct{ Loc, Scale any }

func (d Logistic) run(method string, x any, f formula2) array {
	return locScale("stats.Logistic."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Logistic) LogPDF(x any) array { return d.run("LogPDF", x, logisticLogPDF) }

// PDF is the density at x.
func (d Logistic) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(logisticLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Logistic) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array { return special.Expit(x.Sub(loc).Div(scale)) })
}

// SF is the probability of more than x.
func (d Logistic) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array { return special.Expit(x.Sub(loc).Div(scale).Neg()) })
}

// PPF is the quantile of q.
func (d Logistic) PPF(q any) array {
	return d.run("PPF", q, func(q, loc, scale array) array { return special.Logit(q).Mul(scale).Add(loc) })
}

// ISF is the inverse of SF.
func (d Logistic) ISF(q any) array {
	return d.run("ISF", q, func(q, loc, scale array) array { return special.Logit(q).Neg().Mul(scale).Add(loc) })
}

func logisticLogPDF(x, loc, scale array) array {
	half := x.Sub(loc).Div(scale).Div(2)
	return jnp.LogAddExp(half, half.Neg()).Mul(-2).Sub(jnp.Log(scale))
}
