package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Floor rounds floats towards minus infinity (jax.lax.floor).
func Floor(x jnp.Array) jnp.Array { return unary("lax.Floor", ops.Floor, x) }

// Ceil rounds floats towards infinity (jax.lax.ceil).
func Ceil(x jnp.Array) jnp.Array { return unary("lax.Ceil", ops.Ceil, x) }

// RoundingMethod says how Round breaks ties: AwayFromZero or ToNearestEven (jax.lax.RoundingMethod).
type RoundingMethod = ops.RoundingMethod

// Where a number that lies halfway between two integers goes.
const (
	AwayFromZero  = ops.AwayFromZero  // 2.5 becomes 3 and -2.5 becomes -3, as by the round of C; the default
	ToNearestEven = ops.ToNearestEven // 2.5 becomes 2 and 3.5 becomes 4, as by NumPy
)

// RoundOptions are the options of Round.
type RoundOptions struct {
	Method RoundingMethod
}

// Round rounds floats to the nearest integer, halves away from zero unless the options say otherwise (jax.lax.round).
//
// Options: RoundOptions (Method).
func Round(x jnp.Array, options ...RoundOptions) jnp.Array {
	const op = "lax.Round"
	o := oneOption(op, options)
	return unary(op, func(v *trace.Value) *trace.Value { return ops.Round(v, o.Method) }, x)
}

// IsFinite says, as bools, which floats are neither infinite nor NaN (jax.lax.is_finite).
func IsFinite(x jnp.Array) jnp.Array { return unary("lax.IsFinite", ops.IsFinite, x) }

// ReducePrecision rounds floats to what a format with so many bits for the exponent and the mantissa can hold, without
// changing their dtype (jax.lax.reduce_precision).
func ReducePrecision(x jnp.Array, exponentBits, mantissaBits int) jnp.Array {
	return jnp.Wrap(ops.ReducePrecision(kit.Value("lax.ReducePrecision", x), exponentBits, mantissaBits))
}
