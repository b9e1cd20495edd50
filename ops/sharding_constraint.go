package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// shardingConstraint is its operand, cut over the devices of a mesh as Sharding says.
type shardingConstraint struct{ Sharding ir.Sharding }

func (shardingConstraint) Name() string         { return "sharding_constraint" }
func (o shardingConstraint) OnMesh() *ir.Mesh   { return o.Sharding.Mesh }
func (o shardingConstraint) InSpecs() []ir.Spec { return []ir.Spec{o.Sharding.Spec} }

// ShardingConstraint is v, cut over the devices of a mesh as s says. In a function under ShardMap, s may only name axes
// that are left to the compiler there.
func ShardingConstraint(v *Value, s ir.Sharding) *Value {
	err := fmt.Errorf("the sharding has no mesh; make it with gojax.NamedSharding(mesh, gojax.P(...))")
	if s.Mesh != nil {
		err = firstError(s.Check(v.Shape()), notManual(s, trace.ManualAxes()))
	}
	trace.Must(err, "", []ir.Aval{v.Aval()})
	return one(shardingConstraint{s}, v)
}

// notManual refuses a sharding where a function runs on each device along the axes manual.
func notManual(s ir.Sharding, manual []string) error {
	isManual := func(a string) bool { return slices.Contains(manual, a) }
	if len(manual) > 0 && !slices.ContainsFunc(s.Mesh.Names, func(a string) bool { return !isManual(a) }) {
		return fmt.Errorf("the function under gojax.ShardMap sees blocks along all axes of the mesh, %q, so nothing "+
			"is left to be cut; constrain the arguments or the results of the ShardMap, or give it gojax.ManualAxes",
			s.Mesh.Names)
	}
	if i := slices.IndexFunc(s.Spec.Names(), isManual); i >= 0 {
		return fmt.Errorf("%v names the axis %q, along which the function under gojax.ShardMap sees blocks already; "+
			"name axes that are not among its gojax.ManualAxes", s.Spec, s.Spec.Names()[i])
	}
	return nil
}

func (o shardingConstraint) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return in[:1:1], o.Sharding.Check(in[0].Shape)
}

func (o shardingConstraint) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	_, manual := e.Manual()
	trace.Must(notManual(o.Sharding, manual), "", []ir.Aval{x[0].Aval})
	return []trace.Operand{e.Constrain(x[0], o.Sharding)}
}

// Batch cuts the mapped axis over the axes that Vmap was given for it, or leaves it to the compiler.
func (o shardingConstraint) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	axes := c.SpmdAxes()
	checkSpmd(c, o.Sharding.Mesh, axes, o.Sharding.Spec)
	o.Sharding.Spec = o.Sharding.Spec.Insert(d[0], ir.Dim{Axes: axes, Open: len(axes) == 0})
	return trace.Bind(o, x...), d
}

func (o shardingConstraint) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvpLinear(c, x, t)
}

func (o shardingConstraint) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}

// checkSpmd refuses axes over which the mapped axis is to be cut: those that m lacks, or that the specs name already,
// and those that do not divide its size.
func checkSpmd(c trace.BatchCtx, m *ir.Mesh, axes []string, specs ...ir.Spec) {
	const op = "gojax.SPMDAxisName"
	for _, a := range axes {
		if m.AxisSize(a) == 0 {
			trace.Fail(op, nil, "%v has no axis %q", m, a)
		}
		for _, s := range specs {
			if slices.Contains(s.Names(), a) {
				trace.Fail(op, nil, "the axis %q cuts a mapped array already, as %v says; map over another axis of "+
					"the mesh, or leave the option out", a, s)
			}
		}
	}
	if n := m.SizeOf(axes); c.AxisSize()%n != 0 {
		trace.Fail(op, nil, "the mapped axis, of size %d, cannot be cut into %d equal parts over %q", c.AxisSize(), n,
			axes)
	}
}
