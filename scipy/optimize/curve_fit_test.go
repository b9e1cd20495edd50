package optimize_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// models are those of testdata.
var models = map[string]func(x, p array) array{
	"decay": decaying, "weighted": decaying, "correlated": decaying,
	"peak": func(x, p array) array {
		return p.Index(0).Mul(jnp.Exp(jnp.Square(x.Sub(p.Index(1)).Div(p.Index(2))).Mul(-0.5)))
	},
	"scaled": func(x, p array) array {
		return p.Index(0).Mul(jnp.Sub(1, jnp.Exp(p.Index(1).Neg().Mul(x).Mul(150))))
	},
}

func decaying(x, p array) array {
	return p.Index(0).Mul(jnp.Exp(p.Index(1).Neg().Mul(x))).Add(p.Index(2))
}

func TestCurveFitFindsSciPys(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice(figures(t, "data")[0].X)
		for _, w := range figures(t, "fit") {
			o := optimize.CurveFitOptions{AbsoluteSigma: w.Name == "correlated"}
			switch n := x.Len(); len(w.Sigma) {
			case 0:
			case n:
				o.Sigma = jnp.FromSlice(w.Sigma)
			default:
				o.Sigma = jnp.FromSlice(w.Sigma, n, n)
			}
			o.GTol, o.FTol, o.XTol = 1e-14, 1e-14, 1e-14
			r := optimize.CurveFit(models[w.Name], x, jnp.FromSlice(w.Y), jnp.FromSlice(w.P0), o)
			near(t, w.Name, r.X, w.P, 1e-7)
			n := len(w.P)
			for i, c := range jnp.ToSlice[float64](jnp.Ravel(r.Cov)) {
				size := math.Sqrt(w.Cov[i/n*(n+1)] * w.Cov[i%n*(n+1)]) // of the two variances
				if !(math.Abs(c-w.Cov[i]) <= 1e-5*size) {
					t.Errorf("%s: the covariances are %v, want %v", w.Name, r.Cov, w.Cov)
					break
				}
			}
		}
	})()
}

type line struct{ Slope, At0 array }

// A line through data has parameters that are linear in them.
func TestCurveFitIsDifferentiated(t *testing.T) {
	x := jnp.FromSlice([]float32{0, 1, 2})
	fit := func(y array) optimize.CurveFitResult[line] {
		model := func(x array, p line) array { return p.Slope.Mul(x).Add(p.At0) }
		return optimize.CurveFit(model, x, y, line{jnp.AsArray(1.0), jnp.AsArray(0.0)})
	}
	y := jnp.FromSlice([]float32{1, 2, 4})
	r := gojax.Jit(fit)(y)
	near(t, "the slope", r.X.Slope, []float64{1.5}, 1e-4)
	near(t, "the value at 0", r.X.At0, []float64{5. / 6}, 1e-4)
	near(t, "the covariances", jnp.Ravel(r.Cov), []float64{1. / 12, -1. / 12, -1. / 12, 5. / 36}, 1e-4)
	near(t, "d slope/dy", gojax.Grad(func(y array) array { return fit(y).X.Slope })(y), []float64{-.5, 0, .5}, 1e-4)
	near(t, "d variance/dy", gojax.Grad(func(y array) array { return fit(y).Cov.Index(0, 0) })(y),
		[]float64{1. / 6, -1. / 3, 1. / 6}, 1e-3)
	exact := optimize.CurveFit(func(x array, p line) array { return p.Slope.Mul(x).Add(p.At0) },
		x.Index(jnp.S(nil, 2)), y.Index(jnp.S(nil, 2)), line{jnp.AsArray(3.0), jnp.AsArray(2.0)})
	near(t, "covariances that two data do not tell", exact.Cov.Index(0, 0), []float64{math.Inf(1)}, 0)
	flat := optimize.CurveFit(func(x array, p line) array { return p.Slope.Add(p.At0).Mul(x) }, x, y,
		line{jnp.AsArray(1.0), jnp.AsArray(0.0)})
	near(t, "covariances of parameters that are one", flat.Cov.Index(1, 1), []float64{math.Inf(1)}, 0)
}

func TestCurveFitRefuses(t *testing.T) {
	x := jnp.Ones(3)
	model := func(x, p array) array { return x.Mul(p.Index(0)) }
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.CurveFit[array, array](nil, x, x, x) }, "the function is nil"},
		{func() { optimize.CurveFit(model, x, jnp.Ones(2), jnp.Ones(1)) }, "y is float32[2]; they must have one shape"},
		{func() { optimize.CurveFit(model, x, x, jnp.Ones(4)) }, "3 data for 4 parameters"},
		{func() {
			optimize.CurveFit(model, x, x, jnp.Ones(1), optimize.CurveFitOptions{Sigma: jnp.Ones(2)})
		}, "Sigma is float32[2] for 3 data"},
	} {
		fails.With(t, row.f, "optimize.CurveFit", row.want)
	}
}
