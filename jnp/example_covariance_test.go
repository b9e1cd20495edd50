package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleCov() {
	x := jnp.AsArray([][]float32{{1, 2, 3}, {6, 5, 1}})
	fmt.Println(jnp.Cov(x))
	fmt.Println(jnp.Covariance{Bias: true, Weights: jnp.AsArray([]float32{1, 2, 1})}.Cov(x))
	// Output:
	// [[ 1.  -2.5]
	//  [-2.5  7. ]]
	// [[ 0.5    -1.25  ]
	//  [-1.25    3.6875]]
}

func ExampleCorrCoef() {
	x, y := jnp.AsArray([]float32{1, 2, 3}), jnp.AsArray([]float32{2, 4, 6})
	fmt.Println(jnp.CorrCoef(x, y))
	fmt.Println(jnp.Covariance{Columns: true}.CorrCoef(jnp.AsArray([][]float32{{1, -1}, {2, -3}, {3, -5}})))
	// Output:
	// [[1. 1.]
	//  [1. 1.]]
	// [[ 1. -1.]
	//  [-1.  1.]]
}
