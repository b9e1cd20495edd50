package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleAbsolute() {
	fmt.Println(jnp.Absolute(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [0.5 0.  1. ]
}

func ExampleAcos() {
	fmt.Println(jnp.Acos(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [2.0943952 1.5707964 0.       ]
}

func ExampleAcosh() {
	fmt.Println(jnp.Acosh(jnp.FromSlice([]float32{1, 2, 4})))
	// Output:
	// [0.       1.316958 2.063437]
}

func ExampleAsin() {
	fmt.Println(jnp.Asin(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [-0.5235988  0.         1.5707964]
}

func ExampleAsinh() {
	fmt.Println(jnp.Asinh(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [-0.48121184  0.          0.88137364]
}

func ExampleAtan() {
	fmt.Println(jnp.Atan(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [-0.4636476  0.         0.7853982]
}

func ExampleAtanh() {
	fmt.Println(jnp.Atanh(jnp.FromSlice([]float32{-0.5, 0, 0.9})))
	// Output:
	// [-0.54930615  0.          1.4722193 ]
}

func ExampleDegrees() {
	fmt.Println(jnp.Degrees(jnp.FromSlice([]float32{0, 1, 3})))
	// Output:
	// [  0.       57.29578 171.88734]
}

func ExampleNegative() {
	fmt.Println(jnp.Negative(jnp.FromSlice([]float32{-0.5, 0, 1})))
	// Output:
	// [ 0.5 -0.  -1. ]
}

func ExampleRadians() {
	fmt.Println(jnp.Radians(jnp.FromSlice([]float32{0, 90, 180})))
	// Output:
	// [0.        1.5707964 3.1415927]
}

func ExampleBitwiseInvert() {
	fmt.Println(jnp.BitwiseInvert(jnp.FromSlice([]int8{0, 1, -8})))
	// Output:
	// [-1 -2  7]
}

func ExampleBitwiseNot() {
	fmt.Println(jnp.BitwiseNot(jnp.FromSlice([]int8{0, 1, -8})))
	// Output:
	// [-1 -2  7]
}

func ExampleConjugate() {
	fmt.Println(jnp.Conjugate(jnp.FromSlice([]complex64{1 + 2i, -3i})))
	// Output:
	// [1.-2.j 0.+3.j]
}

func ExampleAtan2() {
	y, x := jnp.FromSlice([]float32{1, 1, -1}), jnp.FromSlice([]float32{1, -1, -1})
	fmt.Println(jnp.Atan2(y, x))
	// Output:
	// [ 0.7853982  2.3561945 -2.3561945]
}

func ExampleBitwiseLeftShift() {
	fmt.Println(jnp.BitwiseLeftShift(jnp.Arange(1, 4), 2))
	// Output:
	// [ 4  8 12]
}

func ExampleBitwiseRightShift() {
	fmt.Println(jnp.BitwiseRightShift(jnp.FromSlice([]int32{16, 17, -16}), 2))
	// Output:
	// [ 4  4 -4]
}

func ExampleDivide() {
	fmt.Println(jnp.Divide(jnp.Arange(1, 4), 2))
	// Output:
	// [0.5 1.  1.5]
}

func ExampleTrueDivide() {
	fmt.Println(jnp.TrueDivide(jnp.Arange(1, 4), 2))
	// Output:
	// [0.5 1.  1.5]
}

func ExampleMultiply() {
	fmt.Println(jnp.Multiply(jnp.Arange(1, 4), 2))
	// Output:
	// [2 4 6]
}

func ExampleSubtract() {
	fmt.Println(jnp.Subtract(jnp.Arange(1, 4), 2))
	// Output:
	// [-1  0  1]
}

func ExamplePow() {
	fmt.Println(jnp.Pow(jnp.Arange(1, 4), 2))
	// Output:
	// [1 4 9]
}

func ExampleRemainder() {
	fmt.Println(jnp.Remainder(jnp.FromSlice([]int32{5, -5}), 3)) // of the divisor's sign, unlike Go's %
	// Output:
	// [2 1]
}

func ExampleAMax() {
	fmt.Println(jnp.AMax(jnp.Arange(6).Reshape(2, 3), 1))
	// Output:
	// [2 5]
}

func ExampleAMin() {
	fmt.Println(jnp.AMin(jnp.Arange(6).Reshape(2, 3), 1))
	// Output:
	// [0 3]
}

func ExampleAround() {
	fmt.Println(jnp.Around(jnp.FromSlice([]float32{0.5, 1.5, 2.345}), 1))
	// Output:
	// [0.5 1.5 2.3]
}

func ExampleAsType() {
	fmt.Println(jnp.AsType(jnp.FromSlice([]float32{-1.7, 0.3, 2.9}), jnp.Int32))
	// Output:
	// [-1  0  2]
}

func ExampleCopy() {
	x := jnp.Arange(3)
	y := jnp.Copy(x)
	x.Delete()
	fmt.Println(y)
	// Output:
	// [0 1 2]
}
