package ops_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

func ExampleBroadcastInDim() {
	show(ops.BroadcastInDim(value([]int{1, 2}), []int{2, 3}, []int{0}))
	// Output:
	// [[1 1 1]
	//  [2 2 2]]
}

func ExampleTile() {
	show(ops.Tile(value([]int{1, 2}), []int{3}))
	// Output: [1 2 1 2 1 2]
}

func ExampleBroadcastLike() {
	row, like := rowsOf(3).TraceValue(), rowsOf(2, 3).TraceValue()
	fmt.Println(jnp.Wrap(ops.BroadcastLike(row, like)))
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
}

func ExampleBroadcastToRank() {
	fmt.Println(ops.BroadcastToRank(rowsOf(3).TraceValue(), 3).Shape())
	// Output: [1 1 3]
}
