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
	support:  between(0, inf, 0),
	discrete: true,
	logPDF:   func(z array, p []array) array { return poissonLogPMF(z, p[0]) },
	cdf:      func(z array, p []array) array { return special.GammaIncc(z.Add(1), p[0]) },
	sf:       func(z array, p []array) array { return special.GammaInc(z.Add(1), p[0]) },
})

func poissonLogPMF(k, mu array) array {
	return special.XLogY(k, mu).Sub(special.GammaLn(k.Add(1))).Sub(mu)
}

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

// Entropy is the Shannon entropy in nats, of the common shape of Mu and Loc: summed for Mu below 100, to five digits
// or so by Stirling's series above.
func (d Poisson) Entropy() jnp.Array {
	op := poisson.op(entropy)
	in := []any{need(op, "Mu", d.Mu)}
	if d.Loc != nil {
		in = append(in, d.Loc)
	}
	return arrays.Broadcasting(op, nil, func(in []array) array {
		mu := arrays.Strong(in[0])
		large := jnp.Log(mu.Mul(2 * math.Pi * math.E)).Mul(0.5).Sub(jnp.Reciprocal(mu.Mul(12)))
		y := jnp.Where(mu.Lt(100), entropySum(mu, 250, 10), large)
		y = jnp.Where(mu.Lt(10), entropySum(mu, 35, 0), y)
		y = jnp.Where(mu.Eq(0), 0.0, y)
		y = jnp.Where(mu.Ge(0), y, nan)
		return jnp.BroadcastTo(y, jnp.BroadcastShapes(mu.Shape(), in[len(in)-1].Shape())...)
	}, in...)
}

// entropySum sums the entropy's terms of 0 to n-1, as far as mu + spread·sqrt(mu) + 20.
func entropySum(mu array, n int, spread float64) array {
	k := jnp.Wrap(ops.Iota(mu.DType(), append([]int{n}, mu.Shape()...), 0))
	end := mu.Add(20)
	if spread != 0 {
		end = jnp.Sqrt(mu).Mul(spread).Add(end)
	}
	p := jnp.Exp(poissonLogPMF(k, mu))
	return jnp.Sum(special.Entr(jnp.Where(k.Lt(jnp.Ceil(end)), p, 0)), 0)
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
		return special.XLogY(z, p[0]).Add(special.XLog1pY(z.Neg().Add(1), p[0].Neg()))
	},
	cdf: func(z array, p []array) array { return jnp.Where(z.Lt(1), p[0].Neg().Add(1), 1.0) },
	ppf: func(q array, p []array) array { return jnp.Where(q.Le(p[0].Neg().Add(1)), 0.0, 1.0) },
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
	logPDF: func(z array, p []array) array {
		n, rest := p[0], p[0].Sub(z)
		ways := special.GammaLn(n.Add(1)).Sub(special.GammaLn(z.Add(1)).Add(special.GammaLn(rest.Add(1))))
		linear := special.XLogY(z, p[1]).Add(special.XLog1pY(rest, p[1].Neg()))
		return jnp.Where(linear.Eq(0), 0.0, ways.Add(linear)) // 0 where there is but one way it may come out
	},
})

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
	logPDF: func(z array, p []array) array {
		return special.XLog1pY(z.Sub(1), p[0].Neg()).Add(jnp.Log(p[0]))
	},
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
	logPDF: func(z array, p []array) array {
		ways := special.GammaLn(z.Add(p[0])).Sub(special.GammaLn(p[0])).Sub(special.GammaLn(z.Add(1)))
		return ways.Add(special.XLogY(p[0], p[1])).Add(special.XLog1pY(z, p[1].Neg()))
	},
})

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
	logPDF: func(z array, p []array) array {
		n, a, b := p[0], p[1], p[2]
		rest := n.Sub(z)
		ways := jnp.Log1p(n).Add(special.BetaLn(rest.Add(1), z.Add(1))).Neg()
		y := ways.Add(special.BetaLn(z.Add(a), rest.Add(b)).Sub(special.BetaLn(a, b)))
		return jnp.Where(n.Eq(0), 0.0, y)
	},
})

func (d BetaBinom) eval(m method, x any) array {
	return betaBinom.eval(m, x, []any{d.N, d.A, d.B}, d.Loc)
}

// LogPMF is the logarithm of the probability of k.
func (d BetaBinom) LogPMF(k any) jnp.Array { return d.eval(logPMF, k) }

// PMF is the probability of k.
func (d BetaBinom) PMF(k any) jnp.Array { return d.eval(pmf, k) }
