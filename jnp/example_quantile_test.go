package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleNaNMedian() {
	x := jnp.AsArray([]float32{3, float32(math.NaN()), 7, 1})
	fmt.Println(jnp.NaNMedian(x), jnp.NaNQuantile(x, 0.25), jnp.NaNPercentile(x, 75))
	o := jnp.Reduction{Method: jnp.Nearest, KeepDims: true}
	fmt.Println(jnp.Reduction{KeepDims: true}.NaNMedian(x), o.NaNQuantile(x, 0.25), o.NaNPercentile(x, 75))
	// Output:
	// 3.0 2.0 5.0
	// [3.] [1.] [7.]
}

func ExampleQuantile() {
	x := matrix()
	fmt.Println(jnp.Median(x, 1), jnp.Quantile(x, 0.25))
	fmt.Println(jnp.Reduction{Method: jnp.Nearest}.Percentile(x, jnp.AsArray([]float32{10, 90})))
	// Output:
	// [2. 3.] 1.25
	// [-1.  4.]
}

func ExampleReduction_Median() {
	x := jnp.AsArray([][]float32{{1, 9, 2}, {3, 4, 5}})
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(jnp.Median(x, 1), o.Median(x, 0), jnp.Percentile(x, 50, 1))
	fmt.Println(jnp.Reduction{Method: jnp.Lower}.Quantile(x, 0.5, 1), o.Quantile(x, 0.5).Shape())
	// Output:
	// [2. 4.] [[2.  6.5 3.5]] [2. 4.]
	// [2. 4.] [1 1]
}
