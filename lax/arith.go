package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Neg is -x of numbers; unsigned integers wrap around (jax.lax.neg).
func Neg(x jnp.Array) jnp.Array { return unary("lax.Neg", ops.Neg, x) }

// Sign is -1, 0 or 1, of the sign of x: NaN of NaN, x/|x| of a complex x. Numbers only (jax.lax.sign).
func Sign(x jnp.Array) jnp.Array { return unary("lax.Sign", ops.Sign, x) }

// Abs is |x| of signed integers, floats and complex numbers, whose absolute value is real (jax.lax.abs). Unsigned
// integers and bools are refused.
func Abs(x jnp.Array) jnp.Array { return unary("lax.Abs", ops.Abs, x) }

// Add is x + y of numbers; integers wrap around (jax.lax.add). ReduceWindow, Reduce and others take lax.Add as the sum.
func Add[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Add", ops.Add, x, y) }

// Sub is x - y of numbers; integers wrap around (jax.lax.sub).
func Sub[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Sub", ops.Sub, x, y) }

// Mul is x * y of numbers; integers wrap around (jax.lax.mul).
func Mul[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Mul", ops.Mul, x, y) }

// Div is x / y of numbers (jax.lax.div). The quotient of integers is cut towards zero; x / 0 is -1 (of unsigned
// integers, all ones), and the least integer over -1 is itself.
func Div[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Div", ops.Div, x, y) }

// Rem is the remainder of Div, of the sign of x, for integers and floats: the fmod of C (jax.lax.rem). Of integers, x
// rem 0 is x.
func Rem[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Rem", ops.Rem, x, y) }

// Max is the larger of x and y, NaN where either is (jax.lax.max). Complex numbers are ordered by their real, then by
// their imaginary parts.
func Max[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Max", ops.Max, x, y) }

// Min is the smaller of x and y, NaN where either is; complex numbers are ordered as by Max (jax.lax.min).
func Min[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Min", ops.Min, x, y) }

// Square is x*x of numbers (jax.lax.square).
func Square(x jnp.Array) jnp.Array { return unary("lax.Square", ops.Square, x) }

// Reciprocal is 1/x of floats and complex numbers (jax.lax.reciprocal).
func Reciprocal(x jnp.Array) jnp.Array { return unary("lax.Reciprocal", ops.Reciprocal, x) }

// Sqrt is the square root of floats, NaN below 0, and of complex numbers (jax.lax.sqrt).
func Sqrt(x jnp.Array) jnp.Array { return unary("lax.Sqrt", ops.Sqrt, x) }

// Rsqrt is 1 over the square root, of floats and complex numbers (jax.lax.rsqrt).
func Rsqrt(x jnp.Array) jnp.Array { return unary("lax.Rsqrt", ops.Rsqrt, x) }

// Cbrt is the real cube root of floats (jax.lax.cbrt).
func Cbrt(x jnp.Array) jnp.Array { return unary("lax.Cbrt", ops.Cbrt, x) }

// Pow is x to the power of y: x of floats or complex numbers, y of the same dtype or an array of integers
// (jax.lax.pow).
func Pow[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Pow", ops.Pow, x, y) }

// IntegerPow is x to the power of the Go integer n, by repeated multiplication, for numbers; integers take no negative
// n (jax.lax.integer_pow).
func IntegerPow(x jnp.Array, n int) jnp.Array {
	return unary("lax.IntegerPow", func(v *trace.Value) *trace.Value { return ops.IntegerPow(v, n) }, x)
}

// MulHi is the high half of the product of integers, which has twice their bits: x·y >> bits (jax.lax.mulhi).
func MulHi[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.MulHi", ops.MulHi, x, y) }

// NextAfter is the float next to x in the direction of y (jax.lax.nextafter).
func NextAfter[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("lax.NextAfter", ops.NextAfter, x, y)
}
