package optimize_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

func sum(x array) array { return jnp.Sum(x) }

// objectives are those of testdata.
var objectives = map[string]func(x array) array{
	"rosenbrock": func(x array) array {
		head, tail := x.Index(jnp.S(nil, -1)), x.Index(jnp.S(1, nil))
		return sum(jnp.Square(tail.Sub(jnp.Square(head))).Mul(100).Add(jnp.Square(jnp.Sub(1, head))))
	},
	"himmelblau": func(x array) array {
		a, b := x.Index(0), x.Index(1)
		return jnp.Square(jnp.Square(a).Add(b).Sub(11)).Add(jnp.Square(a.Add(jnp.Square(b)).Sub(7)))
	},
	"matyas": func(x array) array {
		return sum(jnp.Square(x)).Mul(0.26).Sub(x.Index(0).Mul(x.Index(1)).Mul(0.48))
	},
	"soft": func(x array) array {
		c := jnp.LinSpace(-1, 2, x.Len())
		return sum(jnp.Log(jnp.Cosh(x.Sub(c)))).Add(sum(jnp.Square(x)).Mul(0.5))
	},
}

// BFGS and LBFGS take JAX's steps, so that even their counts agree, wherever JAX's search succeeds; NewtonCG ends where
// SciPy's does.
func TestMinimizeFindsWhatJAXDoes(t *testing.T) {
	methods := map[string]optimize.Method{"BFGS": optimize.BFGS, "LBFGS": optimize.LBFGS, "NewtonCG": optimize.NewtonCG}
	gojax.WithX64(true, func() {
		for _, w := range figures(t, "BFGS", "LBFGS", "NewtonCG") {
			what := w.Kind + " of " + w.Name
			o := optimize.MinimizeOptions{Method: methods[w.Kind], XTol: 1e-9}
			r := optimize.Minimize(objectives[w.Name], jnp.FromSlice(w.X0), o)
			if w.Kind == "NewtonCG" {
				near(t, what+": x", r.X, w.X, 1e-6)
				is(t, what+": success", r.Success, 1)
				continue
			}
			if w.Success[0] == 0 {
				continue
			}
			near(t, what+": x", r.X, w.X, 1e-6)
			near(t, what+": the function", r.Fun, w.Fun, 1e-9)
			near(t, what+": its gradient", r.Jac, w.Jac, 1e-6)
			is(t, what+": success", r.Success, 1)
			is(t, what+": the status", r.Status, 0)
			is(t, what+": the steps", r.NIt, w.NIt[0])
			is(t, what+": the evaluations", r.NFev, w.NFev[0])
			is(t, what+": those of the gradient", r.NJev, w.NJev[0])
			if w.Kind == "BFGS" {
				near(t, what+": the inverse Hessian", jnp.Ravel(r.HessInv), w.HessInv, 1e-4)
			}
		}
	})()
}

type params struct {
	W array
	B []array
}

// spread is least where W is c times 0, 1, 2 and B is 2c.
func spread(c array) func(p params) array {
	return func(p params) array {
		d := p.W.Sub(jnp.Arange(3).AsType(jnp.Float32).Mul(c))
		e := p.B[0].Sub(c.Mul(2))
		return sum(jnp.Square(d)).Mul(3).Add(sum(jnp.Square(d)).Mul(sum(jnp.Square(e)))).Add(sum(jnp.Square(e))).Add(c)
	}
}

// All methods work on trees and single precision, under Jit and Vmap, and are differentiated.
func TestMinimizeOfTrees(t *testing.T) {
	start := params{jnp.Ones(3), []array{jnp.AsArray(1.5)}}
	for _, m := range []optimize.Method{optimize.BFGS, optimize.LBFGS, optimize.NewtonCG} {
		f := func(c array) optimize.MinimizeResult[params] {
			return optimize.Minimize(spread(c), start, optimize.MinimizeOptions{Method: m})
		}
		r := gojax.Jit(gojax.Vmap(f))(jnp.FromSlice([]float32{0.5, -1}))
		near(t, "W", jnp.Ravel(r.X.W), []float64{0, 0.5, 1, 0, -1, -2}, 1e-3)
		near(t, "B", r.X.B[0], []float64{1, -2}, 1e-3)
		near(t, "the least", r.Fun, []float64{0.5, -1}, 1e-4)
		c := jnp.AsArray(0.5).AsType(jnp.Float32)
		d := gojax.Jit(gojax.Grad(func(c array) array { r := f(c); return r.X.W.Index(2).Add(r.X.B[0].Mul(10)) }))(c)
		near(t, "d(W₂ + 10B)/dc", d, []float64{22}, 1e-3)
		if m == optimize.BFGS {
			_, d = gojax.JVP(func(c array) array { return f(c).Fun }, c, jnp.OnesLike(c))
			near(t, "the derivative of the least", d, []float64{1}, 1e-3)
		}
	}
}

// The minimum of a x⁴/4 - b x is (b/a)^(1/3), whose second derivative by b is -2/9 b^(-5/3) a^(-1/3).
func TestMinimizeHasSecondDerivatives(t *testing.T) {
	gojax.WithX64(true, func() {
		at := func(b array) array {
			f := func(x array) array { return sum(x.Pow(4).Mul(0.5).Sub(x.Mul(b))) }
			return sum(optimize.Minimize(f, jnp.Ones(1), optimize.MinimizeOptions{GTol: 1e-10}).X)
		}
		b := jnp.AsArray(3.0)
		near(t, "dx/db", gojax.Grad(at)(b), []float64{math.Cbrt(1.5) / 9}, 1e-7)
		near(t, "d²x/db²", gojax.Grad(gojax.Grad(at))(b), []float64{-2 * math.Cbrt(1.5) / 81}, 1e-7)
	})()
}

func TestMinimizeSaysWhatFailed(t *testing.T) {
	rosenbrock := objectives["rosenbrock"]
	x0 := jnp.FromSlice([]float32{-1.2, 1})
	r := optimize.Minimize(rosenbrock, x0, optimize.MinimizeOptions{MaxIter: 3})
	is(t, "the status after MaxIter", r.Status, 1)
	is(t, "success after MaxIter", r.Success, 0)
	is(t, "the steps", r.NIt, 3)
	r = optimize.Minimize(rosenbrock, x0, optimize.MinimizeOptions{Method: optimize.LBFGS, MaxIter: 3})
	is(t, "the status of LBFGS after MaxIter", r.Status, 1)
	is(t, "the steps of LBFGS", r.NIt, 3)
	r = optimize.Minimize(func(x array) array { return sum(x) }, x0)
	is(t, "success without a minimum", r.Success, 0)
	r = optimize.Minimize(func(x array) array { return sum(jnp.Log(x)) }, x0)
	is(t, "success without numbers", r.Success, 0)
}

func TestMinimizeRefuses(t *testing.T) {
	f := func(x array) array { return sum(x) }
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.Minimize(nil, jnp.Ones(1)) }, "the function is nil"},
		{func() { optimize.Minimize(f, jnp.Arange(2)) }, "x0 is int32[2], and must hold floats"},
		{func() { optimize.Minimize(f, jnp.Zeros(0)) }, "holds no numbers"},
		{func() { optimize.Minimize(f, jnp.FromSlice([]complex64{1})) }, "complex"},
		{func() { optimize.Minimize(func(x array) array { return x }, jnp.Ones(2)) }, "must return a scalar"},
		{func() { optimize.Minimize(f, jnp.Ones(1), optimize.MinimizeOptions{GTol: -1}) }, "GTol is -1"},
		{func() { optimize.Minimize(f, jnp.Ones(1), optimize.MinimizeOptions{Method: 9}) }, "Method"},
	} {
		fails.With(t, row.f, "optimize.Minimize", row.want)
	}
}
