package optimize_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/scipy/optimize"
	"github.com/gojax/gojax/tests/fails"
)

// residuals are those of testdata (Moré, Garbow, Hillstrom 1981).
var residuals = map[string]func(x []array) array{
	"rosenbrock": func(x []array) array {
		return jnp.Stack([]array{x[1].Sub(jnp.Square(x[0])).Mul(10), jnp.Sub(1, x[0])})
	},
	"helical": func(x []array) array {
		turn := jnp.Arctan2(x[1], x[0]).Mul(10 / (2 * jnp.Pi))
		return jnp.Stack([]array{x[2].Sub(turn).Mul(10), jnp.Hypot(x[0], x[1]).Sub(1).Mul(10), x[2]})
	},
	"bard": func(x []array) array {
		u := jnp.Arange(1, 16).AsType(jnp.Float64)
		v := jnp.Sub(16, u)
		w := jnp.Minimum(u, v)
		y := jnp.FromSlice([]float64{.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.1, 4.39})
		return y.Sub(x[0].Add(u.Div(v.Mul(x[1]).Add(w.Mul(x[2])))))
	},
	"powell": func(x []array) array {
		return jnp.Stack([]array{x[0].Add(x[1].Mul(10)), x[2].Sub(x[3]).Mul(2.23606797749979),
			jnp.Square(x[1].Sub(x[2].Mul(2))), jnp.Square(x[0].Sub(x[3])).Mul(3.1622776601683795)})
	},
}

func TestLeastSquaresFindsSciPys(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, w := range figures(t, "least") {
			f := func(x array) array {
				var each []array
				for i := range x.Len() {
					each = append(each, x.Index(i))
				}
				return residuals[w.Name](each)
			}
			r := optimize.LeastSquares(f, jnp.FromSlice(w.X0),
				optimize.LeastSquaresOptions{FTol: 1e-14, XTol: 1e-14})
			tol := 1e-6
			if w.Name == "powell" { // singular at its end
				tol = 1e-3
			}
			near(t, w.Name, r.X, w.X, tol)
			near(t, w.Name+": the cost", r.Cost, w.Cost, 1e-8)
			is(t, w.Name+": success", r.Success, 1)
		}
	})()
}

// A linear problem has the solution that linalg has, and its derivatives, at once; so do several, with more unknowns
// than residuals in one.
func TestLeastSquaresOfLinearProblems(t *testing.T) {
	gojax.WithX64(true, func() {
		a := jnp.FromSlice([]float64{1, 2, 3, -1, 0.5, 4, 2, 2}, 4, 2)
		find := func(b array) optimize.LeastSquaresResult[array] {
			return optimize.LeastSquares(func(x array) array { return a.MatMul(x).Sub(b) }, jnp.Zeros(2))
		}
		b := jnp.FromSlice([]float64{1, -2, 0.5, 3})
		exact := linalg.LstSq(a, b).X
		r := gojax.Jit(find)(b)
		near(t, "x", r.X, jnp.ToSlice[float64](exact), 1e-10)
		near(t, "the Jacobian", jnp.Ravel(r.Jac), jnp.ToSlice[float64](jnp.Ravel(a)), 1e-12)
		j := gojax.JacRev(func(b array) array { return find(b).X })(b)
		near(t, "dx/db", jnp.Ravel(j), jnp.ToSlice[float64](jnp.Ravel(linalg.PInv(a))), 1e-9)
		g := gojax.Grad(func(b array) array { return find(b).Cost })(b)
		near(t, "the derivative of the cost", g, jnp.ToSlice[float64](b.Sub(a.MatMul(exact))), 1e-9)
		many := gojax.Vmap(func(b array) array { return find(b).X })(jnp.Stack([]array{b, b.Mul(2)}))
		near(t, "x of two", many.Index(1), jnp.ToSlice[float64](exact.Mul(2)), 1e-9)
		under := optimize.LeastSquares(func(x array) array { return a.T().MatMul(x).Sub(1) }, jnp.Zeros(4))
		near(t, "the residuals of four unknowns", under.Fun, []float64{0, 0}, 1e-7)
	})()
}

func TestLeastSquaresRefuses(t *testing.T) {
	for _, row := range []struct {
		f    func()
		want string
	}{
		{func() { optimize.LeastSquares(nil, jnp.Ones(1)) }, "the function is nil"},
		{func() { optimize.LeastSquares(func(x array) array { return jnp.Zeros(0) }, jnp.Ones(1)) }, "no residuals"},
		{func() {
			optimize.LeastSquares(func(x array) array { return x }, jnp.Ones(1), optimize.LeastSquaresOptions{FTol: -1})
		}, "FTol"},
	} {
		fails.With(t, row.f, "optimize.LeastSquares", row.want)
	}
	r := optimize.LeastSquares(func(x array) array { return jnp.Stack([]array{x.Sub(1), x.Add(1)}) }, jnp.AsArray(7.0),
		optimize.LeastSquaresOptions{MaxIter: 1})
	is(t, "success after MaxIter", r.Success, 0)
}
