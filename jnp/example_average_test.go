package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleAverage() {
	w := jnp.AsArray([]float32{3, 1})
	fmt.Println(jnp.Reduction{Weights: w}.Average(matrix(), 0))
	// Output: [1.5  2.75 2.75]
}

func ExampleReduction_AverageReturned() {
	x := jnp.AsArray([]float32{1, 2, 4})
	mean, weight := jnp.Reduction{Weights: jnp.AsArray([]float32{1, 1, 2})}.AverageReturned(x)
	fmt.Println(mean, weight, jnp.Average(x, 0))
	// Output: 2.75 4.0 2.3333335
}
