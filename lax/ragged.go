package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// RaggedDot multiplies groups of rows of x (m, k), one after the other, groupSizes[i] of them, with the i-th matrix of y (g, k, n),
// as lax.ragged_dot: the result is (m, n), and rows behind the last group are zero. groupSizes is of an integer type.
func RaggedDot(x, y, groupSizes jnp.Array, o DotOptions) jnp.Array {
	return jnp.Wrap(ops.RaggedDot(val("lax.RaggedDot", x), val("lax.RaggedDot", y), val("lax.RaggedDot", groupSizes), o))
}

// RaggedDotGeneral is DotGeneral of operands that fall into groups of the given sizes along an axis of x, as
// lax.ragged_dot_general. Where that axis is contracted there is a product for each group, along a new first axis; where it
// is a batch axis the groups do not matter. groupSizes has one axis, or is given for each element of the axes before.
func RaggedDotGeneral(x, y, groupSizes jnp.Array, d RaggedDims, o DotOptions) jnp.Array {
	return jnp.Wrap(ops.RaggedDotGeneral(val("lax.RaggedDotGeneral", x), val("lax.RaggedDotGeneral", y), val("lax.RaggedDotGeneral", groupSizes), d, o))
}
