package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// TopK is the k greatest elements of x along its last axis, or the one given, which may be negative, the greatest first, and
// their positions as int32, as lax.top_k: of equal elements the first come first, and NaN counts as greater than every
// number. Reals and bool.
func TopK(x jnp.Array, k int, axis ...int) (values, indices jnp.Array) {
	return wrap2(ops.TopK(val("lax.TopK", x), k, axis...))
}
