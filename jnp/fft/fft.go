// Package fft holds discrete Fourier transforms, as numpy.fft and jax.numpy.fft do.
package fft

import (
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Norm says where the factor 1/n of a transform and its inverse goes.
type Norm uint8

const (
	Backward Norm = iota // to the inverse (the default)
	Ortho                // its square root to both
	Forward              // to the forward transform
)

// Options holds the keyword arguments of the transforms; its zero value is the default.
type Options struct {
	N     int   // the length along the one axis: longer ones are cut, shorter ones padded with zeros; 0: as it is
	Shape []int // the lengths along the axes of the n-dimensional ones, in the same order; nil: as they are
	Norm  Norm
}

// FFT is the discrete Fourier transform of x along an axis (the last unless given), NumPy's fft: complex, and complex64 unless x is
// of 64 bits.
func FFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.FFT(x, axis...) }

// IFFT is the inverse of FFT.
func IFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IFFT(x, axis...) }

// RFFT is the n/2+1 elements of FFT of a real x that are not redundant.
func RFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.RFFT(x, axis...) }

// IRFFT is the inverse of RFFT (NumPy fft.irfft): of m elements 2(m-1) real numbers, unless Options.N says otherwise.
func IRFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IRFFT(x, axis...) }

// HFFT is the FFT, which is real, of an array that is its own mirrored conjugate, from its first half.
func HFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.HFFT(x, axis...) }

// IHFFT is the inverse of HFFT (NumPy fft.ihfft).
func IHFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IHFFT(x, axis...) }

// FFTN is FFT along several axes, all unless given.
func FFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.FFTN(x, axes...) }

// IFFTN is the inverse of FFTN (NumPy fft.ifftn).
func IFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IFFTN(x, axes...) }

// RFFTN is RFFT along the last of several axes (all unless given) and then FFT along the others (NumPy fft.rfftn).
func RFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.RFFTN(x, axes...) }

// IRFFTN is the inverse of RFFTN (NumPy fft.irfftn).
func IRFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IRFFTN(x, axes...) }

// FFT2 is FFTN along two axes, the last two unless given (NumPy fft.fft2).
func FFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.FFT2(x, axes...) }

// IFFT2 is the inverse of FFT2 (NumPy fft.ifft2).
func IFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.IFFT2(x, axes...) }

// RFFT2 is RFFTN along two axes, the last two unless given (NumPy fft.rfft2).
func RFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.RFFT2(x, axes...) }

// IRFFT2 is the inverse of RFFT2 (NumPy fft.irfft2).
func IRFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.IRFFT2(x, axes...) }

// FFT is fft.FFT with options.
func (o Options) FFT(x jnp.Array, axis ...int) jnp.Array {
	return o.one("fft.FFT", ops.FFTForward, x, axis)
}

// IFFT is fft.IFFT with options.
func (o Options) IFFT(x jnp.Array, axis ...int) jnp.Array {
	return o.one("fft.IFFT", ops.FFTInverse, x, axis)
}

// RFFT is fft.RFFT with options.
func (o Options) RFFT(x jnp.Array, axis ...int) jnp.Array {
	return o.one("fft.RFFT", ops.FFTReal, x, axis)
}

// IRFFT is fft.IRFFT with options.
func (o Options) IRFFT(x jnp.Array, axis ...int) jnp.Array {
	return o.one("fft.IRFFT", ops.FFTRealInverse, x, axis)
}

// HFFT is fft.HFFT with options.
func (o Options) HFFT(x jnp.Array, axis ...int) jnp.Array {
	const op = "fft.HFFT"
	return jnp.Build(op, hermitian{o, axis}, []*trace.Value{jnp.Lift(op, x)}, func(in []*trace.Value) *trace.Value {
		return o.swapped().one(op, ops.FFTRealInverse, jnp.Conj(jnp.Wrap(in[0])), axis).TraceValue()
	})
}

// IHFFT is fft.IHFFT with options.
func (o Options) IHFFT(x jnp.Array, axis ...int) jnp.Array {
	const op = "fft.IHFFT"
	return jnp.Build(op, hermitian{o, axis}, []*trace.Value{jnp.Lift(op, x)}, func(in []*trace.Value) *trace.Value {
		return jnp.Conj(o.swapped().one(op, ops.FFTReal, jnp.Wrap(in[0]), axis)).TraceValue()
	})
}

// hermitian is what HFFT and IHFFT depend on beside their operand.
type hermitian struct {
	Options Options
	Axis    []int
}

// FFTN is fft.FFTN with options.
func (o Options) FFTN(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.FFTN", ops.FFTForward, x, axes)
}

// IFFTN is fft.IFFTN with options.
func (o Options) IFFTN(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.IFFTN", ops.FFTInverse, x, axes)
}

// RFFTN is fft.RFFTN with options.
func (o Options) RFFTN(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.RFFTN", ops.FFTReal, x, axes)
}

// IRFFTN is fft.IRFFTN with options.
func (o Options) IRFFTN(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.IRFFTN", ops.FFTRealInverse, x, axes)
}

// FFT2 is fft.FFT2 with options.
func (o Options) FFT2(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.FFT2", ops.FFTForward, x, two("fft.FFT2", axes))
}

// IFFT2 is fft.IFFT2 with options.
func (o Options) IFFT2(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.IFFT2", ops.FFTInverse, x, two("fft.IFFT2", axes))
}

// RFFT2 is fft.RFFT2 with options.
func (o Options) RFFT2(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.RFFT2", ops.FFTReal, x, two("fft.RFFT2", axes))
}

// IRFFT2 is fft.IRFFT2 with options.
func (o Options) IRFFT2(x jnp.Array, axes ...int) jnp.Array {
	return o.many("fft.IRFFT2", ops.FFTRealInverse, x, two("fft.IRFFT2", axes))
}

func two(op string, axes []int) []int {
	if axes == nil {
		return []int{-2, -1}
	}
	if len(axes) != 2 {
		trace.Fail(op, nil, "takes two axes, not %v", axes)
	}
	return axes
}

func (o Options) swapped() Options {
	switch o.Norm {
	case Backward:
		o.Norm = Forward
	case Forward:
		o.Norm = Backward
	}
	return o
}

func (o Options) one(op string, kind ops.FFTType, x jnp.Array, axis []int) jnp.Array {
	v := jnp.Lift(op, x)
	if len(axis) > 1 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes one axis, not %v; FFTN takes several", axis)
	}
	if o.Shape != nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Shape is for several axes; give N")
	}
	if o.N < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "N is %d; a length is at least 1", o.N)
	}
	if len(axis) == 0 {
		axis = []int{-1}
	}
	var lengths []int
	if o.N != 0 {
		lengths = []int{o.N}
	}
	return o.transform(op, kind, v, axis, lengths)
}

func (o Options) many(op string, kind ops.FFTType, x jnp.Array, axes []int) jnp.Array {
	v := jnp.Lift(op, x)
	if o.N != 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "N is for one axis; give Shape")
	}
	if axes == nil {
		n := v.Rank()
		if o.Shape != nil {
			n = min(n, len(o.Shape)) // of fewer lengths, the last axes
		}
		for i := range n {
			axes = append(axes, v.Rank()-n+i)
		}
	}
	return o.transform(op, kind, v, axes, o.Shape)
}

type params struct {
	Kind          ops.FFTType
	Axes, Lengths []int
	Norm          Norm
}

func (o Options) transform(op string, kind ops.FFTType, v *trace.Value, axes, lengths []int) jnp.Array {
	in := []ir.Aval{v.Aval()}
	p := params{kind, make([]int, len(axes)), slices.Clone(lengths), o.Norm}
	if o.Norm > Forward {
		trace.Fail(op, in, "Norm is Backward, Ortho or Forward, not %d", o.Norm)
	}
	if d := v.DType(); kind == ops.FFTReal && d.IsFloat() && d.Bits() == 16 {
		trace.Fail(op, in, "transforms float32 or float64, not %v; convert first with AsType", d)
	}
	if kind == ops.FFTReal && v.DType().IsComplex() {
		trace.Fail(op, in, "transforms real numbers; use FFT for complex ones, or take x.Real()")
	}
	for i, a := range axes {
		if a < -v.Rank() || a >= v.Rank() {
			trace.Fail(op, in, "axis %d is out of range for an array of %d axes", a, v.Rank())
		}
		if a < 0 {
			a += v.Rank()
		}
		if slices.Contains(p.Axes[:i], a) {
			trace.Fail(op, in, "axis %d is named twice in %v", a, axes)
		}
		p.Axes[i] = a
	}
	if lengths != nil && len(lengths) != len(axes) {
		trace.Fail(op, in, "there are %d lengths (%v) for %d axes", len(lengths), lengths, len(axes))
	}
	if lengths == nil {
		for i, a := range p.Axes {
			n := v.Shape()[a]
			if kind == ops.FFTRealInverse && i == len(axes)-1 {
				n = 2 * (n - 1)
			}
			p.Lengths = append(p.Lengths, n)
		}
	}
	for i, n := range p.Lengths {
		if n < 1 && !(lengths == nil && kind == ops.FFTRealInverse && n == 0) {
			trace.Fail(op, in, "axis %d would be transformed at length %d; a length is at least 1", p.Axes[i], n)
		}
	}
	if len(axes) == 0 && (kind == ops.FFTReal || kind == ops.FFTRealInverse) {
		trace.Fail(op, in, "needs at least one axis")
	}
	return jnp.Build(op, p, []*trace.Value{v}, func(in []*trace.Value) *trace.Value { return p.build(in[0]) })
}

// build transforms, at once, up to three axes that are moved to the end.
func (p params) build(v *trace.Value) *trace.Value {
	real := p.Kind == ops.FFTReal
	d := v.DType()
	switch {
	case !d.IsInexact():
		d = inexact(d)
	case d.Bits() == 16:
		d = ir.Float32
	}
	if !real {
		d = d.Complex()
	}
	v = ops.Convert(v, d)
	last := len(p.Axes) - 1
	for i, a := range p.Axes {
		n := p.Lengths[i]
		if p.Kind == ops.FFTRealInverse && i == last {
			n = n/2 + 1
		}
		v = resized(v, a, n)
	}
	total := 1.0
	for _, n := range p.Lengths {
		total *= float64(n)
	}
	perm := make([]int, 0, v.Rank())
	for a := range v.Rank() {
		if !slices.Contains(p.Axes, a) {
			perm = append(perm, a)
		}
	}
	perm = append(perm, p.Axes...)
	back := make([]int, len(perm))
	for i, a := range perm {
		back[a] = i
	}
	v = ops.Transpose(v, perm)
	// The kinds for real numbers do the last axis first (RFFT) or last (IRFFT).
	rest := p.Axes
	chunk := func(kind ops.FFTType, lo, hi int) {
		// Axes lo to hi, of those at the end, are brought to the very end.
		r, n := v.Rank(), len(p.Axes)
		order := make([]int, 0, r)
		for i := range r {
			if k := i - (r - n); k < lo || k >= hi {
				order = append(order, i)
			}
		}
		for k := lo; k < hi; k++ {
			order = append(order, r-n+k)
		}
		inverse := make([]int, r)
		for i, a := range order {
			inverse[a] = i
		}
		v = ops.Transpose(ops.FFT(ops.Transpose(v, order), kind, p.Lengths[lo:hi]), inverse)
	}
	n := len(rest)
	switch p.Kind {
	case ops.FFTReal:
		chunk(p.Kind, max(n-3, 0), n)
		for hi := n - 3; hi > 0; hi -= 3 {
			chunk(ops.FFTForward, max(hi-3, 0), hi)
		}
	case ops.FFTRealInverse:
		for hi := n - 3; hi > 0; hi -= 3 {
			chunk(ops.FFTInverse, max(hi-3, 0), hi)
		}
		chunk(p.Kind, max(n-3, 0), n)
	default:
		for hi := n; hi > 0; hi -= 3 {
			chunk(p.Kind, max(hi-3, 0), hi)
		}
	}
	v = ops.Transpose(v, back)
	inverse := p.Kind == ops.FFTInverse || p.Kind == ops.FFTRealInverse
	scale := 1.0
	switch {
	case p.Norm == Ortho && inverse:
		scale = math.Sqrt(total)
	case p.Norm == Ortho:
		scale = 1 / math.Sqrt(total)
	case p.Norm == Forward && inverse:
		scale = total
	case p.Norm == Forward:
		scale = 1 / total
	}
	if scale != 1 {
		v = ops.Mul(v, ops.FullLike(v, scale))
	}
	return v
}

func inexact(d ir.DType) ir.DType {
	if d == ir.Int64 || d == ir.Uint64 {
		return ir.Float64
	}
	return ir.Float32
}

// resized is v cut or padded with zeros to length n along axis a.
func resized(v *trace.Value, a, n int) *trace.Value {
	switch m := v.Shape()[a]; {
	case m > n:
		return ops.SliceInDim(v, 0, n, 1, a)
	case m < n:
		none, high := make([]int, v.Rank()), make([]int, v.Rank())
		high[a] = n - m
		return ops.Pad(v, ops.ScalarLit(ir.FloatLit(0, v.DType())), none, high, none)
	}
	return v
}

// FFTFreq is the frequencies of the elements of FFT of n numbers that lie d apart (1 unless given), in cycles: 0, 1, ... and from the
// middle on the negative ones, over n·d.
func FFTFreq(n int, d ...float64) jnp.Array {
	w := width("fft.FFTFreq", n, d)
	v := make([]float64, n)
	for i := range v {
		k := i
		if i >= (n+1)/2 {
			k -= n
		}
		v[i] = float64(k) / (w * float64(n))
	}
	return fromFloats(v)
}

// RFFTFreq is the frequencies of the elements of RFFT (NumPy fft.rfftfreq): 0, 1, ..., n/2 over n·d.
func RFFTFreq(n int, d ...float64) jnp.Array {
	w := width("fft.RFFTFreq", n, d)
	v := make([]float64, n/2+1)
	for i := range v {
		v[i] = float64(i) / (w * float64(max(n, 1)))
	}
	return fromFloats(v)
}

func width(op string, n int, d []float64) float64 {
	if n < 0 {
		trace.Fail(op, nil, "n is %d; it must not be negative", n)
	}
	switch {
	case len(d) > 1:
		trace.Fail(op, nil, "takes one distance, not %d", len(d))
	case len(d) == 1:
		return d[0]
	}
	return 1
}

// fromFloats is v in the default float type, which is on purpose where that is float32.
func fromFloats(v []float64) jnp.Array {
	if trace.X64() {
		return jnp.FromSlice(v)
	}
	w := make([]float32, len(v))
	for i, f := range v {
		w[i] = float32(f)
	}
	return jnp.FromSlice(w)
}

// FFTShift moves the frequency 0 to the middle, along axes (all unless given) (NumPy fft.fftshift).
func FFTShift(x jnp.Array, axes ...int) jnp.Array { return shift("fft.FFTShift", x, axes, 1) }

// IFFTShift undoes FFTShift (NumPy fft.ifftshift).
func IFFTShift(x jnp.Array, axes ...int) jnp.Array { return shift("fft.IFFTShift", x, axes, -1) }

func shift(op string, x jnp.Array, axes []int, sign int) jnp.Array {
	v := jnp.Lift(op, x)
	if axes == nil {
		for i := range v.Rank() {
			axes = append(axes, i)
		}
	}
	by := make([]int, len(axes))
	for i, a := range axes {
		if a < -v.Rank() || a >= v.Rank() {
			trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is out of range for an array of %d axes", a, v.Rank())
		}
		by[i] = sign * (v.Shape()[(a+v.Rank())%v.Rank()] / 2)
	}
	if len(axes) == 0 {
		return jnp.Wrap(v)
	}
	return jnp.Roll(x, by, axes...)
}
