package jnp

import (
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Lift is the engine's value of an argument of op that may be an Array, a Go scalar or a nested Go slice, for the packages
// that work on lax's level. Go scalars come as literals of their own 64-bit width, weakly typed if they are int, uint, float64
// or complex128: convert them to the dtype they are to have (ir.Lit.Convert) before use.
func Lift(op string, x any) *trace.Value { return wide(x, op) }

// Build is the array that f computes of in, for packages that work on lax's level: in a trace what f records, run eagerly one
// program, found again by op, params and the types of in. f must depend on nothing else.
func Build(op string, params any, in []*trace.Value, f func(in []*trace.Value) *trace.Value) Array {
	return whole(op, params, in, f)
}

// Elementwise is Build for a function of operands (Arrays, Go scalars, nested slices) brought to their common floating-point type
// and their common shape, as NumPy's functions of such numbers do. A float function refuses complex numbers.
func Elementwise(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	in := make([]*trace.Value, len(x))
	shapes := make([][]int, len(x))
	for i, a := range x {
		in[i] = wide(a, op)
		shapes[i] = in[i].Shape()
	}
	shape := broadcastShapesOf(op, trace.Avals(in), shapes...)
	d, weak := promote(trace.X64(in...), trace.Avals(in)...)
	d = inexact(d)
	for i, v := range in {
		in[i] = cheap(op, v, d, weak)
	}
	return whole(op, params, in, func(in []*trace.Value) *trace.Value {
		y := make([]*lax.Value, len(in))
		for i, v := range in {
			y[i] = broadcastTo(convert(op, v, d, weak), shape)
		}
		return f(y)
	})
}
