package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type rev struct{ Axes []int }

func (rev) Name() string { return "rev" }

// Rev reverses x along the given axes.
func Rev(x *Value, axes []int) *Value {
	if len(axes) == 0 {
		return x
	}
	return one(rev{own(axes)}, x)
}

func (o rev) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := checkAxes("axis", o.Axes, len(in[0].Shape)); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (o rev) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reverse", x, "dimensions = "+i64s(o.Axes))
}

func (o rev) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{Rev(x[0], shifted(o.Axes, d[0]))}, d
}

func (rev) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o rev) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Rev(ct, o.Axes) })
}
