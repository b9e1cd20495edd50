package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleGCD() {
	fmt.Println(jnp.GCD(jnp.FromSlice([]int32{12, 18, 0}), 8))
	// Output:
	// [4 2 8]
}

func ExampleLCM() {
	fmt.Println(jnp.LCM(jnp.FromSlice([]int32{4, 6, 0}), 10))
	// Output:
	// [20 30  0]
}
