package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Neg is -x for any number type; unsigned integers wrap around.
func Neg(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Neg(val("lax.Neg", x))) }

// Sign is -1, 0 or 1 (NaN of NaN, x/|x| of a complex x) for any number type.
func Sign(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Sign(val("lax.Sign", x))) }

// Abs is |x| of signed integers, floats and complex numbers, whose result is real. Unsigned integers and bool are refused.
func Abs(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Abs(val("lax.Abs", x))) }

// Floor rounds floats towards minus infinity.
func Floor(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Floor(val("lax.Floor", x))) }

// Ceil rounds floats towards infinity.
func Ceil(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Ceil(val("lax.Ceil", x))) }

// Round rounds floats to the nearest integer, ties as method says.
func Round(x jnp.Array, method RoundingMethod) jnp.Array {
	return jnp.Wrap(ops.Round(val("lax.Round", x), method))
}

// IsFinite reports, as bool, which floats are neither infinite nor NaN.
func IsFinite(x jnp.Array) jnp.Array { return jnp.Wrap(ops.IsFinite(val("lax.IsFinite", x))) }
