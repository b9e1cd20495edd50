package shard

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Options are those of one function over a mesh.
type Options struct {
	Manual   []string // the axes of the mesh that the function sees; nil: all
	CheckVMA bool     // what all devices compute alike is told from what they do not
}

// Option changes Options.
type Option = func(*Options)

// ShardMap is f, a function of blocks, as a function of whole arrays. in and out are a Spec, or a list with an entry
// for each argument and result, each a tree prefix of Specs (see trace.Spread). It panics with *trace.Error, as every
// call of the result does, where mesh, specs, options and function do not fit. See gojax.ShardMap.
func ShardMap[F any](f F, mesh *ir.Mesh, in, out any, opts []Option) F {
	fn := trace.FunctionOf("gojax.ShardMap", f)
	var o Options
	for i, opt := range opts {
		if opt == nil {
			trace.Fail(fn.Op, nil, "option %d is nil", i)
		}
		opt(&o)
	}
	m := newMapped(fn, mesh, in, out, o)
	return fn.Make(func(args []reflect.Value) []reflect.Value { return m.call(args) }).Interface().(F)
}

// mapped is a function to be run on blocks.
type mapped struct {
	f       *trace.Function
	mesh    *ir.Mesh
	manual  []string // in the order of the mesh
	vma     bool
	in, out []any // a tree prefix of Specs for each argument and result
}

// newMapped checks what can be checked before the first call.
func newMapped(f *trace.Function, mesh *ir.Mesh, in, out any, o Options) *mapped {
	if mesh == nil {
		trace.Fail(f.Op, nil, "the mesh is nil; gojax.NewMesh makes one")
	}
	m := &mapped{f: f, mesh: mesh, manual: mesh.Names, vma: o.CheckVMA}
	for i, a := range o.Manual {
		switch {
		case mesh.AxisSize(a) == 0:
			trace.Fail(f.Op, nil, "ManualAxes names the axis %q, which %v has not", a, mesh)
		case slices.Contains(o.Manual[:i], a):
			trace.Fail(f.Op, nil, "ManualAxes names the axis %q twice", a)
		}
	}
	if o.Manual != nil {
		m.manual = slices.DeleteFunc(slices.Clone(mesh.Names),
			func(a string) bool { return !slices.Contains(o.Manual, a) })
	}
	t := f.Type()
	m.in = m.entries(in, "in", "argument", t.NumIn(), t.IsVariadic())
	m.out = m.entries(out, "out", "result", t.NumOut(), false)
	return m
}

// entries are what ShardMap's argument specs, called name, says of each of n arguments or results, which are called
// what. Those of a variadic parameter may be given one by one.
func (m *mapped) entries(specs any, name, what string, n int, variadic bool) []any {
	if s, ok := specs.(ir.Spec); ok {
		return slices.Repeat([]any{s}, n)
	}
	v := reflect.ValueOf(specs)
	if k := v.Kind(); k != reflect.Slice && k != reflect.Array {
		trace.Fail(m.f.Op, nil, "%s is %T; give a Spec for every %s alike, as gojax.P(\"x\"), or gojax.Specs{...} "+
			"with an entry for each", name, specs, what)
	}
	e := make([]any, v.Len())
	for i := range e {
		e[i] = v.Index(i).Interface()
	}
	switch {
	case len(e) == n:
	case variadic && len(e) >= n-1:
		e = append(slices.Clip(e[:n-1]), any(e[n-1:]))
	default:
		trace.Fail(m.f.Op, nil, "%s has %d entries for %d %ss: give a Spec, or a tree of Specs, for each, or one Spec "+
			"for all", name, len(e), n, what)
	}
	return e
}

// call runs the function; args are as reflect.MakeFunc hands them over.
func (m *mapped) call(args []reflect.Value) []reflect.Value {
	ops.NotOpen(m.f.Op, m.manual)
	in, x := m.f.Flatten(args...)
	m.f.NeedSet(in, trace.ArgName)
	specs := m.specs(m.in, in, x, trace.ArgName, "in")
	blocks := trace.Avals(x)
	for i, path := range in.Paths(trace.ArgName) {
		b, err := specs[i].Block(m.mesh, blocks[i].Shape)
		if err != nil {
			trace.Fail(m.f.Op, trace.Avals(x), "%s: %w", path, err)
		}
		blocks[i] = blocks[i].With(b)
	}
	var out trace.Trees
	var outSpecs []ir.Spec
	var p *ir.Program
	var captured []*trace.Value
	open := trace.WithMesh
	if m.vma {
		open = trace.WithCastMesh
	}
	open(m.mesh, m.manual, func() {
		p, captured = trace.Trace(m.f.Op, blocks, func(x []*trace.Value) (y []*trace.Value) {
			out, y = m.f.Apply(in, x)
			m.f.NeedSet(out, trace.ResultName)
			outSpecs = m.specs(m.out, out, y, trace.ResultName, "out")
			return y
		})
	})
	if len(outSpecs) == 0 {
		trace.Fail(m.f.Op, nil, "the function returns no array")
	}
	if m.vma {
		p = m.checked(p, specs, out.Paths(trace.ResultName), outSpecs)
	}
	x = append(slices.Clip(x), captured...)
	return out.Unflatten(ops.OverMesh(m.f.Op, m.mesh, m.manual, specs, outSpecs, p, x))
}

// specs spreads the prefixes over the leaves x of trees, and checks what holds of arguments and results alike.
func (m *mapped) specs(prefixes []any, trees trace.Trees, x []*trace.Value, name func(i int) string,
	what string) []ir.Spec {
	specs := make([]ir.Spec, 0, len(x))
	paths := trees.Paths(name)
	for i, d := range trees {
		s, err := trace.Spread(d, prefixes[i], name(i), func(v reflect.Value) (ir.Spec, bool) {
			if !v.IsValid() || !v.CanInterface() {
				return nil, false
			}
			s, ok := v.Interface().(ir.Spec)
			return s, ok
		})
		if err != nil {
			trace.Fail(m.f.Op, nil, "%s does not fit: %v. Give a Spec for the whole of %s, as gojax.P(\"x\"), or a "+
				"slice, map or struct of Specs that has its shape", what, err, name(i))
		}
		for j, element := range d.ElementRanks() {
			k := len(specs)
			if err := m.check(s[j], x[k].Aval(), element); err != nil {
				trace.Fail(m.f.Op, []ir.Aval{x[k].Aval()}, "%s: %w", paths[k], err)
			}
			specs = append(specs, s[j])
		}
	}
	return specs
}

// check says what is wrong with the spec of an array whose last dimensions, as many as element, are those of a key.
func (m *mapped) check(s ir.Spec, t ir.Aval, element int) error {
	if err := s.Check(m.mesh); err != nil {
		return err
	}
	if rank := t.Rank() - element; len(s) > rank {
		return fmt.Errorf("%v has %d entries for an array of %d dimensions; a scalar's is P()", s, len(s), rank)
	}
	for _, d := range s {
		if d.Open {
			return fmt.Errorf("%v leaves a dimension Unconstrained, which is for lax.WithShardingConstraint: name an "+
				"axis of the mesh, or give nil", s)
		}
		for _, a := range d.Axes {
			if !slices.Contains(m.manual, a) {
				return fmt.Errorf("%v names the axis %q, which ManualAxes leaves to the compiler: it can name %q", s, a,
					m.manual)
			}
		}
	}
	return nil
}
