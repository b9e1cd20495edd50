package main

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
)

// kolmogorovSmirnov is the probability that the distance between the share of numbers up to x and cdf(x), at its
// largest, is as small as it is or smaller. The approximation is M. A. Stephens', good for ten numbers and more.
func kolmogorovSmirnov(x []float64, cdf func(float64) float64) float64 {
	x = slices.Sorted(slices.Values(x))
	n, far := float64(len(x)), 0.0
	for i, v := range x {
		c := cdf(v)
		if math.IsNaN(c) {
			return 1
		}
		far = max(far, c-float64(i)/n, float64(i+1)/n-c)
	}
	far *= math.Sqrt(n) + 0.12 + 0.11/math.Sqrt(n)
	if far < 0.2 {
		return 0
	}
	p, sign := 1.0, -2.0
	for k := 1.0; k < 50; k++ {
		p += sign * math.Exp(-2*k*k*far*far)
		sign = -sign
	}
	return p
}

// ofCounts is the probability of a smaller sum of squares for whole numbers, of which v has the probability mass(v).
// Neighbours are counted together until ten are expected. A number that is impossible gives 1.
func ofCounts(x []float64, mass func(v float64) float64) float64 {
	slices.Sort(x)
	n, sum, cells, want, got := float64(len(x)), 0.0, 0, 0.0, 0.0
	add := func() {
		sum += (got - want) * (got - want) / want
		cells++
		want, got = 0, 0
	}
	left, i := 1.0, 0
	for v := x[0]; v <= x[len(x)-1]; v++ {
		p := mass(v)
		want, left = want+n*p, left-p
		for ; i < len(x) && x[i] == v; i++ {
			if p == 0 {
				return 1
			}
			got++
		}
		if want >= 10 && n*left >= 10 {
			add()
		}
	}
	if i < len(x) {
		return 1 // not whole, or NaN
	}
	want += n * left // what is beyond the largest
	if want > 0 {
		add()
	}
	return chiSquare(sum, cells-1)
}

const draws = 100_000

// sampler is a way to draw, and what is drawn: numbers with a cdf, or whole numbers with a mass.
type sampler struct {
	name      string
	draw      func(k random.KeyArray) jnp.Array
	cdf, mass func(x float64) float64
	ofGamma   bool // made of gamma numbers, whose loop takes seconds to compile: drawn at night alone
}

func (s sampler) p(x []float64) float64 {
	if s.cdf != nil {
		return kolmogorovSmirnov(x, s.cdf)
	}
	return ofCounts(x, s.mass)
}

func (s sampler) check(t *testing.T, key random.KeyArray) {
	x := jnp.ToSlice[float64](s.draw(key).Ravel().AsType(jnp.Float64))
	if p := s.p(x); !(tail(p) >= doubtful) {
		t.Errorf("%s: p = %.2g", s.name, p)
	}
	// A twentieth less at one end is seen.
	slices.Sort(x)
	if p := s.p(x[:len(x)*19/20]); tail(p) >= broken {
		t.Errorf("%s without its largest numbers: p = %.2g", s.name, p)
	}
}

// Every sampler draws from its distribution.
func TestSamplers(t *testing.T) {
	key := random.Key(11)
	gojax.WithX64(true, func() { // so that what is drawn can be read as float64; the samplers say their own dtypes
		for i, s := range slices.Concat(continuous, discrete, vectors) {
			if !s.ofGamma || sample.All() {
				s.check(t, random.FoldIn(key, i))
			}
		}
	})()
}

// of32 and of64 have the default dtypes without 64-bit types and with them.
var (
	of32 = random.Dist{DType: jnp.Float32}
	of64 = random.Dist{DType: jnp.Float64}
)

// each draws by as many keys, split from one, as numbers are wanted.
func each(n int, f func(k random.KeyArray) jnp.Array) func(k random.KeyArray) jnp.Array {
	return func(k random.KeyArray) jnp.Array { return gojax.Jit(gojax.Vmap(f))(random.Split(k, n)) }
}

func uniformCDF(low, high float64) func(float64) float64 {
	return func(x float64) float64 { return (x - low) / (high - low) }
}

// symmetric is a cdf around 0 by the probability of an absolute value up to x.
func symmetric(within func(x float64) float64) func(float64) float64 {
	return func(x float64) float64 { return 0.5 + math.Copysign(within(math.Abs(x)), x)/2 }
}

func gammaCDF(a float64) func(float64) float64 {
	return func(x float64) float64 { return mathext.GammaIncReg(a, x) }
}

var phi = distuv.UnitNormal.CDF

func gumbelCDF(x float64) float64 { return math.Exp(-math.Exp(-x)) }

var continuous = []sampler{
	{name: "Uniform", draw: func(k random.KeyArray) jnp.Array { return of32.Uniform(k, draws) }, cdf: uniformCDF(0, 1)},
	{name: "Uniform, float64", draw: func(k random.KeyArray) jnp.Array { return of64.Uniform(k, draws) },
		cdf: uniformCDF(0, 1)},
	{name: "Uniform between", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.Float32, Min: -2, Max: 3}.Uniform(k, draws)
	}, cdf: uniformCDF(-2, 3)},
	{name: "Normal", draw: func(k random.KeyArray) jnp.Array { return of32.Normal(k, draws) }, cdf: phi},
	{name: "Normal, float64", draw: func(k random.KeyArray) jnp.Array { return of64.Normal(k, draws) }, cdf: phi},
	{name: "Normal, absolute complex", draw: func(k random.KeyArray) jnp.Array {
		return jnp.Abs(random.Dist{DType: jnp.Complex64}.Normal(k, draws))
	}, cdf: func(x float64) float64 { return 1 - math.Exp(-x*x) }},
	{name: "Normal, angle of complex", draw: func(k random.KeyArray) jnp.Array {
		return jnp.Angle(random.Dist{DType: jnp.Complex64}.Normal(k, draws))
	}, cdf: uniformCDF(-math.Pi, math.Pi)},
	{name: "Exponential", draw: func(k random.KeyArray) jnp.Array { return of32.Exponential(k, draws) },
		cdf: gammaCDF(1)},
	{name: "Laplace", draw: func(k random.KeyArray) jnp.Array { return of32.Laplace(k, draws) },
		cdf: distuv.Laplace{Scale: 1}.CDF},
	{name: "Logistic", draw: func(k random.KeyArray) jnp.Array { return of32.Logistic(k, draws) },
		cdf: distuv.Logistic{S: 1}.CDF},
	{name: "Cauchy", draw: func(k random.KeyArray) jnp.Array { return of32.Cauchy(k, draws) },
		cdf: func(x float64) float64 { return 0.5 + math.Atan(x)/math.Pi }},
	{name: "Gumbel", draw: func(k random.KeyArray) jnp.Array { return of32.Gumbel(k, draws) }, cdf: gumbelCDF},
	{name: "Gumbel, high", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.Float32, Range: random.High}.Gumbel(k, draws)
	}, cdf: gumbelCDF},
	{name: "Gumbel, highest", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.Float32, Range: random.Highest}.Gumbel(k, draws)
	}, cdf: gumbelCDF},
	{name: "Maxwell", draw: func(k random.KeyArray) jnp.Array { return of32.Maxwell(k, draws) }, cdf: maxwellCDF},
	{name: "DoubleSidedMaxwell", draw: func(k random.KeyArray) jnp.Array {
		return of32.DoubleSidedMaxwell(k, 1, 2, draws)
	}, cdf: func(x float64) float64 { return symmetric(maxwellCDF)((x - 1) / 2) }},
	{name: "Rayleigh", draw: func(k random.KeyArray) jnp.Array { return of32.Rayleigh(k, 2, draws) },
		cdf: func(x float64) float64 { return 1 - math.Exp(-x*x/8) }},
	{name: "TruncatedNormal", draw: func(k random.KeyArray) jnp.Array { return of32.TruncatedNormal(k, -1, 2, draws) },
		cdf: func(x float64) float64 { return (phi(x) - phi(-1)) / (phi(2) - phi(-1)) }},
	{name: "LogNormal", draw: func(k random.KeyArray) jnp.Array { return of32.LogNormal(k, 0.5, draws) },
		cdf: distuv.LogNormal{Sigma: 0.5}.CDF},
	{name: "Pareto", draw: func(k random.KeyArray) jnp.Array { return of32.Pareto(k, 2.5, draws) },
		cdf: distuv.Pareto{Xm: 1, Alpha: 2.5}.CDF},
	{name: "WeibullMin", draw: func(k random.KeyArray) jnp.Array { return of32.WeibullMin(k, 2, 1.5, draws) },
		cdf: distuv.Weibull{Lambda: 2, K: 1.5}.CDF},
	{name: "Triangular", draw: func(k random.KeyArray) jnp.Array { return of32.Triangular(k, -1, 0.3, 2, draws) },
		cdf: distuv.NewTriangle(-1, 2, 0.3, nil).CDF},
	{name: "Wald", draw: func(k random.KeyArray) jnp.Array { return of32.Wald(k, 1.5, draws) },
		cdf: func(x float64) float64 {
			return phi((x/1.5-1)/math.Sqrt(x)) + math.Exp(2/1.5)*phi(-(x/1.5+1)/math.Sqrt(x))
		}},
	{name: "Gamma of 0.3", draw: func(k random.KeyArray) jnp.Array { return of32.Gamma(k, 0.3, draws) },
		cdf: gammaCDF(0.3)},
	{name: "Gamma of 4", draw: func(k random.KeyArray) jnp.Array { return of32.Gamma(k, 4, draws) }, cdf: gammaCDF(4)},
	{name: "Gamma of 1000", draw: func(k random.KeyArray) jnp.Array { return of32.Gamma(k, 1000, draws) },
		cdf: gammaCDF(1000)},
	{name: "LogGamma of 0.01", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		return of32.LogGamma(k, 0.01, draws)
	},
		cdf: func(x float64) float64 { // for small y, the share up to y is y^a / (a Γ(a))
			if x < -50 {
				return math.Exp(0.01*x) / math.Gamma(1.01)
			}
			return mathext.GammaIncReg(0.01, math.Exp(x))
		}},
	{name: "Beta", ofGamma: true, draw: func(k random.KeyArray) jnp.Array { return of32.Beta(k, 2, 0.5, draws) },
		cdf: distuv.Beta{Alpha: 2, Beta: 0.5}.CDF},
	{name: "ChiSquare", ofGamma: true, draw: func(k random.KeyArray) jnp.Array { return of32.ChiSquare(k, 3, draws) },
		cdf: distuv.ChiSquared{K: 3}.CDF},
	{name: "F", ofGamma: true, draw: func(k random.KeyArray) jnp.Array { return of32.F(k, 3, 5, draws) },
		cdf: distuv.F{D1: 3, D2: 5}.CDF},
	{name: "T", ofGamma: true, draw: func(k random.KeyArray) jnp.Array { return of32.T(k, 3, draws) },
		cdf: distuv.StudentsT{Sigma: 1, Nu: 3}.CDF},
	{name: "GeneralizedNormal", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		return of32.GeneralizedNormal(k, 3, draws)
	}, cdf: symmetric(func(x float64) float64 { return mathext.GammaIncReg(1.0/3, x*x*x) })},
}

func maxwellCDF(x float64) float64 { return mathext.GammaIncReg(1.5, x*x/2) }

// equally are n whole numbers from low on, all with the same probability.
func equally(low, n float64) func(float64) float64 {
	return func(v float64) float64 {
		if v < low || v >= low+n {
			return 0
		}
		return 1 / n
	}
}

// shares are those of 0, 1, ...
func shares(p ...float64) func(float64) float64 {
	return func(v float64) float64 {
		if v < 0 || int(v) >= len(p) {
			return 0
		}
		return p[int(v)]
	}
}

var tenths = []float64{0.1, 0.2, 0.3, 0.4}

var discrete = []sampler{
	{name: "Bits", draw: func(k random.KeyArray) jnp.Array { return random.Dist{DType: jnp.Uint8}.Bits(k, draws) },
		mass: equally(0, 256)},
	{name: "Uniform, float16", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.Float16}.Uniform(k, draws).Mul(1 << 10)
	}, mass: equally(0, 1<<10)},
	{name: "Uniform, bfloat16", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.BFloat16}.Uniform(k, draws).Mul(1 << 7)
	}, mass: equally(0, 1<<7)},
	{name: "RandInt", draw: func(k random.KeyArray) jnp.Array { return random.RandInt(k, -3, 7, draws) },
		mass: equally(-3, 10)},
	{name: "RandInt, uint8", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{DType: jnp.Uint8}.RandInt(k, 3, 203, draws)
	}, mass: equally(3, 200)},
	{name: "Bernoulli", draw: func(k random.KeyArray) jnp.Array { return random.Bernoulli(k, 0.3, draws) },
		mass: shares(0.7, 0.3)},
	{name: "Bernoulli, high", draw: func(k random.KeyArray) jnp.Array {
		return random.Dist{Range: random.High}.Bernoulli(k, 0.3, draws)
	}, mass: shares(0.7, 0.3)},
	{name: "Rademacher", draw: func(k random.KeyArray) jnp.Array { return random.Rademacher(k, draws) },
		mass: func(v float64) float64 { return math.Abs(v) / 2 }},
	{name: "Geometric", draw: func(k random.KeyArray) jnp.Array { return random.Geometric(k, 0.2, draws) },
		mass: func(v float64) float64 {
			if v < 1 {
				return 0
			}
			return 0.2 * math.Pow(0.8, v-1)
		}},
	{name: "Poisson of 2", draw: func(k random.KeyArray) jnp.Array { return random.Poisson(k, 2, draws) },
		mass: distuv.Poisson{Lambda: 2}.Prob},
	{name: "Poisson of 40", draw: func(k random.KeyArray) jnp.Array { return random.Poisson(k, 40, draws) },
		mass: distuv.Poisson{Lambda: 40}.Prob},
	{name: "Binomial of 10", draw: func(k random.KeyArray) jnp.Array { return random.Binomial(k, 10, 0.3, draws) },
		mass: distuv.Binomial{N: 10, P: 0.3}.Prob},
	{name: "Binomial of 100", draw: func(k random.KeyArray) jnp.Array { return random.Binomial(k, 100, 0.6, draws) },
		mass: distuv.Binomial{N: 100, P: 0.6}.Prob},
	{name: "Categorical", draw: func(k random.KeyArray) jnp.Array {
		return random.Categorical(k, jnp.Log(jnp.AsArray(tenths)), draws)
	}, mass: shares(tenths...)},
	{name: "Choice", draw: func(k random.KeyArray) jnp.Array { return random.Choice(k, 10, draws) },
		mass: equally(0, 10)},
	{name: "Choice with P", draw: func(k random.KeyArray) jnp.Array {
		return random.Choosing{P: tenths}.Choice(k, 4, draws)
	}, mass: shares(tenths...)},
}

// orders are the probabilities of the first two of four elements, i and j, as 4i+j, where the next is always drawn with
// the probabilities p of those that are left.
func orders(p []float64) func(float64) float64 {
	return func(v float64) float64 {
		i, j := int(v)/4, int(v)%4
		if v < 0 || i > 3 || i == j {
			return 0
		}
		return p[i] * p[j] / (1 - p[i])
	}
}

// firstTwo numbers the first two of a few whole numbers below 4.
func firstTwo(x jnp.Array) jnp.Array { return x.Index(0).Mul(4).Add(x.Index(1)) }

// vectors are samplers of vectors and matrices, by something of them whose distribution is known.
var vectors = []sampler{
	{name: "Permutation", draw: each(draws/4, func(k random.KeyArray) jnp.Array {
		return firstTwo(random.Permutation(k, 4))
	}), mass: orders([]float64{0.25, 0.25, 0.25, 0.25})},
	{name: "Permutation, independent", draw: func(k random.KeyArray) jnp.Array {
		rows := jnp.BroadcastTo(jnp.Arange(4), draws/4, 4)
		x := random.Choosing{Axis: 1, Independent: true}.Permutation(k, rows)
		return firstTwo(x.T())
	}, mass: orders([]float64{0.25, 0.25, 0.25, 0.25})},
	{name: "Choice without replacement", draw: each(draws/4, func(k random.KeyArray) jnp.Array {
		return firstTwo(random.Choosing{WithoutReplacement: true}.Choice(k, 4, 3))
	}), mass: orders([]float64{0.25, 0.25, 0.25, 0.25})},
	{name: "Choice with P without replacement", draw: each(draws/4, func(k random.KeyArray) jnp.Array {
		return firstTwo(random.Choosing{WithoutReplacement: true, P: tenths}.Choice(k, 4, 2))
	}), mass: orders(tenths)},
	{name: "Multinomial", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		p := jnp.BroadcastTo(jnp.AsArray(tenths), draws/4, 4)
		return random.Multinomial(k, 12, p).Index(jnp.All, 1)
	}, mass: distuv.Binomial{N: 12, P: 0.2}.Prob},
	{name: "Dirichlet", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		return of32.Dirichlet(k, []float64{0.5, 1, 2}, draws/4).Index(jnp.All, 0)
	}, cdf: distuv.Beta{Alpha: 0.5, Beta: 3}.CDF},
	{name: "Ball", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		return of32.Ball(k, 3, 2, draws/4).Index(jnp.All, 1)
	}, cdf: func(x float64) float64 { return (2 + 3*x - x*x*x) / 4 }},
	{name: "Ball, radius", ofGamma: true, draw: func(k random.KeyArray) jnp.Array {
		x := of32.Ball(k, 3, 2, draws/4)
		return x.Mul(x).Sum(1)
	}, cdf: func(x float64) float64 { return math.Pow(x, 1.5) }},
	{name: "Orthogonal", draw: func(k random.KeyArray) jnp.Array { // a point of the sphere has a uniform height
		return of32.Orthogonal(k, 3, 3, draws/10).Index(jnp.All, 1, 2)
	}, cdf: uniformCDF(-1, 1)},
	multivariate("Cholesky", random.FactorCholesky), multivariate("Eigh", random.FactorEigh),
	multivariate("SVD", random.FactorSVD),
}

// multivariate is a sum of the elements of a vector, of known mean and variance.
func multivariate(name string, f random.Factor) sampler {
	o := random.Dist{DType: jnp.Float32, Factor: f}
	return sampler{name: fmt.Sprintf("MultivariateNormal by %s", name), draw: func(k random.KeyArray) jnp.Array {
		cov := [][]float64{{2, 0.5, -0.3}, {0.5, 1, 0}, {-0.3, 0, 3}}
		x := o.MultivariateNormal(k, []float64{1, 2, 3}, cov, draws/4)
		return x.MatMul(jnp.AsArray([]float64{1, -2, 0.5}))
	}, cdf: distuv.Normal{Mu: -1.5, Sigma: math.Sqrt(2 + 4 + 0.75 - 2 - 0.3)}.CDF}
}
