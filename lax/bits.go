package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// BitwiseNot flips every bit of integers, and negates bools (jax.lax.bitwise_not).
func BitwiseNot(x jnp.Array) jnp.Array { return unary("lax.BitwiseNot", ops.Not, x) }

// BitwiseAnd is the bitwise and of integers or bools (jax.lax.bitwise_and).
func BitwiseAnd[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.BitwiseAnd", ops.And, x, y) }

// BitwiseOr is the bitwise or of integers or bools (jax.lax.bitwise_or).
func BitwiseOr[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.BitwiseOr", ops.Or, x, y) }

// BitwiseXor is the bitwise exclusive or of integers or bools (jax.lax.bitwise_xor).
func BitwiseXor[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("lax.BitwiseXor", ops.Xor, x, y) }

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

// CLZ counts the leading zero bits, in the integer dtype of x (jax.lax.clz).
func CLZ(x jnp.Array) jnp.Array { return unary("lax.CLZ", ops.CLZ, x) }
