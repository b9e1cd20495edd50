package fft_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/trace"
)

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

// Five axes are more than XLA transforms at once.
func TestManyAxes(t *testing.T) {
	x := jnp.Sin(jnp.Arange(0, 2*3*2*2*4).Reshape(2, 3, 2, 2, 4).Mul(1.0))
	y := fft.FFTN(x)
	want := x.AsType(jnp.Complex64)
	for i := range 5 {
		want = fft.FFT(want, i)
	}
	if !jnp.ItemOf[bool](jnp.AllClose(y, want)) {
		t.Errorf("FFTN of five axes differs from FFT along one after the other")
	}
	half := fft.RFFTN(x)
	if !jnp.ItemOf[bool](jnp.AllClose(half, want.Index(jnp.Ellipsis, jnp.S(nil, 3)))) {
		t.Errorf("RFFTN of five axes is not half of FFTN")
	}
	if back := fft.IRFFTN(half); !jnp.ItemOf[bool]((jnp.Tolerance{ATol: 1e-5}).AllClose(back, x)) {
		t.Errorf("IRFFTN does not give back what RFFTN took: off by %v", back.Sub(x).Abs().Max())
	}
}

func TestErrors(t *testing.T) {
	x := jnp.Ones(2, 3)
	for name, f := range map[string]func(){
		"axis":     func() { fft.FFT(x, 2) },
		"twice":    func() { fft.FFTN(x, 1, -1) },
		"complex":  func() { fft.RFFT(fft.FFT(x)) },
		"lengths":  func() { fft.Options{Shape: []int{2}}.FFTN(x, 0, 1) },
		"negative": func() { fft.Options{N: -1}.FFT(x) },
		"shape":    func() { fft.Options{Shape: []int{2}}.FFT(x) },
		"unset":    func() { fft.FFT(jnp.Array{}) },
	} {
		if err := trace.Try(f); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
