package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleConvolve() {
	x := jnp.FromSlice([]float32{1, 2, 3})
	w := jnp.FromSlice([]float32{1, 1})
	fmt.Println(jnp.Convolve(x, w))
	fmt.Println(jnp.Convolution{Mode: jnp.ConvolveSame}.Convolve(x, w))
	// Output:
	// [1. 3. 5. 3.]
	// [1. 3. 5.]
}

func ExampleCorrelate() {
	x := jnp.FromSlice([]float32{1, 2, 3})
	fmt.Println(jnp.Correlate(x, jnp.FromSlice([]float32{0, 1})))
	// Output: [2. 3.]
}

func ExampleConvolution() {
	x, kernel := jnp.AsArray([]float32{1, 2, 3, 4}), jnp.AsArray([]float32{1, 0, -1})
	same := jnp.Convolution{Mode: jnp.ConvolveSame}
	fmt.Println(jnp.Convolve(x, kernel), same.Convolve(x, kernel), jnp.Correlate(x, kernel), same.Correlate(x, kernel))
	// Output: [ 1.  2.  2.  2. -3. -4.] [ 2.  2.  2. -3.] [-2. -2.] [-2. -2. -2.  3.]
}
