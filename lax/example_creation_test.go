package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleFull() {
	fmt.Println(lax.Full([]int{3}, 1.5), lax.Full([]int{2}, 7, lax.FullOptions{DType: jnp.Uint8}))
	// Output: [1.5 1.5 1.5] [7 7]
}

func ExampleFullLike() {
	x := jnp.FromSlice([]int32{1, 2}, 2)
	fmt.Println(lax.FullLike(x, 9), lax.FullLike(x, 0.5, lax.FullOptions{DType: jnp.Float32, Shape: []int{1}}))
	// Output: [9 9] [0.5]
}

func ExampleIota() {
	fmt.Println(lax.Iota(jnp.Int32, []int{2, 3}, 1))
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
}

func ExampleEmpty() {
	fmt.Println(lax.Empty([]int{2, 2}, jnp.Float32).Shape())
	// Output: [2 2]
}
