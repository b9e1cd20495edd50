package fft_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
)

func ExampleRFFTFreq() {
	fmt.Println(fft.RFFTFreq(4), fft.RFFTFreq(4, 0.5))
	// Output: [0.   0.25 0.5 ] [0.  0.5 1. ]
}

func ExampleIFFTShift() {
	fmt.Println(fft.IFFTShift(jnp.Arange(5)))
	// Output: [2 3 4 0 1]
}

func ExampleFFTFreq() {
	fmt.Println(fft.FFTFreq(5, 0.2))
	fmt.Println(fft.RFFTFreq(5, 0.2))
	// Output:
	// [ 0.  1.  2. -2. -1.]
	// [0. 1. 2.]
}

func ExampleFFTShift() {
	f := fft.FFTShift(fft.FFTFreq(4, 0.25))
	fmt.Println(f, fft.IFFTShift(f))
	// Output: [-2. -1.  0.  1.] [ 0.  1. -2. -1.]
}
