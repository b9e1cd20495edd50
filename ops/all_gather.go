package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// allGather stacks the elements' arrays along a new axis Dim of Size or, if Tiled, along the axis Dim that they have.
type allGather struct {
	Axis      string
	Size, Dim int
	Tiled     bool
}

func (allGather) Name() string          { return "all_gather" }
func (o allGather) AxisNames() []string { return []string{o.Axis} }

// AllGather is the arrays of all elements of the named axis, stacked along a new axis dim of the result or, if tiled,
// joined along their axis dim; dim may be negative.
func AllGather(op string, v *Value, axis string, dim int, tiled bool) *Value {
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
	return one(allGather{axis, OpenAxis(op, axis), d, tiled}, v)
}

func (o allGather) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	t := in[0]
	if o.Dim < 0 || o.Dim > t.Rank() || o.Tiled && o.Dim == t.Rank() {
		return nil, fmt.Errorf("axis %d is out of range", o.Dim)
	}
	if o.Tiled {
		shape := slices.Clone(t.Shape)
		shape[o.Dim] *= o.Size
		return []ir.Aval{t.With(shape)}, nil
	}
	return []ir.Aval{t.With(inserted(t.Shape, o.Dim, o.Size))}, nil
}

func (o allGather) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

func (o allGather) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		o.Dim++
		return []*Value{one(o, bdimAt(c, x[0], d[0], 0))}, []int{0}
	}
	y := bdimAt(c, x[0], d[0], o.Dim)
	if o.Tiled {
		shape := slices.Delete(slices.Clone(y.Shape()), o.Dim, o.Dim+1)
		shape[o.Dim] *= o.Size
		y = Reshape(y, shape)
	}
	return []*Value{y}, []int{trace.NotMapped}
}

func (o allGather) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: an element's array is in the result of all, at the element's own place.
func (o allGather) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		sum := PSum(ct, []string{o.Axis})
		at := one(axisIndex{o.Axis})
		n := 1
		if o.Tiled {
			n = x[0].Aval.Shape[o.Dim]
			at = Mul(at, FullLike(at, float64(n)))
		}
		return Reshape(DynamicSliceInDim(sum, at, n, o.Dim), x[0].Aval.Shape)
	})
}
