package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Split is x cut along axis into parts of the given sizes, which must add up to the axis's, as lax.split.
func Split(x *Value, sizes []int, axis int) []*Value {
	const op = "split"
	in := []ir.Aval{x.Aval()}
	trace.Must(checkAxes("axis", []int{axis}, x.Rank()), op, in)
	sum := 0
	for _, n := range sizes {
		if n < 0 {
			trace.Fail(op, in, "the sizes %v must not be negative", sizes)
		}
		sum += n
	}
	if sum != x.Shape()[axis] {
		trace.Fail(op, in, "the sizes %v add up to %d, and axis %d of %s has size %d", sizes, sum, axis, ir.ShapeString(x.Shape()), x.Shape()[axis])
	}
	parts, at := make([]*Value, len(sizes)), 0
	for i, n := range sizes {
		parts[i] = SliceInDim(x, at, at+n, 1, axis)
		at += n
	}
	return parts
}

// Stack joins arrays of one shape and dtype along a new axis of the result, as lax.stack.
func Stack(xs []*Value, axis int) *Value {
	const op = "stack"
	if len(xs) == 0 {
		trace.Fail(op, nil, "takes at least one array")
	}
	in := trace.Avals(xs)
	trace.Must(firstError(sameTypes(in), checkAxes("axis", []int{axis}, xs[0].Rank()+1)), op, in)
	return Concatenate(mapped(xs, func(v *Value) *Value { return ExpandDims(v, []int{axis}) }), axis)
}

// Unstack is the arrays that x consists of along axis, without that axis, as lax.unstack.
func Unstack(x *Value, axis int) []*Value {
	in := []ir.Aval{x.Aval()}
	trace.Must(checkAxes("axis", []int{axis}, x.Rank()), "unstack", in)
	out := make([]*Value, x.Shape()[axis])
	for i := range out {
		out[i] = IndexInDim(x, i, axis, false)
	}
	return out
}

// BroadcastLike is x repeated to the shape of like, axes of size 1 and missing leading ones, as lax.broadcast_like.
func BroadcastLike(x, like *Value) *Value {
	to := like.Rank()
	if x.Rank() > to {
		trace.Fail("broadcast_like", trace.Avals([]*Value{x, like}), "the array has more axes than the one it is to be like")
	}
	return BroadcastInDim(x, like.Shape(), arange(to-x.Rank(), to))
}

// BroadcastToRank is x with axes of size 1 put in front, so that it has rank axes, as lax.broadcast_to_rank.
func BroadcastToRank(x *Value, rank int) *Value {
	if rank < x.Rank() {
		trace.Fail("broadcast_to_rank", []ir.Aval{x.Aval()}, "the array has more than %d axes", rank)
	}
	return Broadcast(x, repeated(1, rank-x.Rank()))
}

// Reciprocal is 1/x of floats and complex numbers, as lax.reciprocal.
func Reciprocal(x *Value) *Value { return IntegerPow(x, -1) }
