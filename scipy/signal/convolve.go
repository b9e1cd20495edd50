package signal

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Mode says how much of a convolution is returned. That of arrays of m and n elements along an axis has m+n-1.
type Mode uint8

const (
	Full  Mode = iota // all
	Same              // the middle, as much as the first operand has
	Valid             // where neither operand is continued with zeros; one must be at least as large as the other
)

// Method is how a convolution is computed.
type Method uint8

const (
	Auto   Method = iota // the one that is faster for the sizes
	Direct               // by sums of products
	FFT                  // by Fourier transforms, as OAConvolve: errors are relative to the largest element
)

// Convolution holds the keyword arguments of Convolve, Correlate, FFTConvolve and OAConvolve.
type Convolution struct {
	Mode      Mode
	Method    Method        // of Convolve and Correlate
	Precision lax.Precision // of the products of Direct, on hardware that has several
}

// Convolve is the convolution of two arrays of the same number of axes, along all of them (SciPy signal.convolve).
// Integers are turned into the default float. Empty arrays are refused.
//
// Options: Convolution (Mode, Method, Precision).
func Convolve(x, y jnp.Array) jnp.Array { return Convolution{}.Convolve(x, y) }

// Correlate is the sum of products of x with the conjugate of y at each place of y: the convolution with the conjugate
// of y turned around along all axes (SciPy signal.correlate).
//
// Options: Convolution (Mode, Method, Precision).
func Correlate(x, y jnp.Array) jnp.Array { return Convolution{}.Correlate(x, y) }

// FFTConvolve is the convolution by Fourier transforms along axes, all unless given; along others the shapes broadcast
// (SciPy signal.fftconvolve).
//
// Options: Convolution (Mode).
func FFTConvolve(x, y jnp.Array, axes ...int) jnp.Array {
	return Convolution{}.FFTConvolve(x, y, axes...)
}

// OAConvolve is FFTConvolve for arrays of very different lengths: the longer one is transformed in blocks, whose
// results overlap and are added (SciPy signal.oaconvolve).
//
// Options: Convolution (Mode).
func OAConvolve(x, y jnp.Array, axes ...int) jnp.Array {
	return Convolution{}.OAConvolve(x, y, axes...)
}

// Convolve is signal.Convolve with options.
func (o Convolution) Convolve(x, y jnp.Array) jnp.Array { return o.run("signal.Convolve", x, y) }

// Correlate is signal.Correlate with options.
func (o Convolution) Correlate(x, y jnp.Array) jnp.Array { return o.run("signal.Correlate", x, y) }

// FFTConvolve is signal.FFTConvolve with options.
func (o Convolution) FFTConvolve(x, y jnp.Array, axes ...int) jnp.Array {
	return o.fast("signal.FFTConvolve", fastConvolution, x, y, axes)
}

// OAConvolve is signal.OAConvolve with options.
func (o Convolution) OAConvolve(x, y jnp.Array, axes ...int) jnp.Array {
	return o.fast("signal.OAConvolve", blockConvolution, x, y, axes)
}

// Convolution2D holds the keyword arguments of Convolve2D and Correlate2D.
type Convolution2D struct {
	Mode      Mode
	Boundary  Boundary      // how the first operand goes on outside
	FillValue float64       // outside, for Zeros
	Precision lax.Precision // of the products, on hardware that has several
}

// Convolve2D is the convolution of two matrices (SciPy signal.convolve2d). JAX has it with zeros outside alone.
//
// Options: Convolution2D (Mode, Boundary, FillValue, Precision).
func Convolve2D(x, y jnp.Array) jnp.Array { return Convolution2D{}.Convolve2D(x, y) }

// Correlate2D is Correlate of two matrices (SciPy signal.correlate2d). Where y has an even number of rows, Same begins
// one row further down than in Correlate, and so for columns.
//
// Options: Convolution2D (Mode, Boundary, FillValue, Precision).
func Correlate2D(x, y jnp.Array) jnp.Array { return Convolution2D{}.Correlate2D(x, y) }

// Convolve2D is signal.Convolve2D with options.
func (o Convolution2D) Convolve2D(x, y jnp.Array) jnp.Array { return o.run("signal.Convolve2D", x, y) }

// Correlate2D is signal.Correlate2D with options.
func (o Convolution2D) Correlate2D(x, y jnp.Array) jnp.Array {
	return o.run("signal.Correlate2D", x, y)
}

// extent is a part of the whole convolution along an axis.
type extent struct{ start, size int }

// extent is what is asked for of m and n elements.
func (o Mode) extent(m, n int) extent {
	switch o {
	case Same:
		return extent{(n - 1) / 2, m}
	case Valid:
		return extent{min(m, n) - 1, max(m, n) - min(m, n) + 1}
	}
	return extent{0, m + n - 1}
}

// operands checks x and y, whose convolution along axes is asked for.
func (o Mode) operands(op string, x, y jnp.Array, axes []int) (in []ir.Aval) {
	in = trace.Avals(kit.Values(op, []jnp.Array{x, y}))
	if o > Valid {
		trace.Fail(op, in, "Mode is Full, Same or Valid, not %d", o)
	}
	if x.NDim() != y.NDim() {
		trace.Fail(op, in, "the operands have %d and %d axes; reshape one of them", x.NDim(), y.NDim())
	}
	if in[0].Size() == 0 || in[1].Size() == 0 {
		trace.Fail(op, in, "an operand is empty")
	}
	larger, smaller := true, true
	for _, a := range axes {
		larger = larger && in[0].Shape[a] >= in[1].Shape[a]
		smaller = smaller && in[0].Shape[a] <= in[1].Shape[a]
	}
	if o == Valid && !larger && !smaller {
		trace.Fail(op, in, "for Valid one operand must be at least as large as the other along every axis")
	}
	return in
}

// run is Convolve or Correlate.
func (o Convolution) run(op string, x, y jnp.Array) jnp.Array {
	if o.Method > FFT {
		trace.Fail(op, nil, "Method is Auto, Direct or FFT, not %d", o.Method)
	}
	in := o.Mode.operands(op, x, y, kit.UpTo(x.NDim()))
	p := struct {
		Convolution
		Correlate bool
	}{o, op == "signal.Correlate"}
	if o.Method == Auto && fftPays(in[0].Shape, in[1].Shape) {
		p.Method = FFT
	}
	return arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		in = arrays.StrongInexact(op, in...)
		x, y := in[0], in[1]
		if p.Correlate {
			y = jnp.Flip(y.Conj())
		}
		extents := make([]extent, x.NDim())
		for a := range extents {
			extents[a] = o.Mode.extent(x.Shape()[a], y.Shape()[a])
		}
		if p.Method == FFT {
			return cut(blockConvolution(x, y, kit.UpTo(x.NDim())), kit.UpTo(x.NDim()), extents)
		}
		return direct(x, y, extents, o.Precision)
	}, x, y)
}

// fftPays is whether Fourier transforms are faster than sums of products, by a wide margin: they were, measured, from
// about 5 on in place of 20.
func fftPays(m, n []int) bool {
	products, whole, kernel := 1.0, 1.0, 1.0
	for a := range m {
		products *= float64(max(m[a], n[a]))
		kernel *= float64(min(m[a], n[a]))
		whole *= float64(fastLength(m[a] + n[a] - 1))
	}
	products *= kernel
	return products > 1e7 && products > 20*whole*math.Log2(whole+1)
}

// direct are sums of products: the parts that extents say of the convolution.
func direct(x, y jnp.Array, extents []extent, precision lax.Precision) jnp.Array {
	if y.Size() > x.Size() {
		x, y = y, x
	}
	pads := make([][2]int, len(extents))
	for a, e := range extents {
		pads[a] = [2]int{y.Shape()[a] - 1 - e.start, e.start + e.size - x.Shape()[a]}
	}
	if len(pads) == 0 {
		return x.Mul(y)
	}
	z := lax.ConvGeneralDilated(jnp.ExpandDims(x, 0, 1), jnp.ExpandDims(jnp.Flip(y), 0, 1), nil, lax.PadWith(pads...),
		lax.ConvOptions{Precision: precision})
	return jnp.Squeeze(z, 0, 1)
}

// cut are the parts of x that extents say along axes.
func cut(x jnp.Array, axes []int, extents []extent) jnp.Array {
	for i, a := range axes {
		x = lax.SliceInDim(x, extents[i].start, extents[i].start+extents[i].size, 1, a)
	}
	return x
}

// run is Convolve2D or Correlate2D.
func (o Convolution2D) run(op string, x, y jnp.Array) jnp.Array {
	in := o.Mode.operands(op, x, y, kit.UpTo(min(x.NDim(), y.NDim())))
	if x.NDim() != 2 {
		trace.Fail(op, in, "takes two matrices; Convolve and Correlate take arrays of any number of axes")
	}
	modes := map[Boundary]jnp.PadMode{Zeros: jnp.PadConstant, Wrap: jnp.PadWrap, Symmetric: jnp.PadSymmetric}
	pad, ok := modes[o.Boundary]
	if !ok {
		trace.Fail(op, in, "Boundary is Zeros, Wrap or Symmetric, not %d", o.Boundary)
	}
	if o.Boundary != Zeros && o.FillValue != 0 {
		trace.Fail(op, in, "FillValue is for the Boundary Zeros")
	}
	p := struct {
		Convolution2D
		Correlate bool
	}{o, op == "signal.Correlate2D"}
	return arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		in = arrays.StrongInexact(op, in...)
		x, y := in[0], in[1]
		outside := [2]int{}
		extents := make([]extent, 2)
		for a := range extents {
			m, n := x.Shape()[a], y.Shape()[a]
			extents[a] = o.Mode.extent(m, n)
			if p.Correlate && o.Mode == Same {
				extents[a].start = n / 2
			}
			if o.Mode != Valid && (o.Boundary != Zeros || o.FillValue != 0) {
				outside[a] = n - 1
				extents[a].start += n - 1 // of what is longer by as much at both ends
			}
		}
		if p.Correlate {
			y = jnp.Flip(y.Conj())
		}
		padding := jnp.Padding{Mode: pad}
		if o.Boundary == Zeros {
			padding.Value = o.FillValue
		}
		x = padding.Pad(x, [2]int{outside[0], outside[0]}, [2]int{outside[1], outside[1]})
		return direct(x, y, extents, o.Precision)
	}, x, y)
}
