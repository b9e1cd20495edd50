package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// axisIndex is the number of the element.
type axisIndex struct{ Axis string }

func (axisIndex) Name() string          { return "axis_index" }
func (o axisIndex) AxisNames() []string { return []string{o.Axis} }

// AxisIndex is the number of the element within the named axis, an int32 scalar.
func AxisIndex(axis string) *Value {
	OpenAxis("lax.AxisIndex", axis)
	return one(axisIndex{axis})
}

func (axisIndex) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{ir.Scalar(ir.Int32)}, wantOperands(in, 0)
}

func (o axisIndex) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

func (o axisIndex) Batch(c trace.BatchCtx, _ []*Value, _ []int) ([]*Value, []int) {
	return []*Value{Iota(ir.Int32, []int{c.AxisSize()}, 0)}, []int{0}
}

func (o axisIndex) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }
