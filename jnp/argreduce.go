package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

type argParams struct {
	Max, SkipNaN, KeepDims bool
	Flat                   bool
	Axis                   int
}

// argReduce is ArgMax and its three relatives. Without an axis the position is that in the flattened array.
func (r Reduction) argReduce(op string, max, skipNaN bool, x Array, axis []int) Array {
	r.only(op, takesKeepDims)
	v := x.val(op)
	p := argParams{Max: max, SkipNaN: skipNaN, KeepDims: r.KeepDims}
	p.Axis, p.Flat = kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	if v.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "complex numbers have no order; take x.Abs(), x.Real() or x.Imag()")
	}
	if p.Flat && v.Aval().Size() == 0 || !p.Flat && v.Shape()[p.Axis] == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "there are no elements to choose from")
	}
	return whole(op, p, []*trace.Value{v}, p.build)
}

func (p argParams) build(x []*trace.Value) *trace.Value {
	v := x[0]
	shape, reduced := v.Shape(), []int{p.Axis}
	if p.Flat {
		reduced = kit.UpTo(v.Rank())
		v = ops.Reshape(v, []int{v.Aval().Size()})
	}
	d := kit.DefaultInt(v)
	var nans *trace.Value
	if p.SkipNaN && v.DType().IsInexact() {
		nans = isNaN(v)
		worst := math.Inf(1)
		if p.Max {
			worst = math.Inf(-1)
		}
		v = replace(v, nans, ir.FloatLit(worst, v.DType()))
	}
	var y *trace.Value
	if p.Max {
		y = ops.ArgMax(v, p.Axis, d)
	} else {
		y = ops.ArgMin(v, p.Axis, d)
	}
	if nans != nil {
		y = replace(y, ops.ReduceAnd(nans, []int{p.Axis}), ir.IntLit(-1, d))
	}
	return keepDims(y, shape, reduced, p.KeepDims)
}

// ArgMax is the position of the (first) largest element along the axis, or in the flattened array if none is given, in
// the default integer type. NaN counts as largest. NumPy's argmax; an axis without elements and complex numbers are
// refused. Along another axis than the last, CPUs take subnormal numbers for 0.
//
// Options: Reduction (KeepDims).
func ArgMax(x Array, axis ...int) Array { return Reduction{}.ArgMax(x, axis...) }

// ArgMax is ArgMax with the option KeepDims.
func (r Reduction) ArgMax(x Array, axis ...int) Array {
	return r.argReduce("jnp.ArgMax", true, false, x, axis)
}

// ArgMin is the position of the (first) smallest element along the axis, or in the flattened array if none is given.
// NaN counts as smallest. NumPy's argmin. Along another axis than the last, CPUs
// take subnormal numbers for 0.
//
// Options: Reduction (KeepDims).
func ArgMin(x Array, axis ...int) Array { return Reduction{}.ArgMin(x, axis...) }

// ArgMin is ArgMin with the option KeepDims.
func (r Reduction) ArgMin(x Array, axis ...int) Array {
	return r.argReduce("jnp.ArgMin", false, false, x, axis)
}

// NaNArgMax is ArgMax with NaN left out, -1 where there is nothing else. NumPy's nanargmax. Along another axis than the
// last, CPUs take subnormal numbers for 0.
//
// Options: Reduction (KeepDims).
func NaNArgMax(x Array, axis ...int) Array { return Reduction{}.NaNArgMax(x, axis...) }

// NaNArgMax is NaNArgMax with the option KeepDims.
func (r Reduction) NaNArgMax(x Array, axis ...int) Array {
	return r.argReduce("jnp.NaNArgMax", true, true, x, axis)
}

// NaNArgMin is ArgMin with NaN left out, -1 where there is nothing else. NumPy's nanargmin. Along another axis than the
// last, CPUs take subnormal numbers for 0.
//
// Options: Reduction (KeepDims).
func NaNArgMin(x Array, axis ...int) Array { return Reduction{}.NaNArgMin(x, axis...) }

// NaNArgMin is NaNArgMin with the option KeepDims.
func (r Reduction) NaNArgMin(x Array, axis ...int) Array {
	return r.argReduce("jnp.NaNArgMin", false, true, x, axis)
}

// ArgMax is jnp.ArgMax.
func (x Array) ArgMax(axis ...int) Array { return ArgMax(x, axis...) }

// ArgMin is jnp.ArgMin.
func (x Array) ArgMin(axis ...int) Array { return ArgMin(x, axis...) }
