package optimize_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// The steps are SciPy's, so that even their counts agree.
func TestNelderMead(t *testing.T) {
	o := optimize.MinimizeOptions{Method: optimize.NelderMead}
	gojax.WithX64(true, func() {
		for _, w := range figures(t, "NelderMead") {
			what := "Nelder-Mead of " + w.Name
			r := optimize.Minimize(objectives[w.Name], jnp.FromSlice(w.X0), o)
			near(t, what+": x", r.X, w.X, 1e-9)
			near(t, what+": the function", r.Fun, w.Fun, 1e-9)
			is(t, what+": success", r.Success, w.Success[0])
			is(t, what+": the steps", r.NIt, w.NIt[0])
			is(t, what+": the evaluations", r.NFev, w.NFev[0])
		}
	})()
	// Under transformations, and of what is not differentiable.
	from := func(a array) array {
		f := func(x array) array { return x.Sub(a).Abs().Sum().Add(x.Sub(a).Square().Sum()) }
		return optimize.Minimize(f, jnp.Ones(2), o).X
	}
	near(t, "mapped", gojax.Jit(gojax.Vmap(from))(jnp.AsArray([]float32{0.5, 2, -1})).Ravel(),
		[]float64{0.5, 0.5, 2, 2, -1, -1}, 1e-3)
	smooth := func(a array) array {
		return optimize.Minimize(func(x array) array { return jnp.Cosh(x.Sub(a)).Sum() }, jnp.Ones(2), o).X.Sum()
	}
	near(t, "differentiated", gojax.Grad(smooth)(jnp.AsArray(0.3)), []float64{2}, 1e-3)
	hosted := func(x params) array { // of Go code that reads the elements
		y := spread(jnp.AsArray(0.5).AsType(jnp.Float32))(x)
		return gojax.PureCallback(func(y array) array { return jnp.AsArray(float32(min(y.Item(), 1e6))) }, y, y)
	}
	r := optimize.Minimize(hosted, params{jnp.Ones(3), []array{jnp.AsArray(1.5)}}, o)
	near(t, "W", r.X.W, []float64{0, 0.5, 1}, 1e-2)
	near(t, "B", r.X.B[0], []float64{1}, 1e-2)
	is(t, "success", r.Success, 1)
	if r.Jac.W.TraceValue() != nil {
		t.Errorf("a gradient %v", r.Jac)
	}
	o.MaxIter = 2
	is(t, "success after MaxIter", optimize.Minimize(objectives["rosenbrock"], jnp.Zeros(2), o).Success, 0)

	same := func(x array) array { return x }
	fails.With(t, func() { optimize.Minimize(same, jnp.Ones(2), o) }, "must return a scalar", "nelder_mead_test.go:")
	whole := func(x array) array { return x.Sum().AsType(jnp.Int32) }
	fails.With(t, func() { optimize.Minimize(whole, jnp.Ones(2), o) }, "does not vary continuously")
	fails.With(t, func() { optimize.Minimize(whole, jnp.Ones(2)) }, "does not vary continuously")
	o.MaxIter = 0
	endless := optimize.Minimize(sum, jnp.Ones(1).Neg(), o)
	is(t, "success without a minimum", endless.Success, 0)
	is(t, "status without a minimum", endless.Status, 1)
}
