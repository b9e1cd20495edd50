package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Erf is the error function.
func Erf[X jnp.Operand](x X) array { return un("special.Erf", x, lax.Erf) }

// Erfc is 1 - Erf(x), exact for large x.
func Erfc[X jnp.Operand](x X) array { return un("special.Erfc", x, lax.Erfc) }

// Erfinv is the inverse of Erf.
func Erfinv[X jnp.Operand](x X) array { return un("special.Erfinv", x, lax.ErfInv) }

// wide refuses all but float32 and float64, as JAX does for the normal distribution.
func wide(op string, x any) *value {
	v := jnp.Lift(op, x)
	if d := v.DType(); d != ir.Float32 && d != ir.Float64 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes float32 or float64, not %v; convert first with AsType", d)
	}
	return v
}

// Ndtr is the normal distribution function, of float32 or float64.
func Ndtr[X jnp.Operand](x X) array { return strongly("special.Ndtr", wide("special.Ndtr", x), ndtr) }

func ndtr(x *value) *value {
	w := lax.Mul(x, k(x, math.Sqrt2/2))
	z := lax.Abs(w)
	tail := lax.Erfc(z)
	far := where(lax.Gt(w, k(w, 0)), lax.Sub(k(w, 2), tail), tail)
	y := where(lax.Lt(z, k(z, math.Sqrt2/2)), lax.Add(k(w, 1), lax.Erf(w)), far)
	return lax.Mul(y, k(y, 0.5))
}

// LogNdtr is the logarithm of Ndtr, exact far out on either side.
func LogNdtr[X jnp.Operand](x X) array {
	return strongly("special.LogNdtr", wide("special.LogNdtr", x), logNdtr)
}

func logNdtr(x *value) *value {
	d := x.DType()
	low, high, terms := -10.0, 5.0, 3
	if d == ir.Float64 {
		low, high, terms = -20, 8, 6
	}
	// Each range gets operands at which the others' functions are finite.
	above := lax.Neg(ndtr(lax.Neg(lax.Max(x, k(x, high)))))
	middle := lax.Log(ndtr(lax.Max(lax.Min(x, k(x, high)), k(x, low))))
	y := lax.Min(x, k(x, low))
	y2 := lax.Square(y)
	sum, term := k(y, 1), k(y, 1)
	for i := 1; i <= terms; i++ {
		term = lax.Neg(lax.Div(lax.Mul(term, k(y, float64(2*i-1))), y2))
		sum = lax.Add(sum, term)
	}
	below := lax.Add(lax.Sub(lax.Sub(lax.Mul(y2, k(y, -0.5)), lax.Log(lax.Neg(y))), k(y, 0.5*math.Log(2*math.Pi))), lax.Log(sum))
	return where(lax.Gt(x, k(x, high)), above, where(lax.Gt(x, k(x, low)), middle, below))
}

// Ndtri is the inverse of Ndtr: the normal distribution's quantile of p in [0, 1], NaN outside.
func Ndtri[P jnp.Operand](p P) array {
	return strongly("special.Ndtri", wide("special.Ndtri", p), ndtri)
}

// ndtri: in the middle by the inverse error function; in the tails, where 2p-1 has lost p's digits, by Newton's method on the
// logarithm of the distribution function, which is close to a parabola there.
func ndtri(p *value) *value {
	upper := lax.Gt(p, k(p, 0.5))
	q := where(upper, lax.Sub(k(p, 1), p), p) // the smaller tail
	middle := lax.Mul(k(p, math.Sqrt2), lax.ErfInv(lax.Sub(lax.Mul(k(p, 2), p), k(p, 1))))
	tail := lax.And(lax.Lt(q, k(q, 0.02)), lax.Gt(q, k(q, 0)))
	safe := where(tail, q, k(q, 0.01))
	target := lax.Log(safe)
	// From exp(-x²/2) = q·|x|·sqrt(2 pi).
	r := lax.Mul(k(q, -2), target)
	x := lax.Neg(lax.Sqrt(lax.Sub(r, lax.Log(lax.Mul(r, k(r, 2*math.Pi))))))
	for range 4 {
		f := logNdtr(x)
		slope := lax.Exp(lax.Sub(lax.Mul(lax.Square(x), k(x, -0.5)), lax.Add(f, k(x, 0.5*math.Log(2*math.Pi)))))
		x = lax.Sub(x, lax.Div(lax.Sub(f, target), slope))
	}
	return where(tail, where(upper, lax.Neg(x), x), middle)
}
