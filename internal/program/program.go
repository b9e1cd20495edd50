// Package program makes library functions of arrays: package kit, which computes with values, for functions that are
// written with jnp.Array. It has kit's words. They run as one compiled program when they are called eagerly, and their
// errors bear the name of the function that the user has called.
package program

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Func computes an array of arrays.
type Func = func(x []jnp.Array) jnp.Array

// Elementwise is f of the operands x (Arrays, Go numbers or nested slices), brought to their common floating-point
// type and to their common shape. params is what f depends on besides.
func Elementwise(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Wrap(kit.Elementwise(op, params, onValues(op, f), x...))
}

// Broadcasting is Elementwise for an f that broadcasts by itself: operands keep their shapes, which must go together.
func Broadcasting(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Wrap(kit.Broadcasting(op, params, onValues(op, f), x...))
}

// Inexactly is Elementwise for operands of any shapes, which they keep.
func Inexactly(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Wrap(kit.Inexactly(op, params, onValues(op, f), x...))
}

// Whole is f of operands that keep their types and shapes. Go numbers among them take the default width of their kind.
func Whole(op string, params any, f Func, x ...any) jnp.Array {
	return Several(op, params, func(x []jnp.Array) []jnp.Array { return []jnp.Array{f(x)} }, x...)[0]
}

// Several is Whole for a function of several results.
func Several(op string, params any, f func(x []jnp.Array) []jnp.Array, x ...any) []jnp.Array {
	in := kit.Map(x, func(a any) *trace.Value { return kit.LiftAlone(op, a) })
	return Arrays(trace.Whole(op, params, in, func(in []*trace.Value) []*trace.Value {
		defer Named(op)
		return Values(f(Arrays(in)))
	}))
}

// onValues is f as a function of values.
func onValues(op string, f Func) kit.Function {
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

// Arrays are values as arrays.
func Arrays(x []*trace.Value) []jnp.Array { return kit.Map(x, jnp.Wrap) }

// Values are arrays as values.
func Values(x []jnp.Array) []*trace.Value { return kit.Map(x, jnp.Array.TraceValue) }

// StrongInexact are arrays in their common inexact type, strongly typed.
func StrongInexact(op string, x ...jnp.Array) []jnp.Array {
	return Arrays(kit.Map(kit.PromoteInexact(op, kit.Values(op, x)...), kit.Strong))
}

// Strong is x, no longer weakly typed.
func Strong(x jnp.Array) jnp.Array { return jnp.Wrap(kit.Strong(x.TraceValue())) }
