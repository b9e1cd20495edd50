package signal_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	. "github.com/gojax/gojax/scipy/signal"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
)

// ISTFT gives back what STFT took.
func TestInverse(t *testing.T) {
	real := random.Normal(random.Key(0), 3, 40)
	for _, c := range []struct {
		o Spectral
		x jnp.Array
	}{
		{Spectral{SegmentLength: 8}, real},
		{Spectral{SegmentLength: 7, Overlap: new(5)}, real},
		{Spectral{SegmentLength: 8, Overlap: new(4), FFTLength: 13, Window: Hamming}, real},
		{Spectral{SegmentLength: 8, TwoSided: true, Boundary: Even}, real},
		{Spectral{SegmentLength: 8, Overlap: new(0), Boundary: NoBoundary, Window: Boxcar}, real},
		{Spectral{Weights: vector(1, 2, 3, 3, 2, 1), SampleRate: 8}, real},
		{Spectral{SegmentLength: 1, Overlap: new(0)}, real},
		{Spectral{SegmentLength: 10, TwoSided: true}, jnp.Multiply(real, complex64(1+2i))},
	} {
		_, times, z := c.o.STFT(c.x)
		t2, back := c.o.ISTFT(z)
		n := c.x.Shape()[1]
		if back.NDim() != 2 || back.Shape()[1] < n || t2.Size() != back.Shape()[1] || times.Size() != z.Shape()[2] {
			t.Errorf("%+v: %v, times %v and %v", c.o, back.Shape(), times.Shape(), t2.Shape())
			continue
		}
		if back = back.Index(jnp.All, jnp.S(0, n)); c.x.Sub(back).Abs().Max().Item() > 1e-5 {
			t.Errorf("%+v: %v comes back as %v", c.o, c.x, back)
		}
	}
	o := Spectral{SegmentLength: 8}
	_, _, z := o.STFT(real.T(), 0)
	if fmt.Sprint(z.Shape()) != "[5 3 11]" {
		t.Errorf("the spectrum of columns is %v", z.Shape())
	}
	if _, back := o.ISTFT(z, 0, 2); !near(back, real) {
		t.Errorf("columns come back as %v", back.Shape())
	}
}

func TestSpectraTransformed(t *testing.T) {
	x := random.Normal(random.Key(3), 2, 30)
	o := Spectral{SegmentLength: 8}
	power := func(x jnp.Array) jnp.Array { _, p := o.Welch(x); return p }
	if got := gojax.Vmap(gojax.Jit(power))(x); !near(got, power(x)) {
		t.Errorf("mapped, Welch is %v", got)
	}
	gojax.WithX64(true, func() {
		x := random.Normal(random.Key(3), 20)
		stft := func(a []jnp.Array) jnp.Array { _, _, z := o.STFT(a[0]); return z }
		back := func(a []jnp.Array) jnp.Array { _, y := o.ISTFT(stft(a)); return y.Mul(y) }
		csd := func(a []jnp.Array) jnp.Array { _, p := o.CSD(a[0], a[0].Mul(a[0])); return p }
		for name, err := range map[string]error{
			"STFT":    grads.Check(stft, []jnp.Array{x}, 1),
			"ISTFT":   grads.Check(back, []jnp.Array{x}, 2),
			"CSD":     grads.Check(csd, []jnp.Array{x}, 2),
			"Detrend": grads.Check(func(a []jnp.Array) jnp.Array { return Detrend(a[0]) }, []jnp.Array{x}, 1),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})()
}

func TestErrors(t *testing.T) {
	x := x7()
	for want, f := range map[string]func(){
		"signal.Convolve(float32[7], float32[3,4]): the operands have 1 and 2 axes": func() { Convolve(x, m34()) },
		"for Valid one operand must be at least as large": func() {
			Convolution{Mode: Valid}.Convolve(m34(), m34().T())
		},
		"an operand is empty":               func() { Correlate(x, jnp.Zeros(0)) },
		"Mode is Full, Same or Valid":       func() { Convolution{Mode: 9}.Convolve(x, x) },
		"Method is Auto, Direct or FFT":     func() { Convolution{Method: 9}.Convolve(x, x) },
		"signal.FFTConvolve(":               func() { FFTConvolve(m34(), k22(), 1) },
		"takes two matrices":                func() { Convolve2D(x, x) },
		"Boundary is Zeros, Wrap":           func() { Convolution2D{Boundary: Odd}.Convolve2D(m34(), m34()) },
		"the breakpoint 8 is not between":   func() { Detrending{Breakpoints: []int{8}}.Detrend(x) },
		"Overlap is 4; segments of 4":       func() { Spectral{SegmentLength: 4, Overlap: new(4)}.Welch(x) },
		"FFTLength is 3; it is at least":    func() { Spectral{SegmentLength: 4, FFTLength: 3}.Welch(x) },
		"there are 4 Weights for a signal":  func() { Spectral{Weights: x4()}.Welch(x3()) },
		"SampleRate is -1":                  func() { Spectral{SampleRate: -1}.Welch(x) },
		"Boundary and Unpadded are for":     func() { Spectral{Unpadded: true}.Welch(x) },
		"Scaling and Median are for":        func() { Spectral{Median: true}.STFT(x) },
		"a signal is empty":                 func() { Welch(jnp.Zeros(0)) },
		"two axes at least":                 func() { ISTFT(x) },
		"takes the axis of the frequencies": func() { ISTFT(m34(), 0) },
		"the window of 5 numbers has 3":     func() { GetWindow(func(int) []float64 { return make([]float64, 3) }, 4) },
	} {
		fails.With(t, f, want)
	}
}
