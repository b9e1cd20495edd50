package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleApplyAlongAxis() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(jnp.ApplyAlongAxis(func(v jnp.Array) jnp.Array { return v.Sub(v.Max()) }, 1, x))
	// Output:
	// [[-2 -1  0]
	//  [-2 -1  0]]
}

func ExampleApplyOverAxes() {
	x := jnp.Arange(12).Reshape(2, 3, 2)
	sum := func(x jnp.Array, axis int) jnp.Array { return x.Sum(axis) }
	fmt.Println(jnp.ApplyOverAxes(sum, x, 0, 2))
	// Output:
	// [[[14]
	//   [22]
	//   [30]]]
}

func ExamplePiecewise() {
	x := jnp.FromSlice([]float32{-2, 0.5, 3})
	y := jnp.Piecewise(x, []jnp.Array{x.Lt(0), x.Gt(1)}, jnp.Neg, func(x jnp.Array) jnp.Array { return x.Mul(10) }, -1)
	fmt.Println(y)
	// Output: [ 2. -1. 30.]
}
