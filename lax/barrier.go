package lax

import (
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// OptimizationBarrier is the tree x unchanged, in such a way that the compiler computes all of its arrays before
// anything that uses one of the results, and shares no work between the two sides (jax.lax.optimization_barrier).
func OptimizationBarrier[T any](x T) T {
	def, v := trace.Flatten(x)
	if len(v) == 0 {
		return x
	}
	return trace.Unflatten[T](def, ops.OptimizationBarrier(v...))
}
