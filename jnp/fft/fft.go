package fft

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
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

// FFT is the discrete Fourier transform of x along an axis (the last unless given), NumPy's fft: complex, and complex64
// unless x is of 64 bits.
//
// Options: Options (N, Norm).
func FFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.FFT(x, axis...) }

// IFFT is the inverse of FFT.
//
// Options: Options (N, Norm).
func IFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IFFT(x, axis...) }

// RFFT is the n/2+1 elements of FFT of a real x that are not redundant.
//
// Options: Options (N, Norm).
func RFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.RFFT(x, axis...) }

// IRFFT is the inverse of RFFT (NumPy fft.irfft): of m elements 2(m-1) real numbers, unless Options.N says otherwise.
//
// Options: Options (N, Norm).
func IRFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IRFFT(x, axis...) }

// HFFT is the FFT, which is real, of an array that is its own mirrored conjugate, from its first half.
//
// Options: Options (N, Norm).
func HFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.HFFT(x, axis...) }

// IHFFT is the inverse of HFFT (NumPy fft.ihfft).
//
// Options: Options (N, Norm).
func IHFFT(x jnp.Array, axis ...int) jnp.Array { return Options{}.IHFFT(x, axis...) }

// FFTN is FFT along several axes, all unless given.
//
// Options: Options (Shape, Norm).
func FFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.FFTN(x, axes...) }

// IFFTN is the inverse of FFTN (NumPy fft.ifftn).
//
// Options: Options (Shape, Norm).
func IFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IFFTN(x, axes...) }

// RFFTN is RFFT along the last of several axes (all unless given) and then FFT along the others (NumPy fft.rfftn).
//
// Options: Options (Shape, Norm).
func RFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.RFFTN(x, axes...) }

// IRFFTN is the inverse of RFFTN (NumPy fft.irfftn).
//
// Options: Options (Shape, Norm).
func IRFFTN(x jnp.Array, axes ...int) jnp.Array { return Options{}.IRFFTN(x, axes...) }

// FFT2 is FFTN along two axes, the last two unless given (NumPy fft.fft2).
//
// Options: Options (Shape, Norm).
func FFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.FFT2(x, axes...) }

// IFFT2 is the inverse of FFT2 (NumPy fft.ifft2).
//
// Options: Options (Shape, Norm).
func IFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.IFFT2(x, axes...) }

// RFFT2 is RFFTN along two axes, the last two unless given (NumPy fft.rfft2).
//
// Options: Options (Shape, Norm).
func RFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.RFFT2(x, axes...) }

// IRFFT2 is the inverse of RFFT2 (NumPy fft.irfft2).
//
// Options: Options (Shape, Norm).
func IRFFT2(x jnp.Array, axes ...int) jnp.Array { return Options{}.IRFFT2(x, axes...) }

// transform is what a function of this package has of its own.
type transform struct {
	name string
	kind ops.FFTType
	axes axisCount
	// of arrays that are their own mirrored conjugates: HFFT is IRFFT of the conjugate, IHFFT the conjugate of RFFT
	hermitian bool
}

// axisCount is how many axes a transform goes along.
type axisCount uint8

const (
	one axisCount = iota
	two
	several
)

var (
	fftOf    = transform{name: "fft.FFT", kind: ops.FFTForward, axes: one}
	ifftOf   = transform{name: "fft.IFFT", kind: ops.FFTInverse, axes: one}
	rfftOf   = transform{name: "fft.RFFT", kind: ops.FFTReal, axes: one}
	irfftOf  = transform{name: "fft.IRFFT", kind: ops.FFTRealInverse, axes: one}
	hfftOf   = transform{name: "fft.HFFT", kind: ops.FFTRealInverse, axes: one, hermitian: true}
	ihfftOf  = transform{name: "fft.IHFFT", kind: ops.FFTReal, axes: one, hermitian: true}
	fftnOf   = transform{name: "fft.FFTN", kind: ops.FFTForward, axes: several}
	ifftnOf  = transform{name: "fft.IFFTN", kind: ops.FFTInverse, axes: several}
	rfftnOf  = transform{name: "fft.RFFTN", kind: ops.FFTReal, axes: several}
	irfftnOf = transform{name: "fft.IRFFTN", kind: ops.FFTRealInverse, axes: several}
	fft2Of   = transform{name: "fft.FFT2", kind: ops.FFTForward, axes: two}
	ifft2Of  = transform{name: "fft.IFFT2", kind: ops.FFTInverse, axes: two}
	rfft2Of  = transform{name: "fft.RFFT2", kind: ops.FFTReal, axes: two}
	irfft2Of = transform{name: "fft.IRFFT2", kind: ops.FFTRealInverse, axes: two}
)

// FFT is fft.FFT with options.
func (o Options) FFT(x jnp.Array, axis ...int) jnp.Array { return fftOf.run(o, x, axis) }

// IFFT is fft.IFFT with options.
func (o Options) IFFT(x jnp.Array, axis ...int) jnp.Array { return ifftOf.run(o, x, axis) }

// RFFT is fft.RFFT with options.
func (o Options) RFFT(x jnp.Array, axis ...int) jnp.Array { return rfftOf.run(o, x, axis) }

// IRFFT is fft.IRFFT with options.
func (o Options) IRFFT(x jnp.Array, axis ...int) jnp.Array { return irfftOf.run(o, x, axis) }

// HFFT is fft.HFFT with options.
func (o Options) HFFT(x jnp.Array, axis ...int) jnp.Array { return hfftOf.run(o, x, axis) }

// IHFFT is fft.IHFFT with options.
func (o Options) IHFFT(x jnp.Array, axis ...int) jnp.Array { return ihfftOf.run(o, x, axis) }

// FFTN is fft.FFTN with options.
func (o Options) FFTN(x jnp.Array, axes ...int) jnp.Array { return fftnOf.run(o, x, axes) }

// IFFTN is fft.IFFTN with options.
func (o Options) IFFTN(x jnp.Array, axes ...int) jnp.Array { return ifftnOf.run(o, x, axes) }

// RFFTN is fft.RFFTN with options.
func (o Options) RFFTN(x jnp.Array, axes ...int) jnp.Array { return rfftnOf.run(o, x, axes) }

// IRFFTN is fft.IRFFTN with options.
func (o Options) IRFFTN(x jnp.Array, axes ...int) jnp.Array { return irfftnOf.run(o, x, axes) }

// FFT2 is fft.FFT2 with options.
func (o Options) FFT2(x jnp.Array, axes ...int) jnp.Array { return fft2Of.run(o, x, axes) }

// IFFT2 is fft.IFFT2 with options.
func (o Options) IFFT2(x jnp.Array, axes ...int) jnp.Array { return ifft2Of.run(o, x, axes) }

// RFFT2 is fft.RFFT2 with options.
func (o Options) RFFT2(x jnp.Array, axes ...int) jnp.Array { return rfft2Of.run(o, x, axes) }

// IRFFT2 is fft.IRFFT2 with options.
func (o Options) IRFFT2(x jnp.Array, axes ...int) jnp.Array { return irfft2Of.run(o, x, axes) }
