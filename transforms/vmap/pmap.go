package vmap

import (
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// unnamed is what the axis of Pmap is called that has no name.
const unnamed = "pmap"

// Pmap is f mapped, each element on a device of its own. devices are the numbers of those that there are, of one
// platform. See gojax.Pmap.
func Pmap[F any](f F, opts []Option, devices func() (platform string, ids []int)) F {
	m := newMapped(trace.FunctionOf("gojax.Pmap", f), opts)
	if m.o.Cores || m.o.Spmd != nil {
		trace.Fail(m.f.Op, nil, "OverCores and SPMDAxisName are options of gojax.Vmap: Pmap has a device for each "+
			"element")
	}
	m.run = func(c *call, f func(x []*trace.Value) []*trace.Value,
		want func(y []*trace.Value) ([]int, []string)) []*trace.Value {
		if over := m.o.Mesh; over != nil {
			return c.overMesh(c.mesh(over.Platform, nil, over.Devices), f, want)
		}
		platform, ids := devices()
		return c.overMesh(c.mesh(platform, ids, m.o.Devices), f, want)
	}
	return m.f.Make(func(args []reflect.Value) []reflect.Value { return m.call(args) }).Interface().(F)
}

// mesh has a device for each element: those asked for, or the first of the ids that there are.
func (c *call) mesh(platform string, ids, asked []int) *ir.Mesh {
	switch {
	case c.size == 0:
		trace.Fail(c.op, nil, "the mapped axis has size 0, and no device is left to run; gojax.Vmap maps empty arrays")
	case asked != nil && c.size != len(asked):
		trace.Fail(c.op, nil, "the mapped axis has size %d, and the option gives %d devices: every element needs one "+
			"of its own", c.size, len(asked))
	case asked != nil:
		ids = asked
	case c.size > len(ids):
		trace.Fail(c.op, nil, "the mapped axis has size %d, and there are %d devices: every element needs one of its "+
			"own. gojax.Vmap maps any number on one device; GOJAX_NUM_CPU_DEVICES=%d, set before the program starts, "+
			"divides the CPU", c.size, len(ids), c.size)
	default:
		ids = ids[:c.size]
	}
	name := c.name
	if name == "" {
		name = unnamed
	}
	ops.NotOpen(c.op, []string{name})
	m, err := ir.NewMesh(platform, []int{c.size}, []string{name}, ids)
	trace.Must(err, c.op, nil)
	return m
}

// overMesh computes each element on a device of m: on blocks of size 1 along the mapped axis.
func (c *call) overMesh(m *ir.Mesh, f func(x []*trace.Value) []*trace.Value,
	want func(y []*trace.Value) ([]int, []string)) []*trace.Value {
	blocks, in := trace.Avals(c.x), cut(m, c.axes)
	for i, a := range c.axes {
		if a != None {
			shape := slices.Clone(blocks[i].Shape)
			shape[a] = 1
			blocks[i] = blocks[i].With(shape)
		}
	}
	var out []ir.Spec
	var p *ir.Program
	var captured []*trace.Value
	trace.WithMesh(m, m.Names, func() {
		p, captured = trace.Trace(c.op, blocks, func(x []*trace.Value) []*trace.Value {
			x = slices.Clone(x)
			for i, a := range c.axes {
				if a != None {
					x[i] = ops.Squeeze(x[i], []int{a})
				}
			}
			y := slices.Clone(f(x))
			axes, _ := want(y)
			for i, a := range axes {
				if a != None {
					y[i] = ops.ExpandDims(y[i], []int{a})
				}
			}
			out = cut(m, axes)
			return y
		})
	})
	return ops.OverMesh(c.op, m, m.Names, in, out, p, append(slices.Clip(c.x), captured...))
}

// cut are specs that cut arrays along these axes, of which None is none, over the axis of m.
func cut(m *ir.Mesh, axes []int) []ir.Spec {
	specs := make([]ir.Spec, len(axes))
	for i, a := range axes {
		if a != None {
			specs[i] = ir.Spec{}.Insert(a, ir.Dim{Axes: m.Names})
		}
	}
	return specs
}
