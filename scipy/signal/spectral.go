package signal

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Boundary is how a signal goes on outside.
type Boundary uint8

const (
	Zeros      Boundary = iota // with zeros
	Even                       // mirrored at the last element, which is not repeated
	Odd                        // as Even, and turned at the point of the last element
	Constant                   // with the last element
	NoBoundary                 // not at all
	Wrap                       // from the other end; of Convolve2D and Correlate2D, as Zeros and Symmetric
	Symmetric                  // mirrored, the last element repeated
)

// Scaling is what the numbers of a spectrum mean.
type Scaling uint8

const (
	Density  Scaling = iota // power per frequency: of a signal in V at a rate in Hz, V²/Hz
	Spectrum                // power: V²
)

// Spectral holds the keyword arguments of CSD, Welch, STFT and ISTFT.
type Spectral struct {
	SampleRate float64 // elements per unit of time, 1 if 0
	Window     Window  // by which the segments are multiplied; nil: Hann
	// Weights are the numbers of the window, in place of Window: a vector as long as a segment.
	Weights       jnp.Array
	SegmentLength int   // 256 if 0 and there are no Weights, but no more than the signal has
	Overlap       *int  // how many elements segments share; nil: half of their length
	FFTLength     int   // to which segments are continued with zeros; 0: their length
	Trend         Trend // taken away from each segment; by default the constant one of CSD and Welch, none of STFT
	// TwoSided is for the negative frequencies too. A complex signal always has them.
	TwoSided bool
	Scaling  Scaling // of CSD and Welch
	Median   bool    // of CSD and Welch: the segments' median, corrected for its bias, in place of their mean
	// Boundary is how STFT continues the signal, by half a segment, at both ends. For ISTFT all but NoBoundary are the
	// same: it takes half a segment away.
	Boundary Boundary
	Unpadded bool // of STFT: elements at the end that do not fill a segment are left out
}

// CSD is the cross power spectral density of x and y along an axis, the last unless given, by Welch's method: the mean
// over segments, which overlap, of the conjugate of x's Fourier transform times y's, complex. The frequencies take
// the place of the axis. Other axes broadcast; of signals of different lengths the shorter one is continued with zeros.
// SciPy's signal.csd; with y absent that is Welch.
//
// Options: Spectral (SampleRate, Window, Weights, SegmentLength, Overlap, FFTLength, Trend, TwoSided, Scaling, Median).
func CSD(x, y jnp.Array, axis ...int) (frequencies, density jnp.Array) {
	return Spectral{}.CSD(x, y, axis...)
}

// Welch is the power spectral density of x along an axis, the last unless given: CSD of x with itself, real (SciPy
// signal.welch).
//
// Options: Spectral (SampleRate, Window, Weights, SegmentLength, Overlap, FFTLength, Trend, TwoSided, Scaling, Median).
func Welch(x jnp.Array, axis ...int) (frequencies, density jnp.Array) {
	return Spectral{}.Welch(x, axis...)
}

// STFT is the short-time Fourier transform of x along an axis, the last unless given: the frequencies take the place of
// the axis, and the times of the segments' middles are the last one (SciPy signal.stft).
//
// Options: Spectral (SampleRate, Window, Weights, SegmentLength, Overlap, FFTLength, Trend, Boundary, Unpadded).
func STFT(x jnp.Array, axis ...int) (frequencies, times, z jnp.Array) {
	return Spectral{}.STFT(x, axis...)
}

// CSD is signal.CSD with options.
func (o Spectral) CSD(x, y jnp.Array, axis ...int) (frequencies, density jnp.Array) {
	return o.density("signal.CSD", []jnp.Array{x, y}, axis)
}

// Welch is signal.Welch with options.
func (o Spectral) Welch(x jnp.Array, axis ...int) (frequencies, density jnp.Array) {
	return o.density("signal.Welch", []jnp.Array{x}, axis)
}

// density is CSD of two signals, or Welch of one.
func (o Spectral) density(op string, x []jnp.Array, axis []int) (frequencies, density jnp.Array) {
	if o.Trend == DefaultTrend {
		o.Trend = ConstantTrend
	}
	if o.Boundary != Zeros || o.Unpadded {
		trace.Fail(op, nil, "Boundary and Unpadded are for STFT")
	}
	o.Boundary = NoBoundary
	p, window := o.plan(op, x, axis)
	frequencies = p.frequencies(x[0])
	density = arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		window, x := p.ready(op, in[0], in[1:])
		first := p.spectra(x[0], window)
		last := first
		if len(x) > 1 {
			last = p.spectra(x[1], window)
		}
		z := first.Conj().Mul(last).Mul(p.scale(window))
		if len(x) == 1 {
			z = z.Real()
		}
		return jnp.MoveAxis(p.average(z), -1, p.Axis)
	}, operands(window, x)...)
	return frequencies, density
}

// STFT is signal.STFT with options.
func (o Spectral) STFT(x jnp.Array, axis ...int) (frequencies, times, z jnp.Array) {
	const op = "signal.STFT"
	o.refuseDensity(op)
	if o.Trend == DefaultTrend {
		o.Trend = NoTrend
	}
	p, window := o.plan(op, []jnp.Array{x}, axis)
	p.All = !o.Unpadded
	z = arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		window, x := p.ready(op, in[0], in[1:])
		return jnp.MoveAxis(p.spectra(x[0], window).Div(window.Sum().Abs()), -1, p.Axis)
	}, window, x)
	first := 0.0
	if p.Boundary == NoBoundary {
		first = float64(p.Length) / 2
	}
	return p.frequencies(x), evenly(z, z.Shape()[z.NDim()-1], first, float64(p.Step), p.Rate), z
}

// refuseDensity refuses options of CSD and Welch.
func (o Spectral) refuseDensity(op string) {
	if o.Scaling != Density || o.Median {
		trace.Fail(op, nil, "Scaling and Median are for CSD and Welch")
	}
}

// evenly are (first + i·step)/rate for i below n, in the dtype of z's real parts.
func evenly(z jnp.Array, n int, first, step, rate float64) jnp.Array {
	v := make([]float64, n)
	for i := range v {
		v[i] = (first + float64(i)*step) / rate
	}
	return jnp.Wrap(kit.Floats(v)).AsType(z.DType().Real())
}

// ISTFT is the signal of which z is the STFT, with frequencies and times along two axes, the last two unless given
// (SciPy signal.istft). The segments, multiplied by the window once more, are added where they overlap, and divided by
// the sum of the squared windows where that is not 0. The result has the time in the place of the axis of times.
//
// Options: Spectral (SampleRate, Window, Weights, SegmentLength, Overlap, FFTLength, TwoSided, Boundary).
func ISTFT(z jnp.Array, axes ...int) (times, x jnp.Array) { return Spectral{}.ISTFT(z, axes...) }

// ISTFT is signal.ISTFT with options.
func (o Spectral) ISTFT(z jnp.Array, axes ...int) (t, x jnp.Array) {
	const op = "signal.ISTFT"
	o.refuseDensity(op)
	in := []ir.Aval{kit.Value(op, z).Aval()}
	if in[0].Rank() < 2 {
		trace.Fail(op, in, "takes an array of frequencies and times, two axes at least")
	}
	if o.Trend != DefaultTrend || o.Unpadded {
		trace.Fail(op, in, "Trend and Unpadded are for STFT: what they took away is not known here")
	}
	if axes == nil {
		axes = []int{-2, -1}
	}
	if axes = kit.Axes(op, axes, in[0].Rank(), in...); len(axes) != 2 {
		trace.Fail(op, in, "takes the axis of the frequencies and that of the times, not %v", axes)
	}
	p, window := o.inverse(op, in, axes)
	x = arrays.Whole(op, p, func(in []jnp.Array) jnp.Array { return p.signal(axes, in[0], in[1]) }, window, z)
	at := axes[1]
	if axes[0] < at {
		at--
	}
	return evenly(x, x.Shape()[at], 0, 1, p.Rate), x
}

// inverse is the plan of ISTFT, and the window.
func (o Spectral) inverse(op string, in []ir.Aval, axes []int) (plan, jnp.Array) {
	count := in[0].Shape[axes[0]]
	if in[0].Size() == 0 {
		trace.Fail(op, in, "there are no frequencies or no times")
	}
	n := 2 * (count - 1) // how many elements have so many frequencies
	if o.TwoSided {
		n = count
	}
	p := plan{Rate: o.SampleRate, TwoSided: o.TwoSided, Boundary: o.Boundary}
	if o.SegmentLength == 0 {
		o.SegmentLength = max(n, 1)
		if o.Weights.TraceValue() != nil {
			o.SegmentLength = o.Weights.Size()
		}
	}
	if o.FFTLength == 0 {
		if o.FFTLength = n; !o.TwoSided && o.SegmentLength == n+1 {
			o.FFTLength++ // an odd number of elements
		}
	}
	window := p.segments(op, o, in, o.SegmentLength)
	if p.Boundary > NoBoundary {
		trace.Fail(op, in, "Boundary is none that is known here")
	}
	return p, window
}
