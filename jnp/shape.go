package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Layout holds the order in which Reshape and Ravel count elements.
type Layout struct {
	// ColumnMajor counts along the first axis fastest (order='F'); by default the last axis is fastest.
	ColumnMajor bool
}

// Reshape is x with another shape and the same elements in the same order, NumPy's reshape. One length may be -1: it is
// worked out from the others. A shape of another size is refused.
//
// Options: Layout (ColumnMajor).
func Reshape(x Array, shape ...int) Array { return Layout{}.Reshape(x, shape...) }

// Reshape is jnp.Reshape with the option ColumnMajor.
func (l Layout) Reshape(x Array, shape ...int) Array { return l.reshape("jnp.Reshape", x, shape) }

func (l Layout) reshape(op string, x Array, shape []int) Array {
	v := x.val(op)
	to := newShape(op, v, shape)
	if !l.ColumnMajor {
		return Wrap(ops.Reshape(v, to))
	}
	return whole1(op, struct{ To []int }{to}, v, func(v *trace.Value) *trace.Value {
		r := slices.Clone(to)
		slices.Reverse(r)
		return reversed(ops.Reshape(reversed(v), r))
	})
}

// Ravel is jnp.Ravel with the option ColumnMajor.
func (l Layout) Ravel(x Array) Array {
	const op = "jnp.Ravel"
	return l.reshape(op, x, []int{x.val(op).Aval().Size()})
}

// reversed is v with its axes in reverse order.
func reversed(v *trace.Value) *trace.Value {
	perm := kit.UpTo(v.Rank())
	slices.Reverse(perm)
	return ops.Transpose(v, perm)
}

// newShape checks shape against the size of v and works out its -1.
func newShape(op string, v *trace.Value, shape []int) []int {
	in := []ir.Aval{v.Aval()}
	out, open := slices.Clone(shape), -1
	if out == nil {
		out = []int{}
	}
	var known []int // the lengths given
	for i, d := range shape {
		switch {
		case d >= 0:
			known = append(known, d)
		case d != -1:
			trace.Fail(op, in,
				"shape %s has the negative length %d; only -1, for one length to be worked out, is allowed",
				ir.ShapeString(shape), d)
		case open >= 0:
			trace.Fail(op, in, "shape %s leaves two lengths (-1) to be worked out; give one of them",
				ir.ShapeString(shape))
		default:
			open = i
		}
	}
	size, n := v.Aval().Size(), ir.SizeOf(known)
	if n < 0 {
		trace.Fail(op, in, "shape %s has more elements than can be counted", ir.ShapeString(shape))
	}
	if open >= 0 {
		if n == 0 && size == 0 {
			trace.Fail(op, in, "in shape %s the length -1 could be anything, since the array is empty; give it",
				ir.ShapeString(shape))
		}
		if n == 0 || size%n != 0 {
			trace.Fail(op, in, "cannot be reshaped to %s: %d elements are not a multiple of %d", ir.ShapeString(shape),
				size, n)
		}
		out[open] = size / n
		return out
	}
	if n := ir.SizeOf(shape); n < 0 {
		trace.Fail(op, in, "cannot be reshaped to %s, which has more elements than can be counted",
			ir.ShapeString(shape))
	} else if n != size {
		trace.Fail(op, in, "cannot be reshaped to %s: %d elements do not fill a shape of %d", ir.ShapeString(shape),
			size, n)
	}
	return out
}

// Ravel is x as one axis, NumPy's ravel.
//
// Options: Layout (ColumnMajor).
func Ravel(x Array) Array { return Layout{}.Ravel(x) }

// Transpose is x with its axes in the given order, or reversed if none are given. NumPy's transpose.
func Transpose(x Array, axes ...int) Array {
	const op = "jnp.Transpose"
	v := x.val(op)
	if len(axes) == 0 {
		return Wrap(reversed(v))
	}
	if len(axes) != v.Rank() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axes %v do not name each of the %d axes once", axes, v.Rank())
	}
	return Wrap(ops.Transpose(v, kit.Axes(op, axes, v.Rank(), v.Aval())))
}

// PermuteDims is the array API's name for Transpose with all axes given.
func PermuteDims(x Array, axes ...int) Array {
	v := x.val("jnp.PermuteDims")
	if len(axes) != v.Rank() {
		trace.Fail("jnp.PermuteDims", []ir.Aval{v.Aval()}, "axes %v do not name each of the %d axes once", axes,
			v.Rank())
	}
	return Wrap(ops.Transpose(v, kit.Axes("jnp.PermuteDims", axes, v.Rank(), v.Aval())))
}

// MatrixTranspose swaps the last two axes, NumPy's matrix_transpose; fewer than two are refused.
func MatrixTranspose(x Array) Array {
	const op = "jnp.MatrixTranspose"
	v := x.val(op)
	if v.Rank() < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a matrix needs at least two axes; reshape the array first")
	}
	return SwapAxes(x, -1, -2)
}

// SwapAxes is x with two axes exchanged, NumPy's swapaxes.
func SwapAxes(x Array, a, b int) Array {
	const op = "jnp.SwapAxes"
	v := x.val(op)
	a, b = kit.Axis(op, a, v.Rank(), v.Aval()), kit.Axis(op, b, v.Rank(), v.Aval())
	perm := kit.UpTo(v.Rank())
	perm[a], perm[b] = b, a
	return Wrap(ops.Transpose(v, perm))
}

// MoveAxis is x with one axis moved to another place, the others in their order. NumPy's moveaxis; see MoveAxes for
// several.
func MoveAxis(x Array, source, destination int) Array {
	return moveAxes("jnp.MoveAxis", x, []int{source}, []int{destination})
}

// MoveAxes is MoveAxis of several axes at once: source[i] becomes axis destination[i].
func MoveAxes(x Array, source, destination []int) Array {
	return moveAxes("jnp.MoveAxes", x, source, destination)
}

func moveAxes(op string, x Array, source, destination []int) Array {
	v := x.val(op)
	if len(source) != len(destination) {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axes %v cannot move to places %v: their numbers differ", source,
			destination)
	}
	return Wrap(ops.Transpose(v, movePerm(v.Rank(),
		kit.Axes(op, source, v.Rank(), v.Aval()), kit.Axes(op, destination, v.Rank(), v.Aval()))))
}

func movePerm(rank int, source, destination []int) []int {
	perm := make([]int, rank)
	for i := range perm {
		perm[i] = -1
	}
	for i, d := range destination {
		perm[d] = source[i]
	}
	next := 0
	for i := range perm {
		if perm[i] >= 0 {
			continue
		}
		for slices.Contains(source, next) {
			next++
		}
		perm[i] = next
		next++
	}
	return perm
}

// RollAxis moves an axis backwards until it lies before the axis start (0 if not given), NumPy's rollaxis. MoveAxis is
// easier to read.
func RollAxis(x Array, axis int, start ...int) Array {
	const op = "jnp.RollAxis"
	v := x.val(op)
	a, s := kit.Axis(op, axis, v.Rank(), v.Aval()), 0
	if len(start) > 0 {
		s = start[0]
	}
	if s < -v.Rank() || s > v.Rank() || len(start) > 1 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "start %v must be one number from %d to %d", start, -v.Rank(), v.Rank())
	}
	if s < 0 {
		s += v.Rank()
	}
	if s > a {
		s--
	}
	return moveAxes(op, x, []int{a}, []int{s})
}

// Squeeze is x without the given axes, which must have length 1; without all axes of length 1 if none are given.
// NumPy's squeeze.
func Squeeze(x Array, axes ...int) Array {
	const op = "jnp.Squeeze"
	v := x.val(op)
	var drop []int
	if axes == nil {
		for i, n := range v.Shape() {
			if n == 1 {
				drop = append(drop, i)
			}
		}
	} else {
		drop = kit.Axes(op, axes, v.Rank(), v.Aval())
		for _, a := range drop {
			if v.Shape()[a] != 1 {
				trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d has length %d and only axes of length 1 can be left out",
					a, v.Shape()[a])
			}
		}
	}
	rest, _ := kit.Without(v.Shape(), drop)
	return Wrap(ops.Reshape(v, rest))
}

// ExpandDims is x with new axes of length 1 at the given places of the result, NumPy's expand_dims.
func ExpandDims(x Array, axes ...int) Array {
	const op = "jnp.ExpandDims"
	v := x.val(op)
	if len(axes) == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "give the place of at least one new axis")
	}
	return Wrap(expandDims(op, v, axes...))
}

func expandDims(op string, v *trace.Value, axes ...int) *trace.Value {
	rank := v.Rank() + len(axes)
	at := kit.Axes(op, axes, rank, v.Aval())
	shape, next := make([]int, rank), 0
	for i := range shape {
		if slices.Contains(at, i) {
			shape[i] = 1
		} else {
			shape[i] = v.Shape()[next]
			next++
		}
	}
	return ops.Reshape(v, shape)
}

// BroadcastTo is x repeated along new leading axes and along axes of length 1 to fill shape, NumPy's broadcast_to.
func BroadcastTo(x Array, shape ...int) Array {
	const op = "jnp.BroadcastTo"
	v := x.val(op)
	to := trace.CheckShape(op, shape, v.DType())
	if !kit.BroadcastsTo(v.Shape(), to) {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"does not broadcast to shape %s: axes, aligned at the end, must be equal or have length 1",
			ir.ShapeString(shape))
	}
	return whole1(op, struct{ To []int }{to}, v, func(v *trace.Value) *trace.Value { return kit.BroadcastTo(v, to) })
}

// BroadcastArrays are xs repeated to their common shape, NumPy's broadcast_arrays.
func BroadcastArrays(xs ...Array) []Array {
	const op = "jnp.BroadcastArrays"
	if len(xs) == 0 {
		return []Array{}
	}
	vs := kit.Values(op, xs)
	to := kit.BroadcastTypes(op, trace.Avals(vs))
	return kit.Map(trace.Whole(op, nil, vs, func(in []*trace.Value) []*trace.Value {
		out := make([]*trace.Value, len(in))
		for i, v := range in {
			out[i] = kit.BroadcastTo(v, to)
		}
		return out
	}), Wrap)
}

// BroadcastShapes is the shape that arrays of the given shapes have in common: aligned at the end, lengths are equal or
// 1. NumPy's broadcast_shapes.
func BroadcastShapes(shapes ...[]int) []int {
	return slices.Clone(kit.BroadcastShapes("jnp.BroadcastShapes", nil, shapes...))
}

// AtLeast1D is x, a scalar as one element. NumPy's atleast_1d.
func AtLeast1D(x Array) Array { return withRank("jnp.AtLeast1D", x, 1) }

// AtLeast2D is x with axes of length 1 put before it until it has two. NumPy's atleast_2d.
func AtLeast2D(x Array) Array { return withRank("jnp.AtLeast2D", x, 2) }

// AtLeast3D is x with three axes at least: n elements become [1, n, 1], a matrix [m, n, 1]. NumPy's atleast_3d.
func AtLeast3D(x Array) Array { return withRank("jnp.AtLeast3D", x, 3) }

func withRank(op string, x Array, rank int) Array {
	v := x.val(op)
	return Wrap(ops.Reshape(v, atLeast(v.Shape(), rank)))
}

// atLeast is shape with axes of length 1 where NumPy's atleast functions put them.
func atLeast(shape []int, rank int) []int {
	switch {
	case len(shape) >= rank:
		return shape
	case len(shape) == 0:
		return withOnes(make([]int, rank), kit.UpTo(rank))
	case rank == 2:
		return []int{1, shape[0]}
	case len(shape) == 1:
		return []int{1, shape[0], 1}
	}
	return []int{shape[0], shape[1], 1}
}

// Reshape is jnp.Reshape.
func (x Array) Reshape(shape ...int) Array { return Reshape(x, shape...) }

// Ravel is jnp.Ravel.
func (x Array) Ravel() Array { return Ravel(x) }

// Flatten is jnp.Ravel: arrays are immutable, so there is no copy to ask for.
func (x Array) Flatten() Array { return Ravel(x) }

// Transpose is jnp.Transpose.
func (x Array) Transpose(axes ...int) Array { return Transpose(x, axes...) }

// T is x with its axes in reverse order (NumPy ndarray.T).
func (x Array) T() Array { return Transpose(x) }

// MT is jnp.MatrixTranspose.
func (x Array) MT() Array { return MatrixTranspose(x) }

// SwapAxes is jnp.SwapAxes.
func (x Array) SwapAxes(a, b int) Array { return SwapAxes(x, a, b) }

// Squeeze is jnp.Squeeze.
func (x Array) Squeeze(axes ...int) Array { return Squeeze(x, axes...) }

// Size is the number of elements of x, or the product of its lengths along the given axes. NumPy's size.
func Size(x Array, axes ...int) int {
	v := x.val("jnp.Size")
	return countOf(v.Shape(), kit.AxesOrAll("jnp.Size", axes, v))
}

// Shape is the lengths of x along its axes, NumPy's shape; the same as x.Shape().
func Shape(x Array) []int {
	x.val("jnp.Shape")
	return x.Shape()
}

// NDim is the number of axes of x, NumPy's ndim; the same as x.NDim().
func NDim(x Array) int { return x.val("jnp.NDim").Rank() }
