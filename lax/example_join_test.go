package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleConcatenate() {
	x, y := jnp.FromSlice([]int32{1, 2}, 2), jnp.FromSlice([]int32{3}, 1)
	fmt.Println(lax.Concatenate([]jnp.Array{x, y}, 0))
	// Output: [1 2 3]
}

func ExampleStack() {
	x := jnp.Arange(3)
	fmt.Println(lax.Stack([]jnp.Array{x, lax.Neg(x)}, 1))
	// Output:
	// [[ 0  0]
	//  [ 1 -1]
	//  [ 2 -2]]
}

func ExampleSplit() {
	for _, part := range lax.Split(jnp.Arange(6).Reshape(2, 3), []int{1, 2}, 1) {
		fmt.Println(part)
	}
	// Output:
	// [[0]
	//  [3]]
	// [[1 2]
	//  [4 5]]
}

func ExampleUnstack() {
	for _, column := range lax.Unstack(jnp.Arange(6).Reshape(2, 3), 1) {
		fmt.Println(column)
	}
	// Output:
	// [0 3]
	// [1 4]
	// [2 5]
}

func ExamplePad() {
	fmt.Println(lax.Pad(jnp.FromSlice([]int32{1, 2}, 2), 0, [][3]int{{1, 2, 1}})) // before, behind, between
	// Output: [0 1 0 2 0 0]
}
