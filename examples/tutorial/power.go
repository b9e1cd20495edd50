package main

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// powerIteration is the largest eigenvalue of xᵀx by n steps of power iteration, n being known only when it runs: a
// loop inside the compiled program.
func powerIteration(x, n jnp.Array) jnp.Array {
	type state struct{ Left, V, Value jnp.Array }
	first := state{n, jnp.Ones(x.Shape()[1]), jnp.Zeros()}
	last := lax.WhileLoop(
		func(s state) jnp.Array { return jnp.Greater(s.Left, 0) },
		func(s state) state {
			w := x.T().MatMul(x.MatMul(s.V))
			norm := jnp.Sqrt(w.Mul(w).Sum())
			return state{s.Left.Sub(1), w.Div(norm), norm}
		}, first)
	return last.Value
}
