package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// allToAll cuts each element's array along axis Split into as many parts as there are elements, gives part i to element
// i, and joins what an element is given along axis Concat.
type allToAll struct {
	Across
	Split, Concat int
}

func (allToAll) Name() string { return "all_to_all" }

// AllToAll cuts axis split of v into a part for each element across a, and has, in each element, the parts from all of
// them: stacked along a new axis concat of the result or, if tiled, joined along that axis, where split may then be a
// multiple of the number of elements. Axes may be negative.
func AllToAll(op string, v *Value, a Across, split, concat int, tiled bool) *Value {
	a.wantEven(op)
	s, c := axisOf(op, v, split), axisOf(op, v, concat)
	if !tiled {
		a.wantParts(op, v, s)
	}
	if tiled || s == c {
		return one(allToAll{a, s, c}, v)
	}
	// The new axis is put in beforehand, with size 1, and the one that is split is left with size 1 and then goes.
	// Positions among the axes of the result count without it.
	at := c
	if c > s {
		at++
	} else {
		s++
	}
	y := one(allToAll{a, s, at}, ExpandDims(v, []int{at}))
	return Squeeze(y, []int{s})
}

func (o allToAll) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := checkAxes("axis", []int{o.Concat}, in[0].Rank()); err != nil {
		return nil, err
	}
	t, err := parted(in[0], o.Split, o.Size())
	if err != nil {
		return nil, err
	}
	shape := own(t.Shape)
	shape[o.Concat] *= o.Size()
	return []ir.Aval{t.With(shape)}, nil
}

func (o allToAll) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	attr := attrs("split_dimension = "+i64(o.Split), "concat_dimension = "+i64(o.Concat),
		"split_count = "+i64(o.Size()))
	return []trace.Operand{collective(e, o.Across, o, "stablehlo.all_to_all", x[0], attr, e.Out()[0])}
}

func (o allToAll) Sequence(ir.OrderFunc) (op ir.Op, in, out int) { return sequenced{o}, -1, 1 }

func (o allToAll) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		o.Split, o.Concat = behind(o.Split, d[0]), behind(o.Concat, d[0])
		return []*Value{one(o, x[0])}, d
	}
	if o.Groups != nil {
		return o.atOnce(c, x[0], d[0], func(all *Value) *Value { return o.exchanged(all, Across{}, 1, 1) })
	}
	others, before, behind := o.peel(c)
	return []*Value{o.exchanged(bdimAt(c, x[0], d[0], 0), others, before, behind)}, []int{0}
}

// exchanged is o of elements stacked along axis 0 of v, and across the other named axes, of which there are elements
// before and behind those of v.
func (o allToAll) exchanged(v *Value, others Across, before, behind int) *Value {
	// Of the axis that is split, the part that tells the receiver among the stacked elements comes to the front. Then
	// the axes are receiver, sender, and those of an element's array, with one for the other senders put in before
	// the one that the parts are joined along.
	v = ExpandDims(frontPart(v, o.Split+1, before, v.Shape()[0]), []int{o.Concat + 2})
	if len(others.Axes) > 0 {
		split := o.Split + 2
		if o.Split >= o.Concat {
			split++
		}
		v = one(allToAll{others, split, o.Concat + 2}, v)
	}
	v = moveTo(unfold(v, o.Concat+2, before, behind), 1, o.Concat+2)
	return fold(v, o.Concat+1, 4)
}

func (o allToAll) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose sends everything back.
func (o allToAll) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(allToAll{o.Across, o.Concat, o.Split}, ct) })
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
