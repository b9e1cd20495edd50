package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleNanSum() {
	x := jnp.Asarray([][]float32{{1, float32(math.NaN())}, {2, 3}})
	fmt.Println(jnp.NanSum(x), jnp.NanProd(x, 0), jnp.NanMax(x, 1), jnp.NanMin(x, 1))
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(o.NanSum(x, 0), o.NanProd(x), o.NanMax(x), o.NanMin(x))
	// Output:
	// 6.0 [2. 3.] [1. 3.] [1. 2.]
	// [[3. 3.]] [[6.]] [[3.]] [[1.]]
}

func ExampleNanMean() {
	x := jnp.Asarray([][]float32{{1, float32(math.NaN())}, {2, 4}})
	fmt.Println(jnp.NanMean(x, 0), jnp.NanVar(x, 1), jnp.NanStd(x, 0))
	o := jnp.Reduction{DDof: 1}
	fmt.Println(jnp.Reduction{KeepDims: true}.NanMean(x), o.NanVar(x), o.NanStd(x, 1))
	// Output:
	// [1.5 4. ] [0. 1.] [0.5 0. ]
	// [[2.3333333]] 2.3333335 [      nan 1.4142135]
}

func ExampleNanArgMax() {
	x := jnp.Asarray([]float32{3, float32(math.NaN()), 7, 1})
	fmt.Println(jnp.NanArgMax(x), jnp.NanArgMin(x))
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(o.NanArgMax(x), o.NanArgMin(x))
	// Output:
	// 2 3
	// [2] [3]
}

func ExampleNanMedian() {
	x := jnp.Asarray([]float32{3, float32(math.NaN()), 7, 1})
	fmt.Println(jnp.NanMedian(x), jnp.NanQuantile(x, 0.25), jnp.NanPercentile(x, 75))
	o := jnp.Reduction{Method: jnp.Nearest, KeepDims: true}
	fmt.Println(jnp.Reduction{KeepDims: true}.NanMedian(x), o.NanQuantile(x, 0.25), o.NanPercentile(x, 75))
	// Output:
	// 3.0 2.0 5.0
	// [3.] [1.] [3.]
}

func ExampleNanCumSum() {
	x := jnp.Asarray([]float32{3, float32(math.NaN()), 7})
	fmt.Println(jnp.NanCumSum(x), jnp.NanCumProd(x))
	o := jnp.Cumulative{DType: jnp.Float16}
	fmt.Println(o.NanCumSum(x).DType(), o.NanCumProd(x).DType())
	// Output:
	// [ 3.  3. 10.] [ 3.  3. 21.]
	// float16 float16
}

func ExampleNaNReplacement() {
	x := jnp.Asarray([]float32{1, float32(math.NaN()), float32(math.Inf(1))})
	fmt.Println(jnp.NanToNum(x), jnp.NaNReplacement{NaN: -1, PosInf: 99}.NanToNum(x))
	// Output: [1.0000000e+00 0.0000000e+00 3.4028235e+38] [ 1. -1. 99.]
}
