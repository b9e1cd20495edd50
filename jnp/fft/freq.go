package fft

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// FFTFreq is the frequencies of the elements of FFT of n numbers that lie d apart (1 unless given), in cycles: 0, 1,
// ... and from the middle on the negative ones, over n·d (NumPy fft.fftfreq).
func FFTFreq(n int, d ...float64) jnp.Array {
	return frequencies("fft.FFTFreq", n, n, d, func(i int) int {
		if i >= (n+1)/2 {
			return i - n
		}
		return i
	})
}

// RFFTFreq is the frequencies of the elements of RFFT (NumPy fft.rfftfreq): 0, 1, ..., n/2 over n·d.
func RFFTFreq(n int, d ...float64) jnp.Array {
	return frequencies("fft.RFFTFreq", n, n/2+1, d, func(i int) int { return i })
}

// frequencies is number(i) over n·d for each i below count.
func frequencies(op string, n, count int, d []float64, number func(i int) int) jnp.Array {
	if n < 0 {
		trace.Fail(op, nil, "n is %d; it must not be negative", n)
	}
	width := kit.Optional(op, "distance", d, 1) * float64(max(n, 1))
	trace.CheckHost(op, []int{count}, ir.Float64)
	v := make([]float64, count)
	for i := range v {
		v[i] = float64(number(i)) / width
	}
	return jnp.Wrap(kit.Floats(v))
}

// FFTShift moves the frequency 0 to the middle, along axes (all unless given) (NumPy fft.fftshift).
func FFTShift(x jnp.Array, axes ...int) jnp.Array { return shift("fft.FFTShift", x, axes, 1) }

// IFFTShift undoes FFTShift (NumPy fft.ifftshift).
func IFFTShift(x jnp.Array, axes ...int) jnp.Array { return shift("fft.IFFTShift", x, axes, -1) }

func shift(op string, x jnp.Array, axes []int, sign int) jnp.Array {
	v := kit.Value(op, x)
	if axes == nil {
		axes = kit.UpTo(v.Rank())
	}
	if len(axes) == 0 {
		return x
	}
	by := kit.Map(axes, func(a int) int { return sign * (v.Shape()[kit.Axis(op, a, v.Rank(), v.Aval())] / 2) })
	type params struct{ By, Axes []int }
	return jnp.Wrap(kit.Whole1(op, params{by, axes}, v, func(v *trace.Value) *trace.Value {
		return jnp.Roll(jnp.Wrap(v), by, axes...).TraceValue()
	}))
}
