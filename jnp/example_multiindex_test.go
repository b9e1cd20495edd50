package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleRavelMultiIndex() {
	rows, cols := jnp.FromSlice([]int32{0, 2}), jnp.FromSlice([]int32{1, 3})
	fmt.Println(jnp.RavelMultiIndex([]jnp.Array{rows, cols}, []int{3, 4}))
	fmt.Println(
		jnp.MultiIndex{Mode: jnp.ModeClip, ColumnMajor: true}.RavelMultiIndex([]jnp.Array{rows, cols.Add(1)},
			[]int{3, 4}))
	// Output:
	// [ 1 11]
	// [ 6 11]
}

func ExampleUnravelIndex() {
	fmt.Println(jnp.UnravelIndex(jnp.FromSlice([]int32{1, 11, -1}), 3, 4))
	// Output: [[0 2 2] [1 3 3]]
}

func ExampleIx() {
	x := jnp.Arange(12).Reshape(3, 4)
	fmt.Println(x.Index(jnp.Ix(jnp.FromSlice([]int32{0, 2}), jnp.FromSlice([]int32{1, 3}))...))
	// Output:
	// [[ 1  3]
	//  [ 9 11]]
}
