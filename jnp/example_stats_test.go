package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleNaNMean() {
	x := jnp.AsArray([][]float32{{1, float32(math.NaN())}, {2, 4}})
	fmt.Println(jnp.NaNMean(x, 0), jnp.NaNVar(x, 1), jnp.NaNStd(x, 0))
	o := jnp.Reduction{DDof: 1}
	fmt.Println(jnp.Reduction{KeepDims: true}.NaNMean(x), o.NaNVar(x), o.NaNStd(x, 1))
	// Output:
	// [1.5 4. ] [0. 1.] [0.5 0. ]
	// [[2.3333333]] 2.3333333 [      nan 1.4142135]
}

func ExampleMean() {
	x := jnp.AsArray([][]float32{{1, 3}, {2, 6}})
	fmt.Println(x.Mean(0), x.Std(1), jnp.Reduction{DDof: 1}.Var(x, 1))
	// Output: [1.5 4.5] [1. 2.] [2. 8.]
}

func ExampleStd() {
	x := jnp.AsArray([][]float32{{1, 3}, {2, 6}})
	fmt.Println(jnp.Mean(x), jnp.Var(x, 1), jnp.Std(x, 0))
	sample := jnp.Reduction{DDof: 1, KeepDims: true}
	fmt.Println(sample.Var(x, 1), sample.Std(x, 0), jnp.Reduction{KeepDims: true}.Mean(x, 0))
	// Output:
	// 3.0 [1. 4.] [0.5 1.5]
	// [[2.]
	//  [8.]] [[0.70710677 2.1213202 ]] [[1.5 4.5]]
}
