package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleGcd() {
	fmt.Println(jnp.Gcd(jnp.FromSlice([]int32{12, 18, 0}), 8))
	// Output:
	// [4 2 8]
}

func ExampleLcm() {
	fmt.Println(jnp.Lcm(jnp.FromSlice([]int32{4, 6, 0}), 10))
	// Output:
	// [20 30  0]
}
