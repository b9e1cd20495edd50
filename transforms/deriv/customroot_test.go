package deriv_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// rootOf is the root of y² = x, by Newton's method.
func rootOf(x jnp.Array) jnp.Array {
	return gojax.CustomRoot(
		func(y jnp.Array) jnp.Array { return y.Mul(y).Sub(x) },
		jnp.OnesLike(x),
		func(f func(jnp.Array) jnp.Array, y jnp.Array) jnp.Array {
			type state struct{ Y, N jnp.Array }
			return lax.WhileLoop(
				func(s state) jnp.Array { return jnp.Any(jnp.Abs(f(s.Y)).Gt(1e-14)).And(s.N.Lt(100)) },
				func(s state) state { return state{s.Y.Sub(f(s.Y).Div(s.Y.Mul(2))), s.N.Add(1)} },
				state{y, jnp.AsArray(0)}).Y
		},
		func(g func(jnp.Array) jnp.Array, b jnp.Array) jnp.Array { return b.Div(g(jnp.OnesLike(b))) })
}

func TestCustomRoot(t *testing.T) {
	gojax.WithX64(true, func() {
		x := []float64{0.25, 2, 9}
		check := func(what string, got jnp.Array, want func(x float64) float64) {
			t.Helper()
			for i, g := range jnp.ToSlice[float64](got) {
				if w := want(x[i]); !(math.Abs(g-w) < 1e-10) {
					t.Errorf("%s at %g is %g, want %g", what, x[i], g, w)
				}
			}
		}
		a := jnp.FromSlice(x)
		slope := func(x float64) float64 { return 0.5 / math.Sqrt(x) }
		sum := func(x jnp.Array) jnp.Array { return jnp.Sum(rootOf(x)) }
		check("the root", rootOf(a), math.Sqrt)
		check("the root under Jit", gojax.Jit(rootOf)(a), math.Sqrt)
		check("the root under Vmap", gojax.Vmap(rootOf)(a), math.Sqrt)
		check("the gradient", gojax.Grad(sum)(a), slope)
		check("the gradient under Jit", gojax.Jit(gojax.Grad(sum))(a), slope)
		check("the gradient under Vmap", gojax.Vmap(gojax.Grad(rootOf))(a), slope)
		_, d := gojax.JVP(rootOf, a, jnp.OnesLike(a))
		check("the tangent", d, slope)
		check("the second derivative", gojax.Vmap(gojax.Grad(gojax.Grad(rootOf)))(a),
			func(x float64) float64 { return -0.25 * math.Pow(x, -1.5) })
	})()
}
