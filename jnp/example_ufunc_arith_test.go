package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleAdd() {
	fmt.Println(jnp.Add(jnp.FromSlice([]float32{1, 4, 9}), 1))
	// Output:
	// [ 2.  5. 10.]
}

func ExampleSub() {
	fmt.Println(jnp.Sub(10, jnp.FromSlice([]float32{1, 4, 9})))
	// Output:
	// [9. 6. 1.]
}

func ExampleMul() {
	fmt.Println(jnp.Mul(2, jnp.FromSlice([]float32{1, 4, 9})))
	// Output:
	// [ 2.  8. 18.]
}

func ExampleDiv() {
	fmt.Println(jnp.Div(jnp.FromSlice([]int32{7, -7, 12}), 2))
	// Output:
	// [ 3.5 -3.5  6. ]
}

func ExampleFloorDivide() {
	fmt.Println(jnp.FloorDivide(jnp.FromSlice([]int32{7, -7, 12}), 2))
	// Output:
	// [ 3 -4  6]
}

func ExampleMod() {
	fmt.Println(jnp.Mod(jnp.FromSlice([]int32{7, -7, 12}), 5))
	// Output:
	// [2 3 2]
}

func ExampleFmod() {
	fmt.Println(jnp.Fmod(jnp.FromSlice([]int32{7, -7, 12}), 5))
	// Output:
	// [ 2 -2  2]
}

func ExampleDivMod() {
	fmt.Println(jnp.DivMod(jnp.FromSlice([]int32{7, -7, 12}), 5))
	// Output:
	// [ 1 -2  2] [2 3 2]
}

func ExamplePower() {
	fmt.Println(jnp.Power(jnp.FromSlice([]float32{1, 4, 9}), 2))
	// Output:
	// [ 1. 16. 81.]
}

func ExampleFloatPower() {
	fmt.Println(jnp.FloatPower(2, jnp.Arange(-1, 3)))
	// Output:
	// [0.5 1.  2.  4. ]
}

func ExampleNeg() {
	fmt.Println(jnp.Neg(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [ 1.5 -0.  -2. ]
}

func ExamplePositive() {
	fmt.Println(jnp.Positive(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-1.5  0.   2. ]
}

func ExampleAbs() {
	fmt.Println(jnp.Abs(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [1.5 0.  2. ]
}

func ExampleFabs() {
	fmt.Println(jnp.Fabs(jnp.FromSlice([]int32{7, -7, 12})))
	// Output:
	// [ 7.  7. 12.]
}

func ExampleSign() {
	fmt.Println(jnp.Sign(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-1.  0.  1.]
}

func ExampleSquare() {
	fmt.Println(jnp.Square(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [2.25 0.   4.  ]
}

func ExampleSqrt() {
	fmt.Println(jnp.Sqrt(jnp.FromSlice([]float32{1, 4, 9})))
	// Output:
	// [1. 2. 3.]
}

func ExampleCbrt() {
	fmt.Println(jnp.Cbrt(jnp.FromSlice([]float32{8, -27})))
	// Output:
	// [ 2. -3.]
}

func ExampleReciprocal() {
	fmt.Println(jnp.Reciprocal(jnp.FromSlice([]float32{2, 4})))
	// Output:
	// [0.5  0.25]
}

func ExampleMaximum() {
	fmt.Println(jnp.Maximum(jnp.FromSlice([]float32{-1.5, 0, 2}), 1))
	// Output:
	// [1. 1. 2.]
}

func ExampleMinimum() {
	fmt.Println(jnp.Minimum(jnp.FromSlice([]float32{-1.5, 0, 2}), 1))
	// Output:
	// [-1.5  0.   1. ]
}

func ExampleFmax() {
	fmt.Println(jnp.Fmax(jnp.AsArray([]float32{float32(math.NaN()), 3}), 1))
	// Output:
	// [1. 3.]
}

func ExampleFmin() {
	fmt.Println(jnp.Fmin(jnp.AsArray([]float32{float32(math.NaN()), 3}), 1))
	// Output:
	// [1. 1.]
}

func ExampleHypot() {
	fmt.Println(jnp.Hypot(3.0, 4.0))
	// Output:
	// 5.0
}

func ExampleHeaviside() {
	fmt.Println(jnp.Heaviside(jnp.FromSlice([]float32{-1.5, 0, 2}), 0.5))
	// Output:
	// [0.  0.5 1. ]
}

func ExampleCopySign() {
	fmt.Println(jnp.CopySign(jnp.FromSlice([]float32{1, 4, 9}), -1))
	// Output:
	// [-1. -4. -9.]
}

func ExampleNextAfter() {
	fmt.Println(jnp.NextAfter(1.0, 2.0))
	// Output:
	// 1.0000001
}

func ExampleSpacing() {
	fmt.Println(jnp.Spacing(jnp.AsArray(1.0)))
	// Output:
	// 1.1920929e-07
}
