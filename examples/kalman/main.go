// Command kalman follows something that moves in the plane and is seen with noise: a Kalman filter and the smoother of
// Rauch, Tung and Striebel (1965) by lax.Scan, after the two amounts of noise were found by maximum likelihood, with
// the gradient through the filter. kalman.py is the same in JAX.
//
//	go run ./examples/kalman
package main

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tree"
)

// model is that of a state x: the next one is A x + noise of covariance Q; C x + noise of covariance R is observed.
type model struct{ A, Q, C, R jnp.Array }

type gauss struct{ Mean, Cov jnp.Array }

// newModel has position and velocity in the plane as its state; positions are observed.
func newModel(logNoise jnp.Array) model {
	const dt = 0.1
	noise := logNoise.Mul(2).Exp()
	a := jnp.Kron(jnp.AsArray([][]float64{{1, dt}, {0, 1}}), jnp.Eye(2))
	cov := jnp.Kron(jnp.AsArray([][]float64{{dt * dt * dt / 3, dt * dt / 2}, {dt * dt / 2, dt}}), jnp.Eye(2))
	return model{a, cov.Mul(noise.Row(0)), jnp.Eye(2, 4), jnp.Eye(2).Mul(noise.Row(1))}
}

func simulate(key random.KeyArray, m model, x0 jnp.Array, steps int) (xs, ys jnp.Array) {
	step := func(x jnp.Array, key random.KeyArray) (jnp.Array, tree.Pair[jnp.Array, jnp.Array]) {
		kX, kY := random.Pair(key)
		x = m.A.MatMul(x).Add(random.MultivariateNormal(kX, jnp.Zeros(4), m.Q))
		return x, tree.PairOf(x, m.C.MatMul(x).Add(random.MultivariateNormal(kY, jnp.Zeros(2), m.R)))
	}
	_, both := lax.Scan(step, x0, random.Split(key, steps))
	return both.A, both.B
}

func predict(m model, s gauss) gauss {
	return gauss{m.A.MatMul(s.Mean), m.A.MatMul(s.Cov).MatMul(m.A.T()).Add(m.Q)}
}

func kalman(m model, start gauss, ys jnp.Array) (filtered gauss, logLik jnp.Array) {
	step := func(s gauss, y jnp.Array) (gauss, tree.Pair[gauss, jnp.Array]) {
		p := predict(m, s)
		seen := m.C.MatMul(p.Mean)
		cov := m.C.MatMul(p.Cov).MatMul(m.C.T()).Add(m.R)
		gain := linalg.Solve(cov, m.C.MatMul(p.Cov)).T()
		s = gauss{p.Mean.Add(gain.MatMul(y.Sub(seen))), p.Cov.Sub(gain.MatMul(cov).MatMul(gain.T()))}
		return s, tree.PairOf(s, stats.MultivariateNormal{Mean: seen, Cov: cov}.LogPDF(y))
	}
	_, all := lax.Scan(step, start, ys)
	return all.A, all.B.Sum()
}

func smooth(m model, filtered gauss) gauss {
	step := func(later, s gauss) (gauss, gauss) {
		p := predict(m, s)
		gain := linalg.Solve(p.Cov, m.A.MatMul(s.Cov)).T()
		mean := s.Mean.Add(gain.MatMul(later.Mean.Sub(p.Mean)))
		s = gauss{mean, s.Cov.Add(gain.MatMul(later.Cov.Sub(p.Cov)).MatMul(gain.T()))}
		return s, s
	}
	last, before := tree.Index(filtered, -1), tree.Index(filtered, jnp.S(nil, -1))
	_, all := lax.Scan(step, last, before, lax.ScanOptions{Reverse: true})
	return all
}

func fit(logNoise jnp.Array, start gauss, ys jnp.Array) (found, losses jnp.Array) {
	opt := optim.Adam[jnp.Array](0.1)
	type state = tree.Pair[jnp.Array, optim.State[jnp.Array]]
	loss := func(logNoise jnp.Array) jnp.Array {
		_, logLik := kalman(newModel(logNoise), start, ys)
		return logLik.Neg()
	}
	end, losses := lax.ScanN(150, func(s state) (state, jnp.Array) {
		at, grad := gojax.ValueAndGrad(loss)(s.A)
		updates, next := opt.Update(grad, s.B, s.A)
		return tree.PairOf(optim.Apply(s.A, updates), next), at
	}, tree.PairOf(logNoise, opt.Init(logNoise)))
	return end.A, losses
}

func run() map[string]jnp.Array {
	gojax.EnableX64(true)
	truth := jnp.AsArray([]float64{math.Log(0.5), math.Log(0.2)})
	start := gauss{jnp.Zeros(4), jnp.Eye(4)}
	xs, ys := simulate(random.Key(0), newModel(truth), start.Mean, 200)
	logNoise, losses := gojax.Jit(fit)(jnp.Zeros(2), start, ys)
	m := newModel(logNoise)
	filtered, logLik := gojax.Jit(kalman)(m, start, ys)
	smoothed := gojax.Jit(smooth)(m, filtered)
	off := func(estimate, truth jnp.Array) jnp.Array {
		return estimate.Ix("..., :2").Sub(truth.Ix("..., :2")).Square().Mean().Sqrt()
	}
	errors := []jnp.Array{off(ys, xs), off(filtered.Mean, xs), off(smoothed.Mean, xs.Head(-1))}
	return map[string]jnp.Array{
		"losses":           losses.Slice(nil, nil, 30),
		"noise":            logNoise.Exp(),
		"log likelihood":   logLik,
		"errors":           jnp.AsArray(errors),
		"first state":      smoothed.Mean.Row(0),
		"first deviations": smoothed.Cov.Row(0).Diagonal().Sqrt(),
	}
}

func main() { show.Values(run()) }
