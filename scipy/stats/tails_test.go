package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// truth is a value of a function of one number.
type truth struct {
	name    string
	f       func(x any) jnp.Array
	x, want float64
}

// checkTruth compares the values in 64 bits, within a relative error.
func checkTruth(t *testing.T, within float64, rows []truth) {
	t.Helper()
	gojax.WithX64(true, func() {
		for _, r := range rows {
			y := r.f(jnp.FromSlice([]float64{r.x, r.x})).Index(1).Item()
			if !same(y, r.want) && !(math.Abs(y-r.want) <= within*math.Abs(r.want)) {
				t.Errorf("%s(%v) is %v, want %v", r.name, r.x, y, r.want)
			}
		}
	})()
}

// Logarithms of probabilities that underflow, or that are so close to 1 that the logarithm does, are numbers; and
// probabilities and quantiles are, as far out as they can be told. The references are mpmath's.
func TestFarTails(t *testing.T) {
	right := stats.TruncNorm{A: 0, B: inf}
	checkTruth(t, 1e-12, []truth{
		{"Gamma.LogCDF", stats.Gamma{A: 2}.LogCDF, 60, -5.34147156524488e-25},
		{"Gamma.LogCDF", stats.Gamma{A: 2}.LogCDF, 1e-200, -921.72718437751361},
		{"Gamma.LogSF", stats.Gamma{A: 2}.LogSF, 1000, -993.0912452203545},
		{"Gamma.LogSF", stats.Gamma{A: 1e6}.LogSF, 1.1e6, -4695.3444144485314},
		{"Gamma.LogCDF", stats.Gamma{A: 1e6}.LogCDF, 9e5, -5366.039856607687},
		{"Chi2.LogSF", stats.Chi2{DF: 2}.LogSF, 5000, -2500},
		{"Chi2.LogCDF", stats.Chi2{DF: 2}.LogCDF, 1e-300, -691.46867507877365},
		{"Beta.LogCDF", stats.Beta{A: 30, B: 4}.LogCDF, 1e-20, -1372.9465845969041},
		{"Beta.LogSF", stats.Beta{A: 4, B: 1000}.LogSF, 0.75, -1368.218908790994},
		{"Expon.LogCDF", stats.Expon{}.LogCDF, 1e-300, -690.77552789821371},
		{"Expon.LogCDF", stats.Expon{}.LogCDF, 100, -3.7200759760208361e-44},
		{"Logistic.LogCDF", stats.Logistic{}.LogCDF, -1e4, -1e4},
		{"Logistic.LogSF", stats.Logistic{}.LogSF, -100, -3.7200759760208361e-44},
		{"Laplace.LogSF", stats.Laplace{}.LogSF, -100, -1.860037988010418e-44},
		{"Poisson.LogCDF", stats.Poisson{Mu: 1e4}.LogCDF, 1, -9990.7895596330235},
		{"Poisson.LogSF", stats.Poisson{Mu: 1e-3}.LogSF, 120, -1298.4475590869591},
		{"Poisson.CDF", stats.Poisson{Mu: 3}.CDF, inf, 1},
		{"GenNorm.LogSF", stats.GenNorm{Beta: 2}.LogSF, 40, -1604.9547038338335},
		{"GenNorm.LogSF", stats.GenNorm{Beta: 100}.LogSF, 1e4, -inf},
		{"GenNorm.LogSF", stats.GenNorm{Beta: 20}.LogSF, 100, -1e40},
		{"GenNorm.LogCDF", stats.GenNorm{Beta: 50}.LogCDF, -1e8, -inf},
		{"NBinom.PMF", stats.NBinom{N: 3.5, P: 1e-5}.PMF, 1e300, 0},
		{"GumbelL.LogCDF", stats.GumbelL{}.LogCDF, -800, -800},
		{"GumbelR.SF", stats.GumbelR{}.SF, 60, 8.7565107626965203e-27},
		{"GumbelR.LogSF", stats.GumbelR{}.LogSF, 1e5, -1e5},
		{"GumbelR.PPF", stats.GumbelR{}.PPF, 0, -inf},
		{"GumbelR.PPF", stats.GumbelR{}.PPF, 1, inf},
		{"Norm.ISF", stats.Norm{}.ISF, 1e-300, 37.047096299361199},
		{"Cauchy.PPF", stats.Cauchy{}.PPF, 0, -inf},
		{"Cauchy.PPF", stats.Cauchy{}.PPF, -0.1, nan},
		{"Cauchy.PPF", stats.Cauchy{}.PPF, 1e-300, -3.1830988618379066e299},
		{"Cauchy.LogCDF", stats.Cauchy{}.LogCDF, -1e300, -691.92025778406311},
		{"Cauchy.LogCDF", stats.Cauchy{}.LogCDF, -1e308, -710.34093852801547},
		{"TruncNorm.LogCDF", stats.TruncNorm{A: -inf, B: -30}.LogCDF, -40, -350.28719805741059},
		{"TruncNorm.CDF", stats.TruncNorm{A: 40, B: 41}.CDF, 40.0625, 0.91820281613644039},
		{"TruncNorm.SF", right.SF, 1e300, 0},
		{"TruncNorm.LogSF", right.LogSF, 1e154, -5e307},
		{"TruncNorm.LogSF", right.LogSF, 1e160, -inf},
		{"TruncNorm.LogSF", stats.TruncNorm{A: 0, B: inf, Scale: 1e-150}.LogSF, 1, -5e299},
		{"TruncNorm.SF", stats.TruncNorm{A: 0, B: inf, Scale: 1e-200}.SF, 1, 0},
		{"TruncNorm.LogCDF", stats.TruncNorm{A: -inf, B: 0}.LogCDF, -1e154, -5e307},
		{"TruncNorm.LogCDF", stats.TruncNorm{A: -inf, B: 0}.LogCDF, -1e160, -inf},
		{"TruncNorm.LogCDF", stats.TruncNorm{A: 1e160, B: 2e160}.LogCDF, 1.5e160, 0},
		{"TruncNorm.PDF", stats.TruncNorm{A: 1e160, B: 2e160}.PDF, 1e160, 1e160},
		{"TruncNorm.CDF", stats.TruncNorm{A: 3e4, B: inf}.CDF, 30000.0001, 0.95021293370757576},
		{"TruncNorm.LogSF'", slopeOf(right.LogSF), 1e160, -1e160},
		{"TruncNorm.LogSF''", slopeOf(slopeOf(right.LogSF)), 1e160, -1},
		{"TruncNorm.LogPDF'", slopeOf(right.LogPDF), 1e160, -1e160},
		{"TruncNorm.CDF'", slopeOf(right.CDF), 1e160, 0},
		{"TruncNorm.CDF''", slopeOf(slopeOf(right.CDF)), 1e160, 0},
		{"TruncNorm.LogCDF''", slopeOf(slopeOf(stats.TruncNorm{A: 0, B: inf, Scale: 1e-200}.LogCDF)), 1, 0},
		{"Norm.LogSF''", slopeOf(slopeOf(stats.Norm{}.LogSF)), 1e170, -1},
		{"Norm.LogCDF''", slopeOf(slopeOf(stats.Norm{}.LogCDF)), -1e170, -1},
		{"Norm.PPF", stats.Norm{}.PPF, 5e-324, -38.467405617144345},
		{"Logistic.PPF", stats.Logistic{}.PPF, 5e-324, -744.44007192138126},
		{"Pareto.LogCDF", stats.Pareto{B: 2}.LogCDF, 1e100, -1e-200},
		{"Poisson.PMF", stats.Poisson{Mu: inf}.PMF, 1, 0},
		{"Poisson.LogCDF", stats.Poisson{Mu: inf}.LogCDF, 1, -inf},
		{"Gamma.LogCDF", stats.Gamma{A: inf}.LogCDF, 1, -inf},
		{"Gamma.SF", stats.Gamma{A: inf}.SF, 1, 1},
		{"Chi2.LogCDF", stats.Chi2{DF: inf}.LogCDF, 1, -inf},
		{"Beta.LogCDF", stats.Beta{A: inf, B: 2}.LogCDF, 0.5, -inf},
		{"Beta.LogSF", stats.Beta{A: 2, B: inf}.LogSF, 0.5, -inf},
		{"Pareto.CDF", stats.Pareto{B: inf}.CDF, 1, 0},
		{"Pareto.LogSF", stats.Pareto{B: inf}.LogSF, 1, 0},
		{"Pareto.PDF", stats.Pareto{B: inf}.PDF, 2, 0},
		{"Bernoulli.PPF", stats.Bernoulli{P: 0.25}.PPF, 0, -1},
		{"Bernoulli.ISF", stats.Bernoulli{P: 0.25}.ISF, 1, -1},
		{"Bernoulli.LogCDF", stats.Bernoulli{P: 1e-20}.LogCDF, 0, -1e-20},
		{"Bernoulli.SF", stats.Bernoulli{P: 1e-20}.SF, 0, 1e-20},
	})
}

// slopeOf is the derivative of an elementwise function.
func slopeOf(f func(x any) jnp.Array) func(x any) jnp.Array {
	return func(x any) jnp.Array {
		return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(x.(jnp.Array))
	}
}

// The derivatives of probabilities by the operand are densities, also where formulas change.
func TestSlopesOfProbabilities(t *testing.T) {
	gojax.WithX64(true, func() {
		for name, of := range map[string]any{"Norm": stats.Norm{}, "Laplace": stats.Laplace{}, "Cauchy": stats.Cauchy{},
			"Logistic": stats.Logistic{}, "GumbelL": stats.GumbelL{}, "GumbelR": stats.GumbelR{},
			"GenNorm": stats.GenNorm{Beta: 2}, "TruncNorm": stats.TruncNorm{A: -inf, B: inf}} {
			x := jnp.FromSlice([]float64{-800, -20, -1, 0, 1, 5, 800})
			pdf := jnp.ToSlice[float64](methodOf(of, "PDF")(x))
			for method, sign := range map[string]float64{"CDF": 1, "SF": -1} {
				f := methodOf(of, method)
				slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })
				for i, got := range jnp.ToSlice[float64](slope(x)) {
					if want := sign * pdf[i]; !(math.Abs(got-want) <= 1e-11*math.Abs(want)+1e-300) {
						t.Errorf("the derivative of %s.%s at %v is %v, want %v", name, method, x.Index(i), got, want)
					}
				}
			}
		}
	})()
}

// Densities and tails have derivatives of 0 where there is nothing of the distribution, however far out.
func TestSlopesFarOut(t *testing.T) {
	for _, d := range []jnp.DType{jnp.Float32, jnp.Float64} {
		gojax.WithX64(d == jnp.Float64, func() {
			x := jnp.FromSlice([]float64{1e5, 1e8, 5e9, 9.999672e9, 1e10, 1e15, 1e20, 3e38}).AsType(d)
			for name, f := range map[string]func(x jnp.Array) jnp.Array{
				"Norm.PDF":    func(x jnp.Array) jnp.Array { return stats.Norm{Loc: -1, Scale: 1}.PDF(x) },
				"GenNorm.SF":  func(x jnp.Array) jnp.Array { return stats.GenNorm{Beta: 20}.SF(x) },
				"GenNorm.PDF": func(x jnp.Array) jnp.Array { return stats.GenNorm{Beta: 20}.PDF(x) },
			} {
				forward := func(x jnp.Array) jnp.Array {
					_, dx := gojax.JVP(f, x, jnp.OnesLike(x))
					return dx
				}
				slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })
				for mode, y := range map[string]jnp.Array{"": f(x), "' forward": forward(x), "'": slope(x)} {
					if jnp.Any(y.Ne(0)).Item() != 0 {
						t.Errorf("%s%s in %v at %v is %v, want 0", name, mode, d, x, y)
					}
				}
			}
		})()
	}
}

// Derivatives by shapes have derivatives in both modes.
func TestSecondByShapes(t *testing.T) {
	gojax.WithX64(true, func() {
		f := func(df jnp.Array) jnp.Array { return jnp.Sum(stats.Chi2{DF: df}.LogSF(1.5)) }
		if got := gojax.Grad(gojax.Grad(f))(jnp.AsArray(2.0)).Item(); !(math.Abs(got+0.35298946361610279) <= 1e-12) {
			t.Errorf("the second derivative of Chi2.LogSF by DF is %v", got)
		}
	})()
}
