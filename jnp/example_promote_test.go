package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExamplePromoteTypes() {
	fmt.Println(jnp.PromoteTypes(jnp.Int8, jnp.Uint8))
	// Output:
	// int16
}

func ExampleResultType() {
	fmt.Println(jnp.ResultType(jnp.Int8, 2.5))
	// Output:
	// float32
}

func ExampleCanCast() {
	fmt.Println(jnp.CanCast(jnp.Int64, jnp.Float32))
	// Output:
	// false
}
