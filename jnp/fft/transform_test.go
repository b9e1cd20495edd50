package fft_test

import (
	"strings"
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
	for name, c := range map[string]struct {
		f    func()
		want string
	}{
		"axis":        {func() { fft.FFT(x, 2) }, "fft.FFT(float32[2,3]): axis 2 is out of range"},
		"twice":       {func() { fft.FFTN(x, 1, -1) }, "fft.FFTN(float32[2,3]): axis 1 is named twice"},
		"complex":     {func() { fft.RFFT(fft.FFT(x)) }, "fft.RFFT(complex64[2,3]): "},
		"lengths":     {func() { fft.Options{Shape: []int{2}}.FFTN(x, 0, 1) }, "fft.Options.FFTN(float32[2,3]): "},
		"negative":    {func() { fft.Options{N: -1}.FFT(x) }, "fft.Options.FFT(float32[2,3]): "},
		"shape":       {func() { fft.Options{Shape: []int{2}}.FFT(x) }, "fft.Options.FFT(float32[2,3]): "},
		"unset":       {func() { fft.FFT(jnp.Array{}) }, "fft.FFT: an array that was never set"},
		"unset shift": {func() { fft.FFTShift(jnp.Array{}) }, "fft.FFTShift: an array that was never set"},
	} {
		if err := trace.Try(c.f); err == nil {
			t.Errorf("%s: no error", name)
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\n\twant %q in it", name, err, c.want)
		}
	}
}
