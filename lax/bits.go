package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Not flips every bit of integers, and negates bools (jax.lax.bitwise_not).
func Not(x jnp.Array) jnp.Array { return unary("lax.Not", ops.Not, x) }

// And is the bitwise and of integers or bools (jax.lax.bitwise_and).
func And[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.And", ops.And, x, y) }

// Or is the bitwise or of integers or bools (jax.lax.bitwise_or).
func Or[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Or", ops.Or, x, y) }

// Xor is the bitwise exclusive or of integers or bools (jax.lax.bitwise_xor).
func Xor[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.Xor", ops.Xor, x, y) }

// ShiftLeft is x << y of integers, 0 where y is not in [0, bits) (jax.lax.shift_left).
func ShiftLeft[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("lax.ShiftLeft", ops.ShiftLeft, x, y)
}

// ShiftRightArithmetic is x >> y of integers with the sign bit repeated: the sign alone where y is not in [0, bits)
// (jax.lax.shift_right_arithmetic).
func ShiftRightArithmetic[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("lax.ShiftRightArithmetic", ops.ShiftRightArithmetic, x, y)
}

// ShiftRightLogical is x >> y of integers filled with zeros: 0 where y is not in [0, bits)
// (jax.lax.shift_right_logical).
func ShiftRightLogical[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("lax.ShiftRightLogical", ops.ShiftRightLogical, x, y)
}

// PopulationCount counts the bits that are set, in the integer dtype of x (jax.lax.population_count).
func PopulationCount(x jnp.Array) jnp.Array {
	return unary("lax.PopulationCount", ops.PopulationCount, x)
}

// Clz counts the leading zero bits, in the integer dtype of x (jax.lax.clz).
func Clz(x jnp.Array) jnp.Array { return unary("lax.Clz", ops.Clz, x) }
