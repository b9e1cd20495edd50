package stats

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// Bernoulli is the distribution of one trial, 1 (plus Loc) with probability P and 0 otherwise (scipy.stats.bernoulli). P must be given.
// Loc is that of PMF and LogPMF alone, as in JAX: CDF and PPF refuse it.
type Bernoulli struct{ P, Loc any }

func (d Bernoulli) run(method string, k any, f formula2) array {
	op := "stats.Bernoulli." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2]) }, k, need(op, "P", d.P), or(d.Loc, 0))
}

func (d Bernoulli) runAtZero(method string, k any, f formula1) array {
	op := "stats.Bernoulli." + method
	if d.Loc != nil {
		trace.Fail(op, nil, "takes no Loc; subtract it from the operand, or add it to the result")
	}
	return evaluate(op, func(p []array) array { return f(p[0], p[1]) }, k, need(op, "P", d.P))
}

// LogPMF is the logarithm of the probability of k.
func (d Bernoulli) LogPMF(k any) array { return d.run("LogPMF", k, bernoulliLogPMF) }

// PMF is the probability of k.
func (d Bernoulli) PMF(k any) array {
	return d.run("PMF", k, func(k, p, loc array) array { return jnp.Exp(bernoulliLogPMF(k, p, loc)) })
}

// CDF is the probability of at most k: NaN where k is, or P is no probability.
func (d Bernoulli) CDF(k any) array {
	return d.runAtZero("CDF", k, func(k, p array) array {
		zero, one := jnp.ZerosLike(k), jnp.OnesLike(k)
		bad := jnp.IsNaN(k).Or(improbable(p))
		return jnp.Select([]array{bad, k.Lt(0), k.Ge(0).And(k.Lt(1)), k.Ge(1)}, []array{zero.Add(nan), zero, p.Neg().Add(1), one}, 0)
	})
}

// PPF is the quantile of q: NaN where q or P is no probability.
func (d Bernoulli) PPF(q any) array {
	return d.runAtZero("PPF", q, func(q, p array) array {
		y := jnp.Where(q.Le(p.Neg().Add(1)), jnp.ZerosLike(q), jnp.OnesLike(q))
		return jnp.Where(improbable(q).Or(improbable(p)), nan, y)
	})
}

func bernoulliLogPMF(k, p, loc array) array {
	x := k.Sub(loc)
	y := special.XLogY(x, p).Add(special.XLog1PY(x.Neg().Add(1), p.Neg()))
	return jnp.Where(x.Lt(0).Or(x.Gt(1)), -inf, y)
}

// Binom is the binomial distribution of the successes in N trials of probability P, from Loc on (scipy.stats.binom). N and P must be
// given.
type Binom struct{ N, P, Loc any }

func (d Binom) run(method string, k any, f formula3) array {
	op := "stats.Binom." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2], p[3]) }, k, need(op, "N", d.N), need(op, "P", d.P), or(d.Loc, 0))
}

// LogPMF is the logarithm of the probability of k.
func (d Binom) LogPMF(k any) array { return d.run("LogPMF", k, binomLogPMF) }

// PMF is the probability of k.
func (d Binom) PMF(k any) array {
	return d.run("PMF", k, func(k, n, p, loc array) array { return jnp.Exp(binomLogPMF(k, n, p, loc)) })
}

func binomLogPMF(k, n, p, loc array) array {
	x := k.Sub(loc)
	rest := n.Sub(x)
	ways := special.Gammaln(n.Add(1)).Sub(special.Gammaln(x.Add(1)).Add(special.Gammaln(rest.Add(1))))
	linear := special.XLogY(x, p).Add(special.XLog1PY(rest, p.Neg()))
	sure := x.Eq(0).And(n.Eq(0)).Or(linear.Eq(0)) // where there is but one way it may come out
	y := jnp.Where(sure, 0.0, ways.Add(linear))
	return where(k.Ge(loc).And(k.Lt(loc.Add(n).Add(1))), y, -inf)
}

// Geom is the distribution of the number of trials up to the first success, each of probability P, plus Loc (scipy.stats.geom). P
// must be given.
type Geom struct{ P, Loc any }

func (d Geom) run(method string, k any, f formula2) array {
	op := "stats.Geom." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2]) }, k, need(op, "P", d.P), or(d.Loc, 0))
}

// LogPMF is the logarithm of the probability of k.
func (d Geom) LogPMF(k any) array { return d.run("LogPMF", k, geomLogPMF) }

// PMF is the probability of k.
func (d Geom) PMF(k any) array {
	return d.run("PMF", k, func(k, p, loc array) array { return jnp.Exp(geomLogPMF(k, p, loc)) })
}

func geomLogPMF(k, p, loc array) array {
	x := k.Sub(loc)
	y := special.XLog1PY(x.Sub(1), p.Neg()).Add(jnp.Log(p))
	return jnp.Where(x.Le(0), -inf, y)
}

// NBinom is the negative binomial distribution of the failures before the N-th success, each trial of probability P, plus Loc
// (scipy.stats.nbinom). N and P must be given.
type NBinom struct{ N, P, Loc any }

func (d NBinom) run(method string, k any, f formula3) array {
	op := "stats.NBinom." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2], p[3]) }, k, need(op, "N", d.N), need(op, "P", d.P), or(d.Loc, 0))
}

// LogPMF is the logarithm of the probability of k.
func (d NBinom) LogPMF(k any) array { return d.run("LogPMF", k, nbinomLogPMF) }

// PMF is the probability of k.
func (d NBinom) PMF(k any) array {
	return d.run("PMF", k, func(k, n, p, loc array) array { return jnp.Exp(nbinomLogPMF(k, n, p, loc)) })
}

func nbinomLogPMF(k, n, p, loc array) array {
	x := k.Sub(loc)
	ways := special.Gammaln(x.Add(n)).Sub(special.Gammaln(n)).Sub(special.Gammaln(x.Add(1)))
	linear := special.XLogY(n, p).Add(special.XLogY(x, p.Neg().Add(1)))
	return jnp.Where(k.Lt(loc), -inf, ways.Add(linear))
}

// BetaBinom is the binomial distribution of N trials whose probability is drawn from the beta distribution of shapes A and B, plus Loc
// (scipy.stats.betabinom). N, A and B must be given; where N is negative or A or B not positive results are NaN.
type BetaBinom struct{ N, A, B, Loc any }

func (d BetaBinom) run(method string, k any, f formula4) array {
	op := "stats.BetaBinom." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2], p[3], p[4]) },
		k, need(op, "N", d.N), need(op, "A", d.A), need(op, "B", d.B), or(d.Loc, 0))
}

// LogPMF is the logarithm of the probability of k, which is rounded down.
func (d BetaBinom) LogPMF(k any) array { return d.run("LogPMF", k, betaBinomLogPMF) }

// PMF is the probability of k, which is rounded down.
func (d BetaBinom) PMF(k any) array {
	return d.run("PMF", k, func(k, n, a, b, loc array) array { return expNaN(betaBinomLogPMF(k, n, a, b, loc)) })
}

func betaBinomLogPMF(k, n, a, b, loc array) array {
	x := jnp.Floor(k).Sub(loc)
	rest := n.Sub(x)
	ways := jnp.Log1p(n).Add(special.Betaln(rest.Add(1), x.Add(1))).Neg()
	y := ways.Add(special.Betaln(x.Add(a), rest.Add(b)).Sub(special.Betaln(a, b)))
	y = jnp.Where(x.Eq(0).And(n.Eq(0)), 0.0, y)
	// Below the support JAX compares with -loc, so that with Loc above 0 what is just below it is not cut off here.
	y = jnp.Where(x.Lt(loc.Neg()).Or(x.Gt(n)).Or(x.Add(a).Le(0)), -inf, y)
	return jnp.Where(n.Lt(0).Or(a.Le(0)).Or(b.Le(0)), nan, y)
}
