package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// psumScatter sums the elements' arrays, cuts the sum along axis Dim into Size parts and gives part i to element i.
type psumScatter struct {
	Axis      string
	Size, Dim int
}

func (psumScatter) Name() string          { return "psum_scatter" }
func (o psumScatter) AxisNames() []string { return []string{o.Axis} }

// PSumScatter is, in element i of the named axis, part i of the sum over all of them along axis dim, which is gone from
// the result or, if tiled, as long as a part.
func PSumScatter(op string, v *Value, axis string, dim int, tiled bool) *Value {
	n := OpenAxis(op, axis)
	d := axisOf(op, v, dim)
	if tiled {
		return one(psumScatter{axis, n, d}, v)
	}
	if v.Shape()[d] != n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is split between the %d elements of the axis %q, so it must "+
			"have that size, not %d; PSumScatterTiled takes a multiple of it", d, n, axis, v.Shape()[d])
	}
	return Squeeze(one(psumScatter{axis, n, d}, v), []int{d})
}

func (o psumScatter) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOperands(in, 1), wantKind(in[0], kNum)); err != nil {
		return nil, err
	}
	t, err := parted(in[0], o.Dim, o.Size)
	return []ir.Aval{t}, err
}

func (o psumScatter) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

func (o psumScatter) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return []*Value{one(psumScatter{o.Axis, o.Size, o.Dim + 1}, bdimAt(c, x[0], d[0], 0))}, []int{0}
	}
	v := x[0]
	if d[0] == trace.NotMapped {
		v = Mul(v, FullLike(v, float64(o.Size)))
	} else {
		v = ReduceSum(v, []int{d[0]})
	}
	return []*Value{moveTo(splitOff(v, o.Dim, o.Size), o.Dim, 0)}, []int{0}
}

func (o psumScatter) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o psumScatter) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(allGather{o.Axis, o.Size, o.Dim, true}, ct) })
}
