package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// Poisson is the Poisson distribution of mean Mu, plus Loc (scipy.stats.poisson). Mu must be given.
type Poisson struct{ Mu, Loc any }

func (d Poisson) run(method string, k any, f formula2) array {
	op := "stats.Poisson." + method
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2]) }, k, need(op, "Mu", d.Mu), or(d.Loc, 0))
}

// LogPMF is the logarithm of the probability of k: -inf where k is no whole number.
func (d Poisson) LogPMF(k any) array { return d.run("LogPMF", k, poissonLogPMF) }

// PMF is the probability of k.
func (d Poisson) PMF(k any) array {
	return d.run("PMF", k, func(k, mu, loc array) array { return jnp.Exp(poissonLogPMF(k, mu, loc)) })
}

// CDF is the probability of at most k.
func (d Poisson) CDF(k any) array {
	return d.run("CDF", k, func(k, mu, loc array) array {
		x := k.Sub(loc)
		return jnp.Where(x.Lt(0), 0.0, special.Gammaincc(jnp.Floor(x.Add(1)), mu))
	})
}

// Entropy is the Shannon entropy in nats, of the common shape of Mu and Loc: summed for Mu below 100, to five digits or so by
// Stirling's series above.
func (d Poisson) Entropy() array {
	const op = "stats.Poisson.Entropy"
	return evaluate(op, func(p []array) array {
		mu := strong(p[0])
		large := jnp.Log(mu.Mul(2 * math.Pi * math.E)).Mul(0.5).Sub(jnp.Reciprocal(mu.Mul(12)))
		y := jnp.Where(mu.Lt(100), entropySum(mu, 250, 10), large)
		y = jnp.Where(mu.Lt(10), entropySum(mu, 35, 0), y)
		y = jnp.Where(mu.Eq(0), 0.0, y)
		return jnp.BroadcastTo(y, jnp.BroadcastShapes(mu.Shape(), p[1].Shape())...)
	}, need(op, "Mu", d.Mu), or(d.Loc, 0))
}

func poissonLogPMF(k, mu, loc array) array {
	x := k.Sub(loc)
	y := special.XLogY(x, mu).Sub(special.Gammaln(x.Add(1))).Sub(mu)
	return jnp.Where(x.Lt(0).Or(jnp.Rint(k).Ne(k)), -inf, y)
}

// entropySum sums the entropy's terms of 0 to n-1, as far as mu + spread·sqrt(mu) + 20.
func entropySum(mu array, n int, spread float64) array {
	k := jnp.Wrap(ops.Iota(mu.DType(), append([]int{n}, mu.Shape()...), 0))
	end := jnp.Ceil(mu.Add(20))
	if spread != 0 {
		end = jnp.Ceil(mu.Add(jnp.Sqrt(mu).Mul(spread)).Add(20))
	}
	p := jnp.Exp(poissonLogPMF(k, mu, jnp.ZerosLike(mu)))
	return jnp.Sum(special.Entr(where(k.Lt(end), p, 0)), 0)
}
