package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
)

var (
	gcdOp = binaryOp{"jnp.GCD", ofMagnitudes(gcdV), integersOnly | several}
	lcmOp = binaryOp{"jnp.LCM", ofMagnitudes(lcmV), integersOnly | several}
)

// GCD is the greatest common divisor of integers elementwise, not negative; GCD(0, y) is |y| (NumPy gcd). bool and
// floating-point operands are refused.
func GCD[A, B Operand](x A, y B) Array { return gcdOp.call(x, y) }

// LCM is the least common multiple of integers elementwise, not negative, 0 where one is 0 (NumPy lcm). bool and
// floating-point operands are refused.
func LCM[A, B Operand](x A, y B) Array { return lcmOp.call(x, y) }

// ofMagnitudes is f of the magnitudes of integers, as unsigned numbers, so that the most negative one has a magnitude
// too.
func ofMagnitudes(f func(x, y *value) *value) func(x, y *value) *value {
	return func(x, y *value) *value {
		d := x.DType()
		if !d.IsSigned() {
			return strongArray(f(x, y))
		}
		u := ir.UintOf(d.Bits())
		z := f(ops.Convert(ops.Abs(x), u), ops.Convert(ops.Abs(y), u))
		return strongArray(ops.ConvertWeak(z, d, x.Aval().Weak))
	}
}

func lcmV(x, y *value) *value {
	d := gcdV(x, y)
	none := ops.Eq(d, ops.FullLike(d, 0))
	m := ops.Mul(x, ops.Div(y, ops.Select(none, ops.FullLike(d, 1), d)))
	return ops.Select(none, ops.FullLike(d, 0), m)
}

// gcdV is Euclid's algorithm on all elements at once.
func gcdV(x, y *value) *value {
	return ops.While("jnp.GCD", []*value{x, y}, func(c []*value) *value { return Wrap(c[1]).Ne(0).Any().v },
		func(c []*value) []*value {
			x, y := c[0], c[1]
			done := ops.Eq(y, ops.FullLike(y, 0))
			r := ops.Rem(x, ops.Select(done, ops.FullLike(y, 1), y))
			return []*value{ops.Select(done, x, y), r}
		})[0]
}
