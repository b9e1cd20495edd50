package optimize_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

func TestNelderMead(t *testing.T) {
	o := optimize.MinimizeOptions{Method: optimize.NelderMead}
	hosted := func(x params) array { // reads what it computes
		y := spread(jnp.AsArray(0.5).AsType(jnp.Float32))(x)
		if y.Item() > 1e6 {
			return jnp.AsArray(1e6)
		}
		return y
	}
	r := optimize.Minimize(hosted, params{jnp.Ones(3), []array{jnp.AsArray(1.5)}}, o)
	near(t, "W", r.X.W, []float64{0, 0.5, 1}, 1e-2)
	near(t, "B", r.X.B[0], []float64{1}, 1e-2)
	is(t, "success", r.Success, 1)
	gojax.WithX64(true, func() {
		r := optimize.Minimize(objectives["rosenbrock"], jnp.FromSlice([]float64{-1.2, 1}), o)
		near(t, "x", r.X, []float64{1, 1}, 1e-4)
		if d := r.X.DType(); d != jnp.Float64 {
			t.Errorf("x is of %v", d)
		}
	})()
	o.MaxIter = 2
	is(t, "success after MaxIter", optimize.Minimize(objectives["rosenbrock"], jnp.Zeros(2), o).Success, 0)

	f := func(x array) array { return optimize.Minimize(sum, x, o).X }
	fails.With(t, func() { gojax.Jit(f)(jnp.Ones(1)) }, "NelderMead runs on the host")
	same := func(x array) array { return x }
	fails.With(t, func() { optimize.Minimize(same, jnp.Ones(2), o) }, "must return a scalar", "nelder_mead_test.go:")
	whole := func(x array) array { return x.Sum().AsType(jnp.Int32) }
	fails.With(t, func() { optimize.Minimize(whole, jnp.Ones(2), o) }, "does not vary continuously")
	fails.With(t, func() { optimize.Minimize(whole, jnp.Ones(2)) }, "does not vary continuously")
	o.MaxIter = 0
	is(t, "success without a minimum", optimize.Minimize(sum, jnp.Ones(1).Neg(), o).Success, 0)
}
