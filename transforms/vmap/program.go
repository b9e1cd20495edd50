package vmap

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// None, in a list of axes, is an input or output that is not mapped.
const None = trace.NotMapped

// Program maps p over an axis of the given size: in[i] is where input i has it, or None. Output i has it at out[i], or
// is None; with a nil out, outputs have it where it falls. The second result is where each output has it. An output
// that is mapped but wanted as None is an error at the user's line; one that is not mapped but wanted so is broadcast.
// what names the function in messages.
func Program(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int) {
	return program(p, axis{size: size}, in, out, what, func(i int) string { return fmt.Sprintf("output %d", i) })
}

// axis is a mapped axis.
type axis struct {
	size int
	name string   // by which collective operations know it, "" if none do
	spmd []string // the axes of a mesh over which it is cut
	last bool     // operations that can choose have it last
}

// program is Program where the axis may have a name; name tells what output i is called.
func program(p *ir.Program, m axis, in, out []int, what string, name func(i int) string) (*ir.Program, []int) {
	q, captured, at := open(p, m, in, out, what, name)
	return ops.Closed(q, captured), at
}

// open is program with what rules of the user's own take from outside, appended to the inputs.
func open(
	p *ir.Program, m axis, in, out []int, what string, name func(i int) string,
) (q *ir.Program, captured []*trace.Value, at []int) {
	types := p.InTypes()
	for i := range types {
		types[i] = mappedType(types[i], m.size, in[i])
	}
	q, captured = trace.Trace(what, types, func(x []*trace.Value) []*trace.Value {
		var y []*trace.Value
		y, at = run(p, m, x, in)
		if out != nil {
			y, at = placeAll(y, at, out, m.size, name), out
		}
		return y
	})
	return q, captured, at
}

// mappedType is t with an axis of the given size put in, t itself where axis is None.
func mappedType(t ir.Aval, size, axis int) ir.Aval {
	if axis == None {
		return t
	}
	return t.With(slices.Insert(slices.Clip(t.Shape), axis, size))
}

// run writes the mapped equations of p in the trace that is open here, or that x belong to. x are the inputs with their
// mapped axis at d; the results have it where it falls.
func run(p *ir.Program, m axis, x []*trace.Value, d []int) ([]*trace.Value, []int) {
	at := make(mappedAt, len(p.Eqns)+len(x))
	for i, v := range x {
		if k, ok := at[v]; ok && k != d[i] { // one Value in two roles, say an argument that the function also captures
			q, dims := program(p, m, d, nil, "gojax.Vmap", nil)
			return trace.Inline(q, x), dims
		}
		at[v] = d[i]
	}
	c := &ctx{axis: m}
	y := trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		dims, mapped := at.of(x)
		if !mapped && (m.name == "" || !trace.UsesAxis(e.Op, m.name)) {
			return trace.Bind(e.Op, x...)
		}
		c.op = e.Op
		return at.add(c.batch(e, x, dims))
	})
	dims, _ := at.of(y)
	return y, dims
}

// mappedAt is where values have their mapped axis. Those that are not mapped may be missing.
type mappedAt map[*trace.Value]int

// of lists where x have it; some tells whether one of x is mapped.
func (at mappedAt) of(x []*trace.Value) (dims []int, some bool) {
	dims = make([]int, len(x))
	for i, v := range x {
		k, ok := at[v]
		if !ok {
			k = None
		}
		dims[i] = k
		some = some || k != None
	}
	return dims, some
}

// add notes that y have it at dims. A rule may return an operand with its axis taken for another: that is another Value
// then.
func (at mappedAt) add(y []*trace.Value, dims []int) []*trace.Value {
	for i, v := range y {
		if k, ok := at[v]; ok && k != dims[i] {
			v = v.Alias()
			y[i] = v
		}
		if dims[i] != None {
			at[v] = dims[i]
		}
	}
	return y
}

// placeAll is place for every output.
func placeAll(y []*trace.Value, at, want []int, size int, name func(i int) string) []*trace.Value {
	z := make([]*trace.Value, len(y))
	for i := range y {
		z[i] = place(y[i], at[i], want[i], size, func() string { return name(i) })
	}
	return z
}

// place brings the mapped axis of y from at to want.
func place(y *trace.Value, at, want, size int, name func() string) *trace.Value {
	switch {
	case at == want:
		return y
	case want == None:
		trace.Fail("gojax.Vmap", []ir.Aval{y.Aval()},
			"%s is mapped, but the out axes say it is not; give it an axis, or "+
				"reduce over the mapped values outside", name())
	case at == None:
		dims := make([]int, y.Rank()) // where its axes go
		for i := range dims {
			if dims[i] = i; i >= want {
				dims[i]++
			}
		}
		return ops.BroadcastInDim(y, mappedType(y.Aval(), size, want).Shape, dims)
	}
	perm := make([]int, y.Rank())
	for i := range perm {
		perm[i] = i
	}
	perm = slices.Insert(slices.Delete(perm, at, at+1), want, at)
	return ops.Transpose(y, perm)
}

// ctx serves the rules of the equations of one program.
type ctx struct {
	axis
	op ir.Op
}

// batch applies the rule of e, whose operation is c's.
func (c *ctx) batch(e *ir.Eqn, x []*trace.Value, d []int) ([]*trace.Value, []int) {
	r, ok := e.Op.(trace.Batcher)
	if !ok {
		trace.Fail(e.Op.Name(), trace.Avals(x), "this operation has no batching rule, so it cannot be used under Vmap")
	}
	y, yd := r.Batch(c, x, d)
	if len(y) != len(e.Out) {
		trace.Fail(e.Op.Name(), trace.Avals(x), "its batching rule returns %d outputs, not %d: this is a fault of "+
			"gojax", len(y), len(e.Out))
	}
	for i, v := range y {
		if want := mappedType(e.Out[i].Ty, c.size, yd[i]); !want.SameType(v.Aval()) {
			trace.Fail(e.Op.Name(), trace.Avals(x), "its batching rule returns %v for output %d, want %v: this is a "+
				"fault of gojax", v.Aval(), i, want)
		}
	}
	return y, yd
}

func (c *ctx) AxisSize() int { return c.size }

func (c *ctx) AxisName() string { return c.name }

func (c *ctx) SpmdAxes() []string { return c.spmd }

func (c *ctx) Part(n int) trace.BatchCtx {
	return &ctx{axis: axis{size: c.size / n, name: c.name, last: c.last}, op: c.op}
}

func (c *ctx) Last() trace.BatchCtx {
	m := c.axis
	m.last = true
	return &ctx{axis: m, op: c.op}
}

func (c *ctx) IsLast() bool { return c.last }

func (c *ctx) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

func (c *ctx) Program(p *ir.Program, in, forceOut []bool) (*ir.Program, []bool) {
	types := p.InTypes()
	d := make([]int, len(types))
	for i := range types {
		if d[i] = None; in[i] {
			d[i] = 0
			types[i] = mappedType(types[i], c.size, 0)
		}
	}
	mapped := make([]bool, len(p.Out))
	q, captured := trace.Trace("gojax.Vmap", types, func(x []*trace.Value) []*trace.Value {
		y, at := run(p, c.axis, x, d)
		for i := range y {
			if mapped[i] = at[i] != None || forceOut != nil && forceOut[i]; mapped[i] {
				y[i] = place(y[i], at[i], 0, c.size, nil)
			}
		}
		return y
	})
	return ops.Closed(q, captured), mapped
}

func (c *ctx) ProgramAt(p *ir.Program, in, out []int) (*ir.Program, []int) {
	return program(p, c.axis, in, out, "gojax.Vmap", nil)
}
