package vmap

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Options are those of one mapped function. In and Out hold a tree prefix of axes for each argument and each result
// (see trace.Def.Prefix; nil: not mapped); a nil In or Out is axis 0 everywhere, and one lone integer holds for all.
type Options struct {
	In, Out []any
	Size    int      // of the mapped axis; Unsized: as the arguments have it
	Name    string   // of the mapped axis, for collective operations; "": none
	Spmd    []string // the axes of a mesh over which the mapped axis is cut
	Cores   bool     // all cores share the elements
	Mesh    *ir.Mesh // whose devices have an element each: for Pmap
	Devices []int    // that have an element each: for Pmap; nil: the first ones
}

// Option changes Options.
type Option = func(*Options)

// Unsized is the Size of options that give none.
const Unsized = -1

// Vmap is f mapped: a function of f's type. It panics with *trace.Error, as every call of the result does, where
// options and function do not fit. See gojax.Vmap.
func Vmap[F any](f F, opts []Option) F {
	m := newMapped(trace.FunctionOf("gojax.Vmap", f), opts)
	if m.o.Devices != nil || m.o.Mesh != nil {
		trace.Fail(m.f.Op, nil, "PmapDevices and PmapMesh are options of gojax.Pmap")
	}
	// The closure is here because errors name the function that holds it.
	return m.f.Make(func(args []reflect.Value) []reflect.Value { return m.call(args) }).Interface().(F)
}

// mapped is a function to be mapped.
type mapped struct {
	f *trace.Function
	o Options
	// run maps f. want tells, once f has returned, where its outputs go and what they are called.
	run func(c *call, f func(x []*trace.Value) []*trace.Value,
		want func(y []*trace.Value) ([]int, []string)) []*trace.Value
}

// newMapped checks what can be checked before the first call.
func newMapped(f *trace.Function, opts []Option) *mapped {
	o := Options{Size: Unsized}
	for i, opt := range opts {
		if opt == nil {
			trace.Fail(f.Op, nil, "option %d is nil", i)
		}
		opt(&o)
	}
	t := f.Type()
	if n := t.NumIn(); o.In != nil && !lone(o.In) && len(o.In) != n && !t.IsVariadic() {
		trace.Fail(f.Op, nil,
			"InAxes has %d entries for %d arguments: give one for each, nil for an argument that is not mapped, or "+
				"one integer for all", len(o.In), n)
	}
	if n := t.NumOut(); o.Out != nil && !lone(o.Out) && len(o.Out) != n {
		trace.Fail(f.Op, nil, "OutAxes has %d entries for %d results: give one for each, or one integer for all",
			len(o.Out), n)
	}
	if o.Size < Unsized {
		trace.Fail(f.Op, nil, "AxisSize(%d): a size is 0 or more", o.Size)
	}
	return &mapped{f: f, o: o, run: (*call).run}
}

// lone reports whether axes is one integer, which stands for every argument or result.
func lone(axes []any) bool {
	return len(axes) == 1 && axes[0] != nil && reflect.ValueOf(axes[0]).CanInt()
}

// call runs the mapped function; args are as reflect.MakeFunc hands them over.
func (m *mapped) call(args []reflect.Value) []reflect.Value {
	in, x := m.f.Flatten(args...)
	m.f.NeedSet(in, trace.ArgName)
	c := call{op: m.f.Op, paths: in.Paths(trace.ArgName), x: x, size: m.o.Size, name: m.o.Name,
		spmd: m.o.Spmd, cores: m.o.Cores}
	c.inAxes(m.specs(len(in)), in)
	var out trace.Trees
	y := m.run(&c, func(x []*trace.Value) (y []*trace.Value) {
		out, y = m.f.Apply(in, x)
		m.f.NeedSet(out, trace.ResultName)
		return y
	}, func(y []*trace.Value) ([]int, []string) {
		names := out.Paths(trace.ResultName)
		specs := m.o.Out
		if lone(specs) {
			specs = slices.Repeat(specs, len(out))
		}
		return c.outAxes(specs, out, y, names), names
	})
	return out.Unflatten(y)
}

// specs lists the axes for each of n parameters. For a variadic function they may be given argument by argument.
func (m *mapped) specs(n int) []any {
	o := m.o.In
	switch {
	case o == nil:
		return nil
	case lone(o):
		return slices.Repeat(o, n)
	case m.f.Type().IsVariadic() && len(o) != n:
		if len(o) < n-1 {
			trace.Fail(m.f.Op, nil,
				"InAxes has %d entries for %d arguments: give one for each, nil for an argument that is not mapped, "+
					"or one integer for all", len(o), n)
		}
		return append(slices.Clone(o[:n-1]), any(o[n-1:]))
	}
	return o
}

// call is one call of a mapped function.
type call struct {
	op    string   // for errors
	paths []string // of the leaves
	x     []*trace.Value
	axes  []int // where each leaf is mapped
	size  int
	name  string
	spmd  []string
	cores bool
}

// inAxes sets axes and size. A nil specs is axis 0 for every leaf.
func (c *call) inAxes(specs []any, defs trace.Trees) {
	c.axes = make([]int, 0, len(c.x))
	k := 0
	for i, d := range defs {
		asked := c.prefix(specs, i, d, trace.ArgName(i), "InAxes")
		for j, e := range d.ElementRanks() {
			c.axes = append(c.axes, c.inAxis(k, asked[j], e))
			k++
		}
	}
	c.setSize()
}

// prefix spreads the axes for one argument or result over its leaves.
func (c *call) prefix(specs []any, i int, d *trace.Def, name, option string) []*int {
	if specs == nil {
		return slices.Repeat([]*int{new(int)}, d.NumLeaves())
	}
	axes, err := d.Prefix(specs[i], name)
	if err != nil {
		trace.Fail(c.op, nil,
			"%s does not fit: %v. Axes are an integer for the whole of %s, nil where it is not mapped, or a slice, "+
				"map or struct of those that has its shape", option, err, name)
	}
	return axes
}

// inAxis is the axis of leaf k counted from 0, checked.
func (c *call) inAxis(k int, asked *int, element int) int {
	if asked == nil {
		return None
	}
	t := c.x[k].Aval()
	rank := t.Rank() - element
	a := *asked
	switch {
	case rank == 0:
		trace.Fail(c.op, []ir.Aval{t},
			"%s is a scalar, so it has no axis %d to map over; leave it unmapped with nil in InAxes", c.paths[k], a)
	case a < -rank || a >= rank:
		trace.Fail(c.op, []ir.Aval{t}, "axis %d of %s is out of range: it has %d axes (%d to %d)", a, c.paths[k], rank,
			-rank, rank-1)
	case a < 0:
		a += rank
	}
	return a
}

func (c *call) setSize() {
	asked := c.size
	same, some := true, false
	for i, a := range c.axes {
		if a == None {
			continue
		}
		n := c.x[i].Shape()[a]
		if c.size == Unsized {
			c.size = n
		}
		same, some = same && n == c.size, true
	}
	if !same {
		var s strings.Builder
		for i, a := range c.axes {
			if a == None {
				continue
			}
			t := c.x[i].Aval()
			fmt.Fprintf(&s, "\n\t%s, %v, over axis %d of size %d", c.paths[i], t, a, t.Shape[a])
		}
		if asked != Unsized {
			trace.Fail(c.op, nil, "AxisSize is %d but an argument has another size:%s", asked, s.String())
		}
		trace.Fail(c.op, nil,
			"mapped axes have different sizes:%s\nMap over axes of one size; leave an argument unmapped with nil in "+
				"InAxes", s.String())
	}
	if !some && c.size == Unsized {
		trace.Fail(c.op, trace.Avals(c.x),
			"no argument is mapped, so the size of the mapped axis is unknown; map one with InAxes, or give AxisSize")
	}
}

// outAxes is where each output is wanted; y are the outputs of one element.
func (c *call) outAxes(specs []any, defs trace.Trees, y []*trace.Value, names []string) []int {
	want := make([]int, 0, len(y))
	for i, d := range defs {
		asked := c.prefix(specs, i, d, trace.ResultName(i), "OutAxes")
		for j, e := range d.ElementRanks() {
			k := len(want)
			want = append(want, c.outAxis(asked[j], y[k].Aval(), e, names[k]))
		}
	}
	return want
}

func (c *call) outAxis(asked *int, t ir.Aval, element int, name string) int {
	if asked == nil {
		return None
	}
	rank, a := t.Rank()-element+1, *asked
	if a < -rank || a >= rank {
		trace.Fail(c.op, []ir.Aval{t},
			"out axis %d of %s is out of range: with the mapped axis it has %d axes (%d to %d)", a, name, rank, -rank,
			rank-1)
	}
	if a < 0 {
		a += rank
	}
	return a
}

// run computes all elements together.
func (c *call) run(f func(x []*trace.Value) []*trace.Value,
	want func(y []*trace.Value) ([]int, []string)) []*trace.Value {
	types := trace.Avals(c.x)
	for i, a := range c.axes {
		if a != None {
			types[i] = types[i].With(slices.Delete(slices.Clone(types[i].Shape), a, a+1))
		}
	}
	var out []int
	var names []string
	var p *ir.Program
	var captured []*trace.Value
	record := func() {
		p, captured = trace.Trace(c.op, types, func(x []*trace.Value) []*trace.Value {
			y := f(x)
			out, names = want(y)
			return y
		})
	}
	if c.name == "" {
		record()
	} else {
		trace.WithAxis(c.name, c.size, record)
	}
	m := axis{size: c.size, name: c.name, spmd: c.spmd}
	x := append(slices.Clone(c.x), captured...)
	axes := c.axes
	for range captured {
		axes = append(axes, None)
	}
	name := func(i int) string { return names[i] }
	if c.cores && !usesAxis(p, c.name) {
		return c.overCores(p, m, x, axes, out, name)
	}
	if trace.AnyTraced(x...) {
		y, at := run(p, m, x, axes)
		return placeAll(y, at, out, c.size, name)
	}
	// A program of its own for each call: its structure, and so its executable, does not depend on data or Go floats.
	q, captured, _ := open(p.DCE(), m, axes, out, "gojax.Vmap", name)
	return trace.TheRuntime().RunNamed(c.op, q.DCE(), slices.Concat(x, captured))
}

// overCores is p, which was recorded of f, mapped on all cores.
func (c *call) overCores(p *ir.Program, m axis, x []*trace.Value, in, out []int,
	name func(i int) string) []*trace.Value {
	p = p.DCE()
	if !trace.AnyTraced(x...) {
		p, x = ops.LiftNumbers(p, x)
		in = append(slices.Clip(in), slices.Repeat([]int{None}, len(x)-len(in))...)
	}
	all, _ := program(p, m, in, out, "gojax.Vmap", name)
	return ops.OverCores(c.op, p, all.DCE(), c.size, in, out, x)
}

// usesAxis reports whether p computes across the axis of that name.
func usesAxis(p *ir.Program, name string) bool {
	return name != "" && slices.ContainsFunc(p.Eqns, func(e ir.Eqn) bool { return trace.UsesAxis(e.Op, name) })
}
