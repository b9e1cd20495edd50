package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Sort sorts arrays of one shape together along axis, by the first numKeys of them, one after the other, as lax.sort. Floats
// are in the order -inf to +inf, then NaNs; -0 and +0, and all NaNs, count as equal; complex numbers go by their real, then
// their imaginary parts. stable keeps equal elements in order.
func Sort(xs []jnp.Array, axis int, stable bool, numKeys int) []jnp.Array {
	return wrapAll(ops.Sort(vals("lax.Sort", xs), axis, stable, numKeys))
}
