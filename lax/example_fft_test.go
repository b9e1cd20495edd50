package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleFFT() {
	x := jnp.FromSlice([]float32{1, 0, -1, 0}, 4)
	y := lax.FFT(x, lax.FFTReal, 4)
	fmt.Println(y)
	fmt.Println(lax.FFT(y, lax.FFTRealInverse, 4))
	// Output:
	// [0.+0.j 2.+0.j 0.+0.j]
	// [ 1.  0. -1.  0.]
}
