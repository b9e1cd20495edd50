package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleBroadcastInDim() {
	fmt.Println(lax.BroadcastInDim(jnp.FromSlice([]int32{1, 2}, 2), []int{2, 3}, []int{0}))
	// Output:
	// [[1 1 1]
	//  [2 2 2]]
}

func ExampleBroadcast() {
	fmt.Println(lax.Broadcast(jnp.FromSlice([]int32{1, 2}, 2), 3))
	// Output:
	// [[1 2]
	//  [1 2]
	//  [1 2]]
}

func ExampleBroadcastLike() {
	row, like := jnp.Arange(3), jnp.Zeros(2, 3)
	fmt.Println(lax.BroadcastLike(row, like))
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
}

func ExampleBroadcastToRank() {
	fmt.Println(lax.BroadcastToRank(jnp.Arange(3), 3).Shape())
	// Output: [1 1 3]
}

func ExampleExpandDims() {
	x := lax.ExpandDims(jnp.Arange(3), 0, -1)
	fmt.Println(x.Shape(), lax.Squeeze(x, 0).Shape())
	// Output: [1 3 1] [3 1]
}

func ExampleReshape() {
	x := jnp.Arange(6)
	fmt.Println(lax.Reshape(x, 2, 3))
	fmt.Println(lax.Transpose(lax.Reshape(x, 2, 3), 1, 0))
	fmt.Println(lax.Rev(x, 0))
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [[0 3]
	//  [1 4]
	//  [2 5]]
	// [5 4 3 2 1 0]
}

func ExampleCollapse() {
	fmt.Println(lax.Collapse(jnp.Zeros(2, 3, 4), 1, 3).Shape())
	// Output: [2 12]
}

func ExampleTile() {
	fmt.Println(lax.Tile(jnp.FromSlice([]int32{1, 2}, 2), 3))
	// Output: [1 2 1 2 1 2]
}
