package jnp

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Lift is the engine's value of an argument of op that may be an Array, a Go scalar or a nested Go slice, for the packages
// that work on lax's level. Go scalars come as literals of their own 64-bit width, weakly typed if they are int, uint, float64
// or complex128: convert them to the dtype they are to have (ir.Lit.Convert) before use.
func Lift(op string, x any) *trace.Value { return wide(x, op) }

// LiftAs is Lift for an argument that goes beside an array of the type like: a Go scalar comes as a literal of like's dtype where
// that can hold its kind, else of their common dtype.
func LiftAs(op string, x any, like ir.Aval) *trace.Value { return liftAs(x, like, op) }

// Build is the array that f computes of in, for packages that work on lax's level: in a trace what f records, run eagerly one
// program, found again by op, params and the types of in. f must depend on nothing else.
func Build(op string, params any, in []*trace.Value, f func(in []*trace.Value) *trace.Value) Array {
	return whole(op, params, in, f)
}

// Elementwise is Build for a function of operands (Arrays, Go scalars, nested slices) brought to their common floating-point type
// and their common shape, as NumPy's functions of such numbers do. A float function refuses complex numbers.
func Elementwise(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return floats(op, params, f, x, func(in []*trace.Value) []int {
		return broadcastShapesOf(op, trace.Avals(in), shapesOf(in)...)
	})
}

// Broadcasting is Elementwise for a function whose own operations broadcast: operands keep their shapes, which must go together,
// so that what is computed of a scalar alone is computed once.
func Broadcasting(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return floats(op, params, f, x, func(in []*trace.Value) []int {
		broadcastShapesOf(op, trace.Avals(in), shapesOf(in)...)
		return nil
	})
}

// Floats is Build for a function of operands brought to their common floating-point type, of whatever shapes.
func Floats(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return floats(op, params, f, x, func([]*trace.Value) []int { return nil })
}

func shapesOf(in []*trace.Value) [][]int {
	shapes := make([][]int, len(in))
	for i, v := range in {
		shapes[i] = v.Shape()
	}
	return shapes
}

// floats brings x to their common floating-point type, and to the shape that common says unless that is nil.
func floats(op string, params any, f func(in []*trace.Value) *trace.Value, x []any, common func(in []*trace.Value) []int) Array {
	in := make([]*trace.Value, len(x))
	for i, a := range x {
		in[i] = wide(a, op)
	}
	shape := common(in)
	d, weak := promote(trace.X64(in...), trace.Avals(in)...)
	d = inexact(d)
	for i, v := range in {
		in[i] = cheap(op, v, d, weak)
	}
	return whole(op, params, in, func(in []*trace.Value) *trace.Value {
		y := make([]*ops.Value, len(in))
		for i, v := range in {
			y[i] = convert(op, v, d, weak)
			if shape != nil {
				y[i] = broadcastTo(y[i], shape)
			}
		}
		return f(y)
	})
}
