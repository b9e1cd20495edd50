package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleSin() {
	x := jnp.FromSlice([]float32{0, 0.5}, 2)
	for _, f := range []func(x jnp.Array) jnp.Array{lax.Sin, lax.Cos, lax.Tan, lax.Asin, lax.Acos, lax.Atan} {
		fmt.Println(f(x))
	}
	// Output:
	// [0.         0.47942555]
	// [1.         0.87758255]
	// [0.        0.5463025]
	// [0.        0.5235988]
	// [1.5707964 1.0471976]
	// [0.        0.4636476]
}

func ExampleSinh() {
	x := jnp.FromSlice([]float32{0, 0.5}, 2)
	for _, f := range []func(x jnp.Array) jnp.Array{lax.Sinh, lax.Cosh, lax.Tanh, lax.Asinh, lax.Atanh} {
		fmt.Println(f(x))
	}
	fmt.Println(lax.Acosh(lax.Add(x, 1)))
	// Output:
	// [0.        0.5210953]
	// [1.       1.127626]
	// [0.         0.46211717]
	// [0.         0.48121184]
	// [0.         0.54930615]
	// [0.        0.9624236]
}

func ExampleAtan2() {
	fmt.Println(lax.Atan2(jnp.FromSlice([]float32{1, 1, -1}, 3), jnp.FromSlice([]float32{1, -1, -1}, 3)))
	// Output: [ 0.7853982  2.3561945 -2.3561945]
}
