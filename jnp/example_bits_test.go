package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExamplePackBits() {
	x := jnp.FromSlice([]bool{true, false, true, false, false, false, false, true, true})
	fmt.Println(jnp.PackBits(x))
	// Output:
	// [161 128]
}

func ExampleBits_PackBits() {
	x := jnp.FromSlice([]bool{true, false, true, false, false, false, false, true, true})
	fmt.Println(jnp.Bits{Little: true}.PackBits(x))
	// Output:
	// [133   1]
}

func ExampleUnpackBits() {
	fmt.Println(jnp.UnpackBits(jnp.FromSlice([]uint8{5, 128})))
	// Output:
	// [0 0 0 0 0 1 0 1 1 0 0 0 0 0 0 0]
}

func ExampleBits_UnpackBits() {
	x := jnp.FromSlice([]uint8{5, 128}, 2, 1)
	fmt.Println(jnp.Bits{Little: true, Count: 3}.UnpackBits(x, 1))
	// Output:
	// [[1 0 1]
	//  [0 0 0]]
}
