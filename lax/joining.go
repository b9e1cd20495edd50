package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Split is x cut along axis into parts of the given sizes, which must add up to the axis's, as lax.split.
func Split(x jnp.Array, sizes []int, axis int) []jnp.Array {
	return wrapAll(ops.Split(val("lax.Split", x), sizes, axis))
}

// Stack joins arrays of one shape and dtype along a new axis of the result, as lax.stack.
func Stack(xs []jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.Stack(vals("lax.Stack", xs), axis))
}

// Unstack is the arrays that x consists of along axis, without that axis, as lax.unstack.
func Unstack(x jnp.Array, axis int) []jnp.Array {
	return wrapAll(ops.Unstack(val("lax.Unstack", x), axis))
}

// BroadcastLike is x repeated to the shape of like, axes of size 1 and missing leading ones, as lax.broadcast_like.
func BroadcastLike(x, like jnp.Array) jnp.Array {
	return jnp.Wrap(ops.BroadcastLike(val("lax.BroadcastLike", x), val("lax.BroadcastLike", like)))
}

// BroadcastToRank is x with axes of size 1 put in front, so that it has rank axes, as lax.broadcast_to_rank.
func BroadcastToRank(x jnp.Array, rank int) jnp.Array {
	return jnp.Wrap(ops.BroadcastToRank(val("lax.BroadcastToRank", x), rank))
}

// Reciprocal is 1/x of floats and complex numbers, as lax.reciprocal.
func Reciprocal(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Reciprocal(val("lax.Reciprocal", x))) }
