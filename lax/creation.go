package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// FullLike is an array of x's shape, dtype and weakness with v everywhere, v rounded to the dtype: a constant of the program.
func FullLike(x jnp.Array, v float64) jnp.Array {
	return jnp.Wrap(ops.FullLike(val("lax.FullLike", x), v))
}

// Iota is an array of a number dtype whose elements count 0, 1, 2, ... along axis and are the same along the others.
func Iota(d jnp.DType, shape []int, axis int) jnp.Array { return jnp.Wrap(ops.Iota(d, shape, axis)) }

// Full is an array of the given shape with v, a scalar, everywhere (jax.lax.full).
func Full(shape []int, v any) jnp.Array { return jnp.Full(shape, v) }

// Empty is an array of the given shape and dtype; it is filled with zeros (jax.lax.empty).
func Empty(shape []int, d jnp.DType) jnp.Array { return jnp.Creation{DType: d}.Zeros(shape...) }
