package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleExp() {
	fmt.Println(jnp.Exp(jnp.FromSlice([]float32{0, 1})))
	// Output:
	// [1.        2.7182817]
}

func ExampleExp2() {
	fmt.Println(jnp.Exp2(jnp.FromSlice([]float32{0, 3})))
	// Output:
	// [1. 8.]
}

func ExampleExpm1() {
	fmt.Println(jnp.Expm1(jnp.FromSlice([]float32{0, 1e-5})))
	// Output:
	// [0.000000e+00 1.000005e-05]
}

func ExampleLog() {
	fmt.Println(jnp.Log(jnp.FromSlice([]float32{1, 10})))
	// Output:
	// [0.        2.3025851]
}

func ExampleLog1p() {
	fmt.Println(jnp.Log1p(jnp.FromSlice([]float32{0, 1e-5})))
	// Output:
	// [0.00000e+00 9.99995e-06]
}

func ExampleLog2() {
	fmt.Println(jnp.Log2(jnp.FromSlice([]float32{1, 8})))
	// Output:
	// [0. 3.]
}

func ExampleLog10() {
	fmt.Println(jnp.Log10(jnp.FromSlice([]float32{1, 1000})).Round(4))
	// Output:
	// [0. 3.]
}

func ExampleLogAddExp() {
	fmt.Println(jnp.LogAddExp(1000.0, 1000.0))
	// Output:
	// 1000.6932
}

func ExampleLogAddExp2() {
	fmt.Println(jnp.LogAddExp2(1000.0, 1000.0))
	// Output:
	// 1001.0
}

func ExampleSin() {
	fmt.Println(jnp.Sin(jnp.AsArray(math.Pi / 6)).Round(4))
	// Output:
	// 0.5
}

func ExampleCos() {
	fmt.Println(jnp.Cos(jnp.AsArray(math.Pi / 3)).Round(4))
	// Output:
	// 0.5
}

func ExampleTan() {
	fmt.Println(jnp.Tan(jnp.AsArray(math.Pi / 4)).Round(4))
	// Output:
	// 1.0
}

func ExampleArcsin() {
	fmt.Println(jnp.Arcsin(jnp.FromSlice([]float32{0, 1})).Round(4))
	// Output:
	// [0.     1.5708]
}

func ExampleArccos() {
	fmt.Println(jnp.Arccos(jnp.FromSlice([]float32{1, 0})).Round(4))
	// Output:
	// [0.     1.5708]
}

func ExampleArctan() {
	fmt.Println(jnp.Arctan(jnp.FromSlice([]float32{0, 1})).Round(4))
	// Output:
	// [0.     0.7854]
}

func ExampleArctan2() {
	fmt.Println(jnp.Arctan2(1.0, -1.0).Round(4))
	// Output:
	// 2.3562
}

func ExampleSinh() {
	fmt.Println(jnp.Sinh(jnp.FromSlice([]float32{0, 1})).Round(4))
	// Output:
	// [0.     1.1752]
}

func ExampleCosh() {
	fmt.Println(jnp.Cosh(jnp.FromSlice([]float32{0, 1})).Round(4))
	// Output:
	// [1.     1.5431]
}

func ExampleTanh() {
	fmt.Println(jnp.Tanh(jnp.FromSlice([]float32{0, 1})).Round(3))
	// Output:
	// [0.    0.762]
}

func ExampleArcsinh() {
	fmt.Println(jnp.Arcsinh(jnp.FromSlice([]float32{0, 1})).Round(4))
	// Output:
	// [0.     0.8814]
}

func ExampleArccosh() {
	fmt.Println(jnp.Arccosh(jnp.FromSlice([]float32{1, 2})).Round(3))
	// Output:
	// [0.    1.317]
}

func ExampleArctanh() {
	fmt.Println(jnp.Arctanh(jnp.FromSlice([]float32{0, 0.5})).Round(4))
	// Output:
	// [0.     0.5493]
}

func ExampleSinc() {
	fmt.Println(jnp.Sinc(jnp.FromSlice([]float32{0, 0.5})).Round(3))
	// Output:
	// [1.    0.637]
}

func ExampleDeg2Rad() {
	fmt.Println(jnp.Deg2Rad(jnp.AsArray(180)).Round(4))
	// Output:
	// 3.1416
}

func ExampleRad2Deg() {
	fmt.Println(jnp.Rad2Deg(jnp.AsArray(math.Pi)).Round(2))
	// Output:
	// 180.0
}

func ExampleReal() {
	fmt.Println(jnp.Real(jnp.AsArray(3 + 4i)))
	// Output:
	// 3.0
}

func ExampleImag() {
	fmt.Println(jnp.Imag(jnp.AsArray(3 + 4i)))
	// Output:
	// 4.0
}

func ExampleConj() {
	fmt.Println(jnp.Conj(jnp.AsArray(3 + 4i)))
	// Output:
	// (3-4j)
}

func ExampleModf() {
	fmt.Println(jnp.Modf(jnp.FromSlice([]float32{1.25, -2.5})))
	// Output:
	// [ 0.25 -0.5 ] [ 1. -2.]
}

func ExampleFrexp() {
	fmt.Println(jnp.Frexp(jnp.FromSlice([]float32{6, 0.25})))
	// Output:
	// [0.75 0.5 ] [ 3 -1]
}

func ExampleLdexp() {
	fmt.Println(jnp.Ldexp(jnp.FromSlice([]float32{0.75, 0.5}), 3))
	// Output:
	// [6. 4.]
}
