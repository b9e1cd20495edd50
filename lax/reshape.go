package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Reshape is x's elements, row-major, in another shape of as many elements; -1 is refused (jnp resolves it). x itself is
// returned where nothing changes.
func Reshape(x jnp.Array, shape []int) jnp.Array {
	return jnp.Wrap(ops.Reshape(val("lax.Reshape", x), shape))
}

// Squeeze drops axes, which must have size 1. Negative axes count from the end.
func Squeeze(x jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.Squeeze(val("lax.Squeeze", x), axes))
}

// Transpose is x with its axis perm[i] at position i. x itself is returned where nothing moves.
func Transpose(x jnp.Array, perm []int) jnp.Array {
	return jnp.Wrap(ops.Transpose(val("lax.Transpose", x), perm))
}

// Rev reverses x along the given axes.
func Rev(x jnp.Array, axes []int) jnp.Array { return jnp.Wrap(ops.Rev(val("lax.Rev", x), axes)) }
