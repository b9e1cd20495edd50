package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// allToAll cuts each element's array along axis Split into Size parts, gives part i to element i, and joins what an
// element is given along axis Concat.
type allToAll struct {
	Axis                string
	Size, Split, Concat int
}

func (allToAll) Name() string          { return "all_to_all" }
func (o allToAll) AxisNames() []string { return []string{o.Axis} }

// AllToAll cuts axis split of v into a part for each element of the named axis, and has, in each element, the parts
// from all of them: stacked along a new axis concat of the result or, if tiled, joined along that axis, where split may
// then be a multiple of the number of elements. Axes may be negative.
func AllToAll(op string, v *Value, axis string, split, concat int, tiled bool) *Value {
	n := OpenAxis(op, axis)
	s, c := axisOf(op, v, split), axisOf(op, v, concat)
	if tiled {
		return one(allToAll{axis, n, s, c}, v)
	}
	if v.Shape()[s] != n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is split between the %d elements of the axis %q, so it must "+
			"have that size, not %d; AllToAllTiled takes a multiple of it", s, n, axis, v.Shape()[s])
	}
	if s == c {
		return one(allToAll{axis, n, s, c}, v)
	}
	// The new axis is put in beforehand, with size 1, and the one that is split is left with size 1 and then goes.
	// Positions among the axes of the result count without it.
	at := c
	if c > s {
		at++
	} else {
		s++
	}
	y := one(allToAll{axis, n, s, at}, ExpandDims(v, []int{at}))
	return Squeeze(y, []int{s})
}

func (o allToAll) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := checkAxes("axis", []int{o.Concat}, in[0].Rank()); err != nil {
		return nil, err
	}
	t, err := parted(in[0], o.Split, o.Size)
	if err != nil {
		return nil, err
	}
	shape := own(t.Shape)
	shape[o.Concat] *= o.Size
	return []ir.Aval{t.With(shape)}, nil
}

func (o allToAll) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

func (o allToAll) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v := bdimAt(c, x[0], d[0], 0)
	if !overAxis(c, o) {
		return []*Value{one(allToAll{o.Axis, o.Size, o.Split + 1, o.Concat + 1}, v)}, []int{0}
	}
	// The axes are the sender, those of an element's array, and, before the one that is split, the receiver. Receivers
	// come first in the result, and senders before the axis that their parts are joined along.
	v = splitOff(v, o.Split+1, o.Size)
	axes := arange(1, v.Rank())
	receiver := o.Split + 1
	axes = slices.Delete(axes, o.Split, o.Split+1)
	axes = slices.Insert(axes, o.Concat, 0)
	v = Transpose(v, append([]int{receiver}, axes...))
	shape := without(v.Shape(), []int{o.Concat + 1})
	shape[o.Concat+1] *= o.Size
	return []*Value{Reshape(v, shape)}, []int{0}
}

func (o allToAll) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose sends everything back.
func (o allToAll) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(allToAll{o.Axis, o.Size, o.Concat, o.Split}, ct) })
}

// parted is the type of t with axis split cut into n parts.
func parted(t ir.Aval, split, n int) (ir.Aval, error) {
	if err := checkAxes("axis", []int{split}, t.Rank()); err != nil {
		return t, err
	}
	if n == 0 || t.Shape[split]%n != 0 {
		return t, fmt.Errorf("axis %d of %s cannot be split into %d equal parts", split, ir.ShapeString(t.Shape), n)
	}
	shape := own(t.Shape)
	shape[split] /= n
	return t.With(shape), nil
}
