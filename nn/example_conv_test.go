package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// Differences of neighbours.
func ExampleConv() {
	p := nn.ConvParams{Kernel: jnp.FromSlice([]float32{-1, 1}, 2, 1, 1)}
	x := jnp.FromSlice([]float32{1, 4, 9, 16}, 4, 1)
	fmt.Println(nn.Conv(p, x).Ravel())
	o := nn.Convolution{Padding: lax.PadSame(), Strides: []int{2}}
	fmt.Println(o.Conv(p, x).Ravel())
	// Output:
	// [3. 5. 7.]
	// [3. 7.]
}

func ExampleConvTranspose() {
	p := nn.ConvParams{Kernel: jnp.FromSlice([]float32{1, 10}, 2, 1, 1)}
	x := jnp.FromSlice([]float32{1, 2, 3}, 3, 1)
	fmt.Println(nn.ConvTranspose(p, x).Ravel())
	fmt.Println(nn.Convolution{Strides: []int{2}}.ConvTranspose(p, x).Ravel())
	// Output:
	// [10. 21. 32.  3.]
	// [10.  1. 20.  2. 30.  3.]
}
