package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

var nanFloat = math.NaN()

// EDiff1D is the differences of neighbours in the flattened array, NumPy's ediff1d. Differences.Prepend and Append,
// which Diff joins to the elements, here are joined to the differences.
//
// Options: Differences (N, Prepend, Append).
func EDiff1D(x Array) Array { return Differences{}.EDiff1D(x) }

// EDiff1D is jnp.EDiff1D with options.
func (o Differences) EDiff1D(x Array) Array {
	const op = "jnp.EDiff1D"
	v := x.val(op)
	if o.N > 1 || o.N < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "N does not apply to it; leave it out")
	}
	in := []*trace.Value{v}
	p := struct{ Before, After bool }{o.Prepend != nil, o.Append != nil}
	if p.Before {
		in = append(in, kit.LiftFor(op, o.Prepend, v.Aval()))
	}
	if p.After {
		in = append(in, kit.LiftFor(op, o.Append, v.Aval()))
	}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		v := in[0]
		flat := func(e *trace.Value) *trace.Value {
			return kit.Convert(op, ops.Reshape(e, []int{e.Aval().Size()}), v.DType(), v.Aval().Weak)
		}
		v = flat(v)
		n := v.Shape()[0]
		parts := []*trace.Value{ops.Sub(ops.SliceInDim(v, min(1, n), n, 1, 0), ops.SliceInDim(v, 0, max(n-1, 0), 1, 0))}
		if p.Before {
			parts = append([]*trace.Value{flat(in[1])}, parts...)
		}
		if p.After {
			parts = append(parts, flat(in[len(in)-1]))
		}
		return join(op, parts, 0)
	})
}

// Integration holds the keyword arguments of Trapezoid.
type Integration struct {
	// X are the positions of the elements: one axis, or the operand's shape.
	X Array
	// Dx is the distance between neighbours, a number or an Array that broadcasts to the distances along the axis; nil
	// is 1. With X it is refused.
	Dx any
}

// Trapezoid is the integral along the axis (the last if none is given) by the trapezoidal rule, NumPy's trapezoid.
//
// Options: Integration (X, Dx).
func Trapezoid(y Array, axis ...int) Array { return Integration{}.Trapezoid(y, axis...) }

// Trapezoid is jnp.Trapezoid with options.
func (o Integration) Trapezoid(y Array, axis ...int) Array {
	const op = "jnp.Trapezoid"
	v := y.val(op)
	p := trapezoidParams{Axis: kit.OneAxis(op, axis, -1, v.Rank(), v.Aval()), X: o.X.v != nil, Dx: o.Dx != nil}
	in := []*trace.Value{v}
	switch {
	case p.X:
		in = append(in, o.X.v)
		if p.Dx {
			trace.Fail(op, trace.Avals(in), "both X and Dx are given; X says all")
		}
		if n := v.Shape()[p.Axis]; !arePositions(o.X.v.Shape(), v.Shape(), p.Axis) {
			trace.Fail(op, trace.Avals(in), "X must have %d positions, or the operand's shape", n)
		}
	case p.Dx:
		in = append(in, kit.LiftAlone(op, o.Dx))
		if in[1].Rank() > v.Rank() {
			trace.Fail(op, trace.Avals(in), "Dx has more axes than the operand")
		}
	}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value { return p.build(op, in).v })
}

// arePositions reports whether an array of shape x has a position for each element along the axis of one of shape y, or
// two, whose distance is that of all.
func arePositions(x, y []int, axis int) bool {
	if len(x) == 1 {
		return x[0] == y[axis] || x[0] == 2
	}
	if len(x) != len(y) {
		return false
	}
	for i, n := range x {
		if n != y[i] && (i == axis || n != 1) && (i != axis || n != 2) {
			return false
		}
	}
	return true
}

// trapezoidParams is what the program depends on besides its operands.
type trapezoidParams struct {
	Axis  int
	X, Dx bool // which of them is the second operand
}

func (p trapezoidParams) build(op string, in []*trace.Value) Array {
	if p.X {
		in = kit.PromoteInexact(op, in...)
	}
	in[0] = kit.AsInexact(in[0])
	d := ResultType(kit.Map(in, func(v *trace.Value) any { return v })...)
	if wide := upcastHalf(d); wide != d { // in which sums have room
		in = kit.Map(in, func(v *trace.Value) *trace.Value { return ops.Convert(v, wide) })
		return p.integral(in).AsType(d)
	}
	return p.integral(in)
}

func (p trapezoidParams) integral(in []*trace.Value) Array {
	y := MoveAxis(Wrap(in[0]), p.Axis, -1)
	if y.Shape()[y.NDim()-1] == 0 {
		return Sum(y, -1)
	}
	if !p.X && !p.Dx {
		return evenTrapezoid(y)
	}
	dx := p.distances(Wrap(in[1]), y.NDim())
	switch {
	case dx.NDim() == 0:
		return dx.Mul(evenTrapezoid(y))
	case dx.Shape()[dx.NDim()-1] == 1:
		return dx.Index(Ellipsis, 0).Mul(evenTrapezoid(y))
	}
	pairs := y.Index(Ellipsis, S(1, nil)).Add(y.Index(Ellipsis, S(nil, -1)))
	return Sum(dx.Mul(pairs), -1).Mul(0.5)
}

// distances are those between neighbours, along the last axis, of an operand of so many axes: x are positions or, if
// p.Dx, distances.
func (p trapezoidParams) distances(x Array, rank int) Array {
	if p.X {
		x = Diff(x, min(p.Axis, x.NDim()-1))
	}
	if x.NDim() == 0 || p.X && x.NDim() == 1 {
		return x
	}
	return MoveAxis(Reshape(x, slices.Concat(slices.Repeat([]int{1}, rank-x.NDim()), x.Shape())...), p.Axis, -1)
}

// evenTrapezoid is the integral along the last axis where neighbours are 1 apart.
func evenTrapezoid(y Array) Array {
	inner := Sum(y.Index(Ellipsis, S(1, -1)), -1)
	if y.Shape()[y.NDim()-1] == 1 {
		return inner
	}
	return y.Index(Ellipsis, 0).Mul(0.5).Add(inner).Add(y.Index(Ellipsis, -1).Mul(0.5))
}

// Gradients holds the keyword arguments of Gradient.
type Gradients struct {
	// Spacing is what lies between neighbours: nothing (1), one for all axes or one for each; a number or an Array of
	// positions each.
	Spacing []any
}

// Gradient is the derivatives along axes (all if none are given), one array for each: central differences inside,
// one-sided ones at the ends. NumPy's gradient; at least two elements are needed along each.
//
// Options: Gradients (Spacing).
func Gradient(x Array, axes ...int) []Array { return Gradients{}.Gradient(x, axes...) }

// Gradient is jnp.Gradient with the option Spacing.
func (g Gradients) Gradient(x Array, axes ...int) []Array {
	const op = "jnp.Gradient"
	v := x.val(op)
	at := kit.AxesOrAll(op, axes, v)
	avals := []ir.Aval{v.Aval()}
	in := []*trace.Value{v}
	if n := len(g.Spacing); n > 1 && n != len(at) {
		trace.Fail(op, avals, "%d spacings do not go with %d axes", n, len(at))
	}
	for i, a := range at {
		if v.Shape()[a] < 2 {
			trace.Fail(op, avals, "axis %d has %d elements, and a derivative needs two", a, v.Shape()[a])
		}
		switch len(g.Spacing) {
		case 0:
		case 1:
			if i > 0 {
				checkSpacing(op, avals, in[1], v.Shape()[a])
				continue
			}
			fallthrough
		default:
			h := kit.LiftAlone(op, g.Spacing[i])
			checkSpacing(op, avals, h, v.Shape()[a])
			in = append(in, h)
		}
	}
	out := trace.Whole(op, struct{ Axes []int }{at}, in, func(in []*trace.Value) []*trace.Value {
		in = kit.PromoteInexact(op, in...)
		d, weak := in[0].DType(), in[0].Aval().Weak
		in = kit.Map(in, func(v *trace.Value) *trace.Value {
			return kit.Convert(op, v, upcastHalf(d), weak) // in which differences have room
		})
		out := make([]*trace.Value, len(at))
		for i, a := range at {
			var h *trace.Value
			switch len(in) {
			case 1:
				one := ir.FloatLit(1, in[0].DType())
				one.Weak = in[0].Aval().Weak
				h = ops.ScalarLit(one)
			case 2:
				h = in[1]
			default:
				h = in[1+i]
			}
			out[i] = kit.Convert(op, gradient(in[0], h, a), d, weak)
		}
		return out
	})
	arrays := make([]Array, len(out))
	for i, v := range out {
		arrays[i] = Wrap(v)
	}
	return arrays
}

// gradient is the derivative along one axis; h is the distance of neighbours, or the positions.
func gradient(v, h *trace.Value, axis int) *trace.Value {
	n := v.Shape()[axis]
	cut := func(lo, hi int) *trace.Value { return ops.SliceInDim(v, lo, hi, 1, axis) }
	along := func(h, like *trace.Value) *trace.Value { // h along the axis of like, or everywhere
		if h.Rank() == 0 {
			return ops.BroadcastInDim(h, like.Shape(), nil)
		}
		return ops.BroadcastInDim(h, like.Shape(), []int{axis})
	}
	first, last := ops.Sub(cut(1, 2), cut(0, 1)), ops.Sub(cut(n-1, n), cut(n-2, n-1))
	if h.Rank() == 0 {
		inner := ops.Sub(cut(2, n), cut(0, n-2))
		half := ir.FloatLit(0.5, v.DType())
		half.Weak = v.Aval().Weak
		inner = ops.Div(ops.Mul(inner, ops.Full(inner.Shape(), half)), along(h, inner))
		return ops.Concatenate([]*trace.Value{ops.Div(first, along(h, first)), inner, ops.Div(last, along(h, last))},
			axis)
	}
	at := func(lo, hi int) *trace.Value { return ops.SliceInDim(h, lo, hi, 1, 0) }
	first = ops.Div(first, along(ops.Sub(at(1, 2), at(0, 1)), first))
	last = ops.Div(last, along(ops.Sub(at(n-1, n), at(n-2, n-1)), last))
	d1, d2 := ops.Sub(at(1, n-1), at(0, n-2)), ops.Sub(at(2, n), at(1, n-1))
	sum := ops.Add(d1, d2)
	a := ops.Neg(ops.Div(d2, ops.Mul(d1, sum)))
	b := ops.Div(ops.Sub(d2, d1), ops.Mul(d1, d2))
	c := ops.Div(d1, ops.Mul(d2, sum))
	term := func(k, x *trace.Value) *trace.Value { return ops.Mul(along(k, x), x) }
	inner := ops.Add(ops.Add(term(a, cut(0, n-2)), term(b, cut(1, n-1))), term(c, cut(2, n)))
	return ops.Concatenate([]*trace.Value{first, inner, last}, axis)
}
