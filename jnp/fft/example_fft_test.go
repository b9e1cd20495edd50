package fft_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
)

func ExampleIFFT() {
	x := jnp.FromSlice([]float32{4, 0, 0, 0})
	fmt.Println(fft.IFFT(x))
	fmt.Println(fft.Options{Norm: fft.Forward}.IFFT(x))
	// Output:
	// [1.+0.j 1.+0.j 1.+0.j 1.+0.j]
	// [4.+0.j 4.+0.j 4.+0.j 4.+0.j]
}

func ExampleRFFT() {
	x := jnp.FromSlice([]float32{1, 0, -1, 0})
	fmt.Println(fft.RFFT(x), fft.Options{N: 2}.RFFT(x))
	fmt.Println(fft.Options{N: 2}.FFT(x))
	// Output:
	// [0.+0.j 2.+0.j 0.+0.j] [1.+0.j 1.+0.j]
	// [1.+0.j 1.+0.j]
}

func ExampleHFFT() {
	spectrum := fft.HFFT(jnp.FromSlice([]complex64{1, 2i, 0}))
	fmt.Println(spectrum, fft.Options{N: 2}.HFFT(spectrum))
	// Output: [ 1.  5.  1. -3.] [ 6. -4.]
}

func ExampleIHFFT() {
	x := jnp.FromSlice([]float32{1, 5, 1, -3})
	fmt.Println(fft.IHFFT(x), fft.Options{N: 2}.IHFFT(x))
	// Output: [1.-0.j 0.+2.j 0.-0.j] [ 3.-0.j -2.-0.j]
}

func ExampleFFTN() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	fmt.Println(fft.FFTN(x))
	fmt.Println(fft.IFFTN(fft.FFTN(x)))
	fmt.Println(fft.Options{Shape: []int{1, 2}}.FFTN(x), fft.Options{Shape: []int{1, 1}}.IFFTN(x))
	// Output:
	// [[10.+0.j -2.+0.j]
	//  [-4.+0.j  0.+0.j]]
	// [[1.+0.j 2.+0.j]
	//  [3.+0.j 4.+0.j]]
	// [[ 3.+0.j -1.+0.j]] [[1.+0.j]]
}

func ExampleRFFTN() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	y := fft.RFFTN(x, 0, 1)
	fmt.Println(y, fft.IRFFTN(y))
	o := fft.Options{Shape: []int{2, 1}}
	fmt.Println(o.RFFTN(x).Shape(), o.IRFFTN(y).Shape())
	// Output:
	// [[10.+0.j -2.+0.j]
	//  [-4.+0.j  0.+0.j]] [[1. 2.]
	//  [3. 4.]]
	// [2 1] [2 1]
}

func ExampleFFT2() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	fmt.Println(fft.FFT2(x))
	fmt.Println(fft.IFFT2(fft.FFT2(x)))
	o := fft.Options{Norm: fft.Ortho}
	fmt.Println(o.IFFT2(o.FFT2(x)))
	// Output:
	// [[10.+0.j -2.+0.j]
	//  [-4.+0.j  0.+0.j]]
	// [[1.+0.j 2.+0.j]
	//  [3.+0.j 4.+0.j]]
	// [[1.+0.j 2.+0.j]
	//  [3.+0.j 4.+0.j]]
}

func ExampleRFFT2() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	fmt.Println(fft.IRFFT2(fft.RFFT2(x)))
	o := fft.Options{Norm: fft.Ortho}
	fmt.Println(o.IRFFT2(o.RFFT2(x)))
	// Output:
	// [[1. 2.]
	//  [3. 4.]]
	// [[1. 2.]
	//  [3. 4.]]
}

func ExampleFFT() {
	fmt.Println(fft.FFT(jnp.FromSlice([]float32{1, 0, -1, 0})))
	// Output: [0.+0.j 2.+0.j 0.+0.j 2.+0.j]
}

func ExampleIRFFT() {
	x := jnp.FromSlice([]float32{1, 2, 3, 5, 8})
	y := fft.RFFT(x)
	fmt.Println(y.Shape(), fft.Options{N: 5}.IRFFT(y).Round(), fft.IRFFT(y).Shape())
	// Output: [3] [1. 2. 3. 5. 8.] [4]
}
