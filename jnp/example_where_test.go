package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleWhere() {
	fmt.Println(jnp.Where(jnp.Arange(4).Gt(1), jnp.Arange(4), -1))
	// Output:
	// [-1 -1  2  3]
}

func ExampleSelect() {
	fmt.Println(
		jnp.Select([]jnp.Array{jnp.Arange(4).Lt(1), jnp.Arange(4).Lt(3)}, []jnp.Array{jnp.AsArray(10), jnp.AsArray(20)},
			30))
	// Output:
	// [10 20 20 30]
}
