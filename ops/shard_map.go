package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// shardMap runs Body on each device of Mesh, or on each position along its axes Manual, whose other axes are the
// compiler's: on blocks of the operands, cut as In says, to blocks of the results, cut as Out says. What In does not
// cut along an axis every device along it has whole; what Out does not cut must be the same on all of them.
type shardMap struct {
	Mesh    *ir.Mesh
	Manual  []string // in the mesh's order
	In, Out []ir.Spec
	Body    *ir.Program
}

func (shardMap) Name() string              { return "shard_map" }
func (o shardMap) Programs() []*ir.Program { return []*ir.Program{o.Body} }
func (o shardMap) OnMesh() *ir.Mesh        { return o.Mesh }
func (o shardMap) InSpecs() []ir.Spec      { return o.In }
func (o shardMap) spanning(f func())       { trace.WithMesh(o.Mesh, o.Manual, f) }

// ShardMap applies p, a program without captures beyond its inputs, to blocks of x on each device of m along the axes
// manual (none: all axes), cut as in says, and joins its results as out says. p was traced within trace.WithMesh.
func ShardMap(m *ir.Mesh, manual []string, in, out []ir.Spec, p *ir.Program, x []*Value) []*Value {
	const op = "gojax.ShardMap"
	if len(manual) == 0 {
		manual = m.Names
	}
	for _, a := range manual {
		if m.AxisSize(a) == 0 {
			trace.Fail(op, nil, "the manual axis %q is not one of %v", a, m)
		}
	}
	NotOpen(op, manual)
	inOrder := slices.DeleteFunc(slices.Clone(m.Names), func(a string) bool { return !slices.Contains(manual, a) })
	return trace.Bind(shardMap{m, inOrder, in, out, p}, x...)
}

// NotOpen checks that none of the axes, over which the function called op is to run, has the name of one that is open.
func NotOpen(op string, axes []string) {
	for _, a := range axes {
		if _, open := trace.NamedAxis(a); open {
			trace.Fail(op, nil, "an axis named %q is open here already, by a ShardMap, Pmap or Vmap around this one; "+
				"give the axis of the mesh, or the mapped one, another name, or leave it out of gojax.ManualAxes", a)
		}
	}
}

func (o shardMap) with(p *ir.Program, in, out []ir.Spec) ir.Op {
	o.Body, o.In, o.Out = p, in, out
	return o
}

func (o shardMap) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out := o.Body.OutTypes()
	if len(o.In) != len(in) || len(o.Out) != len(out) {
		return nil, fmt.Errorf("has %d specs for %d arguments and %d for %d results", len(o.In), len(in), len(o.Out),
			len(out))
	}
	blocks := slices.Clone(in)
	for i, s := range o.In {
		if err := o.checkSpec(s, in[i].Shape); err != nil {
			return nil, fmt.Errorf("argument %d: %w", i, err)
		}
		shape, err := s.Block(o.Mesh, in[i].Shape)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i, err)
		}
		blocks[i] = in[i].With(shape)
	}
	if err := checkOperands("the function on blocks", o.Body, blocks); err != nil {
		return nil, err
	}
	for i, s := range o.Out {
		if err := o.checkSpec(s, out[i].Shape); err != nil {
			return nil, fmt.Errorf("result %d: %w", i, err)
		}
		shape := slices.Clone(out[i].Shape)
		for k, d := range s {
			shape[k] *= o.Mesh.SizeOf(d.Axes)
		}
		out[i] = out[i].With(shape)
	}
	return out, nil
}

// checkSpec tests a spec of an array of that shape, or of one of its blocks.
func (o shardMap) checkSpec(s ir.Spec, shape []int) error {
	if err := s.Check(o.Mesh); err != nil {
		return err
	}
	if len(s) > len(shape) {
		return fmt.Errorf("%v has %d entries for an array of %d dimensions, %s; a scalar's is P()", s, len(s),
			len(shape), ir.ShapeString(shape))
	}
	for _, d := range s {
		if d.Open {
			return fmt.Errorf("%v leaves a dimension to the compiler; in ShardMap, name its axes or give nil", s)
		}
		for _, a := range d.Axes {
			if !slices.Contains(o.Manual, a) {
				return fmt.Errorf("%v names the axis %q, which is not among the manual axes %q; add it to "+
					"gojax.ManualAxes, or cut the array with lax.WithShardingConstraint", s, a, o.Manual)
			}
		}
	}
	return nil
}

// Lower leaves to the compiler how arrays lie along the other axes.
func (o shardMap) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	in, out := o.In, o.Out
	if len(o.Manual) < len(o.Mesh.Names) {
		in, out = slices.Clone(in), slices.Clone(out)
		for i, v := range x {
			in[i] = opened(in[i], v.Aval.Rank())
		}
		for i, t := range e.Out() {
			out[i] = opened(out[i], t.Rank())
		}
	}
	return e.ManualRegion(o.Mesh, o.Manual, in, out, o.Body, x)
}

// opened is s for an array of so many dimensions, each of which may be cut further.
func opened(s ir.Spec, rank int) ir.Spec {
	r := make(ir.Spec, rank)
	for i := range r {
		r[i] = ir.Dim{Axes: s.At(i).Axes, Open: true}
	}
	return r
}

// used reports whether the blocks, or what is done with them, may differ along the axis. Along others every device does
// the same.
func (o shardMap) used(axis string) bool {
	for _, s := range slices.Concat(o.In, o.Out) {
		if slices.Contains(s.Names(), axis) {
			return true
		}
	}
	return trace.UsesAxis(o, axis)
}

// varying are the axes along which blocks may differ.
func (o shardMap) varying() []string {
	return slices.DeleteFunc(slices.Clone(o.Manual), func(a string) bool { return !o.used(a) })
}

// Batch maps the program on blocks. Where Vmap was given axes of the mesh for the mapped axis, each device along those
// has a part of it, unless it needs the other parts: then it has all.
func (o shardMap) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	axes := c.SpmdAxes()
	checkSpmd(c, o.Mesh, axes, slices.Concat(o.In, o.Out)...)
	var parts, rest []string
	for _, a := range axes {
		switch {
		case !slices.Contains(o.Manual, a):
			rest = append(rest, a)
		case !trace.UsesAxis(o, a) && (c.AxisName() == "" || !trace.UsesAxis(o, c.AxisName())):
			parts = append(parts, a)
		}
	}
	in := slices.Clone(x)
	if len(rest) > 0 {
		for i, v := range x {
			if d[i] != trace.NotMapped {
				s := opened(nil, v.Rank())
				s[d[i]] = ir.Dim{Axes: rest}
				in[i] = one(shardingConstraint{ir.Sharding{Mesh: o.Mesh, Spec: s}}, v)
			}
		}
	}
	var p *ir.Program
	var at []int
	o.spanning(func() { p, at = c.Part(o.Mesh.SizeOf(parts)).ProgramAt(o.Body, d, nil) })
	return trace.Bind(o.with(p, withMapped(o.In, d, parts), withMapped(o.Out, at, parts)), in...), at
}

// withMapped are specs of arrays that have one more axis at d, which is cut over axes.
func withMapped(specs []ir.Spec, d []int, axes []string) []ir.Spec {
	r := slices.Clone(specs)
	for i, at := range d {
		if at != trace.NotMapped {
			r[i] = r[i].Insert(at, ir.Dim{Axes: axes})
		}
	}
	return r
}

// JVP cuts tangents as their values are cut.
func (o shardMap) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	m := mask.NonNil(t)
	var p *ir.Program
	var has []bool
	o.spanning(func() { p, has = c.Program(o.Body, m, nil) })
	q := o.with(p, slices.Concat(o.In, mask.Pick(o.In, m)), slices.Concat(o.Out, mask.Pick(o.Out, has)))
	r := cut(trace.Bind(q, slices.Concat(x, mask.Pick(t, m))...), len(o.Out))
	return r[0], mask.Place(r[1], has)
}

// Split runs each half as a shardMap. Residuals that the known half makes may differ on all devices, so they are joined
// along their first axis; scalars get one.
func (o shardMap) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	isKnown := mask.NonNil(x)
	isUnknown := mask.Not(isKnown)
	var h trace.Halves
	o.spanning(func() { h = c.Program(o.Body, isUnknown, nil, nil) })
	n := h.NumKnown()
	each := ir.Spec{{Axes: o.varying()}}
	outKnown := mask.Pick(o.Out, mask.Not(h.UnknownOut))
	known := o.with(vectorOut(h.Known, n), mask.Pick(o.In, isKnown),
		slices.Concat(outKnown, slices.Repeat([]ir.Spec{each}, len(h.Known.Out)-n)))
	in := make([]ir.Spec, len(h.Residuals))
	for j, i := range h.Residuals {
		if in[j] = each; i != trace.Saved {
			in[j] = o.In[i]
		}
	}
	r := cut(trace.Bind(known, mask.Compact(x)...), n)
	lin = o.with(vectorIn(h.Linear, mask.Of(h.Residuals, func(i int) bool { return i == trace.Saved })),
		slices.Concat(in, mask.Pick(o.In, isUnknown)), mask.Pick(o.Out, h.UnknownOut))
	return mask.Place(r[0], mask.Not(h.UnknownOut)), lin, linearArgs(residuals(h, x, r[1]), x), h.UnknownOut
}

// vectorOut is p, whose scalar results from the n-th on are vectors of one element.
func vectorOut(p *ir.Program, n int) *ir.Program {
	q := &ir.Program{In: p.In, Eqns: slices.Clip(p.Eqns), Out: slices.Clone(p.Out)}
	for i, v := range p.Out {
		if t := v.Aval(); i >= n && t.Rank() == 0 {
			w := &ir.Var{Ty: t.With([]int{1})}
			q.Eqns = append(q.Eqns, ir.Eqn{Op: reshape{w.Ty.Shape}, In: []ir.Value{v}, Out: []*ir.Var{w}})
			q.Out[i] = w
		}
	}
	return q
}

// vectorIn is p, of whose first inputs those that are marked, and scalars, are vectors of one element.
func vectorIn(p *ir.Program, marked []bool) *ir.Program {
	q := &ir.Program{In: slices.Clone(p.In), Out: p.Out}
	for i, is := range marked {
		if v := p.In[i]; is && v.Ty.Rank() == 0 {
			w := &ir.Var{Ty: v.Ty.With([]int{1})}
			q.Eqns = append(q.Eqns, ir.Eqn{Op: reshape{[]int{}}, In: []ir.Value{w}, Out: []*ir.Var{v}})
			q.In[i] = w
		}
	}
	q.Eqns = append(q.Eqns, p.Eqns...)
	return q
}

// Transpose runs the transposed program on blocks of the cotangents. Of a result that is whole along an axis each
// device has its share of the cotangent, and an argument that is whole has the sum of what the devices find; along axes
// where they all do the same, each has and finds all.
func (o shardMap) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	isGiven, hasCt := given(x), mask.NonNil(ct)
	varying := o.varying()
	whole := func(s ir.Spec) []string { // the axes along which each device has the whole array
		return slices.DeleteFunc(slices.Clone(varying), func(a string) bool {
			return o.Mesh.AxisSize(a) == 1 || slices.Contains(s.Names(), a)
		})
	}
	types := mask.Pick(o.Body.InTypes(), isGiven)
	for _, t := range mask.Pick(o.Body.OutTypes(), hasCt) {
		types = append(types, t.Strong())
	}
	var got []bool
	transposed := func(a []*Value) []*Value {
		part := cut(a, mask.Count(isGiven))
		blocks := mask.Place(part[1], hasCt)
		for i, v := range blocks {
			if n := o.Mesh.SizeOf(whole(o.Out[i])); v != nil && n > 1 {
				blocks[i] = Div(v, FullLike(v, float64(n)))
			}
		}
		y := c.Apply(o.Body, linearOperands(o.Body.InTypes(), mask.Place(part[0], isGiven)), blocks)
		for i, v := range y {
			if isGiven[i] {
				y[i] = nil
			} else if axes := whole(o.In[i]); v != nil && len(axes) > 0 {
				y[i] = PSum(v, OpenAxes("gojax.ShardMap", axes, nil))
			}
		}
		got = mask.NonNil(y)
		return mask.Compact(y)
	}
	var p *ir.Program
	var captured []*Value
	o.spanning(func() { p, captured = trace.Trace("Transpose", types, transposed) })
	q := o.with(p, slices.Concat(mask.Pick(o.In, isGiven), mask.Pick(o.Out, hasCt), make([]ir.Spec, len(captured))),
		mask.Pick(o.In, got))
	return mask.Place(trace.Bind(q, slices.Concat(nonlinear(x), mask.Compact(ct), captured)...), got)
}

func (o shardMap) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) {
	p, keptIn := o.Body.DCEOut(used)
	return o.with(p, mask.Pick(o.In, keptIn), mask.Pick(o.Out, used)), keptIn, used
}

// Communicates: over processes, the blocks that they compute are joined, unless localize has seen to that.
func (o shardMap) Communicates() bool { return o.Mesh.OverProcesses() }

// Sequence orders the effects of each device.
func (o shardMap) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	if o.Mesh.OverProcesses() {
		return call{Func: "shard_map", body: body{o.whole()}}.Sequence(order)
	}
	return o.with(orderLast(order, o.Body), append(slices.Clip(o.In), nil), append(slices.Clip(o.Out), nil)), -1,
		len(o.Out)
}

// Keys follows the keys that every device has whole.
func (o shardMap) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	return onlyWhole(w.Run(o.Body, onlyWhole(x, o.In)), o.Out)
}

func onlyWhole(x []trace.Keys, specs []ir.Spec) []trace.Keys {
	r := slices.Clone(x)
	for i := range r {
		if len(specs[i].Names()) > 0 {
			r[i] = trace.Keys{}
		}
	}
	return r
}
