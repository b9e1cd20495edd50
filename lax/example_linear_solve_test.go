package lax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleCustomLinearSolve() {
	// A solver that is a loop of unknown length has no gradient of its own; as the solution of a system it has.
	solve := func(a, b jnp.Array) jnp.Array {
		return lax.CustomLinearSolve(lax.LinearSystem[jnp.Array]{
			MatVec: func(x jnp.Array) jnp.Array { return lax.Mul(a, x) },
			Solve: func(matVec func(jnp.Array) jnp.Array, b jnp.Array) jnp.Array {
				far := func(x jnp.Array) jnp.Array { return jnp.Abs(matVec(x).Sub(b)).Gt(1e-5) }
				return lax.WhileLoop(far, func(x jnp.Array) jnp.Array { return x.Sub(matVec(x).Sub(b).Mul(0.25)) }, b)
			},
			Symmetric: true,
		}, b)
	}
	a, b := jnp.AsArray(float32(2)), jnp.AsArray(float32(6))
	fmt.Printf("%.3f %.3f\n", solve(a, b).Item(),
		gojax.Grad(func(a jnp.Array) jnp.Array { return solve(a, b) })(a).Item())
	// Output: 3.000 -1.500
}
