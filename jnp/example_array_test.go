package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Shape() {
	x := jnp.Zeros(2, 3)
	fmt.Println(x.Shape(), x.NDim(), x.Size(), x.Len(), x.DType(), x.NBytes(), x.Weak())
	fmt.Println(jnp.Shape(x), jnp.NDim(x), jnp.Size(x), jnp.Size(x, 1))
	// Output:
	// [2 3] 2 6 2 float32 24 false
	// [2 3] 2 6 3
}

func ExampleArray_Add() {
	x, y := jnp.Asarray([]int32{7, -7}), 2
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
	x, y := jnp.Asarray([]bool{true, true, false}), jnp.Asarray([]bool{true, false, false})
	fmt.Println(x.And(y), x.Or(y), x.Xor(y), x.Not())
	fmt.Println(jnp.Asarray(12).And(10), jnp.Asarray(12).Or(10), jnp.Asarray(12).Xor(10), jnp.Asarray(12).Not())
	// Output:
	// [ True False False] [ True  True False] [False  True False] [False False  True]
	// 8 14 6 -13
}

func ExampleArray_Real() {
	z := jnp.Asarray([]complex64{3 + 4i, -1i})
	fmt.Println(z.Real(), z.Imag(), z.Conj(), z.Abs())
	// Output: [3. 0.] [ 4. -1.] [3.-4.j 0.+1.j] [5. 1.]
}

func ExampleArray_Clip() {
	x := jnp.Asarray([]float32{-1.25, 0.5, 7.75})
	fmt.Println(x.Clip(0, 1), x.Clip(nil, 1), x.Round(), x.Round(1), x.Abs())
	// Output: [0.  0.5 1. ] [-1.25  0.5   1.  ] [-1.  0.  8.] [-1.2  0.5  7.8] [1.25 0.5  7.75]
}

func ExampleArray_AsType() {
	x := jnp.Asarray([]float32{-1.5, 0, 2.9})
	fmt.Println(x.AsType(jnp.Int32), x.AsType(jnp.Bool), x.AsType(jnp.Complex64))
	fmt.Println(jnp.AsType(x, jnp.BFloat16).DType())
	// Output:
	// [-1  0  2] [ True False  True] [-1.5+0.j  0. +0.j  2.9+0.j]
	// bfloat16
}

func ExampleArray_View() {
	x := jnp.Asarray([]float32{1, -2})
	fmt.Println(x.View(jnp.Uint32))
	fmt.Println(x.View(jnp.Uint8))
	// Output:
	// [1065353216 3221225472]
	// [  0   0 128  63   0   0   0 192]
}

func ExampleArray_Sum() {
	x := jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(x.Sum(), x.Prod(1), x.Max(0), x.Min(), x.Mean(1))
	fmt.Println(x.Var(), x.Std(0), x.CumSum(1), x.CumProd(0))
	fmt.Println(x.Gt(0).All(), x.Gt(4).Any(1))
	// Output:
	// 14.0 [  8. -15.] [3. 4. 5.] -1.0 [2.3333335 2.3333335]
	// 3.888889 [1.  2.5 1.5] [[1. 5. 7.]
	//  [3. 2. 7.]] [[ 1.  4.  2.]
	//  [ 3. -4. 10.]]
	// False [False  True]
}

func ExampleArray_ArgMax() {
	x := jnp.Asarray([]float32{3, 1, 2})
	fmt.Println(x.ArgMax(), x.ArgMin(), x.Sort(), x.ArgSort())
	// Output: 0 1 [1. 2. 3.] [1 2 0]
}

func ExampleArray_Reshape() {
	x := jnp.Arange(6)
	fmt.Println(x.Reshape(2, -1))
	fmt.Println(x.Reshape(3, 2).T().Ravel(), x.Reshape(1, 6, 1).Squeeze().Shape(), x.Reshape(2, 3).Flatten().Shape())
	fmt.Println(jnp.Zeros(2, 3, 4).Transpose(1, 0, 2).Shape(), jnp.Zeros(2, 3, 4).SwapAxes(0, -1).Shape(), jnp.Zeros(2, 3, 4).MT().Shape())
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [0 2 4 1 3 5] [6] [6]
	// [3 2 4] [4 3 2] [2 4 3]
}

func ExampleArray_Take() {
	x := jnp.Asarray([]float32{10, 20, 30})
	fmt.Println(x.Take([]int{2, 0, -1}))
	// Output: [30. 10. 30.]
}

func ExampleArray_Dot() {
	x := jnp.Asarray([][]float32{{1, 2}, {3, 4}})
	fmt.Println(x.Dot([]float32{1, -1}), x.MatMul(x))
	// Output:
	// [-1. -1.] [[ 7. 10.]
	//  [15. 22.]]
}

func ExampleArray_Item() {
	x := jnp.Asarray([]float32{1.5, 2.5})
	fmt.Println(x.Sum().Item()+1, jnp.ItemOf[bool](x.Gt(1).All()))
	// Output: 5 true
}

func ExampleArray_Device() {
	x := jnp.Ones(3)
	y := x.ToDevice(x.Device()).Copy()
	fmt.Println(len(y.Devices()), y.BlockUntilReady().IsReady())
	y.Delete()
	fmt.Println(y.IsDeleted(), x.IsDeleted())
	// Output:
	// 1 true
	// true false
}

func ExampleCopyTo() {
	buffer := make([]float64, 3)
	jnp.CopyTo(buffer, jnp.Asarray([]float32{1, 2, 4}))
	fmt.Println(buffer)
	// Output: [1 2 4]
}

func ExampleSetNarrowing() {
	jnp.SetNarrowing(jnp.NarrowSilent)
	defer jnp.SetNarrowing(jnp.NarrowOnce)
	fmt.Println(jnp.Asarray([]float64{0.1, 0.2}).DType())
	// Output: float32
}

func ExampleSize() {
	x := jnp.Zeros(2, 3, 4)
	fmt.Println(jnp.Size(x), jnp.Size(x, 1), jnp.Shape(x), jnp.NDim(x))
	// Output: 24 3 [2 3 4] 3
}
