package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// View is x's bits read as another dtype (NumPy ndarray.view): the last axis becomes longer or shorter where the
// elements' sizes differ, and must then exist and hold whole elements. bool is read as bytes of 0 and 1, and written
// from bytes that are not 0. It panics with *trace.Error where the last axis does not fit.
func (x Array) View(d DType) Array {
	const op = "jnp.Array.View"
	v := x.val(op)
	a := v.Aval()
	if !d.Valid() {
		trace.Fail(op, []ir.Aval{a}, "there is no dtype number %d", uint8(d))
	}
	if !trace.X64(v) && d.Canonical(false) != d {
		trace.Fail(op, []ir.Aval{a},
			"%v needs 64-bit types; turn them on (gojax.EnableX64, or gojax.WithX64 around this call)", d)
	}
	from, to := a.DType.Bits(), d.Bits()
	if from != to {
		if a.Rank() == 0 {
			trace.Fail(op, []ir.Aval{a}, "a scalar of %v cannot be read as %v, which has another size", a.DType, d)
		}
		if last := a.Shape[a.Rank()-1]; last*from%to != 0 {
			trace.Fail(op, []ir.Aval{a},
				"the last axis has %d elements of %d bits, which make no whole number of elements of %v, of %d bits",
				last, from, d, to)
		}
	}
	return whole1(op, d, v, func(v *trace.Value) *trace.Value {
		if v.Rank() == 0 {
			return ops.Reshape(bitsTo(bitsOf(ops.Reshape(v, []int{1})), d), nil)
		}
		return bitsTo(bitsOf(v), d)
	})
}

// bitsOf is v, of at least one axis, as unsigned integers of its element's size; complex numbers come as their two
// parts, the last axis twice as long.
func bitsOf(v *trace.Value) *trace.Value {
	switch d := v.DType(); {
	case d == ir.Bool:
		return ops.Convert(v, ir.Uint8)
	case d.IsComplex():
		n := v.Rank()
		parts := ops.Concatenate(
			[]*trace.Value{ops.ExpandDims(ops.Real(v), []int{n}), ops.ExpandDims(ops.Imag(v), []int{n})}, n)
		return bitsOf(ops.Reshape(parts, lengthened(v.Shape(), 2, 1)))
	default:
		return ops.Bitcast(v, ir.UintOf(d.Bits()))
	}
}

// bitsTo is the unsigned integers v read as dtype d.
func bitsTo(v *trace.Value, d DType) *trace.Value {
	switch {
	case d == ir.Bool:
		return truth("jnp.Array.View", resized(v, ir.Uint8))
	case d.IsComplex():
		parts := bitsTo(v, d.Real())
		n := parts.Rank()
		pairs := ops.Reshape(parts, append(lengthened(parts.Shape(), 1, 2), 2))
		part := func(i int) *trace.Value {
			return ops.Squeeze(ops.SliceInDim(pairs, i, i+1, 1, n), []int{n})
		}
		return ops.Complex(part(0), part(1))
	}
	return ops.Bitcast(resized(v, ir.UintOf(d.Bits())), d)
}

// resized is unsigned integers v read as those of another size along the last axis.
func resized(v *trace.Value, d DType) *trace.Value {
	from, to := v.DType().Bits(), d.Bits()
	switch {
	case from == to:
		return v
	case from > to:
		s := v.Shape()
		return ops.Reshape(ops.Bitcast(v, d), lengthened(s, from/to, 1))
	}
	return ops.Bitcast(ops.Reshape(v, append(lengthened(v.Shape(), 1, to/from), to/from)), d)
}

// lengthened is shape with its last axis times up, divided by down.
func lengthened(shape []int, up, down int) []int {
	out := append([]int{}, shape...)
	out[len(out)-1] = out[len(out)-1] * up / down
	return out
}
