package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Gcd is the greatest common divisor of integers elementwise, not negative; Gcd(0, y) is |y| (NumPy gcd). bool and
// floating-point operands are refused.
func Gcd[A, B Operand](x A, y B) Array {
	const op = "jnp.Gcd"
	return divisors(op, wide(x, op), wide(y, op), gcdV)
}

// Lcm is the least common multiple of integers elementwise, not negative, 0 where one is 0 (NumPy lcm). bool and
// floating-point operands are refused.
func Lcm[A, B Operand](x A, y B) Array {
	const op = "jnp.Lcm"
	return divisors(op, wide(x, op), wide(y, op), func(x, y *value) *value {
		d := gcdV(x, y)
		none := lax.Eq(d, konst(d, 0))
		m := lax.Mul(x, lax.Div(y, lax.Select(none, konst(d, 1), d)))
		return lax.Select(none, konst(d, 0), m)
	})
}

// divisors applies f to the magnitudes of integers, as unsigned numbers, so that the most negative one has a magnitude too.
func divisors(op string, x, y *value, f func(x, y *value) *value) Array {
	d, _ := promote(trace.X64(x, y), x.Aval(), y.Aval())
	if !d.IsInteger() {
		trace.Fail(op, []ir.Aval{x.Aval(), y.Aval()}, "integers of a common integer type are needed (promoted, these are %v); convert first, with x.AsType(jnp.Int32)", d)
	}
	return binaryAs(op, x, y, func(x, y *value) *value {
		if d := x.DType(); d.IsSigned() {
			u := d + (ir.Uint8 - ir.Int8)
			z := f(lax.Convert(lax.Abs(x), u), lax.Convert(lax.Abs(y), u))
			return strongArray(lax.ConvertWeak(z, d, x.Aval().Weak))
		}
		return strongArray(f(x, y))
	}, several)
}

// gcdV is Euclid's algorithm on all elements at once.
func gcdV(x, y *value) *value {
	type pair struct{ X, Y Array }
	c := lax.WhileLoop(func(c pair) Array { return c.Y.Ne(0).Any() }, func(c pair) pair {
		x, y := c.X.v, c.Y.v
		done := lax.Eq(y, konst(y, 0))
		r := lax.Rem(x, lax.Select(done, konst(y, 1), y))
		return pair{Wrap(lax.Select(done, x, y)), Wrap(r)}
	}, pair{Wrap(x), Wrap(y)})
	return c.X.v
}
