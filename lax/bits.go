package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Not flips every bit of integers, and negates bool.
func Not(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Not(val("lax.Not", x))) }

// PopulationCount counts the bits that are set, in x's integer dtype.
func PopulationCount(x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.PopulationCount(val("lax.PopulationCount", x)))
}

// Clz counts the leading zero bits, in x's integer dtype.
func Clz(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Clz(val("lax.Clz", x))) }

// And is the bitwise and of integers or bool.
func And(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.And(val("lax.And", x), val("lax.And", y))) }

// Or is the bitwise or of integers or bool.
func Or(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Or(val("lax.Or", x), val("lax.Or", y))) }

// Xor is the bitwise exclusive or of integers or bool.
func Xor(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Xor(val("lax.Xor", x), val("lax.Xor", y))) }

// ShiftLeft is x << y of integers, 0 where y is not in [0, bits).
func ShiftLeft(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.ShiftLeft(val("lax.ShiftLeft", x), val("lax.ShiftLeft", y)))
}

// ShiftRightArithmetic is x >> y of integers with the sign bit repeated, the sign itself where y is not in [0, bits).
func ShiftRightArithmetic(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.ShiftRightArithmetic(val("lax.ShiftRightArithmetic", x), val("lax.ShiftRightArithmetic", y)))
}

// ShiftRightLogical is x >> y of integers filled with zeros, 0 where y is not in [0, bits).
func ShiftRightLogical(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.ShiftRightLogical(val("lax.ShiftRightLogical", x), val("lax.ShiftRightLogical", y)))
}
