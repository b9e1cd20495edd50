package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type squeeze struct{ Axes []int }

func (squeeze) Name() string { return "squeeze" }

// Squeeze drops axes, which must have size 1. Negative axes count from the end.
func Squeeze(x *Value, axes []int) *Value {
	if len(axes) == 0 {
		return x
	}
	a := make([]int, len(axes))
	for i, n := range axes {
		if n < 0 {
			n += x.Rank()
		}
		a[i] = n
	}
	slices.Sort(a)
	return one(squeeze{a}, x)
}

func (o squeeze) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if err := checkAxes("axis", o.Axes, len(a.Shape)); err != nil {
		return nil, err
	}
	for _, i := range o.Axes {
		if a.Shape[i] != 1 {
			return nil, fmt.Errorf("axis %d of shape %s has size %d; only axes of size 1 can be squeezed", i,
				ir.ShapeString(a.Shape), a.Shape[i])
		}
	}
	return []ir.Aval{a.With(without(a.Shape, o.Axes))}, nil
}

func (squeeze) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reshape", x, "")
}

func (o squeeze) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	at := d[0]
	for _, a := range o.Axes {
		if a < d[0] {
			at--
		}
	}
	return []*Value{one(squeeze{shifted(o.Axes, d[0])}, x[0])}, []int{at}
}

func (squeeze) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o squeeze) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return ExpandDims(ct, o.Axes) })
}
