package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ConvolveMode says how much of a convolution is returned.
type ConvolveMode uint8

const (
	ConvolveFull  ConvolveMode = iota // wherever the two overlap: len(x)+len(y)-1 elements
	ConvolveSame                      // as many as the longer one has, the middle of ConvolveFull
	ConvolveValid                     // where the shorter one lies wholly inside the longer
)

// Convolution holds the keyword arguments of Convolve and Correlate.
type Convolution struct {
	Mode      ConvolveMode
	Precision ops.Precision // of the products, on hardware that has several: lax.PrecisionHighest, as in Contraction
	DType     DType         // of the result, in which it is summed too; unset, the operands' common type
}

// Convolve is the convolution of two vectors, all of it: NumPy's convolve. Integers are turned into the default float.
//
// Options: Convolution (Mode, Precision, DType).
func Convolve(x, y Array) Array { return Convolution{}.Convolve(x, y) }

// Correlate is the sum of products of x with the conjugate of y at each place where y lies wholly inside: NumPy's
// correlate.
//
// Options: Convolution (Mode, Precision, DType).
func Correlate(x, y Array) Array { return Convolution{Mode: ConvolveValid}.Correlate(x, y) }

// Convolve is jnp.Convolve with options.
func (o Convolution) Convolve(x, y Array) Array { return o.run("jnp.Convolve", x, y, false) }

// Correlate is jnp.Correlate with options; the zero Mode is ConvolveFull.
func (o Convolution) Correlate(x, y Array) Array { return o.run("jnp.Correlate", x, y, true) }

func (o Convolution) run(op string, x, y Array, correlate bool) Array {
	in := []*trace.Value{x.val(op), y.val(op)}
	avals := trace.Avals(in)
	for i, v := range in {
		if v.Rank() != 1 {
			trace.Fail(op, avals, "takes two vectors; operand %d has %d axes", i, v.Rank())
		}
		if v.Shape()[0] == 0 {
			trace.Fail(op, avals, "operand %d is empty", i)
		}
	}
	if o.Mode > ConvolveValid {
		trace.Fail(op, avals, "Mode is ConvolveFull, ConvolveSame or ConvolveValid, not %d", o.Mode)
	}
	return whole(op, struct {
		Convolution
		Correlate bool
	}{o, correlate}, in, func(in []*trace.Value) *trace.Value {
		in = kit.PromoteInexact(op, in...)
		x, y := in[0], in[1]
		// The convolution of XLA does not turn the second operand around.
		back := false
		if correlate {
			if y.DType().IsComplex() {
				y = ops.Conj(y)
			}
			if x.Shape()[0] < y.Shape()[0] {
				x, y, back = y, x, true
			}
		} else {
			if x.Shape()[0] < y.Shape()[0] {
				x, y = y, x
			}
			y = ops.Rev(y, []int{0})
		}
		n := y.Shape()[0]
		pad := ops.PadValid
		switch o.Mode {
		case ConvolveFull:
			pad = ops.PadWith([2]int{n - 1, n - 1})
		case ConvolveSame:
			pad = ops.PadWith([2]int{n / 2, n - n/2 - 1})
		}
		row := func(v *trace.Value) *trace.Value { return ops.Reshape(v, []int{1, 1, v.Shape()[0]}) }
		z := ops.ConvGeneralDilated(row(x), row(y), []int{1}, pad,
			ops.ConvOptions{Precision: o.Precision, PreferredType: o.DType})
		z = ops.Reshape(z, []int{z.Shape()[2]})
		if back {
			z = ops.Rev(z, []int{0})
		}
		return z
	})
}
