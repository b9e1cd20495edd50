package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleCumProd() {
	x := jnp.AsArray([][]int32{{1, 2, 3}, {4, 5, 6}})
	fmt.Println(jnp.CumSum(x, 1), jnp.CumProd(x))
	fmt.Println(jnp.Cumulative{DType: jnp.Float32}.CumSum(x, 0), jnp.Cumulative{DType: jnp.Float32}.CumProd(x, 0))
	// Output:
	// [[ 1  3  6]
	//  [ 4  9 15]] [  1   2   6  24 120 720]
	// [[1. 2. 3.]
	//  [5. 7. 9.]] [[ 1.  2.  3.]
	//  [ 4. 10. 18.]]
}

func ExampleCumulativeSum() {
	x := jnp.AsArray([]int32{1, 2, 3})
	fmt.Println(jnp.CumulativeSum(x), jnp.CumulativeProd(x))
	o := jnp.Cumulative{IncludeInitial: true}
	fmt.Println(o.CumulativeSum(x), o.CumulativeProd(x))
	// Output:
	// [1 3 6] [1 2 6]
	// [0 1 3 6] [1 1 2 6]
}

func ExampleDifferences() {
	x := jnp.AsArray([]int32{1, 4, 9, 16})
	fmt.Println(jnp.Diff(x), jnp.Differences{N: 2}.Diff(x), jnp.Differences{Prepend: 0}.Diff(x))
	fmt.Println(jnp.EDiff1D(x), jnp.Differences{Append: []int32{-1, -2}}.EDiff1D(x))
	// Output:
	// [3 5 7] [2 2] [1 3 5 7]
	// [3 5 7] [ 3  5  7 -1 -2]
}

func ExampleNaNCumSum() {
	x := jnp.AsArray([]float32{3, float32(math.NaN()), 7})
	fmt.Println(jnp.NaNCumSum(x), jnp.NaNCumProd(x))
	o := jnp.Cumulative{DType: jnp.Float16}
	fmt.Println(o.NaNCumSum(x).DType(), o.NaNCumProd(x).DType())
	// Output:
	// [ 3.  3. 10.] [ 3.  3. 21.]
	// float16 float16
}

func ExampleCumSum() {
	x := matrix()
	fmt.Println(x.CumSum())
	fmt.Println(x.CumProd(1))
	fmt.Println(jnp.Diff(x, 0))
	// Output:
	// [ 1.  5.  7. 10.  9. 14.]
	// [[  1.   4.   8.]
	//  [  3.  -3. -15.]]
	// [[ 2. -5.  3.]]
}
