package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ApplyAlongAxis is f applied to each of the vectors that lie along an axis of x; the axes of its results, which have
// one shape, take the place of that axis. NumPy's apply_along_axis. f is traced once, and applied to all vectors
// together, as by gojax.Vmap.
func ApplyAlongAxis(f func(v Array) Array, axis int, x Array) Array {
	const op = "jnp.ApplyAlongAxis"
	v := x.val(op)
	if f == nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the function is nil")
	}
	a := kit.Axis(op, axis, v.Rank(), v.Aval())
	if v.Rank() == 1 {
		return f(x)
	}
	shape := v.Shape()
	rest, _ := kit.Without(shape, []int{a})
	n := ir.SizeOf(rest)
	rows := MoveAxis(x, a, -1).Reshape(n, shape[a])
	out := together(op, n, []Array{rows}, func(row []Array) Array { return f(row[0]) })
	own := out.Shape()[1:]
	// The results' axes come last; the axes that lay behind the one replaced go behind them.
	out = out.Reshape(slices.Concat(rest, own)...)
	perm := slices.Concat(kit.UpTo(a), kit.From(len(rest), len(own)), kit.From(a, len(rest)-a))
	return Wrap(ops.Transpose(out.v, perm))
}

// ApplyOverAxes is f applied to x along one axis after the other. f returns an array of as many axes, or without that
// axis, which is then put back with length 1. NumPy's apply_over_axes.
func ApplyOverAxes(f func(x Array, axis int) Array, x Array, axes ...int) Array {
	const op = "jnp.ApplyOverAxes"
	v := x.val(op)
	if f == nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the function is nil")
	}
	for _, a := range axes {
		y := f(x, a)
		switch w := y.val(op); w.Rank() {
		case v.Rank():
			x = y
		case v.Rank() - 1:
			x = ExpandDims(y, a)
		default:
			trace.Fail(op, []ir.Aval{v.Aval(), w.Aval()},
				"along axis %d the function returns %d axes; it must keep all %d, or leave out that one", a, w.Rank(),
				v.Rank())
		}
	}
	return x
}

// Piecewise is x put through the function whose condition, a bool array, holds: that of the last one if several do.
// functions has one entry for each condition, and perhaps another for where none holds (0 by default). An entry is a
// func(Array) Array that works elementwise and is given the whole of x, or a scalar. The result has x's dtype. NumPy's
// piecewise.
func Piecewise(x Array, conditions []Array, functions ...any) Array {
	const op = "jnp.Piecewise"
	v := x.val(op)
	in := append([]*trace.Value{v}, nonempty(op, conditions)...)
	avals := trace.Avals(in)
	n := len(conditions)
	var otherwise any = 0
	switch len(functions) {
	case n:
	case n + 1:
		otherwise = functions[n]
	default:
		trace.Fail(op, avals, "%d functions do not go with %d conditions: there must be as many, or one more",
			len(functions), n)
	}
	shape := kit.BroadcastTypes(op, avals)
	piece := func(f any) *trace.Value {
		var y *trace.Value
		if g, ok := f.(func(Array) Array); ok {
			y = g(x).val(op)
		} else {
			y = kit.LiftAlone(op, f)
		}
		if !kit.BroadcastsTo(y.Shape(), shape) {
			trace.Fail(op, append(avals, y.Aval()), "a function's result has shape %s, which does not broadcast to %s",
				ir.ShapeString(y.Shape()), ir.ShapeString(shape))
		}
		return kit.BroadcastTo(ops.Convert(y, v.DType()), shape)
	}
	y := piece(otherwise)
	for i, c := range in[1:] {
		y = ops.Select(kit.BroadcastTo(truth(op, c), shape), piece(functions[i]), y)
	}
	return Wrap(y)
}
