package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ReduceSum sums x over axes; over none, x comes back, and over an axis of size 0 the sum is 0. Numbers only. float16 and
// bfloat16 are added up in float32 and rounded once.
func ReduceSum(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceSum(val("lax.ReduceSum", x), axes))
}

// ReduceProd multiplies x over axes; the product of nothing is 1. Numbers only.
func ReduceProd(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceProd(val("lax.ReduceProd", x), axes))
}

// ReduceMax is the greatest element over axes, NaN where there is one; of nothing, -inf or the least integer. Complex numbers
// are ordered by their real and then imaginary parts.
func ReduceMax(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceMax(val("lax.ReduceMax", x), axes))
}

// ReduceMin is the least element over axes, NaN where there is one; of nothing, +inf or the greatest integer.
func ReduceMin(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceMin(val("lax.ReduceMin", x), axes))
}

// ReduceAnd is the bitwise (of bools, logical) and over axes; of nothing, all ones. Bools and integers only.
func ReduceAnd(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceAnd(val("lax.ReduceAnd", x), axes))
}

// ReduceOr is the bitwise (of bools, logical) or over axes; of nothing, 0. Bools and integers only.
func ReduceOr(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceOr(val("lax.ReduceOr", x), axes))
}

// ReduceXor is the bitwise (of bools, logical) exclusive or over axes; of nothing, 0. Bools and integers only.
func ReduceXor(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ReduceXor(val("lax.ReduceXor", x), axes))
}
