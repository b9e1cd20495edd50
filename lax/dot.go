package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// DotGeneral multiplies x and y and sums over the contracted axes, as lax.dot_general. The axes of the result are the batch
// axes, then the others of x, then the others of y. Operands of different dtypes are converted to the higher one.
func DotGeneral(x, y jnp.Array, d DotDims, o DotOptions) jnp.Array {
	return jnp.Wrap(ops.DotGeneral(val("lax.DotGeneral", x), val("lax.DotGeneral", y), d, o))
}

// Dot is the product of vectors and matrices: the last axis of x with the first of y, as lax.dot.
func Dot(x, y jnp.Array, options ...DotOptions) jnp.Array {
	return jnp.Wrap(ops.Dot(val("lax.Dot", x), val("lax.Dot", y), options...))
}
