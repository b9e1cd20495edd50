package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// BroadcastInDim is x with its axis i placed at axis dims[i] of an array of the given shape, and repeated along the other
// axes and along those where x has size 1. dims must increase; nil puts a scalar everywhere. x itself is returned where
// nothing changes.
func BroadcastInDim(x jnp.Array, shape, dims []int) jnp.Array {
	return jnp.Wrap(ops.BroadcastInDim(val("lax.BroadcastInDim", x), shape, dims))
}

// Broadcast is x repeated along new leading axes of the given sizes.
func Broadcast(x jnp.Array, leading []int) jnp.Array {
	return jnp.Wrap(ops.Broadcast(val("lax.Broadcast", x), leading))
}

// ExpandDims inserts axes of size 1, at the given positions of the result. Negative positions count from the end of the result.
func ExpandDims(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.ExpandDims(val("lax.ExpandDims", x), axes))
}
