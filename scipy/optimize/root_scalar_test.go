package optimize_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// equations are those of testdata.
var equations = map[string]func(x array) array{
	"cubic":  func(x array) array { return x.Pow(3).Sub(1) },
	"cosine": func(x array) array { return jnp.Cos(x).Sub(x) },
	"kepler": func(x array) array { return x.Sub(jnp.Sin(x).Mul(0.9)).Sub(1.3) },
	"steep":  func(x array) array { return jnp.Exp(x).Sub(1e4) },
	"ninth":  func(x array) array { return x.Sub(0.3).Pow(9) },
	"end":    func(x array) array { return x.Mul(x.Sub(2)) },
	"no":     func(x array) array { return jnp.Square(x).Add(1) },
}

var rootMethods = map[string]optimize.RootScalarMethod{"brentq": optimize.Brentq, "bisect": optimize.Bisect,
	"newton": optimize.Newton, "halley": optimize.Halley, "secant": optimize.Secant}

// Steps are SciPy's, so that even their number agrees.
func TestRootScalarFindsSciPys(t *testing.T) {
	gojax.WithX64(true, func() {
		all := figures(t, "brentq", "bisect", "newton", "halley", "secant")
		results := gojax.Jit(func() (r []optimize.ScalarResult) { // as one program
			for _, w := range all {
				o := optimize.RootScalarOptions{Method: rootMethods[w.Kind], X0: w.X0[0],
					Bracket: [2]any{w.Bracket[0], w.Bracket[1]}}
				r = append(r, optimize.RootScalar(equations[w.Name], o))
			}
			return r
		})()
		for i, w := range all {
			what, r := w.Kind+" of "+w.Name, results[i]
			is(t, what+": success", r.Success, w.Success[0])
			if w.Success[0] == 1 {
				near(t, what, r.X, w.X, 1e-9)
				if w.Name != "end" { // at which SciPy counts one
					is(t, what+": the steps", r.NIt, w.NIt[0])
				}
			}
			if w.Kind == "brentq" || w.Kind == "bisect" {
				is(t, what+": the evaluations", r.NFev, w.NFev[0])
			}
		}
	})()
}

// Kepler's equation E - e sin E = M, many at once, differentiated: dE/dM = 1 / (1 - e cos E).
func TestRootScalarIsDifferentiated(t *testing.T) {
	at := func(m array) array {
		f := func(x array) array { return x.Sub(jnp.Sin(x).Mul(0.5)).Sub(m) }
		return optimize.RootScalar(f, optimize.RootScalarOptions{Bracket: [2]any{0, math.Pi}}).X
	}
	ms := jnp.FromSlice([]float32{0.3, 1, 2.5})
	es := jnp.ToSlice[float64](gojax.Jit(gojax.Vmap(at))(ms))
	slopes := gojax.Jit(gojax.Vmap(gojax.Grad(at)))(ms)
	_, forward := gojax.JVP(gojax.Vmap(at), ms, jnp.OnesLike(ms))
	var m, slope []float64
	for _, e := range es {
		m, slope = append(m, e-math.Sin(e)/2), append(slope, 1/(1-math.Cos(e)/2))
	}
	near(t, "M", ms, m, 1e-6)
	near(t, "dE/dM", slopes, slope, 1e-5)
	near(t, "dE/dM forward", forward, slope, 1e-5)
	gojax.WithX64(true, func() {
		d2 := gojax.Grad(gojax.Grad(func(a array) array { // x = √a
			f := func(x array) array { return jnp.Square(x).Sub(a) }
			return optimize.RootScalar(f, optimize.RootScalarOptions{X0: 1}).X
		}))(jnp.AsArray(4.0))
		near(t, "d²√a/da²", d2, []float64{-1. / 32}, 1e-10)
	})()
}

func TestRootScalarSaysWhatFailed(t *testing.T) {
	f := equations["no"]
	r := optimize.RootScalar(f, optimize.RootScalarOptions{Bracket: [2]any{-1, 1}})
	is(t, "the status without a change of sign", r.Status, -1)
	is(t, "success without a change of sign", r.Success, 0)
	r = optimize.RootScalar(f, optimize.RootScalarOptions{X0: 0.3})
	is(t, "the status without a root", r.Status, -2)
	r = optimize.RootScalar(f, optimize.RootScalarOptions{X0: 0})
	is(t, "the status where the slope is zero", r.Status, -2)
	r = optimize.RootScalar(equations["cosine"], optimize.RootScalarOptions{X0: jnp.AsArray(float32(1)), X1: 0.5})
	near(t, "the secant's root in single precision", r.X, []float64{0.7390851332}, 1e-6)
	is(t, "its success", r.Success, 1)
}

func TestRootScalarRefuses(t *testing.T) {
	f := equations["cosine"]
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.RootScalar(nil) }, "the function is nil"},
		{func() { optimize.RootScalar(f) }, "give a Bracket"},
		{func() {
			optimize.RootScalar(f, optimize.RootScalarOptions{Method: optimize.Bisect, X0: 1})
		}, "need a Bracket"},
		{func() { optimize.RootScalar(f, optimize.RootScalarOptions{Method: 77, X0: 1}) }, "Method"},
		{func() { optimize.RootScalar(f, optimize.RootScalarOptions{X0: jnp.Ones(2)}) }, "must be a scalar"},
		{func() { optimize.RootScalar(f, optimize.RootScalarOptions{X0: 1i}) }, "complex"},
		{func() {
			optimize.RootScalar(func(array) array { return jnp.Ones(2) }, optimize.RootScalarOptions{X0: 1})
		}, "must return a scalar"},
	} {
		fails.With(t, row.f, "optimize.RootScalar", row.want)
	}
}
