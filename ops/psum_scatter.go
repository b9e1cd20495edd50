package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// psumScatter sums the elements' arrays, cuts the sum along axis Dim into as many parts as there are elements and gives
// part i to element i.
type psumScatter struct {
	Across
	Dim int
}

func (psumScatter) Name() string { return "psum_scatter" }

// PSumScatter is, in element i across a, part i of the sum over all of them along axis dim, which is gone from the
// result or, if tiled, as long as a part.
func PSumScatter(op string, v *Value, a Across, dim int, tiled bool) *Value {
	a.wantEven(op)
	d := axisOf(op, v, dim)
	if tiled {
		return one(psumScatter{a, d}, v)
	}
	a.wantParts(op, v, d)
	return Squeeze(one(psumScatter{a, d}, v), []int{d})
}

func (o psumScatter) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOperands(in, 1), wantKind(in[0], kNum)); err != nil {
		return nil, err
	}
	t, err := parted(in[0], o.Dim, o.Size())
	return []ir.Aval{t}, err
}

func (o psumScatter) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return sumAcross(e, o.Across, o, "stablehlo.reduce_scatter", x[0], "scatter_dimension = "+i64(o.Dim))
}

func (o psumScatter) Sequence(ir.OrderFunc) (op ir.Op, in, out int) { return sequenced{o}, -1, 1 }

func (o psumScatter) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		o.Dim = behind(o.Dim, d[0])
		return []*Value{one(o, x[0])}, d
	}
	if o.Groups != nil {
		return o.atOnce(c, x[0], d[0], func(all *Value) *Value {
			return moveTo(splitOff(ReduceSum(all, []int{0}), o.Dim, all.Shape()[0]), o.Dim, 0)
		})
	}
	others, before, _ := o.peel(c)
	v := preduce{monoidAdd, o.Across}.reduced(c, x[0], d[0])
	v = frontPart(v, o.Dim, before, c.AxisSize())
	if len(others.Axes) > 0 {
		v = one(psumScatter{others, o.Dim + 1}, v)
	}
	return []*Value{v}, []int{0}
}

func (o psumScatter) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o psumScatter) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(allGather(o), ct) })
}

// frontPart cuts axis a of x into before times n parts and brings the axis of the n to the front.
func frontPart(x *Value, a, before, n int) *Value {
	return fold(moveTo(unfold(x, a, before, n, x.Shape()[a]/(before*n)), a+1, 0), a+1, 2)
}
