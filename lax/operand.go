package lax

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// This file is the one place where what users give becomes what the engine computes with, and back.

// Index is a position along an axis: a Go integer, or an integer array without axes, whose value may be known only when
// the program runs.
type Index interface {
	jnp.Array | ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// two are the arrays of two results.
func two(a, b *trace.Value) (jnp.Array, jnp.Array) { return jnp.Wrap(a), jnp.Wrap(b) }

// operand is a value that users gave as an array or as a Go number.
type operand struct {
	*trace.Value
	number bool
}

// operands are the values of xs, arrays and Go numbers, which are to be of one dtype: that of the first array among
// them. Without any array, each number has the dtype that it has by itself.
func operands(op string, xs ...any) []operand {
	var like ir.Aval
	for _, x := range xs {
		if a, ok := x.(jnp.Array); ok {
			like = kit.Value(op, a).Aval()
			break
		}
	}
	out := make([]operand, len(xs))
	for i, x := range xs {
		out[i] = likeArray(op, x, like)
	}
	return out
}

// likeArray is the value of x, an array or a Go number that is an operand together with an array of the type like. A
// weakly typed Go number (int, uint, float64, complex128) takes like's dtype if that can hold its kind of number;
// others must be of that dtype. A like without a dtype asks nothing.
func likeArray(op string, x any, like ir.Aval) operand {
	if a, ok := x.(jnp.Array); ok {
		return operand{Value: kit.Value(op, a)}
	}
	l, _ := number(op, x)
	if like.DType == ir.Invalid {
		like = ir.Aval{DType: l.DType.Canonical(trace.X64()), Weak: l.Weak}
	}
	weak := l.Weak && like.Weak
	if l.Weak {
		l, _ = kit.LiftFor(op, x, like).Lit()
	} else {
		l = l.Convert(l.DType.Canonical(trace.X64()))
	}
	if l.DType != like.DType {
		trace.Fail(op, nil, "the Go %T %v does not become %v, the dtype of the array beside it: lax does not promote; "+
			"convert the array (lax.ConvertElementType), or use the function of package jnp, which promotes", x, x,
			like.DType)
	}
	l.Weak = weak
	return operand{trace.FromLit(l), true}
}

// number is a Go number or bool, as wide as it is by itself.
func number(op string, x any) (ir.Lit, bool) {
	if _, ok := x.(jnp.Array); ok {
		return ir.Lit{}, false
	}
	return kit.Lift(op, x).Lit()
}

// index is the value of a position: an array as it is, a Go integer as a constant.
func index(op string, i any) *trace.Value {
	if a, ok := i.(jnp.Array); ok {
		return kit.Value(op, a)
	}
	if l, ok := number(op, i); !ok || !l.DType.IsInteger() {
		trace.Fail(op, nil, "a position is an integer or an array of one, not a %T", i)
	}
	return kit.LiftFor(op, i, ir.Scalar(ir.Int32))
}

// indices is index of each of is.
func indices(op string, is []any) []*trace.Value {
	v := make([]*trace.Value, len(is))
	for i, x := range is {
		v[i] = index(op, x)
	}
	return v
}

// unary is f of one array.
func unary(op string, f func(x *trace.Value) *trace.Value, x jnp.Array) jnp.Array {
	return jnp.Wrap(f(kit.Value(op, x)))
}

// binary is f, elementwise, of two operands.
func binary(op string, f func(x, y *trace.Value) *trace.Value, x, y any) jnp.Array {
	a, isArray := x.(jnp.Array)
	b, areArrays := y.(jnp.Array)
	if isArray && areArrays {
		return jnp.Wrap(f(kit.Value(op, a), kit.Value(op, b)))
	}
	return elementwise(op, func(in []*trace.Value) *trace.Value { return f(in[0], in[1]) }, operands(op, x, y)...)
}

// elementwise is f of operands, the numbers among which are repeated to the shape of the first array that has axes. Run
// eagerly that is one program, in which the numbers are inputs, so that another number is not another program.
func elementwise(op string, f func(in []*trace.Value) *trace.Value, xs ...operand) jnp.Array {
	in := make([]*trace.Value, len(xs))
	numbers := make([]bool, len(xs))
	var shape []int
	for i, x := range xs {
		if in[i], numbers[i] = x.Value, x.number; !x.number && len(shape) == 0 {
			shape = x.Shape()
		}
	}
	if len(shape) == 0 || !slices.Contains(numbers, true) {
		return jnp.Wrap(f(in))
	}
	return whole(op, numbers, in, func(in []*trace.Value) *trace.Value {
		full := slices.Clone(in)
		for i, v := range in {
			if numbers[i] {
				full[i] = ops.BroadcastInDim(v, shape, nil)
			}
		}
		return f(full)
	})
}

// whole is f of in, run eagerly as one program that is found again by op, params and the types of in.
func whole(op string, params any, in []*trace.Value, f func(in []*trace.Value) *trace.Value) jnp.Array {
	return jnp.Wrap(kit.Whole(op, params, in, f))
}

// oneOption is the options of a function that takes one value of them or none.
func oneOption[T any](op string, options []T) (o T) {
	if len(options) > 1 {
		trace.Fail(op, nil, "takes one %T, not %d", o, len(options))
	}
	for _, o = range options {
	}
	return o
}

// fromFront is an axis counted from the front, which may be given from the end; one that is out of range stays so, for
// the operation to refuse.
func fromFront(axis, rank int) int {
	if axis < 0 {
		axis += rank
	}
	return axis
}

// reduced are the axes of a reduction, counted from the front: all of them where none is named.
func reduced(axes []int, rank int) []int {
	if len(axes) == 0 {
		return kit.UpTo(rank)
	}
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = fromFront(a, rank)
	}
	return out
}
