package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleProd() {
	x := jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.Prod(x), jnp.Reduction{KeepDims: true}.Prod(x, 1))
	// Output:
	// -120.0 [[  8.]
	//  [-15.]]
}

func ExampleMin() {
	x := jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.Min(x), jnp.Max(x, 0), jnp.Ptp(x, 1))
	fmt.Println(jnp.Reduction{Initial: 2}.Min(x, 0), jnp.Reduction{Where: x.Lt(4), Initial: 0}.Max(x, 1), jnp.Reduction{KeepDims: true}.Ptp(x))
	// Output:
	// -1.0 [3. 4. 5.] [3. 6.]
	// [ 1. -1.  2.] [2. 3.] [[6.]]
}

func ExampleAny() {
	x := jnp.Asarray([][]bool{{true, false}, {false, false}})
	fmt.Println(jnp.Any(x), jnp.Any(x, 1), jnp.All(x, 0))
	fmt.Println(jnp.Reduction{KeepDims: true}.Any(x, 0), jnp.Reduction{KeepDims: true}.All(x), jnp.Reduction{KeepDims: true}.CountNonzero(x, 1).Shape())
	// Output:
	// True [ True False] [False False]
	// [[ True False]] [[False]] [2 1]
}

func ExampleArgMax() {
	x := jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.ArgMax(x), jnp.ArgMax(x, 0), jnp.ArgMin(x, 1))
	fmt.Println(jnp.Reduction{KeepDims: true}.ArgMax(x, 0), jnp.Reduction{KeepDims: true}.ArgMin(x, 1).Shape())
	// Output:
	// 5 [1 0 1] [0 1]
	// [[1 0 1]] [2 1]
}

func ExampleStd() {
	x := jnp.Asarray([][]float32{{1, 3}, {2, 6}})
	fmt.Println(jnp.Mean(x), jnp.Var(x, 1), jnp.Std(x, 0))
	sample := jnp.Reduction{DDof: 1, KeepDims: true}
	fmt.Println(sample.Var(x, 1), sample.Std(x, 0), jnp.Reduction{KeepDims: true}.Mean(x, 0))
	// Output:
	// 3.0 [1. 4.] [0.5 1.5]
	// [[2.]
	//  [8.]] [[0.70710677 2.1213202 ]] [[1.5 4.5]]
}

func ExampleReduction_AverageReturned() {
	x := jnp.Asarray([]float32{1, 2, 4})
	mean, weight := jnp.Reduction{Weights: jnp.Asarray([]float32{1, 1, 2})}.AverageReturned(x)
	fmt.Println(mean, weight, jnp.Average(x, 0))
	// Output: 2.75 4.0 2.3333335
}

func ExampleReduction_Median() {
	x := jnp.Asarray([][]float32{{1, 9, 2}, {3, 4, 5}})
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(jnp.Median(x, 1), o.Median(x, 0), jnp.Percentile(x, 50, 1))
	fmt.Println(jnp.Reduction{Method: jnp.Lower}.Quantile(x, 0.5, 1), o.Quantile(x, 0.5).Shape())
	// Output:
	// [2. 4.] [[2.  6.5 3.5]] [2. 4.]
	// [2. 4.] [1 1]
}
