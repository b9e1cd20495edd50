package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// axisIndex is the number of the element.
type axisIndex struct{ Axis string }

func (axisIndex) Name() string          { return "axis_index" }
func (o axisIndex) AxisNames() []string { return []string{o.Axis} }

// AxisIndex is the number of the element among all those of the named axes, an int32 scalar.
func AxisIndex(a Across) *Value { return numberOf(a.Axes, a.Sizes) }

// numberOf is AxisIndex of axes of the given sizes.
func numberOf(axes []string, sizes []int) *Value {
	n := one(axisIndex{axes[0]})
	for i, a := range axes[1:] {
		n = Add(Mul(n, FullLike(n, float64(sizes[i+1]))), one(axisIndex{a}))
	}
	return n
}

func (axisIndex) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{ir.Scalar(ir.Int32)}, wantOperands(in, 0)
}

// Lower: the partition's place in the mesh tells its place along the axis. XLA knows partitions only where no axis of
// the mesh is left to it.
func (o axisIndex) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	m := onMesh(e, o, o.AxisNames())
	_, manual := e.Manual()
	isManual := func(a string) bool { return slices.Contains(manual, a) }
	if left := slices.DeleteFunc(slices.Clone(m.Names), isManual); len(left) > 0 {
		p, _ := trace.Trace("a lowering", nil, func([]*Value) []*Value { return []*Value{one(o)} })
		return e.ManualRegion(m, left, nil, []ir.Spec{nil}, p, nil)
	}
	axis := m.Axis(o.Axis)
	if m.OverProcesses() {
		at := m.IndexAlong(o.AxisNames(), e.Place())
		return []trace.Operand{e.Const(ir.IntLit(int64(at), ir.Int32), nil)}
	}
	out, w := ir.Scalar(ir.Uint32), writer{e}
	n := e.Op("stablehlo.partition_id", nil, "", out)[0]
	n = w.bin("stablehlo.divide", n, e.Const(ir.IntLit(int64(m.Stride(axis)), out.DType), nil))
	n = w.bin("stablehlo.remainder", n, e.Const(ir.IntLit(int64(m.Shape[axis]), out.DType), nil))
	return []trace.Operand{w.to("stablehlo.convert", n, ir.Int32)}
}

func (o axisIndex) Batch(c trace.BatchCtx, _ []*Value, _ []int) ([]*Value, []int) {
	return []*Value{Iota(ir.Int32, []int{c.AxisSize()}, 0)}, []int{0}
}

func (o axisIndex) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }
