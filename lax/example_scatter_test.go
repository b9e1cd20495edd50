package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleScatter() {
	elements := lax.ScatterDims{
		InsertedWindowDims:       []int{0},
		ScatterDimsToOperandDims: []int{0},
	} // single elements of a vector
	x, at, updates := jnp.FromSlice([]int32{1, 2, 3}, 3), jnp.FromSlice([]int32{2, 9}, 2, 1),
		jnp.FromSlice([]int32{7, 8}, 2)
	fmt.Println(lax.Scatter(x, at, updates, elements)) // there is no element 9
	fmt.Println(lax.Scatter(x, at, updates, elements, lax.ScatterOptions{Mode: lax.PromiseInBounds}).Shape())
	// Output:
	// [1 2 7]
	// [3]
}

func ExampleScatterAdd() {
	elements := lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}
	x, at, updates := jnp.FromSlice([]int32{1, 2, 3}, 3), jnp.FromSlice([]int32{1, 1}, 2, 1),
		jnp.FromSlice([]int32{10, 100}, 2)
	fmt.Println(lax.ScatterAdd(x, at, updates, elements), lax.ScatterSub(x, at, updates, elements))
	fmt.Println(lax.ScatterMul(x, at, updates, elements))
	fmt.Println(lax.ScatterMin(x, at, updates, elements), lax.ScatterMax(x, at, updates, elements))
	// Output:
	// [  1 112   3] [   1 -108    3]
	// [   1 2000    3]
	// [1 2 3] [  1 100   3]
}

func ExampleScatterApply() {
	elements := lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}
	double := func(v jnp.Array) jnp.Array { return lax.Mul(v, 2) }
	at := jnp.FromSlice([]int32{1, 1, 0}, 3, 1)
	fmt.Println(lax.ScatterApply(jnp.FromSlice([]int32{1, 2, 3}, 3), at, double, []int{3}, elements))
	// Output: [2 8 3]
}
