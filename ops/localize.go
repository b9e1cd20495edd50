package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// A program over a mesh of processes is run by each of them on its own blocks: there is no partitioner between
// processes. What a function under ShardMap does is written for blocks already. Around it, operations that work element
// by element do so on blocks, and for all others every process gathers the whole operands.

// localMap is Body, on this process's blocks, where the axes of Mesh are open.
type localMap struct {
	Mesh *ir.Mesh
	body
}

func (localMap) Name() string { return "local_map" }

func (o localMap) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return o.infer("the function on blocks", in)
}

func (o localMap) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.ManualRegion(o.Mesh, o.Mesh.Names, nil, nil, o.Body, x)
}

func (o localMap) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return o.sequence(order, func(p *ir.Program) ir.Op { return localMap{o.Mesh, body{p}} })
}

// Localize is p as one process of a mesh runs it, on the blocks of its inputs, which are cut as in says, and how its
// results are cut: as asked, where that is not nil.
func Localize(m *ir.Mesh, p *ir.Program, in []ir.Sharding, asked []*ir.Spec) (q *ir.Program, out []ir.Sharding) {
	types := make([]ir.Aval, len(in))
	for i, v := range p.In {
		shape, err := in[i].ShardShape(v.Ty.Shape)
		trace.Must(err, "", p.InTypes())
		types[i] = v.Ty.With(shape)
	}
	q, _ = trace.Trace("blocks", types, func(x []*Value) []*Value {
		l := localizer{}
		for i, v := range x {
			l.set(v, in[i])
		}
		y := slices.Clone(trace.Replay(p, x, l.rule))
		out = make([]ir.Sharding, len(y))
		for i, v := range y {
			if asked[i] != nil {
				y[i] = l.to(v, ir.Sharding{Mesh: m, Spec: *asked[i]})
			}
			if out[i] = l[y[i]]; out[i].Mesh == nil {
				out[i].Mesh = m
			}
		}
		return y
	})
	return q, out
}

// localizer knows which values are blocks, and of what. All others are whole.
type localizer map[*Value]ir.Sharding

func (l localizer) set(v *Value, s ir.Sharding) {
	if s.Mesh != nil && !s.Replicated() {
		l[v] = s
	}
}

// rule is an equation of the program on blocks.
func (l localizer) rule(e *ir.Eqn, x []*Value) []*Value {
	x = slices.Clone(x)
	switch o := e.Op.(type) {
	case shardMap:
		for i, v := range x {
			x[i] = l.to(v, ir.Sharding{Mesh: o.Mesh, Spec: o.In[i]})
		}
		y := trace.Bind(localMap{o.Mesh, body{o.Body}}, x...)
		for i, v := range y {
			l.set(v, ir.Sharding{Mesh: o.Mesh, Spec: o.Out[i]})
		}
		return y
	case shardingConstraint:
		return []*Value{l.to(x[0], o.Sharding)}
	case call:
		return trace.Replay(o.Body, x, l.rule)
	case customJVP:
		return trace.Replay(o.Body, x, l.rule)
	case customVJP:
		return trace.Replay(o.Body, x, l.rule)
	case checkpoint:
		return trace.Replay(o.Body, x, l.rule)
	case trace.PerElement:
		return l.perElement(e, x)
	}
	for i, v := range x {
		x[i] = l.whole(v)
	}
	return trace.Bind(e.Op, x...)
}

// perElement has all operands cut as the first that is a block.
func (l localizer) perElement(e *ir.Eqn, x []*Value) []*Value {
	i := slices.IndexFunc(x, func(v *Value) bool { return l[v].Mesh != nil })
	if i < 0 {
		return trace.Bind(e.Op, x...)
	}
	s, shape := l[x[i]], e.In[i].Aval().Shape
	for k, v := range x {
		if slices.Equal(e.In[k].Aval().Shape, shape) {
			x[k] = l.to(v, s)
		}
	}
	y := trace.Bind(e.Op, x...)
	for _, v := range y {
		l.set(v, s)
	}
	return y
}

func (l localizer) whole(v *Value) *Value {
	if s := l[v]; s.Mesh != nil {
		return l.to(v, ir.Sharding{Mesh: s.Mesh})
	}
	return v
}

// to is v cut as s says.
func (l localizer) to(v *Value, s ir.Sharding) *Value {
	have := l[v]
	if have.Mesh == nil {
		have.Mesh = s.Mesh
	}
	if have.Equivalent(s, v.Rank()) {
		return v
	}
	if !have.Mesh.Equal(s.Mesh) {
		v, have = l.whole(v), ir.Sharding{Mesh: s.Mesh}
	}
	var p *ir.Program
	trace.WithMesh(s.Mesh, s.Mesh.Names, func() {
		p, _ = trace.Trace("blocks", trace.Avals([]*Value{v}), func(x []*Value) []*Value {
			return []*Value{recut(s.Mesh, x[0], have.Spec, s.Spec)}
		})
	})
	y := trace.Bind(localMap{s.Mesh, body{p}}, v)[0]
	l.set(y, s)
	return y
}

// recut is v, which is cut over m as one spec says, cut as another says.
func recut(m *ir.Mesh, v *Value, have, want ir.Spec) *Value {
	across := func(axes []string) Across {
		a := Across{Axes: axes}
		for _, name := range axes {
			a.Sizes = append(a.Sizes, m.AxisSize(name))
		}
		return a
	}
	stays := func(d int) bool { return slices.Equal(have.At(d).Axes, want.At(d).Axes) }
	for d := range v.Rank() {
		if axes := have.At(d).Axes; len(axes) > 0 && !stays(d) {
			v = AllGather("", v, across(axes), d, true)
		}
	}
	for d := range v.Rank() {
		if axes := want.At(d).Axes; len(axes) > 0 && !stays(d) {
			n := v.Shape()[d] / m.SizeOf(axes)
			at := AxisIndex(across(axes))
			v = DynamicSliceInDim(v, Mul(at, FullLike(at, float64(n))), n, d)
		}
	}
	return v
}

// whole is o as a program that takes and returns whole arrays, in each process.
func (o shardMap) whole() *ir.Program {
	p, _ := trace.Trace("shard_map", o.wholeTypes(), func(x []*Value) []*Value {
		l := localizer{}
		y := slices.Clone(l.rule(&ir.Eqn{Op: o}, x))
		for i, v := range y {
			y[i] = l.whole(v)
		}
		return y
	})
	return p
}

// wholeTypes are the types of o's operands.
func (o shardMap) wholeTypes() []ir.Aval {
	types := o.Body.InTypes()
	for i, t := range types {
		shape := slices.Clone(t.Shape)
		for k, d := range o.In[i] {
			shape[k] *= o.Mesh.SizeOf(d.Axes)
		}
		types[i] = t.With(shape)
	}
	return types
}
