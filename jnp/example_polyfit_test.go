package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExamplePolyFit() {
	x := jnp.FromSlice([]float32{0, 1, 2, 3, 4})
	y := jnp.FromSlice([]float32{1, 3, 9, 19, 33}) // 2x² + 1
	o := jnp.PrintOptions{Precision: 3, Suppress: true}
	fmt.Println(o.String(jnp.PolyFit(x, y, 1)))
	w := jnp.FromSlice([]float32{1, 1, 1, 0, 0})
	fmt.Println(o.String(jnp.Fit{Weights: w}.PolyFit(x, y, 1))) // the first three points
	// Output:
	// [ 8. -3.]
	// [4.    0.333]
}

func ExamplePolyFitFull() {
	x := jnp.FromSlice([]float32{0, 1, 2, 3, 4})
	y := jnp.FromSlice([]float32{1, 3, 9, 19, 33})
	d := jnp.PolyFitFull(x, y, 1)
	o := jnp.PrintOptions{Precision: 3}
	fmt.Println(o.String(d.Residuals), d.Rank, o.String(d.SingularValues))
	fmt.Println(jnp.Fit{RCond: 0.5}.PolyFitFull(x, y, 1).Rank)
	// Output:
	// [56.] 2 [1.348 0.428]
	// 1
}

func ExamplePolyFitCov() {
	x := jnp.FromSlice([]float32{0, 1, 2, 3, 4})
	y := jnp.FromSlice([]float32{1, 3, 9, 19, 33})
	_, cov := jnp.PolyFitCov(x, y, 1)
	_, unscaled := jnp.Fit{Unscaled: true}.PolyFitCov(x, y, 1)
	o := jnp.PrintOptions{Precision: 3}
	fmt.Println(o.String(cov))
	fmt.Println(o.String(unscaled))
	// Output:
	// [[ 1.867 -3.733]
	//  [-3.733 11.2  ]]
	// [[ 0.1 -0.2]
	//  [-0.2  0.6]]
}

func ExampleRoots() {
	o := jnp.PrintOptions{Precision: 3, Suppress: true}
	fmt.Println(o.String(jnp.Roots(jnp.FromSlice([]float32{0, 1, -5, 6}))))
	keep := jnp.RootFinding{KeepLeadingZeros: true}
	fmt.Println(o.String(keep.Roots(jnp.FromSlice([]float32{0, 1, -5, 6}))))
	// Output:
	// [3.+0.j 2.+0.j]
	// [ 3. +0.j  2. +0.j nan+nanj]
}

func ExampleVander() {
	x := jnp.FromSlice([]int32{2, 3})
	fmt.Println(jnp.Vander(x, 4))
	fmt.Println(jnp.Vandermonde{Increasing: true}.Vander(x))
	// Output:
	// [[ 8  4  2  1]
	//  [27  9  3  1]]
	// [[1 2]
	//  [1 3]]
}

func ExamplePolynomials() {
	a, b := jnp.FromSlice([]float32{0, 1, 2}), jnp.FromSlice([]float32{1, 3})
	o := jnp.Polynomials{TrimLeadingZeros: true}
	fmt.Println(jnp.PolyMul(a, b), o.PolyMul(a, b))
	q, r := o.PolyDiv(jnp.FromSlice([]float32{1, 5, 7}), b)
	fmt.Println(q, r)
	fmt.Println(jnp.Polynomials{K: 4}.PolyInt(b))
	// Output:
	// [0. 1. 5. 6.] [1. 5. 6.]
	// [1. 2.] [1.]
	// [0.5 3.  4. ]
}

func ExamplePrintOptions() {
	x := jnp.FromSlice([]float32{1. / 3, 2e-5, 10})
	fmt.Println(x)
	o := jnp.PrintOptions{Precision: 2, Suppress: true}
	fmt.Println(o.String(x), o.Repr(x))
	fmt.Println(jnp.PrintOptions{Threshold: 5, EdgeItems: 2}.String(jnp.Arange(10)))
	// Output:
	// [3.3333334e-01 1.9999999e-05 1.0000000e+01]
	// [ 0.33  0.   10.  ] Array([ 0.33,  0.  , 10.  ], dtype=float32)
	// [0 1 ... 8 9]
}

func ExampleSetPrintOptions() {
	before := jnp.GetPrintOptions()
	jnp.SetPrintOptions(jnp.PrintOptions{Precision: 3})
	fmt.Println(jnp.FromSlice([]float32{1. / 3, 2}))
	jnp.SetPrintOptions(before)
	// Output: [0.333 2.   ]
}

func ExampleArrayRepr() {
	x := jnp.FromSlice([]float32{1, 2})
	fmt.Println(jnp.ArrayStr(x), jnp.ArrayRepr(x))
	fmt.Printf("%v %#v\n", x, x)
	// Output:
	// [1. 2.] Array([1., 2.], dtype=float32)
	// [1. 2.] Array([1., 2.], dtype=float32)
}
