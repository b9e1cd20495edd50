package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleInsert() {
	x := jnp.FromSlice([]int32{1, 2, 3})
	fmt.Println(jnp.Insert(x, 1, 9))
	fmt.Println(jnp.Insert(x, []int{0, -1}, []int32{7, 8}))
	fmt.Println(jnp.Insert(x.Reshape(1, 3), 3, 0, 1))
	// Output:
	// [1 9 2 3]
	// [7 1 2 8 3]
	// [[1 2 3 0]]
}

func ExampleDelete() {
	x := jnp.Arange(6)
	fmt.Println(jnp.Delete(x, 2), jnp.Delete(x, []int{0, -1}), jnp.Delete(x, jnp.S(nil, nil, 2)))
	fmt.Println(jnp.Delete(x.Reshape(2, 3), jnp.FromSlice([]bool{true, false, false}), 1))
	// Output:
	// [0 1 3 4 5] [1 2 3 4] [1 3 5]
	// [[1 2]
	//  [4 5]]
}

func ExampleDeletion_Delete() {
	x := jnp.Arange(5)
	at := jnp.FromSlice([]int32{3, 0}) // may be traced, since no position comes twice
	fmt.Println(jnp.Deletion{UniqueIndices: true}.Delete(x, at))
	// Output: [1 2 4]
}

func ExampleResize() {
	fmt.Println(jnp.Resize(jnp.Arange(3), 2, 4))
	// Output:
	// [[0 1 2 0]
	//  [1 2 0 1]]
}

func ExampleTrimZeros() {
	x := jnp.FromSlice([]int32{0, 0, 1, 0, 2, 0})
	fmt.Println(jnp.TrimZeros(x), jnp.Trimming{KeepBack: true}.TrimZeros(x))
	// Output: [1 0 2] [1 0 2 0]
}
