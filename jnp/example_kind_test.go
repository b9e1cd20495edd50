package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleIsComplexObj() {
	fmt.Println(jnp.IsComplexObj(jnp.FromSlice([]complex64{1})), jnp.IsComplexObj(2.0), jnp.IsComplexObj(2i))
	// Output:
	// true false true
}

func ExampleIsRealObj() {
	fmt.Println(jnp.IsRealObj(jnp.Ones(2)), jnp.IsRealObj(2i))
	// Output:
	// true false
}

func ExampleIsScalar() {
	fmt.Println(jnp.IsScalar(3), jnp.IsScalar(jnp.Ones()), jnp.IsScalar(jnp.Ones(1)))
	// Output:
	// true true false
}
