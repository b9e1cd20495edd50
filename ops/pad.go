package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type pad struct{ Low, High, Interior []int }

func (pad) Name() string { return "pad" }

// Pad adds elements of the given scalar value along every axis: low before, high behind and interior between any two
// elements. Negative low and high take elements away, after the interior ones are put in. x itself is returned where
// nothing is added.
func Pad(x, value *Value, low, high, interior []int) *Value {
	if r := x.Rank(); len(low) == r && len(high) == r && len(interior) == r &&
		allEqual(low, 0) && allEqual(high, 0) && allEqual(interior, 0) &&
		value.Rank() == 0 && value.DType() == x.DType() &&
		(value.Aval().Weak || !x.Aval().Weak) {
		return x
	}
	return one(pad{own(low), own(high), own(interior)}, x, value)
}

func (o pad) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	a, v := in[0], in[1]
	if v.DType != a.DType {
		return nil, fmt.Errorf("the padding value is %v and the operand %v; lax takes one dtype: convert first with "+
			"lax.ConvertElementType", v.DType, a.DType)
	}
	if len(v.Shape) != 0 {
		return nil, fmt.Errorf("the padding value must be a scalar, not of shape %s", ir.ShapeString(v.Shape))
	}
	if r := len(a.Shape); len(o.Low) != r || len(o.High) != r || len(o.Interior) != r {
		return nil, fmt.Errorf("low %v, high %v and interior %v must have one entry for each axis of shape %s", o.Low,
			o.High, o.Interior, ir.ShapeString(a.Shape))
	}
	shape := make([]int, len(a.Shape))
	for i, n := range a.Shape {
		if o.Interior[i] < 0 {
			return nil, fmt.Errorf("the interior padding %d of axis %d is negative; take elements away with "+
				"lax.Slice and a stride", o.Interior[i], i)
		}
		between := max(n-1, 0)
		f := float64(n) + float64(between)*float64(o.Interior[i]) + float64(o.Low[i]) + float64(o.High[i])
		shape[i] = n + between*o.Interior[i] + o.Low[i] + o.High[i]
		if f > 1<<62 {
			return nil, fmt.Errorf("padded by %d and %d, with %d between any two elements, axis %d has more elements "+
				"than can be counted", o.Low[i], o.High[i], o.Interior[i], i)
		}
		if shape[i] < 0 || f < -1 {
			return nil, fmt.Errorf("low %d and high %d take away more of axis %d than its size %d", o.Low[i], o.High[i],
				i, n)
		}
	}
	if err := checkShape(shape); err != nil {
		return nil, err
	}
	return []ir.Aval{{Shape: shape, DType: a.DType, Weak: allWeak(in)}}, nil
}

// Lower keeps XLA from making holes the base dilation of a reduce_window that follows, by a value that it cannot tell
// to be the window's initial one: on CPUs, windows that do not overlap along one axis forget the dilation of another.
// A long vector that becomes much longer is looked up instead.
func (o pad) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if shape := x[0].Aval.Shape; len(shape) == 1 && o.Interior[0] == 0 && shape[0] > 0 {
		if n := e.Out()[0].Shape[0]; looksUp(e, n) && n-shape[0] >= leastLooked {
			return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{o.selected(v[0], v[1], n)} })
		}
	}
	dilation := make([]int, len(o.Interior))
	for i, n := range o.Interior {
		dilation[i] = n + 1
	}
	switch start, low, left := cutLow(x[0].Aval.Shape, o.Low, dilation); {
	case !left:
		return []trace.Operand{writer{e}.fill(x[1], e.Out()[0].Shape)}
	case start != nil:
		return lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{one(pad{low, o.High, o.Interior}, Slice(v[0], start, v[0].Shape(), nil), v[1])}
		})
	}
	if !allEqual(o.Interior, 0) && e.Platform() == "cpu" {
		x = []trace.Operand{x[0], e.Op("stablehlo.optimization_barrier", x[1:], "", x[1].Aval)[0]}
	}
	return hlo(e, "stablehlo.pad", x, attrs(
		"edge_padding_high = "+i64s(o.High), "edge_padding_low = "+i64s(o.Low), "interior_padding = "+i64s(o.Interior)))
}

// cutLow is where an array begins, nil for its first element, if a negative low edge along axes whose elements lie so
// far apart takes whole elements away, and what is then left of the edge: XLA's partitioner ends the process where a
// dimension with such an edge is cut over a mesh. left is false where no element is left along an axis.
func cutLow(shape, low, dilation []int) (start, rest []int, left bool) {
	rest = low
	for i, d := range dilation {
		if low[i] >= 0 || d <= 1 || shape[i] == 0 {
			continue
		}
		if start == nil {
			start, rest = make([]int, len(shape)), slices.Clone(low)
		}
		start[i] = (d - 1 - low[i]) / d
		if rest[i] = low[i] + start[i]*d; start[i] >= shape[i] {
			return nil, low, false
		}
	}
	return start, rest, true
}

// selected is o of a vector, which becomes n long.
func (o pad) selected(x, value *Value, n int) *Value {
	place := Iota(positionType(n), []int{n}, 0)
	first, end := o.Low[0], o.Low[0]+x.Shape()[0]
	inside := And(Ge(place, FullLike(place, float64(first))), Lt(place, FullLike(place, float64(end))))
	return Select(inside, nearest(x, o.Low[0], place), BroadcastInDim(value, []int{n}, nil))
}

// Batch pads every example alike; with a padding value for each it pads a mask too and selects.
func (o pad) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v := x[0]
	b := d[0]
	if b == trace.NotMapped {
		v, b = bdimAt(c, v, d[0], 0), 0
	}
	op := pad{inserted(o.Low, b, 0), inserted(o.High, b, 0), inserted(o.Interior, b, 0)}
	if d[1] == trace.NotMapped {
		return []*Value{one(op, v, x[1])}, []int{b}
	}
	y := one(op, v, zeroOf(v))
	mask := one(op, Full(v.Shape(), ir.BoolLit(true)), ScalarLit(ir.BoolLit(false)))
	return []*Value{Select(mask, y, BroadcastInDim(x[1], y.Shape(), []int{b}))}, []int{b}
}

func (pad) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if !anyTangent(t) {
		return y, []*Value{nil}
	}
	return y, c.Self(materialize(t[0], x[0]), materialize(t[1], x[1]))
}

func (o pad) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	neg := func(x []int) []int {
		y := make([]int, len(x))
		for i, n := range x {
			y[i] = -n
		}
		return y
	}
	// Cut the edges off (or put back, as zeros, what was cut), then skip what lies between.
	part := Pad(ct[0], zeroOf(ct[0]), neg(o.Low), neg(o.High), repeated(0, len(o.Low)))
	strides := make([]int, len(o.Interior))
	for i, n := range o.Interior {
		strides[i] = n + 1
	}
	part = Slice(part, repeated(0, len(o.Low)), part.Shape(), strides)
	if x[0].X == nil {
		out[0] = part
	}
	if x[1].X == nil {
		all := func(v *Value) *Value { return ReduceSum(v, arange(0, v.Rank())) }
		out[1] = Sub(all(ct[0]), all(part))
	}
	return out
}
