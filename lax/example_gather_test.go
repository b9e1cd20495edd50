package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleGather() {
	x := jnp.FromSlice([]int32{1, 2, 3, 4, 5, 6}, 3, 2)
	rows := jnp.FromSlice([]int32{2, 0, 7}, 3, 1) // one position, on axis 0, for each window
	dims := lax.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
	fmt.Println(lax.Gather(x, rows, dims, []int{1, 2}, lax.GatherOptions{FillValue: -1}))
	// Output:
	// [[ 5  6]
	//  [ 1  2]
	//  [-1 -1]]
}
