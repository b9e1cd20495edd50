// Command hmc samples the posterior of a logistic regression by Hamiltonian Monte Carlo: leapfrog steps, whose length
// is found while warming up by dual averaging (Hoffman and Gelman, 2014), in chains that Vmap runs side by side. The
// question is how damage to the O-rings of the space shuttle depends on the cold (Dalal, Fowlkes and Hoadley, 1989).
// hmc.py is the same in JAX, with the same draws.
//
//	go run ./examples/hmc
package main

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tree"
)

// The temperatures of the joints in 23 launches of the space shuttle, in Fahrenheit, and whether O-rings were damaged.
var (
	temperature = []float64{66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58}
	damage      = []float64{0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1}
)

type params struct{ Intercept, Slope jnp.Array }

func (p params) logOdds(temperature any) jnp.Array {
	return p.Slope.Mul(jnp.AsArray(temperature).Sub(70)).Div(5).Add(p.Intercept)
}

func logDensity(p params) jnp.Array {
	prior := stats.Norm{Scale: 5}.LogPDF(jnp.AsArray([]jnp.Array{p.Intercept, p.Slope})).Sum()
	z := p.logOdds(temperature)
	return prior.Add(z.Mul(jnp.AsArray(damage)).Sub(jnp.LogAddExp(0, z)).Sum())
}

type function = func(q jnp.Array) jnp.Array

func leapfrog(potential function, q, p, eps jnp.Array, steps int) (q1, p1 jnp.Array) {
	kick := func(q, p jnp.Array) jnp.Array { return p.Sub(eps.Div(2).Mul(gojax.Grad(potential)(q))) }
	end := lax.Repeat(steps, func(s tree.Pair[jnp.Array, jnp.Array]) tree.Pair[jnp.Array, jnp.Array] {
		p := kick(s.A, s.B)
		q := s.A.Add(eps.Mul(p))
		return tree.PairOf(q, kick(q, p))
	}, tree.PairOf(q, p))
	return end.A, end.B
}

func transition(potential function, key random.KeyArray, q, eps jnp.Array) (next, accept jnp.Array) {
	kP, kU := random.Pair(key)
	p := random.Normal(kP, q.Len())
	q1, p1 := leapfrog(potential, q, p, eps, 2)
	energy := potential(q).Add(p.Dot(p).Div(2)).Sub(potential(q1)).Sub(p1.Dot(p1).Div(2))
	accept = jnp.Minimum(1, jnp.Where(energy.IsNaN(), math.Inf(-1), energy).Exp())
	return jnp.Where(random.Uniform(kU).Lt(accept), q1, q), accept
}

type tuning struct{ Q, N, Error, LogEps, LogMean jnp.Array }

func chain(key random.KeyArray, init params) (draws params, accept, eps jnp.Array) {
	const warmup, samples, target = 300, 500, 0.9
	q0, unravel := tree.Ravel(init)
	k := random.Keys(key, 3)
	potential := func(q jnp.Array) jnp.Array { return logDensity(unravel(q)).Neg() }

	adapt := func(t tuning, key random.KeyArray) tuning {
		q, accept := transition(potential, key, t.Q, t.LogEps.Exp())
		share := t.N.Add(10).Reciprocal()
		error := jnp.Sub(1, share).Mul(t.Error).Add(jnp.Sub(target, accept).Mul(share))
		logEps := t.N.Sqrt().Neg().Div(0.05).Mul(error)
		w := t.N.Pow(-0.75)
		return tuning{q, t.N.Add(1), error, logEps, w.Mul(logEps).Add(jnp.Sub(1, w).Mul(t.LogMean))}
	}
	q := q0.Add(random.Normal(k[0], q0.Len()))
	start := tuning{q, jnp.Ones(), jnp.Zeros(), jnp.AsArray(math.Log(0.1)), jnp.Zeros()}
	tuned := lax.Fold(adapt, start, random.Split(k[1], warmup))

	eps = tuned.LogMean.Exp()
	draw := func(q jnp.Array, key random.KeyArray) (jnp.Array, tree.Pair[params, jnp.Array]) {
		q, accept := transition(potential, key, q, eps)
		return q, tree.PairOf(unravel(q), accept)
	}
	_, all := lax.Scan(draw, tuned.Q, random.Split(k[2], samples))
	return all.A, all.B.Mean(), eps
}

func rHat(x jnp.Array) jnp.Array {
	n := float64(x.Shape()[1])
	unbiased := jnp.Reduction{DDof: 1}
	within := unbiased.Var(x, 1).Mean()
	return unbiased.Var(x.Mean(1)).Div(within).Add((n - 1) / n).Sqrt()
}

func run() map[string]jnp.Array {
	gojax.EnableX64(true)
	keys := random.Split(random.Key(0), 4)
	init := params{jnp.Zeros(), jnp.Zeros()}
	draws, accept, eps := gojax.Jit(gojax.Vmap(chain, gojax.InAxes(0, nil)))(keys, init)
	quantiles := jnp.AsArray([]float64{0.05, 0.5, 0.95})
	return map[string]jnp.Array{
		"accepted":       accept,
		"step size":      eps,
		"intercept":      jnp.AsArray([]jnp.Array{draws.Intercept.Mean(), draws.Intercept.Std()}),
		"slope":          jnp.AsArray([]jnp.Array{draws.Slope.Mean(), draws.Slope.Std()}),
		"damage at 31 F": jnp.Quantile(nn.Sigmoid(draws.logOdds(31)), quantiles),
		"damage at 75 F": jnp.Quantile(nn.Sigmoid(draws.logOdds(75)), quantiles),
		"rhat":           jnp.AsArray([]jnp.Array{rHat(draws.Intercept), rHat(draws.Slope)}),
	}
}

func main() { show.Values(run()) }
