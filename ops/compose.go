package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Functions of JAX's lax that are made of other operations.

// Tile repeats x along each axis as often as reps says, a number for each axis, as lax.tile.
func Tile(x *Value, reps []int) *Value {
	if len(reps) != x.Rank() {
		trace.Fail("tile", []ir.Aval{x.Aval()}, "needs a number of repetitions for each of the %d axes, not %v", x.Rank(), reps)
	}
	shape := make([]int, 0, 2*x.Rank())
	out := own(x.Shape())
	dims := make([]int, x.Rank())
	for i, n := range reps {
		if n < 0 {
			trace.Fail("tile", []ir.Aval{x.Aval()}, "the numbers of repetitions must not be negative: %v", reps)
		}
		dims[i] = len(shape) + 1
		shape = append(shape, n, out[i])
		out[i] *= n
	}
	return Reshape(BroadcastInDim(x, shape, dims), out)
}

// Collapse makes one axis of the axes start to stop (exclusive), which count from the end if negative and are limited to those
// that x has, as lax.collapse.
func Collapse(x *Value, start, stop int) *Value {
	limit := func(i int) int {
		if i < 0 {
			i += x.Rank()
		}
		return max(0, min(i, x.Rank()))
	}
	lo, hi := limit(start), limit(stop)
	if hi < lo {
		trace.Fail("collapse", []ir.Aval{x.Aval()}, "axis %d, where the range ends, comes before axis %d, where it begins", stop, start)
	}
	s := x.Shape()
	return Reshape(x, slices.Concat(s[:lo], []int{ir.SizeOf(s[lo:hi])}, s[hi:]))
}

// IndexTake takes, for each position in vectors of one length, one for each of the given axes of x, the element or the part of x
// that lies there, as lax.index_take. Positions are taken modulo the size of their axis. The positions' axis comes first.
func IndexTake(x *Value, positions []*Value, axes []int) *Value {
	const op = "index_take"
	in := append([]ir.Aval{x.Aval()}, trace.Avals(positions)...)
	trace.Must(checkAxes("axis", axes, x.Rank()), op, in)
	if len(positions) != len(axes) || len(axes) == 0 {
		trace.Fail(op, in, "needs as many vectors of positions as axes, one at least, not %d and %d", len(positions), len(axes))
	}
	cols := make([]*Value, len(positions))
	sizes := own(x.Shape())
	for i, v := range positions {
		if v.Rank() != 1 || !v.DType().IsInteger() {
			trace.Fail(op, in, "the positions must be vectors of integers, not %v", v.Aval())
		}
		n := Full(v.Shape(), ir.IntLit(int64(x.Shape()[axes[i]]), v.DType()))
		r := Rem(v, n)
		if v.DType().IsSigned() { // the remainder has the sign of v
			r = Select(Lt(r, ZerosLike(r)), Add(r, n), r)
		}
		cols[i] = ExpandDims(r, []int{1})
		sizes[axes[i]] = 1
	}
	collapsed := own(axes)
	slices.Sort(collapsed)
	return Gather(x, Concatenate(cols, 1), GatherDims{
		OffsetDims: arange(1, x.Rank()-len(axes)+1), CollapsedSliceDims: collapsed, StartIndexMap: axes,
	}, sizes, GatherOptions{Mode: PromiseInBounds})
}

// SelectN is, element by element, the case that which says, as lax.select_n: arrays of one shape and dtype, by position from 0 on
// or, for two, by a bool: the first where it is false. which is of bool or an integer type, a scalar or of the cases' shape; positions
// beyond the cases take the nearest.
func SelectN(which *Value, cases ...*Value) *Value {
	const op = "select_n"
	in := append([]ir.Aval{which.Aval()}, trace.Avals(cases)...)
	if len(cases) == 0 {
		trace.Fail(op, in, "needs at least one case")
	}
	trace.Must(sameTypes(in[1:]), op, in)
	if d := which.DType(); d == ir.Bool {
		if len(cases) > 2 {
			trace.Fail(op, in, "a bool chooses between two cases, not %d", len(cases))
		}
	} else if !d.IsInteger() {
		trace.Fail(op, in, "the choice must be of bool or an integer type, not %v", d)
	} else if d.Bits() < 32 {
		which = Convert(which, ir.Int32)
	}
	if s := which.Shape(); len(s) > 0 && !slices.Equal(s, cases[0].Shape()) {
		trace.Fail(op, in, "the choice must be a scalar or have the cases' shape %s, not %s", ir.ShapeString(cases[0].Shape()), ir.ShapeString(s))
	}
	if len(cases) == 1 {
		return cases[0]
	}
	if which.DType() == ir.Bool {
		return Select(which, cases[1], cases[0])
	}
	// Halves, so that the chain of choices is short.
	var among func(lo, hi int) *Value
	among = func(lo, hi int) *Value {
		if hi == lo+1 {
			return cases[lo]
		}
		mid := (lo + hi) / 2
		return Select(Lt(which, Full(which.Shape(), ir.IntLit(int64(mid), which.DType()))), among(lo, mid), among(mid, hi))
	}
	return among(0, len(cases))
}

// SortKeyVal sorts keys along an axis and reorders values, of the same shape, in the same way, as lax.sort_key_val. stable keeps
// equal keys in order.
func SortKeyVal(keys, values *Value, axis int, stable bool) (sortedKeys, sortedValues *Value) {
	out := Sort([]*Value{keys, values}, axis, stable, 1)
	return out[0], out[1]
}
