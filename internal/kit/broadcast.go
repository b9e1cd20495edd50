package kit

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// BroadcastShapes is NumPy's common shape: axes are aligned at the end, and lengths agree or are 1. in are the
// operands' types, for the message. The result may be one of shapes: it is not to be written to.
func BroadcastShapes(op string, in []ir.Aval, shapes ...[]int) []int {
	out := []int{}
	for i, s := range shapes {
		switch {
		case i == 0:
			out = s
		case !slices.Equal(out, s):
			out = broadcastPair(op, in, out, s)
		}
	}
	return out
}

// BroadcastTypes is the common shape of values of the types in.
func BroadcastTypes(op string, in []ir.Aval) []int {
	return BroadcastShapes(op, in, Map(in, func(a ir.Aval) []int { return a.Shape })...)
}

func broadcastPair(op string, in []ir.Aval, a, b []int) []int {
	n := max(len(a), len(b))
	out := make([]int, n)
	for i := range n {
		x, y := 1, 1
		if j := i - (n - len(a)); j >= 0 {
			x = a[j]
		}
		if j := i - (n - len(b)); j >= 0 {
			y = b[j]
		}
		switch {
		case x == y || y == 1:
			out[i] = x
		case x == 1:
			out[i] = y
		default:
			trace.Fail(op, in,
				"shapes %s and %s cannot be broadcast together: axis %d from the end has lengths %d and %d, which "+
					"must be "+
					"equal or one of them 1; reshape an operand (x.Reshape, jnp.ExpandDims) so that its axes line up",
				ir.ShapeString(a), ir.ShapeString(b), n-i, x, y)
		}
	}
	return out
}

// BroadcastsTo reports whether an array of the shape from can be broadcast to exactly the shape to.
func BroadcastsTo(from, to []int) bool {
	lead := len(to) - len(from)
	if lead < 0 {
		return false
	}
	for i, n := range from {
		if n != 1 && n != to[lead+i] {
			return false
		}
	}
	return true
}

// BroadcastTo is v with the axes of shape, to which it must broadcast (see BroadcastsTo).
func BroadcastTo(v *trace.Value, shape []int) *trace.Value {
	s := v.Shape()
	if slices.Equal(s, shape) {
		return v
	}
	lead := len(shape) - len(s)
	// Axes of length 1 are dropped first, so that the operation maps each axis it has to one as long.
	keep, dims := make([]int, 0, len(s)), make([]int, 0, len(s))
	for i, n := range s {
		if n == shape[lead+i] {
			keep, dims = append(keep, n), append(dims, lead+i)
		}
	}
	v = ops.Reshape(v, keep)
	if len(keep) == len(shape) {
		return v
	}
	return ops.BroadcastInDim(v, shape, dims)
}
