package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_ArgMax() {
	x := jnp.AsArray([]float32{3, 1, 2})
	fmt.Println(x.ArgMax(), x.ArgMin(), x.Sort(), x.ArgSort())
	// Output: 0 1 [1. 2. 3.] [1 2 0]
}

func ExampleNaNArgMax() {
	x := jnp.AsArray([]float32{3, float32(math.NaN()), 7, 1})
	fmt.Println(jnp.NaNArgMax(x), jnp.NaNArgMin(x))
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(o.NaNArgMax(x), o.NaNArgMin(x))
	// Output:
	// 2 3
	// [2] [3]
}

func ExampleArgMax() {
	x := jnp.AsArray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.ArgMax(x), jnp.ArgMax(x, 0), jnp.ArgMin(x, 1))
	fmt.Println(jnp.Reduction{KeepDims: true}.ArgMax(x, 0), jnp.Reduction{KeepDims: true}.ArgMin(x, 1).Shape())
	// Output:
	// 5 [1 0 1] [0 1]
	// [[1 0 1]] [2 1]
}
