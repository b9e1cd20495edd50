package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// BroadcastInDim is x with its axis i placed at axis dims[i] of an array of the given shape, and repeated along the
// other axes and along those where x has size 1 (jax.lax.broadcast_in_dim). dims has an axis of the result for each
// axis of x, and increases; nil puts a scalar everywhere.
func BroadcastInDim(x jnp.Array, shape, dims []int) jnp.Array {
	return jnp.Wrap(ops.BroadcastInDim(kit.Value("lax.BroadcastInDim", x), shape, dims))
}

// Broadcast is x repeated along new leading axes of the given sizes (jax.lax.broadcast).
func Broadcast(x jnp.Array, sizes ...int) jnp.Array {
	return jnp.Wrap(ops.Broadcast(kit.Value("lax.Broadcast", x), sizes))
}

// BroadcastLike is x repeated to the shape of like: along axes of size 1, and along leading axes that it lacks
// (jax.lax.broadcast_like).
func BroadcastLike(x, like jnp.Array) jnp.Array {
	const op = "lax.BroadcastLike"
	return jnp.Wrap(ops.BroadcastLike(kit.Value(op, x), kit.Value(op, like)))
}

// BroadcastToRank is x with axes of size 1 put in front, so that it has rank axes (jax.lax.broadcast_to_rank).
func BroadcastToRank(x jnp.Array, rank int) jnp.Array {
	return jnp.Wrap(ops.BroadcastToRank(kit.Value("lax.BroadcastToRank", x), rank))
}

// ExpandDims is x with axes of size 1 put in, at the given positions of the result, which may be negative
// (jax.lax.expand_dims).
func ExpandDims(x jnp.Array, axes ...int) jnp.Array {
	return jnp.Wrap(ops.ExpandDims(kit.Value("lax.ExpandDims", x), axes))
}

// Squeeze is x without the given axes, which must have size 1 and may be negative (jax.lax.squeeze).
func Squeeze(x jnp.Array, axes ...int) jnp.Array {
	return jnp.Wrap(ops.Squeeze(kit.Value("lax.Squeeze", x), axes))
}

// Reshape is the elements of x, row by row, in another shape of as many elements (jax.lax.reshape). No length may be
// left open: -1 is for jnp.Reshape. JAX's dimensions, an order in which to read the axes, is a Transpose before.
func Reshape(x jnp.Array, shape ...int) jnp.Array {
	return jnp.Wrap(ops.Reshape(kit.Value("lax.Reshape", x), shape))
}

// Collapse makes one axis of the axes from start up to stop, without stop (jax.lax.collapse). Both count from the end
// if they are negative, and are limited to the axes that x has.
func Collapse(x jnp.Array, start, stop int) jnp.Array {
	return jnp.Wrap(ops.Collapse(kit.Value("lax.Collapse", x), start, stop))
}

// Transpose is x with its axis perm[i] at position i; perm names every axis (jax.lax.transpose).
func Transpose(x jnp.Array, perm ...int) jnp.Array {
	return jnp.Wrap(ops.Transpose(kit.Value("lax.Transpose", x), perm))
}

// Rev reverses x along the given axes (jax.lax.rev).
func Rev(x jnp.Array, axes ...int) jnp.Array { return jnp.Wrap(ops.Rev(kit.Value("lax.Rev", x), axes)) }

// Tile repeats x along each axis as often as reps says, a number for each axis (jax.lax.tile).
func Tile(x jnp.Array, reps ...int) jnp.Array {
	return jnp.Wrap(ops.Tile(kit.Value("lax.Tile", x), reps))
}
