package vmap

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// None, in a list of axes, is an input or output that is not mapped.
const None = trace.NotMapped

// Program maps p over an axis of the given size: in[i] is where input i has it, or None. Output i has it at out[i], or is None;
// with a nil out, outputs have it where it falls. The second result is where each output has it. An output that is mapped
// but wanted as None is an error at the user's line; one that is not mapped but wanted so is broadcast. what names the function
// in messages.
func Program(p *ir.Program, size int, in, out []int, what string) (*ir.Program, []int) {
	return program(p, axis{size: size}, in, out, what, func(i int) string { return fmt.Sprintf("output %d", i) })
}

// axis is a mapped axis.
type axis struct {
	size int
	name string // by which collective operations know it, "" if none do
}

func program(p *ir.Program, m axis, in, out []int, what string, name func(i int) string) (*ir.Program, []int) {
	types := p.InTypes()
	for i := range types {
		types[i] = mappedType(types[i], m.size, in[i])
	}
	var at []int
	q, captured := trace.Trace(what, types, func(x []*trace.Value) []*trace.Value {
		var y []*trace.Value
		y, at = run(p, m, x, in)
		if out != nil {
			y, at = placeAll(y, at, out, m.size, name), out
		}
		return y
	})
	if len(captured) > 0 {
		panic("vmap: a batching rule used a value from outside its operands")
	}
	return q, at
}

func mappedType(t ir.Aval, size, axis int) ir.Aval {
	if axis == None {
		return t
	}
	shape := make([]int, 0, len(t.Shape)+1)
	shape = append(append(append(shape, t.Shape[:axis]...), size), t.Shape[axis:]...)
	return t.With(shape)
}

// Run writes the mapped equations of p in the trace that is open here, or that x belong to. x are the inputs with their
// mapped axis at d; the results have it where it falls.
func Run(p *ir.Program, size int, x []*trace.Value, d []int) ([]*trace.Value, []int) {
	return run(p, axis{size: size}, x, d)
}

func run(p *ir.Program, m axis, x []*trace.Value, d []int) ([]*trace.Value, []int) {
	at := make(map[*trace.Value]int, len(p.Eqns)+len(x))
	for i, v := range x {
		if k, ok := at[v]; ok && k != d[i] { // one Value in two roles, say an argument that the function also captures
			q, dims := program(p, m, d, nil, "Vmap", nil)
			return trace.Inline(q, x), dims
		}
		at[v] = d[i]
	}
	c := &ctx{axis: m}
	y := trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		mapped, dims := false, make([]int, len(x))
		for i, v := range x {
			k, ok := at[v]
			if !ok {
				k = None
			}
			dims[i] = k
			mapped = mapped || k != None
		}
		if !mapped && (m.name == "" || !trace.UsesAxis(e.Op, m.name)) {
			return trace.Bind(e.Op, x...)
		}
		r, ok := e.Op.(trace.Batcher)
		if !ok {
			trace.Fail(e.Op.Name(), trace.Avals(x), "this operation has no batching rule, so it cannot be used under Vmap")
		}
		c.op = e.Op
		y, yd := r.Batch(c, x, dims)
		if len(y) != len(e.Out) {
			trace.Fail(e.Op.Name(), trace.Avals(x), "its batching rule returns %d outputs, not %d: this is a fault of gojax", len(y), len(e.Out))
		}
		for i, v := range y {
			if want := mappedType(e.Out[i].Ty, m.size, yd[i]); !want.SameType(v.Aval()) {
				trace.Fail(e.Op.Name(), trace.Avals(x), "its batching rule returns %v for output %d, want %v: this is a fault of gojax", v.Aval(), i, want)
			}
			if k, ok := at[v]; ok && k != yd[i] { // the rule returns an operand, with its axis taken for another
				v = v.Alias()
				y[i] = v
			}
			if yd[i] != None {
				at[v] = yd[i]
			}
		}
		return y
	})
	dims := make([]int, len(y))
	for i, v := range y {
		k, ok := at[v]
		if !ok {
			k = None
		}
		dims[i] = k
	}
	return y, dims
}

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
		trace.Fail("Vmap", []ir.Aval{y.Aval()}, "%s is mapped, but the out axes say it is not; give it an axis, or reduce over the mapped values outside", name())
	case at == None:
		shape := mappedType(y.Aval(), size, want).Shape
		dims := make([]int, 0, y.Rank())
		for i := range shape {
			if i != want {
				dims = append(dims, i)
			}
		}
		return ops.BroadcastInDim(y, shape, dims)
	}
	perm := make([]int, 0, y.Rank())
	for i := range y.Rank() {
		if i != at {
			perm = append(perm, i)
		}
	}
	perm = append(perm, 0)
	copy(perm[want+1:], perm[want:])
	perm[want] = at
	return ops.Transpose(y, perm)
}

// ctx serves the rules of the equations of one program.
type ctx struct {
	axis
	op ir.Op
}

func (c *ctx) AxisSize() int { return c.size }

func (c *ctx) AxisName() string { return c.name }

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
	q, captured := trace.Trace("Vmap", types, func(x []*trace.Value) []*trace.Value {
		y, at := run(p, c.axis, x, d)
		for i := range y {
			if mapped[i] = at[i] != None || forceOut != nil && forceOut[i]; mapped[i] {
				y[i] = place(y[i], at[i], 0, c.size, nil)
			}
		}
		return y
	})
	if len(captured) > 0 {
		panic("vmap: a batching rule used a value from outside its operands")
	}
	return q, mapped
}

func (c *ctx) ProgramAt(p *ir.Program, d []int) (*ir.Program, []int) {
	return program(p, c.axis, d, nil, "Vmap", nil)
}
