package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Gather takes windows of the given sizes (one for each axis of x) out of x, each starting where a vector along the last axis
// of indices says, as lax.gather. indices is of an integer type; the result has x's dtype.
func Gather(x, indices jnp.Array, dims GatherDims, sizes []int, o GatherOptions) jnp.Array {
	return jnp.Wrap(ops.Gather(val("lax.Gather", x), val("lax.Gather", indices), dims, sizes, o))
}
