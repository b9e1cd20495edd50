package fft_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/trace"
)

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
