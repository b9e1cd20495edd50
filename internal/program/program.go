// Package program makes the library functions of scipy's packages: functions of arrays that run as one compiled
// program when they are called eagerly, and whose errors bear the name of the function that the user has called.
package program

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Func computes an array of arrays.
type Func = func(x []jnp.Array) jnp.Array

// Elementwise is f of the operands x (Arrays, Go numbers or nested slices), brought to their common floating-point
// type and to their common shape. params is what f depends on besides.
func Elementwise(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Elementwise(op, params, onValues(op, f), x...)
}

// Broadcasting is Elementwise for an f that broadcasts by itself: operands keep their shapes, which must go together.
func Broadcasting(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Broadcasting(op, params, onValues(op, f), x...)
}

// Floats is Elementwise for operands of any shapes, which they keep.
func Floats(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Floats(op, params, onValues(op, f), x...)
}

// Build is f of operands that keep their types and shapes. Go numbers among them take the default width of their kind.
func Build(op string, params any, f Func, x ...any) jnp.Array {
	return Several(op, params, func(x []jnp.Array) []jnp.Array { return []jnp.Array{f(x)} }, x...)[0]
}

// Several is Build for a function of several results.
func Several(op string, params any, f func(x []jnp.Array) []jnp.Array, x ...any) []jnp.Array {
	in := make([]*trace.Value, len(x))
	for i, a := range x {
		in[i] = Lift(op, a)
	}
	return Arrays(trace.Whole(op, params, in, func(in []*trace.Value) []*trace.Value {
		defer Named(op)
		return Values(f(Arrays(in)))
	}))
}

// onValues is f as the engine takes it.
func onValues(op string, f Func) func(in []*trace.Value) *trace.Value {
	return func(in []*trace.Value) *trace.Value {
		defer Named(op)
		return f(Arrays(in)).TraceValue()
	}
}

// Named, deferred, lets an error that passes bear the name op.
func Named(op string) {
	switch r := recover().(type) {
	case nil:
	case *trace.Error:
		e := *r
		e.Op = op
		panic(&e)
	default:
		panic(r)
	}
}

// Lift is the engine's value of an operand: an Array, a Go number or a nested slice. A Go number takes the default
// width of its kind.
func Lift(op string, x any) *trace.Value {
	if x == nil {
		trace.Fail(op, nil, "an operand is nil; give an Array, a Go number or a slice")
	}
	v := jnp.Lift(op, x)
	l, ok := v.Lit()
	if !ok {
		return v
	}
	c := l.Convert(l.DType.Canonical(trace.X64()))
	if l.DType.IsInteger() && c.Convert(l.DType).Lo != l.Lo {
		trace.Fail(op, nil, "the Go integer %s does not fit %v; turn 64-bit types on, or write it as a float",
			l, c.DType)
	}
	c.Weak = l.Weak
	return trace.FromLit(c)
}

// Arrays are values as arrays.
func Arrays(x []*trace.Value) []jnp.Array {
	out := make([]jnp.Array, len(x))
	for i, v := range x {
		out[i] = jnp.Wrap(v)
	}
	return out
}

// Values are arrays as the engine's values.
func Values(x []jnp.Array) []*trace.Value {
	out := make([]*trace.Value, len(x))
	for i, a := range x {
		out[i] = a.TraceValue()
	}
	return out
}

// Inexact are arrays in their common floating-point type, strongly typed.
func Inexact(op string, x ...jnp.Array) []jnp.Array {
	all := make([]any, len(x))
	for i, a := range x {
		all[i] = a
	}
	out := make([]jnp.Array, len(x))
	for i := range x {
		out[i] = Strong(jnp.Floats(op, i, func(in []*trace.Value) *trace.Value { return in[i] }, all...))
	}
	return out
}

// Strong is x, no longer weakly typed.
func Strong(x jnp.Array) jnp.Array {
	if !x.Weak() {
		return x
	}
	return jnp.Wrap(ops.Convert(x.TraceValue(), x.DType()))
}

// DefaultFloat is the floating-point type of what is computed of x and has no other: float64 where 64-bit types are
// on, else float32.
func DefaultFloat(x ...jnp.Array) ir.DType { return ir.Float64.Canonical(trace.X64(Values(x)...)) }

// DefaultInt is DefaultFloat for integers.
func DefaultInt(x ...jnp.Array) ir.DType { return ir.Int64.Canonical(trace.X64(Values(x)...)) }
