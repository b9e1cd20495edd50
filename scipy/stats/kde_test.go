package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
)

// The estimate's integrals against sums over a fine grid, its bandwidths against their definitions.
func TestGaussianKDE(t *testing.T) {
	gojax.WithX64(true, func() {
		equal := func(what string, want, got jnp.Array) {
			t.Helper()
			agree(t, what, jnp.ToSlice[float64](want), jnp.ToSlice[float64](got))
		}
		data := []float64{-1, 0, 0.5, 2, 2.5}
		weights := []float64{1, 2, 1, 3, 1}
		k := stats.KDE{Weights: weights, BWMethod: "silverman"}.NewGaussianKDE(jnp.FromSlice(data))
		other := stats.KDE{BWMethod: 0.7}.NewGaussianKDE(jnp.FromSlice([]float64{1, 1.5, 4}))
		grid := jnp.LinSpace(-15.0, 18.0, 6601)
		p := k.PDF(grid)
		sum := func(y jnp.Array) jnp.Array { return jnp.Trapezoid(y).Mul(33.0 / 6600) }
		equal("the whole", jnp.AsArray(1.0), sum(p))
		equal("LogPDF", jnp.Log(p).Index(jnp.S(3000, 4000)), k.LogPDF(grid).Index(jnp.S(3000, 4000)))
		normal := stats.Norm{Loc: 1, Scale: math.Sqrt2}.PDF(grid)
		equal("IntegrateGaussian", sum(p.Mul(normal)), k.IntegrateGaussian(1, 2))
		equal("IntegrateKDE", sum(p.Mul(other.PDF(grid))), k.IntegrateKDE(other))
		equal("IntegrateKDE the other way", k.IntegrateKDE(other), other.IntegrateKDE(k))
		half := jnp.Where(grid.Lt(0), p, 0.0)
		if d := k.IntegrateBox1D(math.Inf(-1), 0).Item() - sum(half).Item(); math.Abs(d) > 1e-3 {
			t.Errorf("IntegrateBox1D is off by %v", d)
		}
		neff := 64.0 / 16
		equal("Neff", jnp.AsArray(neff), k.Neff)
		cov := jnp.Covariance{Weights: jnp.FromSlice(weights)}.Cov(jnp.FromSlice(data))
		equal("silverman", cov.Mul(math.Pow(neff*3/4, -0.4)), k.Covariance)
		rule := func(k stats.GaussianKDE) jnp.Array { return jnp.Power(k.Neff.Mul(0.75), -0.2) }
		byHand := stats.KDE{Weights: weights, BWMethod: rule}
		equal("a function", k.Covariance, byHand.NewGaussianKDE(jnp.FromSlice(data)).Covariance)

		// In two coordinates: the mean of a normal density over the estimate, point by point.
		two := stats.NewGaussianKDE(jnp.AsArray([][]float64{{0, 1, 3, 2}, {1, -1, 0, 2}}))
		mean, s := []float64{1, 0.5}, jnp.FromSlice([]float64{2, 0.5, 0.5, 1}, 2, 2)
		d := stats.MultivariateNormal{Mean: mean, Cov: s.Add(two.Covariance)}
		equal("IntegrateGaussian of points", jnp.Mean(d.PDF(two.Dataset.T())), two.IntegrateGaussian(mean, s))
		each := stats.MultivariateNormal{Mean: jnp.ExpandDims(two.Dataset.T(), 1), Cov: two.Covariance.Mul(2)}
		equal("IntegrateKDE of points", jnp.Mean(each.PDF(two.Dataset.T())), two.IntegrateKDE(two))

		draws := two.Resample(random.Key(1), 40, 500)
		if s := draws.Shape(); len(s) != 3 || s[0] != 2 || s[1] != 40 || s[2] != 500 {
			t.Fatalf("Resample is of shape %v", s)
		}
		drawn, want := jnp.Cov(draws.Reshape(2, -1)), two.Covariance.Add(jnp.Covariance{Bias: true}.Cov(two.Dataset))
		if worst := jnp.Max(drawn.Sub(want).Abs()).Item(); worst > 0.1 {
			t.Errorf("the covariance of draws is %v, want %v", drawn, want)
		}
	})()
}

// An estimate is differentiated by its points, its weights and the place.
func TestGaussianKDEGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		checkGrads(t, func(a []jnp.Array) jnp.Array {
			k := stats.KDE{Weights: a[1]}.NewGaussianKDE(a[0].Reshape(2, 4))
			return k.LogPDF(a[2].Reshape(2, 2))
		}, [][]float64{{1, 2, 4, 3, 0, -1, 2, 2}, {1, 2, 1, 3}, {0.5, 1, 2, 1}})
	})()
}

// Estimates may be made inside of transformed functions, and go in and out of them.
func TestGaussianKDETransforms(t *testing.T) {
	x := jnp.FromSlice([]float32{1, 2, 4})
	kde := gojax.Jit(func(x jnp.Array) stats.GaussianKDE { return stats.NewGaussianKDE(x) })(x)
	got := gojax.Jit(func(k stats.GaussianKDE) jnp.Array { return k.Evaluate(1.5) })(kde)
	if want := stats.NewGaussianKDE(x).Evaluate(1.5).Index(0).Item(); math.Abs(got.Index(0).Item()-want) > 1e-6 {
		t.Errorf("an estimate that went through Jit: %v, want %v", got, want)
	}
}

func TestGaussianKDERefused(t *testing.T) {
	x := jnp.Zeros(3)
	kde := stats.NewGaussianKDE(jnp.AsArray([][]float32{{1, 2, 4}, {0, 2, 1}}))
	checkRefusals(t, "kde_test.go", []refusal{
		{func() { stats.NewGaussianKDE(jnp.AsArray(3.0)) }, []string{"stats.NewGaussianKDE", "more than one element"}},
		{func() { stats.NewGaussianKDE(jnp.FromSlice([]complex64{1, 2})) }, []string{"stats.NewGaussianKDE", "real"}},
		{func() { stats.KDE{Weights: x}.NewGaussianKDE(jnp.Zeros(2, 4)) },
			[]string{"stats.KDE.NewGaussianKDE", "4 points"}},
		{func() { stats.KDE{BWMethod: "wide"}.NewGaussianKDE(x) }, []string{"stats.KDE.NewGaussianKDE", `"wide"`}},
		{func() { stats.KDE{BWMethod: x}.NewGaussianKDE(x) }, []string{"stats.KDE.NewGaussianKDE", "scalar"}},
		{func() { stats.GaussianKDE{}.PDF(x) }, []string{"stats.GaussianKDE.PDF", "never set"}},
		{func() { kde.PDF(x) }, []string{"stats.GaussianKDE.PDF", "1 coordinates", "2"}},
		{func() { kde.IntegrateBox1D(0, 1) }, []string{"stats.GaussianKDE.IntegrateBox1D", "one coordinate"}},
		{func() { kde.IntegrateGaussian(x, jnp.Eye(3)) },
			[]string{"stats.GaussianKDE.IntegrateGaussian", "2 coordinates"}},
		{func() { kde.IntegrateKDE(stats.NewGaussianKDE(jnp.Arange(3))) },
			[]string{"stats.GaussianKDE.IntegrateKDE", "2 and of 1"}},
		{func() { kde.Resample(random.Key(1), -1) }, []string{"stats.GaussianKDE.Resample", "-1"}},
	})
}

// Far out the probability of an interval keeps its digits, on both sides.
func TestIntegrateBox1DFarOut(t *testing.T) {
	gojax.WithX64(true, func() {
		k := stats.NewGaussianKDE(jnp.FromSlice([]float64{1, 2, 4}))
		inf := math.Inf(1)
		for _, c := range []struct{ low, high, want float64 }{ // mpmath
			{20, inf, 1.0822061338484860537e-39}, {20, 21, 1.0821886587784361318e-39},
			{20, 19, -3.4593200761395422964e-35}, {-inf, -15, 1.082223608772939547e-39},
			{5, 6, 0.054378231607919956973}, {0, 1, 0.15173926012636675113}, {-inf, inf, 1},
		} {
			integral := func(low, high jnp.Array) jnp.Array { return k.IntegrateBox1D(low, high) }
			for how, f := range map[string]func(low, high jnp.Array) jnp.Array{
				"eager": integral, "jitted": gojax.Jit(integral),
			} {
				got := f(jnp.AsArray(c.low), jnp.AsArray(c.high)).Item()
				if !(math.Abs(got-c.want) <= 1e-12*math.Abs(c.want)) {
					t.Errorf("from %v to %v, %s: %v, want %v", c.low, c.high, how, got, c.want)
				}
			}
		}
		slope := gojax.Grad(func(low jnp.Array) jnp.Array { return k.IntegrateBox1D(low, inf) })
		if got, want := slope(jnp.AsArray(20.0)).Item(), -k.PDF(20.0).Item(); !(math.Abs(got/want-1) < 1e-12) {
			t.Errorf("the slope at 20 is %v, want %v", got, want)
		}
	})()
}
