package stats_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
)

// The densities' derivatives by the operand and by every parameter.
func TestGradients(t *testing.T) {
	type arrays = []jnp.Array
	for name, row := range map[string]struct {
		f func(a arrays) jnp.Array
		p [][]float64
	}{
		"Norm":        {func(a arrays) jnp.Array { return stats.Norm{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Norm.CDF":    {func(a arrays) jnp.Array { return stats.Norm{Loc: a[1], Scale: a[2]}.LogCDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Norm.PPF":    {func(a arrays) jnp.Array { return stats.Norm{Loc: a[1], Scale: a[2]}.PPF(a[0]) }, [][]float64{{0.2, 0.4, 0.9}, {0.5}, {1.5}}},
		"Expon":       {func(a arrays) jnp.Array { return stats.Expon{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{1, 2, 3}, {0.5}, {1.5}}},
		"Cauchy":      {func(a arrays) jnp.Array { return stats.Cauchy{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Laplace":     {func(a arrays) jnp.Array { return stats.Laplace{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Logistic":    {func(a arrays) jnp.Array { return stats.Logistic{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"GumbelR":     {func(a arrays) jnp.Array { return stats.GumbelR{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"GumbelL":     {func(a arrays) jnp.Array { return stats.GumbelL{Loc: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {0.5}, {1.5}}},
		"Gamma":       {func(a arrays) jnp.Array { return stats.Gamma{A: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{0.5, 1, 3}, {2.5}, {1.5}}},
		"Gamma.CDF":   {func(a arrays) jnp.Array { return stats.Gamma{A: a[1], Scale: a[2]}.CDF(a[0]) }, [][]float64{{0.5, 1, 3}, {2.5}, {1.5}}},
		"Chi2":        {func(a arrays) jnp.Array { return stats.Chi2{DF: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{0.5, 1, 3}, {2.5}, {1.5}}},
		"Beta":        {func(a arrays) jnp.Array { return stats.Beta{A: a[1], B: a[2]}.LogPDF(a[0]) }, [][]float64{{0.2, 0.5, 0.7}, {2.5}, {1.5}}},
		"T":           {func(a arrays) jnp.Array { return stats.T{DF: a[1], Loc: a[2], Scale: a[3]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {3.5}, {0.5}, {1.5}}},
		"Pareto":      {func(a arrays) jnp.Array { return stats.Pareto{B: a[1], Scale: a[2]}.LogPDF(a[0]) }, [][]float64{{2, 3, 4}, {2.5}, {1.5}}},
		"TruncNorm":   {func(a arrays) jnp.Array { return stats.TruncNorm{A: a[1], B: a[2], Loc: a[3]}.LogPDF(a[0]) }, [][]float64{{0.2, 0.5, 0.7}, {-1.5}, {2.5}, {0.3}}},
		"GenNorm":     {func(a arrays) jnp.Array { return stats.GenNorm{Beta: a[1]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {1.5}}},
		"VonMises":    {func(a arrays) jnp.Array { return stats.VonMises{Kappa: a[1]}.LogPDF(a[0]) }, [][]float64{{-1, 0.4, 3}, {1.5}}},
		"WrapCauchy":  {func(a arrays) jnp.Array { return stats.WrapCauchy{C: a[1]}.LogPDF(a[0]) }, [][]float64{{1, 0.4, 3}, {0.3}}},
		"Poisson":     {func(a arrays) jnp.Array { return stats.Poisson{Mu: a[0]}.LogPMF(jnp.Arange(4)) }, [][]float64{{1.5}}},
		"Entropy":     {func(a arrays) jnp.Array { return stats.Poisson{Mu: a[0]}.Entropy() }, [][]float64{{1.5, 30, 200}}},
		"Bernoulli":   {func(a arrays) jnp.Array { return stats.Bernoulli{P: a[0]}.LogPMF(jnp.Arange(2)) }, [][]float64{{0.3}}},
		"Binom":       {func(a arrays) jnp.Array { return stats.Binom{N: 5, P: a[0]}.LogPMF(jnp.Arange(4)) }, [][]float64{{0.3}}},
		"Geom":        {func(a arrays) jnp.Array { return stats.Geom{P: a[0]}.LogPMF(jnp.Arange(1, 4)) }, [][]float64{{0.3}}},
		"NBinom":      {func(a arrays) jnp.Array { return stats.NBinom{N: a[1], P: a[0]}.LogPMF(jnp.Arange(4)) }, [][]float64{{0.3}, {2.5}}},
		"BetaBinom":   {func(a arrays) jnp.Array { return stats.BetaBinom{N: 5, A: a[0], B: a[1]}.LogPMF(jnp.Arange(4)) }, [][]float64{{1.5}, {2.5}}},
		"Multinomial": {func(a arrays) jnp.Array { return stats.Multinomial{N: 6, P: a[0]}.LogPMF([]int{1, 2, 3}) }, [][]float64{{0.2, 0.3, 0.5}}},
		"Dirichlet":   {func(a arrays) jnp.Array { return stats.Dirichlet{Alpha: a[1]}.LogPDF(a[0]) }, [][]float64{{0.2, 0.3}, {1, 2, 3}}},
		"MultivariateNormal": {func(a arrays) jnp.Array {
			l := a[2].Reshape(2, 2)
			return stats.MultivariateNormal{Mean: a[1], Cov: l.MatMul(l.T())}.LogPDF(a[0].Reshape(3, 2))
		}, [][]float64{{1, 2, 3, 4, 5, 6}, {0.5, 1}, {1, 0, 0.5, 2}}},
		"GaussianKDE": {func(a arrays) jnp.Array {
			k := stats.KDE{Weights: a[1]}.NewGaussianKDE(a[0].Reshape(2, 4))
			return k.LogPDF(a[2].Reshape(2, 2))
		}, [][]float64{{1, 2, 4, 3, 0, -1, 2, 2}, {1, 2, 1, 3}, {0.5, 1, 2, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(true, func() {
				var a arrays
				for _, p := range row.p {
					x := jnp.FromSlice(p)
					if len(p) == 1 {
						x = x.Reshape()
					}
					a = append(a, x)
				}
				var o []gojax.CheckOption
				if name == "Entropy" { // as in JAX, forward mode meets 0·log(0) in the terms left out
					o = append(o, gojax.CheckReverseOnly())
				}
				if err := gojax.CheckGrads(row.f, a, 1, o...); err != nil {
					t.Error(err)
				}
			})()
		})
	}
}

// Derivatives at the edges of the support and beyond are JAX's.
func TestGradientsAtEdges(t *testing.T) {
	inf := math.Inf(1)
	for _, row := range []struct {
		name    string
		f       func(x any) jnp.Array
		x, want []float64
	}{
		{"Expon.LogPDF", stats.Expon{}.LogPDF, []float64{-1, 0, 1}, []float64{0, -1, -1}},
		{"Expon.PPF", stats.Expon{}.PPF, []float64{-0.5, 0, 0.5, 1}, []float64{0, 1, 2, inf}},
		{"Uniform.LogPDF", stats.Uniform{}.LogPDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, 0, 0, 0, 0}},
		{"Uniform.CDF", stats.Uniform{}.CDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, 1, 1, 1, 0}},
		{"Gamma.LogPDF", stats.Gamma{A: 2.5}.LogPDF, []float64{-1, 0, 1}, []float64{0, inf, 0.5}},
		{"Gamma.CDF", stats.Gamma{A: 2.5}.CDF, []float64{-1, 0, 1}, []float64{0, 0, 0.27673}},
		{"Beta.LogPDF", stats.Beta{A: 2, B: 2}.LogPDF, []float64{-1, 0, 0.5, 1, 2}, []float64{0, inf, 0, -inf, 0}},
		{"Pareto.LogPDF", stats.Pareto{B: 2}.LogPDF, []float64{0.5, 1, 2}, []float64{0, -3, -1.5}},
		{"Chi2.LogPDF", stats.Chi2{DF: 3}.LogPDF, []float64{-1, 1}, []float64{0, 0}},
		{"Laplace.LogPDF", stats.Laplace{}.LogPDF, []float64{-1, 0, 1}, []float64{1, -1, -1}},
	} {
		got := jnp.ToSlice[float32](gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(row.f(x)) })(jnp.FromSlice(float32s(row.x))))
		for i, w := range row.want {
			g := float64(got[i])
			if g != w && !(g != g && w != w) && !(math.Abs(g-w) <= 1e-4) {
				t.Errorf("%s: the derivative at %v is %v, want %v", row.name, row.x[i], g, w)
			}
		}
	}
}

func float32s(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

// What is refused says which method, which parameter and which shapes.
func TestErrors(t *testing.T) {
	x := jnp.Zeros(3)
	kde := stats.NewGaussianKDE(jnp.Asarray([][]float32{{1, 2, 4}, {0, 2, 1}}))
	for _, row := range []struct {
		f    func()
		want []string
	}{
		{func() { stats.Gamma{}.LogPDF(x) }, []string{"stats.Gamma.LogPDF", "parameter A is not set"}},
		{func() { stats.Poisson{}.Entropy() }, []string{"stats.Poisson.Entropy", "parameter Mu is not set"}},
		{func() { stats.Norm{}.CDF(nil) }, []string{"stats.Norm.CDF", "operand is nil"}},
		{func() { stats.Multinomial{N: 1 << 40, P: x}.PMF([]int32{1, 2, 3}) }, []string{"stats.Multinomial.PMF", "does not fit int32"}},
		{func() { stats.Norm{}.CDF("1") }, []string{"stats.Norm.CDF"}},
		{func() { stats.Norm{Loc: jnp.Zeros(4)}.PDF(x) }, []string{"stats.Norm.PDF", "[3]", "[4]"}},
		{func() { stats.Norm{Loc: jnp.Zeros(4)}.PPF(x) }, []string{"[3]", "[4]"}},
		{func() { stats.Norm{}.PPF(jnp.Arange(3)) }, []string{"stats.Norm.PPF", "not int32"}},
		{func() { stats.Norm{}.CDF(x.AsType(jnp.Float16)) }, []string{"float16"}},
		{func() { stats.Norm{}.PDF(jnp.Array{}) }, []string{"never set"}},
		{func() { stats.Bernoulli{P: 0.5, Loc: 1}.CDF(x) }, []string{"stats.Bernoulli.CDF", "no Loc"}},
		{func() { stats.Dirichlet{Alpha: jnp.Ones(2, 1)}.PDF(x) }, []string{"stats.Dirichlet.PDF", "[2,1]"}},
		{func() { stats.Dirichlet{Alpha: jnp.Ones(5)}.PDF(x) }, []string{"stats.Dirichlet.PDF", "[3]", "5 or 4"}},
		{func() { stats.Multinomial{N: 3, P: x}.PMF(x) }, []string{"stats.Multinomial.PMF", "must be integers"}},
		{func() { stats.MultivariateNormal{Mean: x, Cov: jnp.Eye(2)}.PDF(x) }, []string{"stats.MultivariateNormal.PDF", "[2,2]", "3"}},
		{func() { stats.MultivariateNormal{Mean: x, Cov: jnp.Eye(3)}.PDF(jnp.Zeros(2)) }, []string{"stats.MultivariateNormal.PDF", "broadcast"}},
		{func() { stats.NewGaussianKDE(jnp.Asarray(3.0)) }, []string{"stats.NewGaussianKDE", "more than one element"}},
		{func() { stats.NewGaussianKDE(jnp.FromSlice([]complex64{1, 2})) }, []string{"stats.NewGaussianKDE", "real"}},
		{func() { stats.KDE{Weights: x}.NewGaussianKDE(jnp.Zeros(2, 4)) }, []string{"stats.NewGaussianKDE", "4 points"}},
		{func() { stats.KDE{BWMethod: "wide"}.NewGaussianKDE(x) }, []string{"stats.NewGaussianKDE", `"wide"`}},
		{func() { stats.KDE{BWMethod: x}.NewGaussianKDE(x) }, []string{"stats.NewGaussianKDE", "scalar"}},
		{func() { stats.GaussianKDE{}.PDF(x) }, []string{"never set"}},
		{func() { kde.PDF(x) }, []string{"stats.GaussianKDE.PDF", "1 coordinates", "2"}},
		{func() { kde.IntegrateBox1D(0, 1) }, []string{"stats.GaussianKDE.IntegrateBox1D", "one coordinate"}},
		{func() { kde.IntegrateGaussian(x, jnp.Eye(3)) }, []string{"stats.GaussianKDE.IntegrateGaussian", "2 coordinates"}},
		{func() { kde.IntegrateKDE(stats.NewGaussianKDE(jnp.Arange(3))) }, []string{"stats.GaussianKDE.IntegrateKDE", "2 and of 1"}},
		{func() { stats.Mode(x, 1) }, []string{"stats.Mode", "axis 1"}},
		{func() { stats.Mode(x, 0, 0) }, []string{"stats.Mode", "one axis"}},
		{func() { stats.Modes{Flat: true}.Mode(x, 0) }, []string{"stats.Mode", "Flat"}},
		{func() { stats.Modes{NaNPolicy: stats.Omit}.Mode(x) }, []string{"stats.Mode", `"omit"`}},
		{func() { stats.StandardErrors{NaNPolicy: "drop"}.SEM(x) }, []string{"stats.SEM", `"drop"`}},
		{func() { stats.Ranking{Method: "best"}.RankData(x) }, []string{"stats.RankData", `"best"`}},
	} {
		err := gojax.Try(row.f)
		if err == nil {
			t.Errorf("no error; want one with %q", row.want)
			continue
		}
		for _, w := range append(row.want, "stats_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("the error lacks %q: %v", w, err)
			}
		}
	}
}

// Called eagerly, a method is one program, whatever the Go numbers.
func TestOneProgram(t *testing.T) {
	x := jnp.FromSlice([]float32{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7})
	before := gojax.Compilations()
	stats.TruncNorm{A: -1.0, B: 2.0, Scale: 3}.LogCDF(x)
	if n := gojax.Compilations() - before; n > 1 {
		t.Errorf("%d compilations for one method", n)
	}
	before = gojax.Compilations()
	stats.TruncNorm{A: -1.5, B: 2.5, Scale: 4}.LogCDF(x)
	if n := gojax.Compilations() - before; n != 0 {
		t.Errorf("%d compilations for other numbers", n)
	}
}

// Distributions and estimates may be made inside of transformed functions, and go in and out of them.
func TestTransforms(t *testing.T) {
	x := jnp.FromSlice([]float32{1, 2, 4})
	nll := func(d stats.Norm) jnp.Array { return jnp.Sum(d.LogPDF(x)).Neg() }
	g := gojax.Grad(nll)(stats.Norm{Loc: jnp.Asarray(float32(0)), Scale: jnp.Asarray(float32(1))})
	if loc, scale := g.Loc.(jnp.Array).Item(), g.Scale.(jnp.Array).Item(); loc != -7 || scale != -18 {
		t.Errorf("the gradient by the parameters is %v, %v", loc, scale)
	}
	step := gojax.Jit(gojax.Grad(func(mu jnp.Array) jnp.Array { return jnp.Sum(stats.Norm{Loc: mu, Scale: 2}.LogPDF(x)) }))
	if got := step(jnp.Asarray(float32(0))).Item(); got != 7.0/4 {
		t.Errorf("the jitted gradient by the mean is %v", got)
	}
	each := gojax.Vmap(func(mu jnp.Array) jnp.Array { return stats.Norm{Loc: mu}.CDF(0.0) })(x)
	if got, want := each.Index(1).Item(), (stats.Norm{Loc: x}.CDF(0.0)).Index(1).Item(); math.Abs(got-want) > 1e-7 {
		t.Errorf("mapped over the means: %v, want %v", got, want)
	}
	kde := gojax.Jit(func(x jnp.Array) stats.GaussianKDE { return stats.NewGaussianKDE(x) })(x)
	got := gojax.Jit(func(k stats.GaussianKDE) jnp.Array { return k.Evaluate(1.5) })(kde)
	if want := stats.NewGaussianKDE(x).Evaluate(1.5).Index(0).Item(); math.Abs(got.Index(0).Item()-want) > 1e-6 {
		t.Errorf("an estimate that went through Jit: %v, want %v", got, want)
	}
}

// The estimate's integrals against sums over a fine grid, its bandwidths against their definitions.
func TestGaussianKDE(t *testing.T) {
	gojax.WithX64(true, func() {
		data := []float64{-1, 0, 0.5, 2, 2.5}
		weights := []float64{1, 2, 1, 3, 1}
		k := stats.KDE{Weights: weights, BWMethod: "silverman"}.NewGaussianKDE(jnp.FromSlice(data))
		other := stats.KDE{BWMethod: 0.7}.NewGaussianKDE(jnp.FromSlice([]float64{1, 1.5, 4}))
		grid := jnp.Linspace(-15.0, 18.0, 6601)
		p := k.PDF(grid)
		sum := func(y jnp.Array) jnp.Array { return jnp.Trapezoid(y).Mul(33.0 / 6600) }
		agree(t, "the whole", jnp.Asarray(1.0), sum(p))
		agree(t, "LogPDF", jnp.Log(p).Index(jnp.S(3000, 4000)), k.LogPDF(grid).Index(jnp.S(3000, 4000)))
		agree(t, "IntegrateGaussian", sum(p.Mul(stats.Norm{Loc: 1, Scale: math.Sqrt2}.PDF(grid))), k.IntegrateGaussian(1, 2))
		agree(t, "IntegrateKDE", sum(p.Mul(other.PDF(grid))), k.IntegrateKDE(other))
		agree(t, "IntegrateKDE the other way", k.IntegrateKDE(other), other.IntegrateKDE(k))
		half := jnp.Where(grid.Lt(0), p, 0.0)
		if d := k.IntegrateBox1D(math.Inf(-1), 0).Item() - sum(half).Item(); math.Abs(d) > 1e-3 {
			t.Errorf("IntegrateBox1D is off by %v", d)
		}
		neff := 64.0 / 16
		agree(t, "Neff", jnp.Asarray(neff), k.Neff)
		cov := jnp.Covariance{Weights: jnp.FromSlice(weights)}.Cov(jnp.FromSlice(data))
		agree(t, "silverman", cov.Mul(math.Pow(neff*3/4, -0.4)), k.Covariance)
		byHand := stats.KDE{Weights: weights, BWMethod: func(k stats.GaussianKDE) jnp.Array { return jnp.Power(k.Neff.Mul(0.75), -0.2) }}
		agree(t, "a function", k.Covariance, byHand.NewGaussianKDE(jnp.FromSlice(data)).Covariance)

		// In two coordinates: the mean of a normal density over the estimate, point by point.
		two := stats.NewGaussianKDE(jnp.Asarray([][]float64{{0, 1, 3, 2}, {1, -1, 0, 2}}))
		mean, s := []float64{1, 0.5}, jnp.FromSlice([]float64{2, 0.5, 0.5, 1}, 2, 2)
		d := stats.MultivariateNormal{Mean: mean, Cov: s.Add(two.Covariance)}
		agree(t, "IntegrateGaussian of points", jnp.Mean(d.PDF(two.Dataset.T())), two.IntegrateGaussian(mean, s))
		each := stats.MultivariateNormal{Mean: jnp.ExpandDims(two.Dataset.T(), 1), Cov: two.Covariance.Mul(2)}
		agree(t, "IntegrateKDE of points", jnp.Mean(each.PDF(two.Dataset.T())), two.IntegrateKDE(two))

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
