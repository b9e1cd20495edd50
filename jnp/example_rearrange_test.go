package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleRoll() {
	x := jnp.Arange(5)
	fmt.Println(jnp.Roll(x, 2), jnp.Flip(x), jnp.Tile(x, 2), jnp.Repeat(x, []int{0, 1, 2, 0, 1}))
	// Output: [3 4 0 1 2] [4 3 2 1 0] [0 1 2 3 4 0 1 2 3 4] [1 2 2 4]
}

func ExampleFlipUD() {
	x := jnp.AsArray([][]int32{{1, 2}, {3, 4}})
	fmt.Println(jnp.FlipUD(x))
	fmt.Println(jnp.FlipLR(x))
	fmt.Println(jnp.Rot90(x, 1))
	// Output:
	// [[3 4]
	//  [1 2]]
	// [[2 1]
	//  [4 3]]
	// [[2 4]
	//  [1 3]]
}

func ExampleRepetition() {
	fmt.Println(jnp.Repetition{Total: 4}.Repeat(jnp.Arange(3), jnp.AsArray([]int32{2, 0, 1})))
	// Output: [0 0 2 2]
}
