package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleFloor() {
	fmt.Println(jnp.Floor(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-2.  0.  2.]
}

func ExampleCeil() {
	fmt.Println(jnp.Ceil(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-1.  0.  2.]
}

func ExampleTrunc() {
	fmt.Println(jnp.Trunc(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-1.  0.  2.]
}

func ExampleFix() {
	fmt.Println(jnp.Fix(jnp.FromSlice([]float32{-1.5, 0, 2})))
	// Output:
	// [-1.  0.  2.]
}

func ExampleRint() {
	fmt.Println(jnp.Rint(jnp.FromSlice([]float32{0.5, 1.5, 2.5})))
	// Output:
	// [0. 2. 2.]
}

func ExampleRound() {
	fmt.Println(jnp.Round(jnp.FromSlice([]float32{1.234, -2.26}), 1))
	// Output:
	// [ 1.2 -2.3]
}

func ExampleClip() {
	fmt.Println(jnp.Clip(jnp.FromSlice([]float32{-1.5, 0, 2}), -1, 1))
	// Output:
	// [-1.  0.  1.]
}

func ExampleNaNToNum() {
	fmt.Println(jnp.NaNReplacement{NaN: -1, PosInf: 9}.NaNToNum(jnp.Div(jnp.Arange(3), jnp.Zeros(3))))
	// Output:
	// [-1.  9.  9.]
}

func ExampleNaNReplacement() {
	x := jnp.AsArray([]float32{1, float32(math.NaN()), float32(math.Inf(1))})
	fmt.Println(jnp.NaNToNum(x), jnp.NaNReplacement{NaN: -1, PosInf: 99}.NaNToNum(x))
	// Output: [1.0000000e+00 0.0000000e+00 3.4028235e+38] [ 1. -1. 99.]
}
