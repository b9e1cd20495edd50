package signal_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/signal"
)

func ExampleConvolve() {
	x, y := jnp.FromSlice([]float32{1, 2, 3, 2, 1}), jnp.FromSlice([]float32{1, 1, 1})
	fmt.Println(signal.Convolve(x, y))
	same := signal.Convolution{Mode: signal.Same}
	fmt.Println(same.Convolve(x, y))
	fmt.Println(signal.FFTConvolve(x, y).Round(3), same.FFTConvolve(x, y).Round(3))
	// Output:
	// [1. 3. 6. 7. 6. 3. 1.]
	// [3. 6. 7. 6. 3.]
	// [1. 3. 6. 7. 6. 3. 1.] [3. 6. 7. 6. 3.]
}

// Where a pattern is in a signal, the correlation with it is largest.
func ExampleCorrelate() {
	x, y := jnp.FromSlice([]float32{0, 0, 1, 3, 2, 0, 0}), jnp.FromSlice([]float32{1, 3, 2})
	valid := signal.Convolution{Mode: signal.Valid}
	fmt.Println(valid.Correlate(x, y), jnp.ArgMax(valid.Correlate(x, y)))
	fmt.Println(signal.Correlate(x, y))
	// Output:
	// [ 2.  9. 14.  9.  2.] 2
	// [ 0.  0.  2.  9. 14.  9.  2.  0.  0.]
}

// A long signal is filtered block by block.
func ExampleOAConvolve() {
	x, y := jnp.Arange(10000).Mod(7), jnp.Ones(7).Div(7)
	fmt.Println(signal.OAConvolve(x, y).Shape())
	z := signal.Convolution{Mode: signal.Valid}.OAConvolve(x, y)
	fmt.Println(z.Min().Round(3), z.Max().Round(3))
	// Output:
	// [10006]
	// 3.0 3.0
}

func ExampleConvolve2D() {
	x := jnp.Arange(9).Reshape(3, 3)
	y := jnp.FromSlice([]float32{1, -1}, 1, 2)
	fmt.Println(signal.Convolve2D(x, y))
	ring := signal.Convolution2D{Mode: signal.Same, Boundary: signal.Wrap}
	fmt.Println(ring.Convolve2D(x, y))
	fmt.Println(ring.Correlate2D(x, y))
	fmt.Println(signal.Correlate2D(y, y))
	// Output:
	// [[ 0.  1.  1. -2.]
	//  [ 3.  1.  1. -5.]
	//  [ 6.  1.  1. -8.]]
	// [[-2.  1.  1.]
	//  [-2.  1.  1.]
	//  [-2.  1.  1.]]
	// [[-1. -1.  2.]
	//  [-1. -1.  2.]
	//  [-1. -1.  2.]]
	// [[-1.  2. -1.]]
}
