package signal

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// plan is what the program of a spectrum depends on.
type plan struct {
	Axis                  int
	Length, Step, N       int // of the segments, from one to the next, and of their Fourier transforms
	Rate                  float64
	Trend                 Trend
	TwoSided, Median, All bool // All: continued with zeros to fill the last segment
	Scaling               Scaling
	Boundary              Boundary
}

// operands are those of a program.
func operands(window jnp.Array, x []jnp.Array) []any {
	all := []any{window}
	for _, x := range x {
		all = append(all, x)
	}
	return all
}

// plan is that of signals along an axis, and the window.
func (o Spectral) plan(op string, x []jnp.Array, axis []int) (plan, jnp.Array) {
	in := trace.Avals(kit.Values(op, x))
	a := kit.OneAxis(op, axis, -1, in[0].Rank(), in...)
	n := in[0].Shape[a]
	p := plan{Axis: a, Rate: o.SampleRate, Trend: o.Trend, TwoSided: o.TwoSided, Median: o.Median,
		Scaling: o.Scaling, Boundary: o.Boundary}
	for _, y := range in {
		if y.Rank() != in[0].Rank() {
			trace.Fail(op, in, "the signals have %d and %d axes; reshape one of them", in[0].Rank(), y.Rank())
		}
		if y.Size() == 0 {
			trace.Fail(op, in, "a signal is empty")
		}
		n = max(n, y.Shape[a])
		p.TwoSided = p.TwoSided || y.DType.IsComplex()
	}
	if o.Scaling > Spectrum || o.Boundary > NoBoundary || o.Trend > NoTrend {
		trace.Fail(op, in, "Scaling, Boundary or Trend is none that is known here")
	}
	window := p.segments(op, o, in, n)
	return p, window
}

// segments fills in the sizes of segments of signals of n elements, and gives the window.
func (p *plan) segments(op string, o Spectral, in []ir.Aval, n int) jnp.Array {
	fail := func(format string, args ...any) { trace.Fail(op, in, format, args...) }
	given := o.Weights.TraceValue() != nil
	p.Length = o.SegmentLength
	switch {
	case p.Length < 0:
		fail("SegmentLength is %d; a segment has at least one element", p.Length)
	case given && o.Weights.NDim() != 1:
		fail("Weights have %d axes; they are a vector", o.Weights.NDim())
	case given && p.Length > 0 && p.Length != o.Weights.Size():
		fail("SegmentLength is %d, and there are %d Weights", p.Length, o.Weights.Size())
	case given:
		if p.Length = o.Weights.Size(); p.Length > n || p.Length == 0 {
			fail("there are %d Weights for a signal of %d elements", p.Length, n)
		}
	case p.Length == 0:
		p.Length = 256
	}
	p.Length = min(p.Length, n)
	overlap := p.Length / 2
	if o.Overlap != nil {
		overlap = *o.Overlap
	}
	if overlap < 0 || overlap >= p.Length {
		fail("Overlap is %d; segments of %d elements can share from 0 to %d", overlap, p.Length, p.Length-1)
	}
	p.Step = p.Length - overlap
	if p.N = o.FFTLength; p.N == 0 {
		p.N = p.Length
	} else if p.N < p.Length {
		fail("FFTLength is %d; it is at least the length of a segment, %d", p.N, p.Length)
	}
	if p.Rate == 0 {
		p.Rate = 1
	}
	if !(p.Rate > 0) || math.IsInf(p.Rate, 0) {
		fail("SampleRate is %v; it must be positive and finite", p.Rate)
	}
	if given {
		return o.Weights
	}
	window := o.Window
	if window == nil {
		window = Hann
	}
	return jnp.Wrap(kit.Floats(periodic(op, window, p.Length)))
}

// realOf is the dtype of the real numbers that go with x.
func realOf(x jnp.Array) jnp.DType {
	if d := kit.Inexact(x.DType()).Real(); d.Bits() > 16 {
		return d
	}
	return jnp.Float32
}

// frequencies are those of the elements of the spectra of x.
func (p plan) frequencies(x jnp.Array) jnp.Array {
	d := realOf(x)
	if p.TwoSided {
		return fft.FFTFreq(p.N, 1/p.Rate).AsType(d)
	}
	return fft.RFFTFreq(p.N, 1/p.Rate).AsType(d)
}

// ready are the window and the signals in one dtype; the signals along the last axis, of one length and continued.
func (p plan) ready(op string, window jnp.Array, x []jnp.Array) (jnp.Array, []jnp.Array) {
	x = kit.Map(arrays.StrongInexact(op, x...), wide)
	n := 0
	for i := range x {
		x[i] = jnp.MoveAxis(x[i], p.Axis, -1)
		n = max(n, x[i].Shape()[x[i].NDim()-1])
	}
	return window.AsType(realOf(x[0])), kit.Map(x, func(x jnp.Array) jnp.Array {
		widths := make([][2]int, x.NDim())
		last := &widths[len(widths)-1]
		*last = [2]int{0, n - x.Shape()[x.NDim()-1]}
		x = jnp.Pad(x, widths...)
		if p.Boundary != NoBoundary {
			*last = [2]int{p.Length / 2, p.Length / 2}
			x = jnp.Padding{Mode: map[Boundary]jnp.PadMode{Even: jnp.PadReflect, Odd: jnp.PadReflect,
				Constant: jnp.PadEdge}[p.Boundary], Odd: p.Boundary == Odd}.Pad(x, widths...)
		}
		if p.All {
			over := (x.Shape()[x.NDim()-1] - p.Length) % p.Step
			*last = [2]int{0, (p.Step - over) % p.Step}
			x = jnp.Pad(x, widths...)
		}
		return x
	})
}

// spectra are the Fourier transforms of the segments of x: the segments on the last axis but one, the frequencies on
// the last.
func (p plan) spectra(x, window jnp.Array) jnp.Array {
	x = p.Trend.without(frames(x, p.Length, p.Step)).Mul(window)
	if p.TwoSided {
		return fft.Options{N: p.N}.FFT(x)
	}
	return fft.Options{N: p.N}.RFFT(x)
}

// scale are the factors that make products of spectra a density: a number for each frequency.
func (p plan) scale(window jnp.Array) jnp.Array {
	total := window.Mul(window).Sum().Mul(p.Rate)
	if p.Scaling == Spectrum {
		total = jnp.Square(window.Sum())
	}
	if p.TwoSided {
		return jnp.Reciprocal(total)
	}
	k := lax.Iota(jnp.Int32, []int{p.N/2 + 1}, 0)
	once := jnp.LogicalOr(k.Eq(0), k.Mul(2).Eq(p.N))
	return jnp.Where(once, 1, 2).AsType(total.DType()).Div(total) // negative frequencies count for the positive ones
}

// average is the mean or the median over the segments, the last axis but one. The median of the power in n segments of
// noise, which is distributed exponentially, is smaller than its mean (B. Allen and others, FINDCHIRP, 2012,
// appendix B).
func (p plan) average(z jnp.Array) jnp.Array {
	if !p.Median {
		return jnp.Mean(z, -2)
	}
	bias := 1.0
	for i := 2; i < z.Shape()[z.NDim()-2]; i += 2 {
		bias += 1/float64(i+1) - 1/float64(i)
	}
	if !z.DType().IsComplex() {
		return jnp.Median(z, -2).Div(bias)
	}
	return lax.Complex(jnp.Median(z.Real(), -2), jnp.Median(z.Imag(), -2)).Div(bias)
}

// signal undoes the spectra z, of which axes are the frequencies and the times.
func (p plan) signal(axes []int, window, z jnp.Array) jnp.Array {
	_, outer := kit.Without(z.Shape(), axes)
	z = jnp.Transpose(z, append(outer, axes[1], axes[0])...)
	var x jnp.Array
	if p.TwoSided {
		x = fft.Options{N: p.N}.IFFT(z)
	} else {
		x = fft.Options{N: p.N}.IRFFT(z)
	}
	last := x.NDim() - 1
	x = cut(x, []int{last}, []extent{{0, p.Length}})
	count := x.Shape()[last-1]
	window = window.AsType(realOf(x))
	x = overlapAdd(x.Mul(window.Mul(window.Sum())), last-1, p.Step)
	norm := overlapAdd(jnp.BroadcastTo(window.Mul(window), count, p.Length), 0, p.Step)
	if n := norm.Size() - 2*(p.Length/2); p.Boundary != NoBoundary {
		inner := []extent{{p.Length / 2, max(n, 0)}}
		x, norm = cut(x, []int{last - 1}, inner), cut(norm, []int{0}, inner)
	}
	x = x.Div(jnp.Where(norm.Gt(1e-10), norm, 1))
	at := axes[1]
	if axes[0] < at {
		at--
	}
	return jnp.MoveAxis(x, -1, at)
}
