package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleHStack() {
	x, y := jnp.AsArray([]int32{1, 2}), jnp.AsArray([]int32{3, 4})
	fmt.Println(jnp.HStack(x, y), jnp.Concat([]jnp.Array{x, y}))
	fmt.Println(jnp.ColumnStack(x, y))
	fmt.Println(jnp.DStack(x, y).Shape())
	// Output:
	// [1 2 3 4] [1 2 3 4]
	// [[1 3]
	//  [2 4]]
	// [1 2 2]
}

func ExampleAppend() {
	fmt.Println(jnp.Append(jnp.Arange(3), 7), jnp.Append(jnp.Zeros(1, 2), jnp.Ones(1, 2), 0))
	// Output:
	// [0 1 2 7] [[0. 0.]
	//  [1. 1.]]
}

func ExampleBlock() {
	a, b := jnp.Ones(2, 2), jnp.Zeros(2, 1)
	fmt.Println(jnp.Block([][]jnp.Array{{a, b}, {b.T(), jnp.AsArray([][]float32{{5}})}}))
	// Output:
	// [[1. 1. 0.]
	//  [1. 1. 0.]
	//  [0. 0. 5.]]
}

func ExampleJoining() {
	halves := jnp.Joining{DType: jnp.Float16}
	x := jnp.Arange(2)
	fmt.Println(halves.Concatenate([]jnp.Array{x, x}).DType(), halves.Stack([]jnp.Array{x, x}).DType(),
		halves.VStack(x, x).Shape(), halves.HStack(x, x).Shape(), halves.DStack(x, x).Shape())
	// Output: float16 float16 [2 2] [4] [1 2 2]
}

func ExampleConcatenate() {
	x, y := jnp.AsArray([]int32{1, 2}), jnp.AsArray([]int32{3, 4})
	fmt.Println(jnp.Concatenate([]jnp.Array{x, y}))
	fmt.Println(jnp.Stack([]jnp.Array{x, y}, 1))
	fmt.Println(jnp.VStack(x, y))
	// Output:
	// [1 2 3 4]
	// [[1 3]
	//  [2 4]]
	// [[1 2]
	//  [3 4]]
}
