package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleRef_Set() {
	x := jnp.Arange(5)
	fmt.Println(x.At(1).Set(10), x.At(jnp.S(3, nil)).Set([]int{7, 8}), x)
	// Output: [ 0 10  2  3  4] [0 1 2 7 8] [0 1 2 3 4]
}

func ExampleRef_Get() {
	x := jnp.Arange(5)
	fmt.Println(x.At([]int{0, -1}).Get(), x.At(9).Mode(jnp.ModeFill).FillValue(-1).Get())
	// Output: [0 4] -1
}

func ExampleRef_Add() {
	x := jnp.AsArray([]float32{1, 2, 3, 4})
	i := []int{0, 0, 2} // 0 twice: both are added
	fmt.Println(x.At(i).Add(10), x.At(i).Sub(1), x.At(i).Mul(2))
	fmt.Println(x.At(2).Div(2), x.At(2).Pow(2), x.At(i).Max(2.5), x.At(i).Min(2.5))
	// Output:
	// [21.  2. 13.  4.] [-1.  2.  2.  4.] [4. 2. 6. 4.]
	// [1.  2.  1.5 4. ] [1. 2. 9. 4.] [2.5 2.  3.  4. ] [1.  2.  2.5 4. ]
}

func ExampleRef_Apply() {
	x := jnp.AsArray([]float32{1, 4, 9})
	fmt.Println(x.At(jnp.S(1, nil)).Apply(jnp.Sqrt))
	// Output: [1. 2. 3.]
}

func ExampleRef_UniqueIndices() {
	x := jnp.Zeros(4)
	fmt.Println(x.At([]int{0, 2}).UniqueIndices().IndicesAreSorted().Add(1),
		x.At(jnp.AsArray([]int32{-1})).NoWrap().Set(1))
	// Output: [1. 0. 1. 0.] [0. 0. 0. 0.]
}

// In Go there is no x[i] = v: At(...).Set(v) gives a new array, and x stays as it is.
func ExampleArray_At() {
	x := jnp.Zeros(2, 3)
	y := x.At(0, jnp.All).Set(5)
	y = y.At(1, []int{0, 0, 2}).Add(1)
	fmt.Println(y)
	fmt.Println(x)
	// Output:
	// [[5. 5. 5.]
	//  [2. 0. 1.]]
	// [[0. 0. 0.]
	//  [0. 0. 0.]]
}

func ExampleRef_Mode() {
	x := jnp.Arange(5.0)
	i := jnp.FromSlice([]int32{1, 7})
	fmt.Println(x.At(i).Get())
	fmt.Println(x.At(i).Mode(jnp.ModeFill).Get())
	fmt.Println(x.At(i).FillValue(-1).Get())
	fmt.Println(x.At(i).Mode(jnp.ModeClip).Set(9))
	// Output:
	// [1. 4.]
	// [ 1. nan]
	// [ 1. -1.]
	// [0. 9. 2. 3. 9.]
}
