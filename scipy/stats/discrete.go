package stats

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// count reports where n is a whole number that is not negative.
func count(n array) array { return n.Ge(0).And(jnp.Floor(n).Eq(n)) }

// upTo is the support from 0 to the first parameter.
func upTo(p []array) support { return support{0.0, p[0], 0.0} }

// Poisson is the Poisson distribution of mean Mu, plus Loc (scipy.stats.poisson). Mu must be given.
type Poisson struct{ Mu, Loc any }

var poisson = complete(family{
	name:     "Poisson",
	shapes:   []string{"Mu"},
	valid:    func(p []array) array { return p[0].Ge(0) },
	support:  func(p []array) support { return support{beyond(p[0], 0), inf, 0.0} },
	discrete: true,
	parts:    func(z array, p []array) parts { return poissonParts(z, p[0]) },
	edge:     poissonEdge,
	cdf:      func(z array, p []array) array { return special.GammaIncc(z.Add(1), p[0]) },
	sf:       func(z array, p []array) array { return special.GammaInc(z.Add(1), p[0]) },
	logCDF:   func(z array, p []array) array { return logGammaTails(z.Add(1), p[0], false) },
	logSF:    func(z array, p []array) array { return logGammaTails(z.Add(1), p[0], true) },
})

func (d Poisson) eval(m method, x any) array { return poisson.eval(m, x, []any{d.Mu}, d.Loc) }

// LogPMF is the logarithm of the probability of k.
func (d Poisson) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d Poisson) PMF(k any) jnp.Array { return d.eval(pmf, k) }

// CDF is the probability of at most k.
func (d Poisson) CDF(k any) jnp.Array { return d.eval(cdf, k) }

// LogCDF is the logarithm of CDF.
func (d Poisson) LogCDF(k any) jnp.Array { return d.eval(logCDF, k) }

// SF is the probability of more than k.
func (d Poisson) SF(k any) jnp.Array { return d.eval(sf, k) }

// LogSF is the logarithm of SF.
func (d Poisson) LogSF(k any) jnp.Array { return d.eval(logSF, k) }

// Entropy is the Shannon entropy in nats, of the common shape of Mu and Loc: summed for Mu below 100, by an asymptotic
// series above.
func (d Poisson) Entropy() jnp.Array {
	op := poisson.op(entropy)
	in := []any{need(op, "Mu", d.Mu)}
	if d.Loc != nil {
		in = append(in, d.Loc)
	}
	return arrays.Broadcasting(op, nil, func(in []array) array {
		mu := arrays.Strong(in[0])
		large, none := mu.Ge(100), mu.Eq(0)
		y := entropySum(jnp.Where(large.Or(none), 1, mu), 250)
		y = jnp.Where(large, entropySeries(jnp.Where(large, mu, 100)), y)
		y = jnp.Where(mu.Ge(0), jnp.Where(none, 0.0, y), nan)
		loc := in[len(in)-1]
		y = jnp.Where(jnp.IsNaN(loc), nan, y)
		return jnp.BroadcastTo(y, jnp.BroadcastShapes(mu.Shape(), loc.Shape())...)
	}, in...)
}

// entropySum sums the entropy's terms of 0 to n-1.
func entropySum(mu array, n int) array {
	k := jnp.Wrap(ops.Iota(mu.DType(), append([]int{n}, mu.Shape()...), 0))
	d := poissonParts(k, mu)
	log := d.log()
	return jnp.Sum(d.value().Mul(log), 0).Neg()
}

// entropySeries is the entropy for a large mean. The coefficients are those of Gregory, 1/12, 1/24, 19/720, 3/160 and
// so on, multiplied by factorials.
func entropySeries(mu array) array {
	r := jnp.Reciprocal(mu)
	terms := polynomial(r, 8183.0/1036800*5040, 33953.0/5040, 1375.0/1008, 863.0/2520, 9.0/80, 19.0/360, 1.0/24, 1.0/12)
	return jnp.Log(mu.Mul(2 * math.Pi * math.E)).Mul(0.5).Sub(terms.Mul(r))
}

// Bernoulli is the distribution of one trial, 1 (plus Loc) with probability P and 0 otherwise
// (scipy.stats.bernoulli). P must be given. Loc is that of PMF and LogPMF alone, as in JAX: the other methods refuse
// it.
type Bernoulli struct{ P, Loc any }

var bernoulli = complete(family{
	name:     "Bernoulli",
	shapes:   []string{"P"},
	valid:    func(p []array) array { return probability(p[0]) },
	support:  between(0, 1, 0),
	discrete: true,
	logPDF: func(z array, p []array) array {
		one := z.Eq(1)
		return jnp.Where(one, jnp.Log(jnp.Where(one, p[0], 1)), jnp.Log1p(jnp.Where(one, 0, p[0]).Neg()))
	},
	product: func(z array, p []array) (factor, root array) {
		return jnp.Where(z.Eq(1), p[0], complement(p[0])), jnp.OnesLike(p[0])
	},
	cdf: func(z array, p []array) array { return jnp.Where(z.Lt(1), complement(p[0]), 1) },
	logCDF: func(z array, p []array) array {
		none := z.Lt(1)
		return jnp.Where(none, jnp.Log1p(jnp.Where(none, p[0], 0).Neg()), 0)
	},
	sf: func(z array, p []array) array { return jnp.Where(z.Lt(1), p[0], 0) },
	logSF: func(z array, p []array) array {
		none := z.Lt(1)
		return jnp.Where(none, jnp.Log(jnp.Where(none, p[0], 1)), -inf)
	},
	ppf: func(q array, p []array) array {
		y := jnp.Where(q.Le(complement(p[0])).And(q.Lt(1)), 0.0, 1.0)
		return jnp.Where(q.Eq(0), -1.0, y)
	},
	isf: func(q array, p []array) array {
		y := jnp.Where(q.Ge(p[0]).And(q.Gt(0)), 0.0, 1.0)
		return jnp.Where(q.Eq(1), -1.0, y)
	},
})

func (d Bernoulli) eval(m method, x any) array {
	if d.Loc != nil && m != logPMF && m != pmf {
		trace.Fail(bernoulli.op(m), nil, "takes no Loc; subtract it from the operand, or add it to the result")
	}
	return bernoulli.eval(m, x, []any{d.P}, d.Loc)
}

// LogPMF is the logarithm of the probability of k.
func (d Bernoulli) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d Bernoulli) PMF(k any) jnp.Array { return d.eval(pmf, k) }

// CDF is the probability of at most k.
func (d Bernoulli) CDF(k any) jnp.Array { return d.eval(cdf, k) }

// LogCDF is the logarithm of CDF.
func (d Bernoulli) LogCDF(k any) jnp.Array { return d.eval(logCDF, k) }

// SF is the probability of more than k.
func (d Bernoulli) SF(k any) jnp.Array { return d.eval(sf, k) }

// LogSF is the logarithm of SF.
func (d Bernoulli) LogSF(k any) jnp.Array { return d.eval(logSF, k) }

// PPF is the quantile of q.
func (d Bernoulli) PPF(q any) jnp.Array { return d.eval(ppf, q) }

// ISF is the inverse of SF.
func (d Bernoulli) ISF(q any) jnp.Array { return d.eval(isf, q) }

// Binom is the binomial distribution of the successes in N trials of probability P, from Loc on (scipy.stats.binom).
// N and P must be given, and N be a whole number.
type Binom struct{ N, P, Loc any }

var binom = complete(family{
	name:     "Binom",
	shapes:   []string{"N", "P"},
	valid:    func(p []array) array { return count(p[0]).And(probability(p[1])) },
	support:  upTo,
	discrete: true,
	parts: func(z array, p []array) parts {
		apart := lessProduct(z, p[0], p[1])
		d := binomialParts(z, p[0].Sub(z), p[0], p[1], complement(p[1]), apart)
		return d.sloped(binomSlopes, z, p[0], p[1])
	},
	edge: binomEdge,
})

// binomSlopes are the derivatives of the logarithm of the probability of k successes in n trials of probability p.
func binomSlopes(x []array) []array {
	k, n, p := x[0], x[1], x[2]
	q, rest := complement(p), n.Sub(k)
	// Where the probability is a power of q or p, the other may be 0.
	none := k.Eq(0)
	all := rest.Eq(0).And(none.Not())
	dp := lessProduct(k, n, p).Div(jnp.Where(none.Or(all), 1, p.Mul(q)))
	dp = jnp.Where(all, n.Div(jnp.Where(all, p, 1)), dp)
	dp = jnp.Where(none, n.Div(jnp.Where(none.And(n.Gt(0)), q, 1)).Neg(), dp)
	unlike := special.Digamma(rest.Add(1))
	dn := special.Digamma(n.Add(1)).Sub(unlike).Add(jnp.Log1p(p.Neg()))
	dk := unlike.Sub(special.Digamma(k.Add(1))).Add(jnp.Log(p)).Sub(jnp.Log1p(p.Neg()))
	return []array{jnp.NaNToNum(dk), jnp.NaNToNum(dn), dp} // by the counts they are not asked for, and may be infinite
}

func (d Binom) eval(m method, x any) array { return binom.eval(m, x, []any{d.N, d.P}, d.Loc) }

// LogPMF is the logarithm of the probability of k.
func (d Binom) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d Binom) PMF(k any) jnp.Array { return d.eval(pmf, k) }

// Geom is the distribution of the number of trials up to the first success, each of probability P, plus Loc
// (scipy.stats.geom). P must be given.
type Geom struct{ P, Loc any }

var geom = complete(family{
	name:     "Geom",
	shapes:   []string{"P"},
	valid:    func(p []array) array { return probability(p[0]).And(p[0].Gt(0)) },
	support:  between(1, inf, 1),
	discrete: true,
	parts: func(z array, p []array) parts {
		failures := z.Sub(1)
		most := jnp.Where(failures.Eq(0), 0, p[0]) // where P may be 1
		exponent := failures.Mul(jnp.Log1p(most.Neg()))
		return parts{factor: p[0], high: exponent, low: jnp.ZerosLike(exponent)}
	},
	edge: geomEdge,
})

func (d Geom) eval(m method, x any) array { return geom.eval(m, x, []any{d.P}, d.Loc) }

// LogPMF is the logarithm of the probability of k.
func (d Geom) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d Geom) PMF(k any) jnp.Array { return d.eval(pmf, k) }

// NBinom is the negative binomial distribution of the failures before the N-th success, each trial of probability P,
// plus Loc (scipy.stats.nbinom). N and P must be given; N may be any positive number.
type NBinom struct{ N, P, Loc any }

var nbinom = complete(family{
	name:     "NBinom",
	shapes:   []string{"N", "P"},
	valid:    func(p []array) array { return positive(p).And(p[1].Le(1)) },
	support:  between(0, inf, 0),
	discrete: true,
	parts: func(z array, p []array) parts {
		apart := binomialApart(p[0], z, p[0].Add(z), p[1])
		return nbinomParts(z, p[0], p[1], complement(p[1]), apart).sloped(nbinomSlopes, z, p[0], p[1])
	},
	edge: nbinomEdge,
})

// nbinomSlopes are the derivatives of the logarithm of the probability of k failures before the n-th success.
func nbinomSlopes(x []array) []array {
	k, n, p := x[0], x[1], x[2]
	q, all, none := complement(p), n.Add(k), k.Eq(0)
	apart := binomialApart(n, k, all, p)
	dp := jnp.Where(none, n, apart).Div(p.Mul(jnp.Where(none, 1, q)))
	dn := logQuotient(p.Mul(all), n, apart.Neg()).Add(logLessDigamma(n).Sub(logLessDigamma(all)))
	dk := special.Digamma(all).Sub(special.Digamma(k.Add(1))).Add(jnp.Log1p(p.Neg()))
	return []array{jnp.NaNToNum(dk), jnp.NaNToNum(dn), dp} // by the counts they are not asked for, and may be infinite
}

// nbinomParts are the probability of k failures before the n-th success, of probability p = 1-q, where
// apart is n-(n+k)·p, without derivatives.
func nbinomParts(k, n, p, q, apart array) parts {
	all := n.Add(k)
	d := binomialParts(n, k, all, p, q, apart)
	d.quotients = append(d.quotients, [2]array{n, all})
	return d
}

func (d NBinom) eval(m method, x any) array { return nbinom.eval(m, x, []any{d.N, d.P}, d.Loc) }

// LogPMF is the logarithm of the probability of k.
func (d NBinom) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d NBinom) PMF(k any) jnp.Array { return d.eval(pmf, k) }

// BetaBinom is the binomial distribution of N trials whose probability is drawn from the beta distribution of shapes
// A and B, plus Loc (scipy.stats.betabinom). N, A and B must be given, and N be a whole number.
type BetaBinom struct{ N, A, B, Loc any }

var betaBinom = complete(family{
	name:     "BetaBinom",
	shapes:   []string{"N", "A", "B"},
	valid:    func(p []array) array { return count(p[0]).And(positive(p[1:])) },
	support:  upTo,
	discrete: true,
	parts: func(z array, p []array) parts {
		// Two negative binomial numbers of sizes A and B, given their sum.
		n, size := p[0], p[1].Add(p[2])
		all := n.Add(size)
		success, failure := size.Div(all), n.Div(all)
		apart := cross(p[1], n, z, size).Div(all)
		x := nbinomParts(z, p[1], success, failure, apart)
		y := nbinomParts(n.Sub(z), p[2], success, failure, apart.Neg())
		sum := nbinomParts(n, size, success, failure, jnp.ZerosLike(all))
		d := parts{factor: x.factor.Mul(y.factor).Div(sum.factor), high: x.high, low: x.low.Add(y.low).Sub(sum.low)}
		for _, e := range []parts{x, y} {
			d.quotients = append(d.quotients, e.quotients...)
		}
		d.quotients = append(d.quotients, [2]array{sum.quotients[0][1], sum.quotients[0][0]})
		return d.plus(y.high).plus(sum.high.Neg()).sloped(betaBinomSlopes, z, n, p[1], p[2])
	},
})

// betaBinomSlopes are the derivatives of the logarithm of the probability of k of n for the shapes a and b.
func betaBinomSlopes(x []array) []array {
	k, n, a, b := x[0], x[1], x[2], x[3]
	rest, size := n.Sub(k), a.Add(b)
	// rise is digamma(x+m) - digamma(x).
	rise := func(x, m array) array {
		return jnp.Log1p(m.Div(x)).Add(logLessDigamma(x).Sub(logLessDigamma(x.Add(m))))
	}
	all := rise(size, n)
	da, db := rise(a, k).Sub(all), rise(b, rest).Sub(all)
	unlike := special.Digamma(rest.Add(b)).Sub(special.Digamma(rest.Add(1)))
	dk := special.Digamma(k.Add(a)).Sub(special.Digamma(k.Add(1))).Sub(unlike)
	dn := special.Digamma(n.Add(1)).Sub(special.Digamma(n.Add(size))).Add(unlike)
	return []array{dk, dn, da, db}
}

func (d BetaBinom) eval(m method, x any) array {
	return betaBinom.eval(m, x, []any{d.N, d.A, d.B}, d.Loc)
}

// LogPMF is the logarithm of the probability of k.
func (d BetaBinom) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d BetaBinom) PMF(k any) jnp.Array { return d.eval(pmf, k) }
