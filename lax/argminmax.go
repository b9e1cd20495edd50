package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ArgMax is the index along axis, as dtype index (an integer type), of the greatest element: of several the first, and of the
// first NaN where there are NaNs. The axis must not be empty, x not complex.
func ArgMax(x jnp.Array, axis int, index jnp.DType) jnp.Array {
	return jnp.Wrap(ops.ArgMax(val("lax.ArgMax", x), axis, index))
}

// ArgMin is ArgMax for the least element.
func ArgMin(x jnp.Array, axis int, index jnp.DType) jnp.Array {
	return jnp.Wrap(ops.ArgMin(val("lax.ArgMin", x), axis, index))
}
