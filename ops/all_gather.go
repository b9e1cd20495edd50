package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// allGather joins the elements' arrays along their axis Dim.
type allGather struct {
	Across
	Dim int
}

func (allGather) Name() string { return "all_gather" }

// AllGather is the arrays of all elements across a, stacked along a new axis dim of the result or, if tiled, joined
// along their axis dim; dim may be negative.
func AllGather(op string, v *Value, a Across, dim int, tiled bool) *Value {
	a.wantEven(op)
	rank := v.Rank() + 1
	if tiled {
		rank--
	}
	d := dim
	if d < 0 {
		d += rank
	}
	if d < 0 || d >= rank {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is out of range for a result of %d axes", dim, rank)
	}
	if !tiled {
		v = ExpandDims(v, []int{d})
	}
	return one(allGather{a, d}, v)
}

func (o allGather) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOperands(in, 1), checkAxes("axis", []int{o.Dim}, in[0].Rank())); err != nil {
		return nil, err
	}
	shape := slices.Clone(in[0].Shape)
	shape[o.Dim] *= o.Size()
	return []ir.Aval{in[0].With(shape)}, nil
}

func (o allGather) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return []trace.Operand{collective(e, o.Across, o, "stablehlo.all_gather", x[0], "all_gather_dim = "+i64(o.Dim),
		e.Out()[0])}
}

func (o allGather) Sequence(ir.OrderFunc) (op ir.Op, in, out int) { return sequenced{o}, -1, 1 }

func (o allGather) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		o.Dim = behind(o.Dim, d[0])
		return []*Value{one(o, x[0])}, d
	}
	if o.Groups != nil {
		return o.atOnce(c, x[0], d[0], func(all *Value) *Value {
			y := fold(moveTo(all, 0, o.Dim), o.Dim, 2)
			return BroadcastInDim(y, inserted(y.Shape(), 0, all.Shape()[0]), arange(1, all.Rank()))
		})
	}
	others, before, behind := o.peel(c)
	y := ExpandDims(bdimAt(c, x[0], d[0], o.Dim), []int{o.Dim})
	if len(others.Axes) > 0 {
		y = one(allGather{others, o.Dim}, y)
	}
	y = moveTo(unfold(y, o.Dim, before, behind), o.Dim+1, o.Dim+2) // the mapped axis between the others
	return []*Value{fold(y, o.Dim, 4)}, []int{trace.NotMapped}
}

func (o allGather) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: an element's array is in the result of all, at the element's own place.
func (o allGather) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(psumScatter(o), ct) })
}
