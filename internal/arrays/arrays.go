// Package arrays is package kit for functions that are written with jnp.Array, as scipy's are. Kit computes with
// values, since jnp is made with it too; this package lies above jnp and has the same words for arrays. A function of
// arrays runs as one compiled program when it is called eagerly, its operands brought together as the word says.
package arrays

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
	return jnp.Wrap(kit.Elementwise(op, params, onValues(f), x...))
}

// Broadcasting is Elementwise for an f that broadcasts by itself: operands keep their shapes, which must go together.
func Broadcasting(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Wrap(kit.Broadcasting(op, params, onValues(f), x...))
}

// Inexactly is Elementwise for operands of any shapes, which they keep.
func Inexactly(op string, params any, f Func, x ...any) jnp.Array {
	return jnp.Wrap(kit.Inexactly(op, params, onValues(f), x...))
}

// Whole is f of operands that keep their types and shapes. Go numbers among them take the default width of their kind.
func Whole(op string, params any, f Func, x ...any) jnp.Array {
	return Several(op, params, func(x []jnp.Array) []jnp.Array { return []jnp.Array{f(x)} }, x...)[0]
}

// Several is Whole for a function of several results.
func Several(op string, params any, f func(x []jnp.Array) []jnp.Array, x ...any) []jnp.Array {
	in := kit.Map(x, func(a any) *trace.Value { return kit.LiftAlone(op, a) })
	return Of(trace.Whole(op, params, in, func(in []*trace.Value) []*trace.Value {
		return Values(f(Of(in)))
	}))
}

// onValues is f as a function of values.
func onValues(f Func) kit.Function {
	return func(in []*trace.Value) *trace.Value {
		return f(Of(in)).TraceValue()
	}
}

// Of are values as arrays.
func Of(x []*trace.Value) []jnp.Array { return kit.Map(x, jnp.Wrap) }

// Values are arrays as values.
func Values(x []jnp.Array) []*trace.Value { return kit.Map(x, jnp.Array.TraceValue) }

// StrongInexact are arrays in their common inexact type, strongly typed.
func StrongInexact(op string, x ...jnp.Array) []jnp.Array {
	return Of(kit.Map(kit.PromoteInexact(op, kit.Values(op, x)...), kit.Strong))
}

// Strong is x, no longer weakly typed.
func Strong(x jnp.Array) jnp.Array { return jnp.Wrap(kit.Strong(x.TraceValue())) }

// AbsSquare is |x|², element by element: real, also of complex x.
func AbsSquare(x jnp.Array) jnp.Array {
	if x.DType().IsComplex() {
		return jnp.Square(jnp.Real(x)).Add(jnp.Square(jnp.Imag(x)))
	}
	return jnp.Square(x)
}
