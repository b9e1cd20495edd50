package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

var discreteRows = []distribution{
	{
		name: "Poisson", of: func(p []any) any { return stats.Poisson{Mu: p[0], Loc: p[1]} },
		p: []float64{2.5, 0}, bad: []int{0}, low: 0, high: inf, discrete: true, smooth: []int{0},
		gonum: distuv.Poisson{Lambda: 2.5},
	},
	{
		name: "Bernoulli", of: func(p []any) any { return stats.Bernoulli{P: p[0]} },
		p: []float64{0.3}, bad: []int{0}, low: 0, high: 1, discrete: true, smooth: []int{0},
		gonum: distuv.Bernoulli{P: 0.3},
	},
	{
		name: "Binom", of: func(p []any) any { return stats.Binom{N: p[0], P: p[1], Loc: p[2]} },
		p: []float64{7, 0.3, 0}, bad: []int{0, 1}, low: 0, high: 7, discrete: true, smooth: []int{1},
		gonum: distuv.Binomial{N: 7, P: 0.3},
	},
	{
		name: "Geom", of: func(p []any) any { return stats.Geom{P: p[0], Loc: p[1]} },
		p: []float64{0.3, 0}, bad: []int{0}, low: 1, high: inf, discrete: true, smooth: []int{0},
	},
	{
		name: "NBinom", of: func(p []any) any { return stats.NBinom{N: p[0], P: p[1], Loc: p[2]} },
		p: []float64{4, 0.6, 0}, bad: []int{0, 1}, low: 0, high: inf, discrete: true, smooth: []int{0, 1},
	},
	{
		name: "BetaBinom", of: func(p []any) any { return stats.BetaBinom{N: p[0], A: p[1], B: p[2], Loc: p[3]} },
		p: []float64{7, 2, 3.5, 0}, bad: []int{0, 1, 2}, low: 0, high: 7, discrete: true, smooth: []int{1, 2},
	},
}

// The entropy is the mean of -LogPMF, and Stirling's series fits where it takes over.
func TestPoissonEntropy(t *testing.T) {
	gojax.WithX64(true, func() {
		mu := jnp.FromSlice([]float64{0.5, 9.99, 10, 99.99, 100, 150})
		k := jnp.Reshape(jnp.Arange(500.0), -1, 1)
		d := stats.Poisson{Mu: mu}
		want := jnp.Sum(jnp.Mul(d.PMF(k), jnp.NaNToNum(d.LogPMF(k))), 0).Neg()
		got := d.Entropy()
		for i, w := range jnp.ToSlice[float64](want) {
			if g := got.Index(i).Item(); math.Abs(g-w) > 1e-5 {
				t.Errorf("of mean %v: %v, want %v", mu.Index(i), g, w)
			}
		}
		if y := (stats.Poisson{Mu: -1}).Entropy().Item(); !math.IsNaN(y) {
			t.Errorf("of a negative mean: %v, want NaN", y)
		}
		// As in JAX, forward mode meets 0·log(0) in the terms left out.
		f := func(mu jnp.Array) jnp.Array { return stats.Poisson{Mu: mu}.Entropy() }
		if err := gojax.CheckGrads(f, jnp.FromSlice([]float64{1.5, 30, 200}), 1, gojax.CheckReverseOnly()); err != nil {
			t.Error(err)
		}
	})()
}
