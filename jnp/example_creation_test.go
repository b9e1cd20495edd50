package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleCreation_AsArray() {
	fmt.Println(jnp.Creation{DType: jnp.Float32, NDMin: 2}.AsArray([]int{1, 2}))
	// Output:
	// [[1. 2.]]
}

func ExampleCreation_EmptyLike() {
	x := jnp.Ones(2, 3)
	fmt.Println(jnp.Creation{Shape: []int{4}}.EmptyLike(x))
	// Output:
	// [0. 0. 0. 0.]
}

func ExampleCreation() {
	int16s := jnp.Creation{DType: jnp.Int16}
	fmt.Println(int16s.Zeros(2), int16s.Ones(2), int16s.Empty(2), int16s.Full([]int{2}, 7), int16s.AsArray([]int{1, 2}),
		int16s.Arange(1, 7, 2))
	fmt.Println(int16s.Eye(2, 3, 1), int16s.Identity(2), int16s.Tri(2))
	// Output:
	// [0 0] [1 1] [0 0] [7 7] [1 2] [1 3 5]
	// [[0 1 0]
	//  [0 0 1]] [[1 0]
	//  [0 1]] [[1 0]
	//  [1 1]]
}

func ExampleCreation_ZerosLike() {
	x := jnp.Zeros(2)
	c := jnp.Creation{DType: jnp.Int8, Shape: []int{3}}
	fmt.Println(c.ZerosLike(x), c.OnesLike(x), c.EmptyLike(x), c.FullLike(x, 5))
	// Output: [0 0 0] [1 1 1] [0 0 0] [5 5 5]
}

func ExampleZeros() {
	fmt.Println(jnp.Creation{DType: jnp.Int32}.Zeros(2, 3))
	// Output:
	// [[0 0 0]
	//  [0 0 0]]
}

func ExampleOnes() {
	fmt.Println(jnp.Ones(3))
	// Output:
	// [1. 1. 1.]
}

func ExampleEmpty() {
	fmt.Println(jnp.Empty(2))
	// Output:
	// [0. 0.]
}

func ExampleFull() {
	fmt.Println(jnp.Full([]int{2, 2}, 1.5))
	// Output:
	// [[1.5 1.5]
	//  [1.5 1.5]]
}

func ExampleZerosLike() {
	fmt.Println(jnp.ZerosLike(jnp.Arange(3)))
	// Output:
	// [0 0 0]
}

func ExampleOnesLike() {
	fmt.Println(jnp.OnesLike(jnp.Arange(3)))
	// Output:
	// [1 1 1]
}

func ExampleEmptyLike() {
	fmt.Println(jnp.EmptyLike(jnp.Arange(3)))
	// Output:
	// [0 0 0]
}

func ExampleFullLike() {
	fmt.Println(jnp.FullLike(jnp.Arange(3), 7))
	// Output:
	// [7 7 7]
}

func ExampleAsArray() {
	fmt.Println(jnp.AsArray([][]int{{1, 2}, {3, 4}}))
	// Output:
	// [[1 2]
	//  [3 4]]
}

func ExampleFromFunc() {
	fmt.Println(jnp.FromFunc([]int{2, 3}, func(i []int) int32 { return int32(10*i[0] + i[1]) }))
	// Output:
	// [[ 0  1  2]
	//  [10 11 12]]
}

func ExampleArange() {
	fmt.Println(jnp.Arange(0, 1, 0.25))
	// Output:
	// [0.   0.25 0.5  0.75]
}
