package lax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleSlice() {
	fmt.Println(lax.Slice(jnp.Arange(5), []int{1}, []int{5}, []int{2}))
	// Output: [1 3]
}

func ExampleSliceInDim() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(lax.SliceInDim(x, 1, 3, 1, 1))
	// Output:
	// [[1 2]
	//  [4 5]]
}

func ExampleIndexInDim() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(lax.IndexInDim(x, -1, 0), lax.IndexInDim(x, -1, 0, lax.IndexOptions{DropAxis: true}))
	// Output: [[3 4 5]] [3 4 5]
}

func ExampleDynamicSlice() {
	// The second row from the column that i says, which is known when the program runs.
	f := func(x, i jnp.Array) jnp.Array { return lax.DynamicSlice(x, []any{1, i}, []int{1, 2}) }
	x := jnp.Arange(8).Reshape(2, 4)
	fmt.Println(gojax.Jit(f)(x, jnp.AsArray(1)), gojax.Jit(f)(x, jnp.AsArray(9)))
	// Output: [[5 6]] [[6 7]]
}

func ExampleDynamicUpdateSlice() {
	fmt.Println(lax.DynamicUpdateSlice(jnp.Zeros(4), jnp.FromSlice([]float32{7, 8}, 2), []any{1}))
	// Output: [0. 7. 8. 0.]
}

func ExampleDynamicSliceInDim() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(lax.DynamicSliceInDim(x, jnp.AsArray(1), 2, 1))
	fmt.Println(lax.DynamicUpdateSliceInDim(x, jnp.FromSlice([]int32{-1, -1}, 2, 1), 0, 1))
	// Output:
	// [[1 2]
	//  [4 5]]
	// [[-1  1  2]
	//  [-1  4  5]]
}

func ExampleDynamicIndexInDim() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(lax.DynamicIndexInDim(x, jnp.AsArray(1), 1, lax.IndexOptions{DropAxis: true}))
	fmt.Println(lax.DynamicUpdateIndexInDim(x, jnp.FromSlice([]int32{8, 9}, 2), -1, 1))
	// Output:
	// [1 4]
	// [[0 1 8]
	//  [3 4 9]]
}

func ExampleIndexTake() {
	x := jnp.FromSlice([]int32{1, 2, 3, 4}, 2, 2)
	rows, columns := jnp.FromSlice([]int32{0, -1}, 2), jnp.FromSlice([]int32{1, 0}, 2)
	fmt.Println(lax.IndexTake(x, []jnp.Array{rows, columns}, []int{0, 1}))
	// Output: [2 3]
}
