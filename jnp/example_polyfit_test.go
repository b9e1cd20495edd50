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
