package stats

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// Gamma is the gamma distribution of shape A and mean A·Scale, from Loc on (scipy.stats.gamma). A must be given.
type Gamma struct{ A, Loc, Scale any }

var gamma = complete(family{
	name:    "Gamma",
	shapes:  []string{"A"},
	valid:   positive,
	support: func(p []array) support { return support{beyond(p[0], 0), inf, 1.0} },
	parts:   func(z array, p []array) parts { return gammaParts(p[0], z) },
	edge:    gammaEdge,
	cdf:     func(z array, p []array) array { return special.GammaInc(p[0], z) },
	sf:      func(z array, p []array) array { return special.GammaIncc(p[0], z) },
	logCDF:  func(z array, p []array) array { return logGammaTails(p[0], z, true) },
	logSF:   func(z array, p []array) array { return logGammaTails(p[0], z, false) },
})

// beyond is low, or infinite where the parameter is: there everything is at infinity.
func beyond(parameter array, low float64) array { return jnp.Where(parameter.Eq(inf), inf, low) }

// gammaParts are the density of shape a at z: a Poisson probability of a-1, or below 1 of a and divided by z.
func gammaParts(a, z array) parts {
	low := a.Lt(1)
	pole := low.And(z.Eq(0))
	z = jnp.Where(pole, 1, z)
	d := poissonTerm(jnp.Where(low, a, a.Sub(1)), z)
	d.high = jnp.Where(pole, inf, d.high)
	d.quotients = append(d.quotients, [2]array{jnp.Where(low, a, 1), jnp.Where(low, z, 1)})
	return d.sloped(func(x []array) []array {
		a, z := x[0], x[1]
		da := logQuotient(z, a, z.Sub(a)).Add(logLessDigamma(a))
		one := a.Eq(1) // where the density does not depend on z at 0, either
		dz := jnp.Where(one, -1, a.Sub(1).Sub(z).Div(jnp.Where(one, 1, z)))
		return []array{da, dz}
	}, a, z)
}

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
	parts: func(z array, p []array) parts {
		d := gammaParts(p[0].Div(2), z.Div(2))
		d.factor = d.factor.Div(2)
		return d
	},
	edge:   chi2Edge,
	cdf:    halved(gamma.cdf),
	sf:     halved(gamma.sf),
	logCDF: halved(gamma.logCDF),
	logSF:  halved(gamma.logSF),
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
	name:   "Beta",
	shapes: []string{"A", "B"},
	valid:  positive,
	support: func(p []array) support { // an infinite parameter leaves one of the ends
		return support{jnp.Where(p[0].Eq(inf), 1.0, 0.0), jnp.Where(p[1].Eq(inf), 0.0, 1.0), 0.5}
	},
	parts: func(z array, p []array) parts { return betaParts(p[0], p[1], z) },
	edge:  betaEdge,
	cdf:   func(z array, p []array) array { return special.BetaInc(p[0], p[1], z) },
	sf:    func(z array, p []array) array { return betaIncc(p[0], p[1], z) },
	logCDF: func(z array, p []array) array {
		return logBetaTail(p[0], p[1], z, complement(z), special.BetaInc(p[0], p[1], z), betaIncc(p[0], p[1], z))
	},
	logSF: func(z array, p []array) array {
		return logBetaTail(p[1], p[0], complement(z), z, betaIncc(p[0], p[1], z), special.BetaInc(p[0], p[1], z))
	},
})

// betaParts are the density of shapes a and b at z: the binomial probability of a-1 successes and b-1 failures, or of
// a and divided by z where a is below 1, and likewise for b.
func betaParts(a, b, z array) parts {
	y := complement(z)
	lowA, lowB := a.Lt(1), b.Lt(1)
	pole := lowA.And(z.Eq(0)).Or(lowB.And(y.Eq(0)))
	z, y = jnp.Where(pole, 0.5, z), jnp.Where(pole, 0.5, y)
	ka, kb := jnp.Where(lowA, a, a.Sub(1)), jnp.Where(lowB, b, b.Sub(1))
	n := ka.Add(kb)
	d := binomialParts(ka, kb, n, z, y, binomialApart(ka, kb, n, z))
	d.high = jnp.Where(pole, inf, d.high)
	d.quotients = append(d.quotients, [2]array{jnp.Where(lowA, a, 1), jnp.Where(lowA, z, 1)},
		[2]array{jnp.Where(lowA.Or(lowB), 1, n.Add(1)), jnp.Where(lowA.And(lowB), n, 1)},
		[2]array{jnp.Where(lowB, b, 1), jnp.Where(lowB, y, 1)})
	return d.sloped(betaSlopes, a, b, z)
}

// betaSlopes are the derivatives of the logarithm of the density of shapes a and b at z.
func betaSlopes(x []array) []array {
	a, b, z := x[0], x[1], x[2]
	y, n := complement(z), a.Add(b)
	all := logLessDigamma(n)
	da := logQuotient(z.Mul(n), a, lessProduct(a, n, z).Neg()).Add(logLessDigamma(a).Sub(all))
	// Where both digammas are about the same, their difference is computed as one.
	da = jnp.Where(b.Lt(1).And(a.Lt(16)), jnp.Log(z).Add(digammaRise(a, b)), da)
	db := logQuotient(y.Mul(n), b, lessProduct(a, n, z)).Add(logLessDigamma(b).Sub(all))
	db = jnp.Where(a.Lt(1).And(b.Lt(16)), jnp.Log1p(z.Neg()).Add(digammaRise(b, a)), db)
	flatA, flatB := a.Eq(1), b.Eq(1) // factors that do not depend on z, not even at the ends
	above := jnp.Where(flatA, 0, a.Sub(1)).Div(jnp.Where(flatA, 1, z))
	below := jnp.Where(flatB, 0, b.Sub(1)).Div(jnp.Where(flatB, 1, y))
	flat := flatA.Or(flatB)
	dz := lessProduct(a.Sub(1), n.Sub(2), z).Div(jnp.Where(flat, 1, z.Mul(y)))
	dz = jnp.Where(flat, above.Sub(below), dz)
	return []array{da, db, dz}
}

// digammaRise is digamma(x+d) - digamma(x).
func digammaRise(x, d array) array {
	return arrays.Elementwise("special.DigammaRise", nil, func(x []array) array {
		return jnp.Wrap(ops.DigammaDifference(x[0].TraceValue(), x[1].TraceValue()))
	}, x, d)
}

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

// T is Student's distribution of DF degrees of freedom around Loc, scaled by Scale (scipy.stats.t). DF must be given;
// inf is the normal distribution.
type T struct{ DF, Loc, Scale any }

var student = complete(family{
	name:    "T",
	shapes:  []string{"DF"},
	valid:   positive,
	support: between(-inf, inf, 0),
	parts:   func(z array, p []array) parts { return studentParts(z, p[0]) },
})

func studentParts(z, df array) parts {
	normal := df.Eq(inf)
	finite := jnp.Where(normal, 1e30, df)
	// At 0 it is Γ(h+1/2)/(Γ(h)·sqrt(2πh)).
	h := finite.Div(2)
	m := h.Add(0.5)
	fh, eh := stirling(h)
	fm, em := stirling(m)
	apart, _ := deviance(h, m, jnp.FullLike(h, -0.5))
	d := parts{factor: jnp.Sqrt(h.Div(m.Mul(2 * math.Pi))).Mul(fh.Div(fm)), high: eh.Sub(em).Sub(apart)}
	d.low = jnp.ZerosLike(d.high)
	// Near 0 the exponent is that of a normal distribution and a little more, so that it keeps its digits.
	root := z.Abs().Div(jnp.Sqrt(df))
	square := jnp.Square(root)
	near := square.Lt(0.2)
	small := jnp.Where(near, z, 0)
	high, low := halfSquare(small)
	half := jnp.Where(normal, 0, jnp.Square(small).Mul(0.5))
	more, _ := deviance(h, h.Add(half), half.Neg())
	d.factor = d.factor.Mul(jnp.Where(near, jnp.Reciprocal(jnp.Sqrt(square.Add(1))), 1))
	d = d.plus(jnp.Where(near, high, m.Mul(logOnePlusSquare(root))).Neg()).plus(jnp.Where(near, more, 0))
	d.low = d.low.Sub(jnp.Where(near, low, 0))
	return d.sloped(studentSlopes, z, df)
}

// studentSlopes are the derivatives of the logarithm of Student's density at z of df degrees of freedom.
func studentSlopes(x []array) []array {
	z, df := x[0], x[1]
	root := z.Div(jnp.Sqrt(df)).Abs()
	large := root.Gt(1)
	square := jnp.Square(jnp.Where(large, jnp.Reciprocal(jnp.Where(large, root, 1)), root))
	small := square.Div(square.Add(1))
	part := jnp.Where(large, complement(small), small) // z²/(df+z²)
	safe := jnp.Where(large, z, 1)
	most := jnp.Where(large, df.Add(1), 1)
	dz := jnp.Where(large, complement(small).Div(safe).Mul(most), z.Add(z.Div(df)).Div(square.Add(1))).Neg()
	// log(1+s) - s/(1+s) for s = z²/df, without cancellation.
	near, _ := deviance(jnp.OnesLike(small), complement(small), small)
	loss := jnp.Where(large, logOnePlusSquare(jnp.Where(large, root, 1)).Sub(part), near)
	// digamma(h+1/2) - digamma(h) - 1/(2h) for h = df/2.
	h := df.Div(2)
	low := h.Lt(16)
	a := jnp.Where(low, h.Add(16), h)
	b := jnp.Square(jnp.Reciprocal(a))
	gap := polynomial(b, 5461.0/32768, -691.0/16384, 31.0/2048, -17.0/2048, 1.0/128, -1.0/64, 1.0/8).Mul(b)
	// The series holds from 16 on, where the recurrence comes from.
	a = jnp.Where(low, h, 1)
	sum := jnp.ZerosLike(h)
	for i := 15; i >= 0; i-- {
		sum = sum.Add(jnp.Reciprocal(a.Add(i).Mul(a.Add(float64(i) + 0.5)).Mul(a.Add(i + 1))))
	}
	gap = gap.Add(jnp.Where(low, sum.Mul(0.25), 0))
	ddf := gap.Sub(loss).Add(part.Div(df)).Mul(0.5)
	return []array{dz, ddf}
}

// logOnePlusSquare is log(1+x²) of x >= 0, also where the square overflows.
func logOnePlusSquare(x array) array {
	large := x.Gt(1e9)
	return jnp.Log1p(jnp.Where(large, x.Sub(1), jnp.Square(jnp.Where(large, 0, x)))).Mul(jnp.Where(large, 2.0, 1.0))
}

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
	support: func(p []array) support { return support{1.0, jnp.Where(p[0].Eq(inf), 1.0, inf), 2.0} },
	logPDF:  func(z array, p []array) array { return jnp.Log(p[0]).Sub(jnp.Log(z)).Add(paretoLogSF(z, p)) },
	product: func(z array, p []array) (factor, root array) {
		return p[0], jnp.Power(z, p[0].Mul(-0.5)).Div(jnp.Sqrt(z))
	},
	cdf:   func(z array, p []array) array { return jnp.Expm1(paretoLogSF(z, p)).Neg() },
	sf:    func(z array, p []array) array { return jnp.Power(z, p[0].Neg()) },
	logSF: paretoLogSF,
	ppf:   func(q array, p []array) array { return jnp.Exp(jnp.Log1p(q.Neg()).Div(p[0]).Neg()) },
	isf:   func(q array, p []array) array { return jnp.Power(q, jnp.Reciprocal(p[0]).Neg()) },
})

func paretoLogSF(z array, p []array) array {
	all := p[0].Eq(inf) // of which the support is 1
	return jnp.Where(all, 0, p[0]).Mul(jnp.Log(z)).Neg()
}

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
