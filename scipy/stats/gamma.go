package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// Gamma is the gamma distribution of shape A and mean A·Scale, from Loc on (scipy.stats.gamma). A must be given.
type Gamma struct{ A, Loc, Scale any }

func (d Gamma) run(method string, x any, f formula3) array {
	return shaped("stats.Gamma."+method, x, "A", d.A, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Gamma) LogPDF(x any) array { return d.run("LogPDF", x, gammaLogPDF) }

// PDF is the density at x.
func (d Gamma) PDF(x any) array {
	return d.run("PDF", x, func(x, a, loc, scale array) array { return jnp.Exp(gammaLogPDF(x, a, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Gamma) CDF(x any) array { return d.run("CDF", x, gammaCDF) }

// LogCDF is the logarithm of CDF.
func (d Gamma) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, a, loc, scale array) array { return jnp.Log(gammaCDF(x, a, loc, scale)) })
}

// SF is the probability of more than x.
func (d Gamma) SF(x any) array { return d.run("SF", x, gammaSF) }

// LogSF is the logarithm of SF.
func (d Gamma) LogSF(x any) array {
	return d.run("LogSF", x, func(x, a, loc, scale array) array { return jnp.Log(gammaSF(x, a, loc, scale)) })
}

func gammaLogPDF(x, a, loc, scale array) array {
	ok := x.Ge(loc)
	y := where(ok, x.Sub(loc).Div(scale), 1)
	y = special.XLogY(a.Sub(1), y).Sub(y).Sub(special.Gammaln(a).Add(jnp.Log(scale)))
	return where(ok, y, -inf)
}

func gammaCDF(x, a, loc, scale array) array {
	return special.Gammainc(a, clamp(x.Sub(loc).Div(scale), 0, inf))
}

func gammaSF(x, a, loc, scale array) array {
	y := x.Sub(loc).Div(scale)
	return jnp.Where(y.Lt(0), 1.0, special.Gammaincc(a, y))
}

// Chi2 is the chi-squared distribution of DF degrees of freedom, scaled by Scale, from Loc on (scipy.stats.chi2). DF must be given.
type Chi2 struct{ DF, Loc, Scale any }

func (d Chi2) run(method string, x any, f formula3) array {
	return shaped("stats.Chi2."+method, x, "DF", d.DF, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Chi2) LogPDF(x any) array { return d.run("LogPDF", x, chi2LogPDF) }

// PDF is the density at x.
func (d Chi2) PDF(x any) array {
	return d.run("PDF", x, func(x, df, loc, scale array) array { return jnp.Exp(chi2LogPDF(x, df, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Chi2) CDF(x any) array { return d.run("CDF", x, chi2CDF) }

// LogCDF is the logarithm of CDF.
func (d Chi2) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, df, loc, scale array) array { return jnp.Log(chi2CDF(x, df, loc, scale)) })
}

// SF is the probability of more than x.
func (d Chi2) SF(x any) array { return d.run("SF", x, chi2SF) }

// LogSF is the logarithm of SF.
func (d Chi2) LogSF(x any) array {
	return d.run("LogSF", x, func(x, df, loc, scale array) array { return jnp.Log(chi2SF(x, df, loc, scale)) })
}

func chi2LogPDF(x, df, loc, scale array) array {
	y := x.Sub(loc).Div(scale)
	half := df.Div(2)
	kernel := half.Sub(1).Mul(jnp.Log(y)).Sub(y.Div(2))
	normalizer := lgamma(half).Add(df.Mul(math.Ln2).Div(2)).Neg()
	return jnp.Where(x.Lt(loc), -inf, normalizer.Sub(jnp.Log(scale)).Add(kernel))
}

// chi2Args are the operands of the incomplete gamma functions.
func chi2Args(x, df, loc, scale array) (a, y array) {
	return df.Div(2), clamp(x.Sub(loc).Div(scale.Mul(2)), 0, inf)
}

func chi2CDF(x, df, loc, scale array) array { return special.Gammainc(chi2Args(x, df, loc, scale)) }

func chi2SF(x, df, loc, scale array) array { return special.Gammaincc(chi2Args(x, df, loc, scale)) }

func lgamma(x array) array { return jnp.Wrap(ops.Lgamma(x.TraceValue())) }

// Beta is the beta distribution of shapes A and B on the interval from Loc to Loc + Scale (scipy.stats.beta). A and B must be
// given. Densities are NaN where A, B or Scale is not positive.
type Beta struct{ A, B, Loc, Scale any }

func (d Beta) run(method string, x any, f formula4) array {
	op := "stats.Beta." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2], p[3], p[4]) },
		x, need(op, "A", d.A), need(op, "B", d.B), or(d.Loc, 0), or(d.Scale, 1))
}

// LogPDF is the logarithm of the density at x.
func (d Beta) LogPDF(x any) array { return d.run("LogPDF", x, betaLogPDF) }

// PDF is the density at x.
func (d Beta) PDF(x any) array {
	return d.run("PDF", x, func(x, a, b, loc, scale array) array { return expNaN(betaLogPDF(x, a, b, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Beta) CDF(x any) array { return d.run("CDF", x, betaCDF) }

// LogCDF is the logarithm of CDF.
func (d Beta) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, a, b, loc, scale array) array { return jnp.Log(betaCDF(x, a, b, loc, scale)) })
}

// SF is the probability of more than x.
func (d Beta) SF(x any) array { return d.run("SF", x, betaSF) }

// LogSF is the logarithm of SF.
func (d Beta) LogSF(x any) array {
	return d.run("LogSF", x, func(x, a, b, loc, scale array) array { return jnp.Log(betaSF(x, a, b, loc, scale)) })
}

func betaLogPDF(x, a, b, loc, scale array) array {
	z := x.Sub(loc).Div(scale)
	y := special.Betaln(a, b).Neg().Add(special.XLogY(a.Sub(1), z).Add(special.XLog1PY(b.Sub(1), z.Neg()))).Sub(jnp.Log(scale))
	y = jnp.Where(x.Gt(loc.Add(scale)).Or(x.Lt(loc)), -inf, y)
	return jnp.Where(a.Le(0).Or(b.Le(0)).Or(scale.Le(0)), nan, y)
}

func betaCDF(x, a, b, loc, scale array) array {
	return special.Betainc(a, b, clamp(x.Sub(loc).Div(scale), 0, 1))
}

func betaSF(x, a, b, loc, scale array) array {
	return special.Betainc(b, a, clamp(x.Sub(loc).Div(scale), 0, 1).Neg().Add(1))
}

// T is Student's distribution of DF degrees of freedom around Loc, scaled by Scale (scipy.stats.t). DF must be given.
type T struct{ DF, Loc, Scale any }

func (d T) run(method string, x any, f formula3) array {
	return shaped("stats.T."+method, x, "DF", d.DF, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d T) LogPDF(x any) array { return d.run("LogPDF", x, tLogPDF) }

// PDF is the density at x.
func (d T) PDF(x any) array {
	return d.run("PDF", x, func(x, df, loc, scale array) array { return jnp.Exp(tLogPDF(x, df, loc, scale)) })
}

func tLogPDF(x, df, loc, scale array) array {
	z := x.Sub(loc).Div(scale)
	half := df.Div(2)
	more := half.Add(0.5)
	normalizer := lgamma(half).Add(jnp.Log(scale.Mul(scale).Mul(math.Pi).Mul(df)).Div(2)).Sub(lgamma(more))
	return normalizer.Add(more.Mul(jnp.Log1p(z.Mul(z).Div(df)))).Neg()
}

// Pareto is the Pareto distribution of shape B, from Loc + Scale on (scipy.stats.pareto). B must be given.
type Pareto struct{ B, Loc, Scale any }

func (d Pareto) run(method string, x any, f formula3) array {
	return shaped("stats.Pareto."+method, x, "B", d.B, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Pareto) LogPDF(x any) array { return d.run("LogPDF", x, paretoLogPDF) }

// PDF is the density at x.
func (d Pareto) PDF(x any) array {
	return d.run("PDF", x, func(x, b, loc, scale array) array { return jnp.Exp(paretoLogPDF(x, b, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Pareto) CDF(x any) array {
	return d.run("CDF", x, func(x, b, loc, scale array) array {
		y := jnp.Power(x.Sub(loc).Div(scale), b.Neg()).Neg().Add(1)
		return jnp.Where(x.Lt(loc.Add(scale)), 0.0, y)
	})
}

// LogCDF is the logarithm of CDF.
func (d Pareto) LogCDF(x any) array {
	return d.run("LogCDF", x, func(x, b, loc, scale array) array {
		y := jnp.Log1p(jnp.Power(x.Sub(loc).Div(scale), b.Neg()).Neg())
		return jnp.Where(x.Lt(loc.Add(scale)), -inf, y)
	})
}

// SF is the probability of more than x.
func (d Pareto) SF(x any) array {
	return d.run("SF", x, func(x, b, loc, scale array) array { return jnp.Exp(paretoLogSF(x, b, loc, scale)) })
}

// LogSF is the logarithm of SF.
func (d Pareto) LogSF(x any) array { return d.run("LogSF", x, paretoLogSF) }

// PPF is the quantile of q.
func (d Pareto) PPF(q any) array {
	return d.run("PPF", q, func(q, b, loc, scale array) array {
		y := loc.Add(scale.Mul(jnp.Power(q.Neg().Add(1), jnp.Reciprocal(b).Neg())))
		return jnp.Where(improbable(q), nan, y)
	})
}

func paretoLogPDF(x, b, loc, scale array) array {
	y := jnp.Log(scale.Div(b)).Add(b.Add(1).Mul(jnp.Log(x.Sub(loc).Div(scale)))).Neg()
	return jnp.Where(x.Lt(loc.Add(scale)), -inf, y)
}

func paretoLogSF(x, b, loc, scale array) array {
	y := b.Mul(jnp.Log(x.Sub(loc).Div(scale))).Neg()
	return jnp.Where(x.Lt(loc.Add(scale)), 0.0, y)
}
