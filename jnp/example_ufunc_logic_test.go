package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleTolerance_ArrayEqual() {
	x := jnp.FromSlice([]float32{1, float32(jnp.NaN)})
	fmt.Println(jnp.ArrayEqual(x, x), jnp.Tolerance{EqualNaN: true}.ArrayEqual(x, x))
	// Output:
	// False True
}

func ExampleEqual() {
	fmt.Println(jnp.Equal(jnp.Arange(3), 1))
	// Output:
	// [False  True False]
}

func ExampleNotEqual() {
	fmt.Println(jnp.NotEqual(jnp.Arange(3), 1))
	// Output:
	// [ True False  True]
}

func ExampleLess() {
	fmt.Println(jnp.Less(jnp.Arange(3), 1))
	// Output:
	// [ True False False]
}

func ExampleLessEqual() {
	fmt.Println(jnp.LessEqual(jnp.Arange(3), 1))
	// Output:
	// [ True  True False]
}

func ExampleGreater() {
	fmt.Println(jnp.Greater(jnp.Arange(3), 1))
	// Output:
	// [False False  True]
}

func ExampleGreaterEqual() {
	fmt.Println(jnp.GreaterEqual(jnp.Arange(3), 1))
	// Output:
	// [False  True  True]
}

func ExampleLogicalAnd() {
	fmt.Println(jnp.LogicalAnd(jnp.Arange(3), true))
	// Output:
	// [False  True  True]
}

func ExampleLogicalOr() {
	fmt.Println(jnp.LogicalOr(jnp.Arange(3), false))
	// Output:
	// [False  True  True]
}

func ExampleLogicalXor() {
	fmt.Println(jnp.LogicalXor(jnp.Arange(3), true))
	// Output:
	// [ True False False]
}

func ExampleLogicalNot() {
	fmt.Println(jnp.LogicalNot(jnp.Arange(3)))
	// Output:
	// [ True False False]
}

func ExampleBitwiseAnd() {
	fmt.Println(jnp.BitwiseAnd(jnp.Arange(4), 2))
	// Output:
	// [0 0 2 2]
}

func ExampleBitwiseOr() {
	fmt.Println(jnp.BitwiseOr(jnp.Arange(4), 2))
	// Output:
	// [2 3 2 3]
}

func ExampleBitwiseXor() {
	fmt.Println(jnp.BitwiseXor(jnp.Arange(4), 2))
	// Output:
	// [2 3 0 1]
}

func ExampleInvert() {
	fmt.Println(jnp.Invert(jnp.Arange(3)))
	// Output:
	// [-1 -2 -3]
}

func ExampleLeftShift() {
	fmt.Println(jnp.LeftShift(jnp.Arange(3), 2))
	// Output:
	// [0 4 8]
}

func ExampleRightShift() {
	fmt.Println(jnp.RightShift(jnp.FromSlice([]int32{8, -8}), 2))
	// Output:
	// [ 2 -2]
}

func ExampleBitwiseCount() {
	fmt.Println(jnp.BitwiseCount(jnp.FromSlice([]int32{7, 8})))
	// Output:
	// [3 1]
}

func ExampleIsNaN() {
	fmt.Println(jnp.IsNaN(jnp.Log(jnp.Arange(-1, 1))))
	// Output:
	// [ True False]
}

func ExampleIsInf() {
	fmt.Println(jnp.IsInf(jnp.Log(jnp.Arange(-1, 1))))
	// Output:
	// [False  True]
}

func ExampleIsFinite() {
	fmt.Println(jnp.IsFinite(jnp.Log(jnp.Arange(-1, 2))))
	// Output:
	// [False False  True]
}

func ExampleIsPosInf() {
	fmt.Println(jnp.IsPosInf(jnp.Div(1, jnp.Arange(2))))
	// Output:
	// [ True False]
}

func ExampleIsNegInf() {
	fmt.Println(jnp.IsNegInf(jnp.Log(jnp.Arange(2))))
	// Output:
	// [ True False]
}

func ExampleSignBit() {
	fmt.Println(jnp.SignBit(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [ True False False]
}

func ExampleIsReal() {
	fmt.Println(jnp.IsReal(jnp.FromSlice([]complex64{1, 2i})))
	// Output:
	// [ True False]
}

func ExampleIsComplex() {
	fmt.Println(jnp.IsComplex(jnp.FromSlice([]complex64{1, 2i})))
	// Output:
	// [False  True]
}

func ExampleIsClose() {
	fmt.Println(jnp.IsClose(jnp.AsArray([]float32{1, 2}), jnp.AsArray([]float32{1 + 1e-6, 2.1})))
	// Output:
	// [ True False]
}

func ExampleAllClose() {
	fmt.Println(jnp.AllClose(jnp.Ones(3), jnp.Ones(3).Mul(1.0001)))
	// Output:
	// False
}

func ExampleArrayEquiv() {
	fmt.Println(jnp.ArrayEquiv(jnp.Ones(3), jnp.Ones(2, 1)))
	// Output:
	// True
}

func ExampleArrayEqual() {
	fmt.Println(jnp.ArrayEqual(jnp.Ones(3), jnp.Ones(3)))
	// Output:
	// True
}

func ExampleTolerance() {
	x, y := jnp.AsArray([]float32{1, 100}), jnp.AsArray([]float32{1.1, 101})
	t := jnp.Tolerance{RTol: 0, ATol: 0.2}
	fmt.Println(t.IsClose(x, y), t.AllClose(x, y), jnp.Tolerance{RTol: 0.2}.AllClose(x, y), t.ArrayEqual(x, x))
	// Output: [ True False] False True True
}
