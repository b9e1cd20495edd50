package kit

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Axis is an axis of an array of that many axes, counted from the front. in are the operands' types, for the message.
func Axis(op string, axis, rank int, in ...ir.Aval) int {
	n := axis
	if n < 0 {
		n += rank
	}
	if n < 0 || n >= rank {
		if rank == 0 {
			trace.Fail(op, in, "axis %d: a scalar has no axes", axis)
		}
		trace.Fail(op, in, "axis %d is out of range for %s: want %d to %d", axis, axesText(rank), -rank, rank-1)
	}
	return n
}

func axesText(rank int) string {
	if rank == 1 {
		return "an array of 1 axis"
	}
	return fmt.Sprintf("an array of %d axes", rank)
}

// Axes is axes counted from the front, in the order given. Naming an axis twice is refused.
func Axes(op string, axes []int, rank int, in ...ir.Aval) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = Axis(op, a, rank, in...)
		if slices.Contains(out[:i], out[i]) {
			trace.Fail(op, in, "axis %d is named twice in axes %v", out[i], axes)
		}
	}
	return out
}

// AxesOrAll is Axes of v; nil is all of them. An empty list that is not nil stays empty.
func AxesOrAll(op string, axes []int, v *trace.Value) []int {
	if axes == nil {
		return UpTo(v.Rank())
	}
	return Axes(op, axes, v.Rank(), v.Aval())
}

// OneAxis is the one axis in a variadic argument, counted from the front; the axis otherwise if there is none.
func OneAxis(op string, axis []int, otherwise, rank int, in ...ir.Aval) int {
	if a, flat := OneAxisOrFlat(op, axis, rank, in...); !flat {
		return a
	}
	return Axis(op, otherwise, rank, in...)
}

// OneAxisOrFlat is the one axis in a variadic argument, counted from the front. If there is none, flat says that the
// flattened array is meant, and the axis is 0.
func OneAxisOrFlat(op string, axis []int, rank int, in ...ir.Aval) (a int, flat bool) {
	switch len(axis) {
	case 0:
		return 0, true
	case 1:
		return Axis(op, axis[0], rank, in...), false
	}
	trace.Fail(op, in, "takes one axis or none, not %v", axis)
	return 0, false
}

// Optional is the one value of a variadic argument, or otherwise if there is none. what names it: "takes one step, not
// 2".
func Optional[T any](op, what string, given []T, otherwise T) T {
	switch len(given) {
	case 0:
		return otherwise
	case 1:
		return given[0]
	}
	trace.Fail(op, nil, "takes one %s, not %d", what, len(given))
	return otherwise
}

// UpTo is 0, 1, ..., n-1.
func UpTo(n int) []int { return From(0, n) }

// From is first, first+1, ..., first+n-1.
func From(first, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = first + i
	}
	return out
}

// Without is shape without the given axes, and the axes that are left.
func Without(shape, axes []int) (rest, kept []int) {
	rest, kept = []int{}, []int{}
	for i, n := range shape {
		if !slices.Contains(axes, i) {
			rest, kept = append(rest, n), append(kept, i)
		}
	}
	return rest, kept
}
