package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Choose() {
	a, b := jnp.AsArray([]int32{1, 2, 3}), jnp.AsArray([]int32{10, 20, 30})
	fmt.Println(jnp.AsArray([]int32{0, 1, 0}).Choose(a, b), a.Compress(jnp.AsArray([]bool{true, false, true})),
		a.Repeat(2))
	// Output: [ 1 20  3] [1 3] [1 1 2 2 3 3]
}

func ExampleArray_Diagonal() {
	x := jnp.AsArray([][]float32{{1, 0}, {5, 3}})
	fmt.Println(x.Diagonal(), x.Trace(), x.PTP(1), x.Nonzero())
	// Output: [1. 3.] 4.0 [1. 2.] [[0 1 1] [0 0 1]]
}

func ExampleArray_SearchSorted() {
	x := jnp.AsArray([]float32{1, 2, 4})
	fmt.Println(x.SearchSorted(3), jnp.AsArray([]float32{4, 1, 2}).ArgPartition(0))
	// Output: 2 [1 2 0]
}

func ExampleArray_Add() {
	x, y := jnp.AsArray([]int32{7, -7}), 2
	fmt.Println(x.Add(y), x.Sub(y), x.Mul(y), x.Div(y))
	fmt.Println(x.FloorDiv(y), x.Mod(y), x.Pow(y), x.Neg())
	// Output:
	// [ 9 -5] [ 5 -9] [ 14 -14] [ 3.5 -3.5]
	// [ 3 -4] [1 1] [49 49] [-7  7]
}

func ExampleArray_Eq() {
	x, y := jnp.Arange(3), []int{2, 1, 0}
	fmt.Println(x.Eq(y), x.Ne(y))
	fmt.Println(x.Lt(y), x.Le(y))
	fmt.Println(x.Gt(y), x.Ge(y))
	// Output:
	// [False  True False] [ True False  True]
	// [ True False False] [ True  True False]
	// [False False  True] [False  True  True]
}

func ExampleArray_And() {
	x, y := jnp.AsArray([]bool{true, true, false}), jnp.AsArray([]bool{true, false, false})
	fmt.Println(x.And(y), x.Or(y), x.Xor(y), x.Not())
	fmt.Println(jnp.AsArray(12).And(10), jnp.AsArray(12).Or(10), jnp.AsArray(12).Xor(10), jnp.AsArray(12).Not())
	// Output:
	// [ True False False] [ True  True False] [False  True False] [False False  True]
	// 8 14 6 -13
}

func ExampleArray_Real() {
	z := jnp.AsArray([]complex64{3 + 4i, -1i})
	fmt.Println(z.Real(), z.Imag(), z.Conj(), z.Abs())
	// Output: [3. 0.] [ 4. -1.] [3.-4.j 0.+1.j] [5. 1.]
}

func ExampleArray_Clip() {
	x := jnp.AsArray([]float32{-1.25, 0.5, 7.75})
	fmt.Println(x.Clip(0, 1), x.Clip(nil, 1), x.Round(), x.Round(1), x.Abs())
	// Output: [0.  0.5 1. ] [-1.25  0.5   1.  ] [-1.  0.  8.] [-1.2  0.5  7.8] [1.25 0.5  7.75]
}

func ExampleArray_AsType() {
	x := jnp.AsArray([]float32{-1.5, 0, 2.9})
	fmt.Println(x.AsType(jnp.Int32), x.AsType(jnp.Bool), x.AsType(jnp.Complex64))
	fmt.Println(jnp.AsType(x, jnp.BFloat16).DType())
	// Output:
	// [-1  0  2] [ True False  True] [-1.5+0.j  0. +0.j  2.9+0.j]
	// bfloat16
}
