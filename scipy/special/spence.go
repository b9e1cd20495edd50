package special

import (
	"math"

	"github.com/gojax/gojax/jnp"
)

// Cephes's rational approximation of the dilogarithm around 1.
var (
	spenceP = []float64{4.65128586073990045278e-5, 7.31589045238094711071e-3, 1.33847639578309018650e-1,
		8.79691311754530315341e-1, 2.71149851196553469920e0, 4.25697156008121755724e0, 3.29771340985225106936e0, 1}
	spenceQ = []float64{6.90990488912553276999e-4, 2.54043763932544379113e-2, 2.82974860602568089943e-1,
		1.41172597751831069617e0, 3.63800533345137075418e0, 5.03278880143316990390e0, 3.54771340985225096217e0, 1}
)

// Spence is the integral of log(t)/(1-t) from 1 to x, the dilogarithm of 1-x: jax.scipy.special.spence. As JAX's it
// takes float32 and float64 only; negative numbers give NaN.
func Spence(x jnp.Array) jnp.Array {
	const op = "special.Spence"
	return unary(op, float32Or64(op, x), func(x array) array {
		return derived1(strong(x), spence, func(x, _ array) array {
			one := x.Eq(1)
			return jnp.Where(one, -1, jnp.Log(x).Div(jnp.Sub(1, jnp.Where(one, 2, x))))
		})
	})
}

func spence(x array) array {
	inverted := x.Gt(2)
	z := jnp.Where(inverted, jnp.Reciprocal(x), x)
	high, low := z.Gt(1.5), z.Lt(0.5)
	w := jnp.Where(low, z.Neg(), jnp.Where(high, jnp.Reciprocal(z).Sub(1), z.Sub(1)))
	y := w.Neg().Mul(poly(w, spenceP...)).Div(poly(w, spenceQ...))
	y = jnp.Where(low, jnp.Sub(math.Pi*math.Pi/6, jnp.Log(z).Mul(jnp.Log(jnp.Sub(1, z)))).Sub(y), y)
	y = jnp.Where(inverted.Or(high), jnp.Square(jnp.Log(z)).Mul(-0.5).Sub(y), y)
	return choose([]array{x.Eq(0), x.Eq(1), x.Lt(0)}, fill(x, math.Pi*math.Pi/6), fill(x, 0), fill(x, math.NaN()), y)
}
