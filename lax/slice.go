package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// IndexOptions are the options of IndexInDim and DynamicIndexInDim.
type IndexOptions struct {
	// DropAxis leaves the axis out of the result (JAX's keepdims=False); by default it stays, with size 1.
	DropAxis bool
}

// Slice is x[start:limit:strides], with a number for each axis: 0 <= start <= limit <= size, and strides of 1 or more,
// nil for 1 everywhere (jax.lax.slice). Nothing is clipped.
func Slice(x jnp.Array, start, limit, strides []int) jnp.Array {
	return jnp.Wrap(ops.Slice(kit.Value("lax.Slice", x), start, limit, strides))
}

// SliceInDim is Slice along one axis, which may be negative (jax.lax.slice_in_dim). A start or limit that is negative
// counts from the end; then 0 <= start <= limit <= size must hold.
func SliceInDim(x jnp.Array, start, limit, stride, axis int) jnp.Array {
	return jnp.Wrap(ops.SliceInDim(kit.Value("lax.SliceInDim", x), start, limit, stride, axis))
}

// IndexInDim is x at position i of one axis (jax.lax.index_in_dim). Both may be negative; i must be in range.
//
// Options: IndexOptions (DropAxis).
func IndexInDim(x jnp.Array, i, axis int, options ...IndexOptions) jnp.Array {
	const op = "lax.IndexInDim"
	o := oneOption(op, options)
	return jnp.Wrap(ops.IndexInDim(kit.Value(op, x), i, axis, !o.DropAxis))
}

// DynamicSlice is the part of x of the given sizes that begins at starts (jax.lax.dynamic_slice). starts has a position
// for each axis, a Go integer or an integer array without axes: []any{i, 0}. Negative ones count from the end; then
// each is limited so that the part lies within x.
func DynamicSlice(x jnp.Array, starts []any, sizes []int) jnp.Array {
	const op = "lax.DynamicSlice"
	return jnp.Wrap(ops.DynamicSlice(kit.Value(op, x), indices(op, starts), sizes))
}

// DynamicUpdateSlice is x with update, of the same dtype and number of axes, written over the part that begins at
// starts, which are as those of DynamicSlice (jax.lax.dynamic_update_slice).
func DynamicUpdateSlice(x, update jnp.Array, starts []any) jnp.Array {
	const op = "lax.DynamicUpdateSlice"
	return jnp.Wrap(ops.DynamicUpdateSlice(kit.Value(op, x), kit.Value(op, update), indices(op, starts)))
}

// DynamicSliceInDim is DynamicSlice along one axis, which may be negative, taking all of the others
// (jax.lax.dynamic_slice_in_dim).
func DynamicSliceInDim[I Index](x jnp.Array, start I, size, axis int) jnp.Array {
	const op = "lax.DynamicSliceInDim"
	return jnp.Wrap(ops.DynamicSliceInDim(kit.Value(op, x), index(op, start), size, axis))
}

// DynamicIndexInDim is x at position i of one axis (jax.lax.dynamic_index_in_dim). Both may be negative; i is limited
// to the axis.
//
// Options: IndexOptions (DropAxis).
func DynamicIndexInDim[I Index](x jnp.Array, i I, axis int, options ...IndexOptions) jnp.Array {
	const op = "lax.DynamicIndexInDim"
	o := oneOption(op, options)
	return jnp.Wrap(ops.DynamicIndexInDim(kit.Value(op, x), index(op, i), axis, !o.DropAxis))
}

// DynamicUpdateSliceInDim is x with update written over the part that begins at start along one axis, which may be
// negative (jax.lax.dynamic_update_slice_in_dim).
func DynamicUpdateSliceInDim[I Index](x, update jnp.Array, start I, axis int) jnp.Array {
	const op = "lax.DynamicUpdateSliceInDim"
	return jnp.Wrap(ops.DynamicUpdateSliceInDim(kit.Value(op, x), kit.Value(op, update), index(op, start), axis))
}

// DynamicUpdateIndexInDim is x with update, which may lack the axis or have it with size 1, written over position i of
// one axis (jax.lax.dynamic_update_index_in_dim). The axis may be negative.
func DynamicUpdateIndexInDim[I Index](x, update jnp.Array, i I, axis int) jnp.Array {
	const op = "lax.DynamicUpdateIndexInDim"
	return jnp.Wrap(ops.DynamicUpdateIndexInDim(kit.Value(op, x), kit.Value(op, update), index(op, i), axis))
}

// IndexTake takes what lies at positions along some axes of x (jax.lax.index_take): positions has a vector of integers
// for each of the axes, all of one length, which becomes the first axis of the result. Positions count modulo the size
// of their axis.
func IndexTake(x jnp.Array, positions []jnp.Array, axes []int) jnp.Array {
	const op = "lax.IndexTake"
	return jnp.Wrap(ops.IndexTake(kit.Value(op, x), kit.Values(op, positions), axes))
}
