package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Cumulative holds the keyword arguments of the cumulative functions.
type Cumulative struct {
	// DType is the type to compute in and to return.
	DType DType
	// IncludeInitial puts the 0 of a sum, or the 1 of a product, before the first element.
	IncludeInitial bool
}

type cumParams struct {
	Prod, SkipNaN, Widen, Initial, Flat bool
	Axis                                int
	DType                               ir.DType
}

func (c Cumulative) cum(op string, p cumParams, x Array, axis []int) Array {
	v := x.val(op)
	p.Initial = c.IncludeInitial
	if c.DType != ir.Invalid {
		kit.CheckDType(op, c.DType, v.Aval())
		p.DType = c.DType.Canonical(trace.X64(v))
	}
	p.Axis, p.Flat = kit.OneAxisOrFlat(op, axis, max(v.Rank(), 1), v.Aval())
	p.Flat = p.Flat || v.Rank() == 0 // a scalar is taken as one element, as in NumPy
	return whole(op, p, []*trace.Value{v}, p.build)
}

func (p cumParams) build(x []*trace.Value) *trace.Value {
	v := x[0]
	x64 := trace.X64(v)
	if p.Flat {
		v = ops.Reshape(v, []int{v.Aval().Size()})
	}
	first := ir.IntLit(0, v.DType())
	if p.Prod {
		first = ir.IntLit(1, v.DType())
	}
	if p.SkipNaN && v.DType().IsInexact() {
		v = replace(v, isNaN(v), first)
	}
	compute := v.DType()
	result := p.DType
	switch {
	case result == ir.Bool:
		v = ops.Convert(v, ir.Bool)
		compute = promoteInteger(ir.Bool, x64)
	case result != ir.Invalid:
		compute = result
	default:
		if p.Widen || compute == ir.Bool {
			compute = promoteInteger(compute, x64)
		}
		result = compute
	}
	v = ops.Convert(v, compute)
	if p.Prod {
		v = ops.CumProd(v, p.Axis, false)
	} else {
		v = ops.CumSum(v, p.Axis, false)
	}
	v = ops.Convert(v, result)
	if p.Initial {
		shape := slices.Clone(v.Shape())
		shape[p.Axis] = 1
		v = ops.Concatenate([]*trace.Value{ops.Full(shape, first.Convert(result)), v}, p.Axis)
	}
	return v
}

// CumSum is the running sum along the axis, or of the flattened array if none is given. NumPy's cumsum, with JAX's
// types: as the elements, bools counted in the default integer type.
//
// Options: Cumulative (DType, IncludeInitial).
func CumSum(x Array, axis ...int) Array { return Cumulative{}.CumSum(x, axis...) }

// CumSum is CumSum with options.
func (c Cumulative) CumSum(x Array, axis ...int) Array {
	return c.cum("jnp.CumSum", cumParams{}, x, axis)
}

// CumProd is the running product along the axis, or of the flattened array if none is given. NumPy's cumprod. See
// CumSum.
//
// Options: Cumulative (DType, IncludeInitial).
func CumProd(x Array, axis ...int) Array { return Cumulative{}.CumProd(x, axis...) }

// CumProd is CumProd with options.
func (c Cumulative) CumProd(x Array, axis ...int) Array {
	return c.cum("jnp.CumProd", cumParams{Prod: true}, x, axis)
}

// NaNCumSum is CumSum with NaN taken as 0, NumPy's nancumsum.
//
// Options: Cumulative (DType, IncludeInitial).
func NaNCumSum(x Array, axis ...int) Array { return Cumulative{}.NaNCumSum(x, axis...) }

// NaNCumSum is NaNCumSum with options.
func (c Cumulative) NaNCumSum(x Array, axis ...int) Array {
	return c.cum("jnp.NaNCumSum", cumParams{SkipNaN: true}, x, axis)
}

// NaNCumProd is CumProd with NaN taken as 1, NumPy's nancumprod.
//
// Options: Cumulative (DType, IncludeInitial).
func NaNCumProd(x Array, axis ...int) Array { return Cumulative{}.NaNCumProd(x, axis...) }

// NaNCumProd is NaNCumProd with options.
func (c Cumulative) NaNCumProd(x Array, axis ...int) Array {
	return c.cum("jnp.NaNCumProd", cumParams{Prod: true, SkipNaN: true}, x, axis)
}

// CumulativeSum is the array API's cumulative_sum: CumSum that widens small integers as Sum does, and needs the axis
// unless x has exactly one.
//
// Options: Cumulative (DType, IncludeInitial).
func CumulativeSum(x Array, axis ...int) Array { return Cumulative{}.CumulativeSum(x, axis...) }

// CumulativeSum is CumulativeSum with options.
func (c Cumulative) CumulativeSum(x Array, axis ...int) Array {
	return c.cum("jnp.CumulativeSum", cumParams{Widen: true}, x, oneAxis("jnp.CumulativeSum", x, axis))
}

// CumulativeProd is the array API's cumulative_prod with JAX's types: CumProd that needs the axis unless x has exactly
// one. Small integers stay what they are and wrap around; give a DType to widen them.
//
// Options: Cumulative (DType, IncludeInitial).
func CumulativeProd(x Array, axis ...int) Array { return Cumulative{}.CumulativeProd(x, axis...) }

// CumulativeProd is CumulativeProd with options.
func (c Cumulative) CumulativeProd(x Array, axis ...int) Array {
	return c.cum("jnp.CumulativeProd", cumParams{Prod: true}, x, oneAxis("jnp.CumulativeProd", x, axis))
}

func oneAxis(op string, x Array, axis []int) []int {
	v := x.val(op)
	switch {
	case v.Rank() == 0:
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has nothing to cumulate along; use x.Ravel()")
	case len(axis) == 0 && v.Rank() > 1:
		trace.Fail(op, []ir.Aval{v.Aval()}, "an array of %d axes needs the axis to cumulate along", v.Rank())
	case len(axis) == 0:
		return []int{0}
	}
	return axis
}

// CumSum is jnp.CumSum.
func (x Array) CumSum(axis ...int) Array { return CumSum(x, axis...) }

// CumProd is jnp.CumProd.
func (x Array) CumProd(axis ...int) Array { return CumProd(x, axis...) }

// Differences holds the keyword arguments of Diff.
type Differences struct {
	// N is how many times differences are taken: 1 if 0; to take none, do not call Diff.
	N int
	// Prepend and Append are joined to x along the axis first: arrays, or scalars.
	Prepend, Append any
}

// Diff is the difference of each element and the one before it along the axis (the last if none is given), NumPy's
// diff; of bools, whether they differ.
//
// Options: Differences (N, Prepend, Append).
func Diff(x Array, axis ...int) Array { return Differences{}.Diff(x, axis...) }

// Diff is Diff with options.
func (o Differences) Diff(x Array, axis ...int) Array {
	const op = "jnp.Diff"
	v := x.val(op)
	if v.Rank() == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has no differences; x must have an axis")
	}
	if o.N < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "N is %d: differences cannot be taken a negative number of times", o.N)
	}
	a := kit.OneAxis(op, axis, -1, v.Rank(), v.Aval())
	parts := []*trace.Value{v}
	one := slices.Clone(v.Shape())
	one[a] = 1
	edge := func(e any) *trace.Value {
		ev := kit.LiftAlone(op, e)
		if ev.Rank() == 0 {
			return kit.BroadcastTo(ev, one)
		}
		return ev
	}
	if o.Prepend != nil {
		parts = append([]*trace.Value{edge(o.Prepend)}, parts...)
	}
	if o.Append != nil {
		parts = append(parts, edge(o.Append))
	}
	if len(parts) > 1 {
		v = concatenate(op, parts, a, ir.Invalid, asTheyAre).v
	}
	times := min(max(o.N, 1), max(v.Shape()[a], 1)) // then nothing is left
	trace.CheckSteps(op, times, v.Aval())
	p := struct{ N, Axis int }{times, a}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value {
		for range p.N {
			n := v.Shape()[a]
			hi, lo := ops.SliceInDim(v, min(1, n), n, 1, a), ops.SliceInDim(v, 0, max(n-1, 0), 1, a)
			if v.DType() == ir.Bool {
				v = ops.Ne(hi, lo)
			} else {
				v = ops.Sub(hi, lo)
			}
		}
		return v
	})
}
