package special

import (
	"math"

	"github.com/gojax/gojax/ir"
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
		return derived1(strong(x), spence, func(x, _ array) array { return logOver(x).Neg() })
	})
}

// logOver is log(x)/(x-1), whose derivatives are as good at 1 as elsewhere.
func logOver(x array) array {
	u := x.Sub(1)
	near := u.Abs().Lt(0.3)
	in, out := jnp.Where(near, u, 0), jnp.Where(near.Or(jnp.IsInf(x)), 2, x)
	// log(1+u) is twice the inverse hyperbolic tangent of u/(2+u).
	r := jnp.Reciprocal(in.Add(2))
	s := in.Mul(r)
	terms := 12
	if x.DType() != ir.Float64 {
		terms = 6
	}
	var c []float64
	for k := terms - 1; k >= 0; k-- {
		c = append(c, 2/float64(2*k+1))
	}
	return choose([]array{near, jnp.IsInf(x)}, r.Mul(poly(s.Mul(s), c...)), fill(x, 0), jnp.Log(out).Div(out.Sub(1)))
}

func spence(x array) array {
	inverted := x.Gt(2)
	z := jnp.Where(inverted, jnp.Reciprocal(x), x)
	log := jnp.Where(inverted, jnp.Log(x).Neg(), jnp.Log(x)) // of z, which may underflow
	high, low := z.Gt(1.5), z.Lt(0.5)
	w := jnp.Where(low, z.Neg(), jnp.Where(high, jnp.Reciprocal(z).Sub(1), z.Sub(1)))
	y := w.Neg().Mul(poly(w, spenceP...)).Div(poly(w, spenceQ...))
	product := jnp.Where(z.Eq(0), 0, log.Mul(jnp.Log1p(z.Neg())))
	y = jnp.Where(low, jnp.Sub(math.Pi*math.Pi/6, product).Sub(y), y)
	y = jnp.Where(inverted.Or(high), log.Mul(log).Mul(-0.5).Sub(y), y)
	return choose([]array{x.Eq(0), x.Eq(1), x.Lt(0)}, fill(x, math.Pi*math.Pi/6), fill(x, 0), fill(x, math.NaN()), y)
}
