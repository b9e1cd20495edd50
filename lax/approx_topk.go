package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ApproxMaxK is the k greatest elements of x along axis, greatest first, and their positions as int32, as lax.approx_max_k.
// float dtypes. CPUs and GPUs have no approximate search: as in JAX the result is that of a sort. The order of
// equal elements, and of NaNs, is not specified.
func ApproxMaxK(x jnp.Array, k, axis int, options ...ApproxOptions) (values, indices jnp.Array) {
	return wrap2(ops.ApproxMaxK(val("lax.ApproxMaxK", x), k, axis, options...))
}

// ApproxMinK is ApproxMaxK of the least elements, least first, as lax.approx_min_k.
func ApproxMinK(x jnp.Array, k, axis int, options ...ApproxOptions) (values, indices jnp.Array) {
	return wrap2(ops.ApproxMinK(val("lax.ApproxMinK", x), k, axis, options...))
}
