package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func Example() {
	x := jnp.FromSlice([]float32{1, 4, 9}, 3)
	y := lax.Add(lax.Sqrt(x), lax.Mul(x, 10)) // Go numbers take the dtype of the array beside them
	fmt.Println(y)
	fmt.Println(lax.CumSum(x, 0, lax.CumulativeOptions{Reverse: true}))
	// Output:
	// [11. 42. 93.]
	// [14. 13.  9.]
}

func ExampleAdd() {
	x, y := jnp.FromSlice([]int32{7, -7, 8}, 3), jnp.FromSlice([]int32{2, 2, -3}, 3)
	fmt.Println(lax.Add(x, y), lax.Sub(x, y), lax.Mul(x, y))
	fmt.Println(lax.Div(x, y), lax.Rem(x, y), lax.Max(x, y), lax.Min(x, y))
	// Output:
	// [ 9 -5  5] [ 5 -9 11] [ 14 -14 -24]
	// [ 3 -3 -2] [ 1 -1  2] [7 2 8] [ 2 -7 -3]
}

func ExampleNeg() {
	x := jnp.FromSlice([]float32{-2, 0.5, 4}, 3)
	for _, f := range []func(x jnp.Array) jnp.Array{lax.Neg, lax.Sign, lax.Abs, lax.Square, lax.Reciprocal} {
		fmt.Println(f(x))
	}
	// Output:
	// [ 2.  -0.5 -4. ]
	// [-1.  1.  1.]
	// [2.  0.5 4. ]
	// [ 4.    0.25 16.  ]
	// [-0.5   2.    0.25]
}

func ExampleSqrt() {
	x := jnp.FromSlice([]float32{1, 64}, 2)
	fmt.Println(lax.Sqrt(x), lax.Rsqrt(x), lax.Cbrt(x))
	// Output: [1. 8.] [1.    0.125] [1. 4.]
}

func ExamplePow() {
	x := jnp.FromSlice([]float32{2, 4}, 2)
	fmt.Println(lax.Pow(x, 0.5), lax.Pow(2, x))
	// Output: [1.4142135 2.       ] [ 4. 16.]
}

func ExampleIntegerPow() {
	fmt.Println(lax.IntegerPow(jnp.FromSlice([]float32{2, 4}, 2), -1))
	// Output: [0.5  0.25]
}

func ExampleMulHi() {
	x := jnp.FromSlice([]int8{100, -100, 3}, 3)
	fmt.Println(lax.MulHi(x, x)) // 10000 is 39*256 + 16
	// Output: [39 39  0]
}

func ExampleNextAfter() {
	x := jnp.FromSlice([]float32{1, 0}, 2)
	fmt.Println(lax.NextAfter(x, 2))
	// Output: [1.0000001e+00 1.4012985e-45]
}
