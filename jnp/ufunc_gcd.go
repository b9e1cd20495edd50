package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
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
		none := ops.Eq(d, konst(d, 0))
		m := ops.Mul(x, ops.Div(y, ops.Select(none, konst(d, 1), d)))
		return ops.Select(none, konst(d, 0), m)
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
			z := f(ops.Convert(ops.Abs(x), u), ops.Convert(ops.Abs(y), u))
			return strongArray(ops.ConvertWeak(z, d, x.Aval().Weak))
		}
		return strongArray(f(x, y))
	}, several)
}

// gcdV is Euclid's algorithm on all elements at once.
func gcdV(x, y *value) *value {
	return ops.While("jnp.Gcd", []*value{x, y}, func(c []*value) *value { return Wrap(c[1]).Ne(0).Any().v }, func(c []*value) []*value {
		x, y := c[0], c[1]
		done := ops.Eq(y, konst(y, 0))
		r := ops.Rem(x, ops.Select(done, konst(y, 1), y))
		return []*value{ops.Select(done, x, y), r}
	})[0]
}
