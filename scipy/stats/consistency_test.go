package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

// The interfaces of the distributions' methods, to go through them.
type (
	density  interface{ LogPDF(x any) jnp.Array }
	pdf      interface{ PDF(x any) jnp.Array }
	mass     interface{ LogPMF(k any) jnp.Array }
	pmf      interface{ PMF(k any) jnp.Array }
	cdf      interface{ CDF(x any) jnp.Array }
	logCDF   interface{ LogCDF(x any) jnp.Array }
	survival interface{ SF(x any) jnp.Array }
	logSF    interface{ LogSF(x any) jnp.Array }
	quantile interface{ PPF(q any) jnp.Array }
	upper    interface{ ISF(q any) jnp.Array }
)

// continuous are distributions with points inside of their supports, and gonum's own of the same parameters where it has one.
var continuous = []struct {
	name string
	d    density
	x    []float64
	ref  any
}{
	{"Norm", stats.Norm{Loc: 1, Scale: 2.0}, []float64{-12, -1, 0.5, 1, 3, 9}, distuv.Normal{Mu: 1, Sigma: 2}},
	{"TruncNorm", stats.TruncNorm{A: -1.5, B: 2, Loc: 1, Scale: 2}, []float64{-1.9, -1, 0.5, 1, 3, 4.9}, nil},
	{"TruncNorm tail", stats.TruncNorm{A: 6, B: 8.0}, []float64{6.01, 6.2, 6.5, 7, 7.9}, nil},
	{"Uniform", stats.Uniform{Loc: -1, Scale: 4}, []float64{-0.9, 0, 1.5, 2.9}, distuv.Uniform{Min: -1, Max: 3}},
	{"Expon", stats.Expon{Scale: 0.5}, []float64{0.01, 0.5, 2, 9}, distuv.Exponential{Rate: 2}},
	{"Cauchy", stats.Cauchy{Loc: 1, Scale: 2}, []float64{-9, 0, 1.5, 9}, nil},
	{"Laplace", stats.Laplace{Loc: 1, Scale: 2}, []float64{-9, 0, 1.5, 9}, distuv.Laplace{Mu: 1, Scale: 2}},
	{"Logistic", stats.Logistic{Loc: 1, Scale: 2}, []float64{-9, 0, 1.5, 9}, distuv.Logistic{Mu: 1, S: 2}},
	{"GumbelR", stats.GumbelR{Loc: 1, Scale: 2}, []float64{-3, 0, 1.5, 9}, distuv.GumbelRight{Mu: 1, Beta: 2}},
	{"GumbelL", stats.GumbelL{Loc: 1, Scale: 2}, []float64{-9, 0, 1.5, 4}, nil},
	{"Gamma", stats.Gamma{A: 2.3, Scale: 0.5}, []float64{0.01, 0.5, 2, 9}, distuv.Gamma{Alpha: 2.3, Beta: 2}},
	{"Chi2", stats.Chi2{DF: 3}, []float64{0.01, 0.5, 2, 9}, distuv.ChiSquared{K: 3}},
	{"Beta", stats.Beta{A: 2, B: 3.5}, []float64{0.01, 0.3, 0.5, 0.9}, distuv.Beta{Alpha: 2, Beta: 3.5}},
	{"T", stats.T{DF: 5.5, Loc: 1, Scale: 2}, []float64{-9, 0, 1.5, 9}, distuv.StudentsT{Mu: 1, Sigma: 2, Nu: 5.5}},
	{"Pareto", stats.Pareto{B: 1.7, Scale: 2}, []float64{2.01, 2.5, 4, 90}, distuv.Pareto{Xm: 2, Alpha: 1.7}},
	{"GenNorm", stats.GenNorm{Beta: 1.6}, []float64{-3, -0.5, 0.1, 2}, nil},
	{"VonMises", stats.VonMises{Kappa: 1.6}, []float64{-3, -0.5, 0.1, 2}, nil},
	{"WrapCauchy", stats.WrapCauchy{C: 0.4}, []float64{0.1, 0.5, 3, 6}, nil},
}

// Densities, probabilities and quantiles agree with each other, and with gonum's.
func TestContinuous(t *testing.T) {
	for _, row := range continuous {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(true, func() {
				x := jnp.FromSlice(row.x)
				logP, p := row.d.LogPDF(x), row.d.(pdf).PDF(x)
				agree(t, "exp of LogPDF", jnp.Exp(logP), p)
				checkProbabilities(t, row.d, x, p)
				if row.ref == nil {
					return
				}
				agree(t, "gonum's Prob", apply(row.x, row.ref.(interface{ Prob(float64) float64 }).Prob), p)
				c, ok := row.d.(cdf)
				if !ok {
					return
				}
				agree(t, "gonum's CDF", apply(row.x, row.ref.(interface{ CDF(float64) float64 }).CDF), c.CDF(x))
				if s, ok := row.d.(survival); ok && row.name != "GumbelR" { // whose SF is JAX's 1 - CDF
					agree(t, "gonum's Survival", apply(row.x, row.ref.(interface{ Survival(float64) float64 }).Survival), s.SF(x))
				}
				if q, ok := row.d.(quantile); ok {
					u := []float64{0.001, 0.3, 0.5, 0.99}
					agree(t, "gonum's Quantile", apply(u, row.ref.(interface{ Quantile(float64) float64 }).Quantile), q.PPF(jnp.FromSlice(u)))
				}
			})()
		})
	}
}

// checkProbabilities compares the other methods that d has with its CDF and its density p at x.
func checkProbabilities(t *testing.T, d any, x, p jnp.Array) {
	t.Helper()
	c, ok := d.(cdf)
	if !ok {
		return
	}
	below := c.CDF(x)
	slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(c.CDF(x)) })(x)
	agree(t, "the derivative of CDF", p, slope)
	if s, ok := d.(survival); ok {
		agree(t, "1 - SF", jnp.Sub(1.0, s.SF(x)), below)
		if l, ok := d.(logSF); ok {
			agree(t, "LogSF", jnp.Log(s.SF(x)), l.LogSF(x))
		}
	}
	if l, ok := d.(logCDF); ok {
		agree(t, "LogCDF", jnp.Log(below), l.LogCDF(x))
	}
	q := jnp.FromSlice([]float64{1e-4, 0.2, 0.5, 0.97})
	if f, ok := d.(quantile); ok {
		agree(t, "CDF of PPF", q, c.CDF(f.PPF(q)))
	}
	if f, ok := d.(upper); ok {
		agree(t, "CDF of ISF", q, jnp.Sub(1.0, c.CDF(f.ISF(q))))
	}
}

// discrete are the distributions of whole numbers, the same way. from is where the support starts.
var discrete = []struct {
	name string
	d    mass
	from int
	ref  any
}{
	{"Poisson", stats.Poisson{Mu: 2.5}, 0, distuv.Poisson{Lambda: 2.5}},
	{"Bernoulli", stats.Bernoulli{P: 0.3}, 0, distuv.Bernoulli{P: 0.3}},
	{"Binom", stats.Binom{N: 7, P: 0.3}, 0, distuv.Binomial{N: 7, P: 0.3}},
	{"Geom", stats.Geom{P: 0.3}, 1, nil},
	{"NBinom", stats.NBinom{N: 4, P: 0.6}, 0, nil},
	{"BetaBinom", stats.BetaBinom{N: 7, A: 2, B: 3.5}, 0, nil},
}

// Masses add up to 1 over the support and to CDF up to a number, and are gonum's.
func TestDiscrete(t *testing.T) {
	for _, row := range discrete {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(true, func() {
				k := jnp.Arange(-2, 80)
				p := row.d.(pmf).PMF(k)
				agree(t, "exp of LogPMF", p, jnp.Exp(row.d.LogPMF(k)))
				// BetaBinom is as exact as JAX's betaln.
				if sum := jnp.Sum(p).Item(); math.Abs(sum-1) > 1e-6 {
					t.Errorf("the sum is %v", sum)
				}
				for i, v := range jnp.ToSlice[float64](p)[:2+row.from+1] {
					if inside := i-2 >= row.from; (v > 0) != inside {
						t.Errorf("PMF(%d) is %v", i-2, v)
					}
				}
				if c, ok := row.d.(cdf); ok {
					agree(t, "the sums of PMF", jnp.CumSum(p), c.CDF(k))
				}
				if row.ref != nil {
					few := []float64{0, 1}
					agree(t, "gonum's Prob", apply(few, row.ref.(interface{ Prob(float64) float64 }).Prob), row.d.(pmf).PMF(jnp.FromSlice(few)))
				}
			})()
		})
	}
}

// The entropy is the mean of -LogPMF, and Stirling's series fits where it takes over.
func TestPoissonEntropy(t *testing.T) {
	gojax.WithX64(true, func() {
		mu := jnp.FromSlice([]float64{0.5, 9.99, 10, 99.99, 100, 150})
		k := jnp.Reshape(jnp.Arange(500.0), -1, 1)
		d := stats.Poisson{Mu: mu}
		want := jnp.Sum(jnp.Mul(d.PMF(k), jnp.NanToNum(d.LogPMF(k))), 0).Neg()
		got := d.Entropy()
		for i, w := range jnp.ToSlice[float64](want) {
			if g := got.Index(i).Item(); math.Abs(g-w) > 1e-5 {
				t.Errorf("of mean %v: %v, want %v", mu.Index(i), g, w)
			}
		}
	})()
}

func apply(x []float64, f func(float64) float64) jnp.Array {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return jnp.FromSlice(y)
}

// agree fails unless got and want are the same within 1e-9, relative for numbers above 1.
func agree(t *testing.T, what string, want, got jnp.Array) {
	t.Helper()
	g, w := jnp.ToSlice[float64](got), jnp.ToSlice[float64](want)
	if len(g) != len(w) {
		t.Fatalf("%s: %d numbers, want %d", what, len(g), len(w))
	}
	for i := range g {
		if g[i] == w[i] || math.Abs(g[i]-w[i]) <= 1e-9*max(1, math.Abs(w[i])) {
			continue
		}
		t.Errorf("%s: got %v, want %v", what, g, w)
		return
	}
}
