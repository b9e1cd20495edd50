package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
)

// Gamma is the gamma distribution of shape A and mean A·Scale, from Loc on (scipy.stats.gamma). A must be given.
type Gamma struct{ A, Loc, Scale any }

var gamma = complete(family{
	name:    "Gamma",
	shapes:  []string{"A"},
	valid:   positive,
	support: between(0, inf, 1),
	logPDF: func(z array, p []array) array {
		return special.XLogY(p[0].Sub(1), z).Sub(z).Sub(special.GammaLn(p[0]))
	},
	cdf: func(z array, p []array) array { return special.GammaInc(p[0], z) },
	sf:  func(z array, p []array) array { return special.GammaIncc(p[0], z) },
})

func (d Gamma) eval(m method, x any) array { return gamma.eval(m, x, []any{d.A}, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Gamma) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Gamma) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Gamma) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Gamma) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Gamma) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Gamma) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// Chi2 is the chi-squared distribution of DF degrees of freedom, scaled by Scale, from Loc on (scipy.stats.chi2): the
// gamma distribution of shape DF/2, scaled by 2. DF must be given.
type Chi2 struct{ DF, Loc, Scale any }

var chi2 = complete(family{
	name:    "Chi2",
	shapes:  []string{"DF"},
	valid:   positive,
	support: gamma.support,
	logPDF:  then(halved(gamma.logPDF), func(y array) array { return y.Sub(math.Ln2) }),
	cdf:     halved(gamma.cdf),
	sf:      halved(gamma.sf),
})

// halved is f at half the operand and half the parameter.
func halved(f formula) formula {
	return func(z array, p []array) array { return f(z.Div(2), []array{p[0].Div(2)}) }
}

func (d Chi2) eval(m method, x any) array { return chi2.eval(m, x, []any{d.DF}, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Chi2) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Chi2) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Chi2) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Chi2) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Chi2) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Chi2) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// Beta is the beta distribution of shapes A and B on the interval from Loc to Loc + Scale (scipy.stats.beta). A and B
// must be given.
type Beta struct{ A, B, Loc, Scale any }

var beta = complete(family{
	name:    "Beta",
	shapes:  []string{"A", "B"},
	valid:   positive,
	support: between(0, 1, 0.5),
	logPDF: func(z array, p []array) array {
		a, b := p[0], p[1]
		y := special.XLogY(a.Sub(1), z).Add(special.XLog1pY(b.Sub(1), z.Neg()))
		return y.Sub(special.BetaLn(a, b))
	},
	cdf: func(z array, p []array) array { return special.BetaInc(p[0], p[1], z) },
	sf:  func(z array, p []array) array { return special.BetaInc(p[1], p[0], z.Neg().Add(1)) },
})

func (d Beta) eval(m method, x any) array { return beta.eval(m, x, []any{d.A, d.B}, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Beta) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Beta) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Beta) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Beta) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Beta) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Beta) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// T is Student's distribution of DF degrees of freedom around Loc, scaled by Scale (scipy.stats.t). DF must be given.
type T struct{ DF, Loc, Scale any }

var student = complete(family{
	name:   "T",
	shapes: []string{"DF"},
	valid:  positive,
	logPDF: func(z array, p []array) array {
		half := p[0].Div(2)
		more := half.Add(0.5)
		normalizer := special.GammaLn(half).Add(jnp.Log(p[0].Mul(math.Pi)).Div(2)).Sub(special.GammaLn(more))
		return normalizer.Add(more.Mul(jnp.Log1p(jnp.Square(z).Div(p[0])))).Neg()
	},
})

func (d T) eval(m method, x any) array { return student.eval(m, x, []any{d.DF}, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d T) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d T) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// Pareto is the Pareto distribution of shape B, from Loc + Scale on (scipy.stats.pareto). B must be given.
type Pareto struct{ B, Loc, Scale any }

var pareto = complete(family{
	name:    "Pareto",
	shapes:  []string{"B"},
	valid:   positive,
	support: between(1, inf, 2),
	logPDF:  func(z array, p []array) array { return jnp.Log(p[0]).Sub(p[0].Add(1).Mul(jnp.Log(z))) },
	cdf:     func(z array, p []array) array { return jnp.Expm1(paretoLogSF(z, p)).Neg() },
	logCDF:  func(z array, p []array) array { return nn.Log1mExp(paretoLogSF(z, p).Neg()) },
	logSF:   paretoLogSF,
	ppf:     func(q array, p []array) array { return jnp.Exp(jnp.Log1p(q.Neg()).Div(p[0]).Neg()) },
	isf:     func(q array, p []array) array { return jnp.Power(q, jnp.Reciprocal(p[0]).Neg()) },
})

func paretoLogSF(z array, p []array) array { return p[0].Mul(jnp.Log(z)).Neg() }

func (d Pareto) eval(m method, x any) array { return pareto.eval(m, x, []any{d.B}, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Pareto) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Pareto) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Pareto) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d Pareto) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Pareto) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d Pareto) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q.
func (d Pareto) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Pareto) ISF(q any) jnp.Array { return d.eval(isf, q) }
