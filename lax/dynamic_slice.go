package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// DynamicSlice is the part of x of the given sizes that begins at starts, one integer scalar an axis. Negative starts count
// from the end; then each is limited so that the part lies within x.
func DynamicSlice(x jnp.Array, starts []jnp.Array, sizes []int) jnp.Array {
	return jnp.Wrap(ops.DynamicSlice(val("lax.DynamicSlice", x), vals("lax.DynamicSlice", starts), sizes))
}

// DynamicUpdateSlice is x with update, of the same dtype and rank, written over the part that begins at starts, read as DynamicSlice
// reads them.
func DynamicUpdateSlice(x, update jnp.Array, starts []jnp.Array) jnp.Array {
	return jnp.Wrap(ops.DynamicUpdateSlice(val("lax.DynamicUpdateSlice", x), val("lax.DynamicUpdateSlice", update), vals("lax.DynamicUpdateSlice", starts)))
}

// DynamicSliceInDim is DynamicSlice along one axis, which may be negative, taking all of the others.
func DynamicSliceInDim(x, start jnp.Array, size, axis int) jnp.Array {
	return jnp.Wrap(ops.DynamicSliceInDim(val("lax.DynamicSliceInDim", x), val("lax.DynamicSliceInDim", start), size, axis))
}

// DynamicIndexInDim is x at position i of one axis, which stays, of size 1, if keep. i and axis may be negative; i is limited to
// the axis.
func DynamicIndexInDim(x, i jnp.Array, axis int, keep bool) jnp.Array {
	return jnp.Wrap(ops.DynamicIndexInDim(val("lax.DynamicIndexInDim", x), val("lax.DynamicIndexInDim", i), axis, keep))
}

// DynamicUpdateSliceInDim writes update over the part of x that begins at start along one axis, which may be negative.
func DynamicUpdateSliceInDim(x, update, start jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.DynamicUpdateSliceInDim(val("lax.DynamicUpdateSliceInDim", x), val("lax.DynamicUpdateSliceInDim", update), val("lax.DynamicUpdateSliceInDim", start), axis))
}

// DynamicUpdateIndexInDim writes update, which may lack the axis, over position i of one axis of x.
func DynamicUpdateIndexInDim(x, update, i jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.DynamicUpdateIndexInDim(val("lax.DynamicUpdateIndexInDim", x), val("lax.DynamicUpdateIndexInDim", update), val("lax.DynamicUpdateIndexInDim", i), axis))
}
