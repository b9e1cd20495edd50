package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// OptimizationBarrier returns xs unchanged, in such a way that the compiler computes all of them before anything that uses
// one of the results, and shares no work between the two sides.
func OptimizationBarrier(xs ...jnp.Array) []jnp.Array {
	return wrapAll(ops.OptimizationBarrier(vals("lax.OptimizationBarrier", xs)...))
}
