package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Slice is x[start:limit:strides] with one entry an axis, 0 <= start <= limit <= size and strides of 1 or more (nil: all 1). x
// itself is returned where that is all of it.
func Slice(x jnp.Array, start, limit, strides []int) jnp.Array {
	return jnp.Wrap(ops.Slice(val("lax.Slice", x), start, limit, strides))
}

// SliceInDim slices along one axis, which may be negative (jax.lax.slice_in_dim). A start or limit that is negative counts from the end;
// then 0 <= start <= limit <= size must hold, for nothing is clipped, and the stride is at least 1.
func SliceInDim(x jnp.Array, start, limit, stride, axis int) jnp.Array {
	return jnp.Wrap(ops.SliceInDim(val("lax.SliceInDim", x), start, limit, stride, axis))
}

// IndexInDim is x at position i of one axis, which stays, of size 1, if keep. Both may be negative; i must be in range.
func IndexInDim(x jnp.Array, i, axis int, keep bool) jnp.Array {
	return jnp.Wrap(ops.IndexInDim(val("lax.IndexInDim", x), i, axis, keep))
}
