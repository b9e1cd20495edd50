package jnp_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Sum() {
	x := jnp.AsArray([][]float32{{1, 4, 2, 1}, {3, -1, 5, 1}})
	fmt.Println(x.Sum(), x.Prod(1), x.Max(0), x.Min(), x.Mean(1))
	fmt.Println(x.Var(), x.Std(0), x.CumSum(1), x.CumProd(0))
	fmt.Println(x.Gt(0).All(), x.Gt(4).Any(1))
	// Output:
	// 16.0 [  8. -15.] [3. 4. 5. 1.] -1.0 [2. 2.]
	// 3.25 [1.  2.5 1.5 0. ] [[1. 5. 7. 8.]
	//  [3. 2. 7. 8.]] [[ 1.  4.  2.  1.]
	//  [ 3. -4. 10.  1.]]
	// False [False  True]
}

func ExampleNaNSum() {
	x := jnp.AsArray([][]float32{{1, float32(math.NaN())}, {2, 3}})
	fmt.Println(jnp.NaNSum(x), jnp.NaNProd(x, 0), jnp.NaNMax(x, 1), jnp.NaNMin(x, 1))
	o := jnp.Reduction{KeepDims: true}
	fmt.Println(o.NaNSum(x, 0), o.NaNProd(x), o.NaNMax(x), o.NaNMin(x))
	// Output:
	// 6.0 [2. 3.] [1. 3.] [1. 2.]
	// [[3. 3.]] [[6.]] [[3.]] [[1.]]
}

func ExampleSum() {
	x := matrix()
	fmt.Println(jnp.Sum(x))
	fmt.Println(jnp.Sum(x, 0))
	fmt.Println(jnp.Reduction{KeepDims: true}.Sum(x, 1))
	fmt.Println(jnp.Reduction{Where: x.Gt(0), Initial: 100}.Sum(x, 1))
	// Output:
	// 14.0
	// [4. 3. 7.]
	// [[7.]
	//  [7.]]
	// [107. 108.]
}

func ExampleMax() {
	x := matrix()
	fmt.Println(x.Max(), x.Min(1), x.ArgMax(), x.ArgMin(0))
	// Output: 5.0 [ 1. -1.] 5 [0 1 0]
}

func ExampleAll() {
	x := matrix()
	fmt.Println(x.Gt(0).All(), x.Gt(0).Any(0), jnp.CountNonzero(x.Gt(2)))
	// Output: False [ True  True  True] 3
}

func ExampleProd() {
	x := jnp.AsArray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.Prod(x), jnp.Reduction{KeepDims: true}.Prod(x, 1))
	// Output:
	// -120.0 [[  8.]
	//  [-15.]]
}

func ExampleMin() {
	x := jnp.AsArray([][]float32{{1, 4, 2}, {3, -1, 5}})
	fmt.Println(jnp.Min(x), jnp.Max(x, 0), jnp.PTP(x, 1))
	fmt.Println(jnp.Reduction{Initial: 2}.Min(x, 0), jnp.Reduction{Where: x.Lt(4), Initial: 0}.Max(x, 1),
		jnp.Reduction{KeepDims: true}.PTP(x))
	// Output:
	// -1.0 [3. 4. 5.] [3. 6.]
	// [ 1. -1.  2.] [2. 3.] [[6.]]
}

func ExampleAny() {
	x := jnp.AsArray([][]bool{{true, false}, {false, false}})
	fmt.Println(jnp.Any(x), jnp.Any(x, 1), jnp.All(x, 0))
	fmt.Println(jnp.Reduction{KeepDims: true}.Any(x, 0), jnp.Reduction{KeepDims: true}.All(x),
		jnp.Reduction{KeepDims: true}.CountNonzero(x, 1).Shape())
	// Output:
	// True [ True False] [False False]
	// [[ True False]] [[False]] [2 1]
}
