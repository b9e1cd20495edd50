package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Concatenate joins arrays of one dtype, and of one shape except along axis. At least one array is needed; one alone is
// returned as it is.
func Concatenate(xs []jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.Concatenate(vals("lax.Concatenate", xs), axis))
}

// Pad adds elements of the given scalar value along every axis: low before, high behind and interior between any two elements.
// Negative low and high take elements away, after the interior ones are put in. x itself is returned where nothing is added.
func Pad(x, value jnp.Array, low, high, interior []int) jnp.Array {
	return jnp.Wrap(ops.Pad(val("lax.Pad", x), val("lax.Pad", value), low, high, interior))
}
