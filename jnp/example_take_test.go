package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Take() {
	x := jnp.AsArray([]float32{10, 20, 30})
	fmt.Println(x.Take([]int{2, 0, -1}))
	// Output: [30. 10. 30.]
}

func ExampleTaking() {
	x := jnp.AsArray([]float32{10, 20, 30})
	fmt.Println(jnp.Taking{Mode: jnp.ModeWrap}.Take(x, 4), jnp.Taking{Mode: jnp.ModeClip}.Take(x, []int{1, 7}))
	fmt.Println(jnp.Taking{Mode: jnp.ModeFill, FillValue: -1}.TakeAlongAxis(x, []int{0, 9}))
	// Output:
	// 20.0 [20. 30.]
	// [10. -1.]
}

func ExamplePutAlongAxis() {
	x := jnp.AsArray([][]int32{{1, 9, 2}, {8, 3, 4}})
	largest := jnp.ArgMax(x, 1).Reshape(2, 1)
	fmt.Println(jnp.PutAlongAxis(x, largest, 0, 1))
	fmt.Println(jnp.Taking{UniqueIndices: true}.PutAlongAxis(x, largest, 0, 1))
	// Output:
	// [[1 0 2]
	//  [0 3 4]]
	// [[1 0 2]
	//  [0 3 4]]
}

func ExampleTake() {
	x := jnp.Arange(6.0).Reshape(2, 3)
	fmt.Println(jnp.Take(x, []int{2, 0}, 1))
	fmt.Println(jnp.Take(x, []int{0, 9}, 1))
	// Output:
	// [[2. 0.]
	//  [5. 3.]]
	// [[ 0. nan]
	//  [ 3. nan]]
}

func ExampleTakeAlongAxis() {
	x := jnp.AsArray([][]float32{{3, 1, 2}, {9, 7, 8}})
	fmt.Println(jnp.TakeAlongAxis(x, jnp.ArgSort(x, 1), 1))
	// Output:
	// [[1. 2. 3.]
	//  [7. 8. 9.]]
}
