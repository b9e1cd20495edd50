package fft_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/fft"
)

// A smooth signal has few large coefficients: the others can be left out.
func ExampleDCT() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6, 7, 8})
	ortho := fft.Options{Norm: fft.Ortho}
	y := ortho.DCT(x)
	fmt.Println(y.Round(2))
	few := jnp.Where(y.Abs().Gt(0.5), y, 0)
	fmt.Println(ortho.IDCT(few).Round(1))
	fmt.Println(fft.DCT(jnp.Ones(2)), fft.IDCT(fft.DCT(jnp.Arange(3))).Round(3))
	// Output:
	// [12.73 -6.44  0.   -0.67  0.   -0.2  -0.   -0.05]
	// [1.1 1.9 3.  4.1 4.9 6.  7.1 7.9]
	// [4. 0.] [0. 1. 2.]
}

// Sines of half a period and more, as the values of a string that is fixed at its ends.
func ExampleDST() {
	x := jnp.FromSlice([]float32{1, 2, 4})
	fmt.Println(fft.DST(x).Round(2), fft.IDST(fft.DST(x)).Round(2))
	first := fft.Options{Type: 1}
	fmt.Println(first.DST(x).Round(2), first.IDST(first.DST(x)).Round(2))
	// Output:
	// [ 9.  -5.2  6. ] [1. 2. 4.]
	// [11.07 -6.    3.07] [1. 2. 4.]
}

// Of the discrete cosine transform of a picture only the low frequencies are kept.
func ExampleDCTN() {
	x := jnp.Arange(9.0).Reshape(3, 3)
	low := fft.DCTN(x).At(2, 2).Set(0)
	fmt.Println(fft.IDCTN(low).Round(2))
	o := fft.Options{Shape: []int{2, 2}, Norm: fft.Forward}
	fmt.Println(o.DCTN(x).Round(2), o.IDCTN(o.DCTN(x)).Round(2))
	fmt.Println(fft.IDSTN(fft.DSTN(x)).Round(2), o.IDSTN(o.DSTN(x)).Abs().Round(2))
	// Output:
	// [[0. 1. 2.]
	//  [3. 4. 5.]
	//  [6. 7. 8.]]
	// [[ 2.   -0.35]
	//  [-1.06  0.  ]] [[0. 1.]
	//  [3. 4.]]
	// [[0. 1. 2.]
	//  [3. 4. 5.]
	//  [6. 7. 8.]] [[0. 1.]
	//  [3. 4.]]
}
