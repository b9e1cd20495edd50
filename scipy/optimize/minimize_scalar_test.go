package optimize_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// curves are those of testdata.
var curves = map[string]func(x array) array{
	"parabola": func(x array) array { return jnp.Square(x.Sub(2)).Add(1) },
	"cosh":     func(x array) array { return jnp.Cosh(x.Sub(0.7)).Add(x.Mul(0.1)) },
	"quartic":  func(x array) array { return x.Pow(4).Sub(x.Pow(3).Mul(3)).Add(2) },
	"wave":     func(x array) array { return jnp.Sin(x).Add(x.Mul(0.1)) },
	"edge":     func(x array) array { return jnp.Exp(x) },
}

func TestMinimizeScalarFindsSciPys(t *testing.T) {
	methods := map[string]optimize.MinimizeScalarMethod{"brent": optimize.Brent, "bounded": optimize.Bounded,
		"golden": optimize.Golden}
	gojax.WithX64(true, func() {
		all := figures(t, "brent", "bounded", "golden")
		results := gojax.Jit(func() (r []optimize.ScalarResult) { // as one program
			for _, w := range all {
				o := optimize.MinimizeScalarOptions{Method: methods[w.Kind]}
				if w.Bounds != nil {
					o.Bounds = [2]any{w.Bounds[0], w.Bounds[1]}
				}
				r = append(r, optimize.MinimizeScalar(curves[w.Name], o))
			}
			return r
		})()
		for i, w := range all {
			what, r := w.Kind+" of "+w.Name, results[i]
			near(t, what, r.X, w.X, 1e-7)
			near(t, what+": the function", r.Fun, w.Fun, 1e-12)
			is(t, what+": success", r.Success, w.Success[0])
			// Rounding decides when a search ends that goes as far as it can.
			if n := r.NFev.Item() - w.NFev[0]; n > 3 || n < -3 && w.Kind != "brent" {
				t.Errorf("%s: %v evaluations, SciPy needs %v", what, r.NFev, w.NFev[0])
			}
		}
	})()
}

// The least of a (x - b)² + b is b, at b.
func TestMinimizeScalarIsDifferentiated(t *testing.T) {
	find := func(b array) optimize.ScalarResult {
		return optimize.MinimizeScalar(func(x array) array { return jnp.Square(x.Sub(b)).Mul(3).Add(b.Mul(2)) })
	}
	bs := jnp.FromSlice([]float32{-2, 0.25, 40})
	near(t, "x", gojax.Vmap(func(b array) array { return find(b).X })(bs), []float64{-2, 0.25, 40}, 1e-3)
	near(t, "dx/db", gojax.Vmap(gojax.Grad(func(b array) array { return find(b).X }))(bs), []float64{1, 1, 1}, 1e-4)
	near(t, "df/db", gojax.Vmap(gojax.Grad(func(b array) array { return find(b).Fun }))(bs), []float64{2, 2, 2}, 2e-2)
}

func TestMinimizeScalarSaysWhatFailed(t *testing.T) {
	f := curves["parabola"]
	r := optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Bracket: []any{5, 6, 7}})
	is(t, "the status of no bracket", r.Status, 2)
	r = optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Bracket: []any{-1.0, 1.0, 7.0}, MaxIter: 1})
	is(t, "the status after MaxIter", r.Status, 1)
	r = optimize.MinimizeScalar(func(x array) array { return x }, optimize.MinimizeScalarOptions{})
	is(t, "success without a minimum", r.Success, 0)
	for name, f := range map[string]func(x array) array{
		"parabola": func(x array) array { return x.Sub(2).Square() }, "cosine": jnp.Cos} {
		r := optimize.MinimizeScalar(f)
		is(t, "success in float32: "+name, r.Success, 1)
		if n := r.NIt.Item(); n > 40 {
			t.Errorf("%s: %v steps", name, n)
		}
	}
}

func TestMinimizeScalarRefuses(t *testing.T) {
	f := curves["parabola"]
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.MinimizeScalar(nil) }, "the function is nil"},
		{func() { optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Method: optimize.Bounded}) }, "Bounds"},
		{func() { optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Bracket: []any{1}}) }, "2 or 3"},
		{func() { optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Method: 77}) }, "Method"},
		{func() {
			optimize.MinimizeScalar(f, optimize.MinimizeScalarOptions{Method: optimize.Brent, Bounds: [2]any{0, 1}})
		}, "Bracket"},
	} {
		fails.With(t, row.f, "optimize.MinimizeScalar", row.want)
	}
}
