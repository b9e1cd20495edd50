package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleOptimizationBarrier() {
	xs := []jnp.Array{jnp.Arange(2), jnp.Ones(1)}
	fmt.Println(lax.OptimizationBarrier(xs))
	// Output: [[0 1] [1.]]
}
