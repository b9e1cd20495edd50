package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleChoose() {
	which := jnp.FromSlice([]int32{0, 1, 0})
	fmt.Println(jnp.Choose(which, jnp.FromSlice([]int32{1, 2, 3}), jnp.FromSlice([]int32{10, 20, 30})))
	wrapped := jnp.Taking{Mode: jnp.ModeWrap}.Choose(which.Add(2), jnp.Zeros(3), jnp.Ones(3))
	fmt.Println(wrapped)
	// Output:
	// [ 1 20  3]
	// [0. 1. 0.]
}

func ExamplePut() {
	x := jnp.Zeros(2, 3)
	fmt.Println(jnp.Put(x, []int{0, -1}, []float32{5, 7}))
	fmt.Println(jnp.Taking{Mode: jnp.ModeClip}.Put(x, 100, 1))
	// Output:
	// [[5. 0. 0.]
	//  [0. 0. 7.]]
	// [[0. 0. 0.]
	//  [0. 0. 1.]]
}

func ExamplePlace() {
	x := jnp.Arange(5)
	fmt.Println(jnp.Place(x, x.Gt(1), []int32{10, 20}))
	// Output: [ 0  1 10 20 10]
}

func ExampleFillDiagonal() {
	fmt.Println(jnp.FillDiagonal(jnp.Ones(2, 3), 0))
	// Output:
	// [[0. 1. 1.]
	//  [1. 0. 1.]]
}

func ExampleCompress() {
	x := jnp.Arange(6).Reshape(3, 2)
	rows := jnp.FromSlice([]bool{true, false, true})
	fmt.Println(jnp.Compress(rows, x, 0))
	fmt.Println(jnp.Sized{Size: 3, FillValue: -1}.Compress(rows, x, 0)) // may be traced
	// Output:
	// [[0 1]
	//  [4 5]]
	// [[ 0  1]
	//  [ 4  5]
	//  [-1 -1]]
}

func ExampleExtract() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(jnp.Extract(jnp.Mod(x, 2), x))
	// Output: [1 3 5]
}

func ExampleSized_Extract() {
	x := jnp.AsArray([]int32{1, 2, 3, 4})
	fmt.Println(jnp.Sized{Size: 3, FillValue: -1}.Extract(x.Gt(2), x))
	// Output: [ 3  4 -1]
}
