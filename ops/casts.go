package ops

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Where casts are put, and how they go again: see pcast.go.

func (body) UserPrograms()        {}
func (cond) UserPrograms()        {}
func (linearSolve) UserPrograms() {}
func (scan) UserPrograms()        {}
func (shardMap) UserPrograms()    {}
func (while) UserPrograms()       {}

// rebuilt is op, one that holds programs of users, with f of each, which has the same inputs and outputs.
func rebuilt(op ir.Op, f func(p *ir.Program) *ir.Program) ir.Op {
	if o, ok := op.(overCores); ok { // over a mesh, where casts are, it is the call of the whole map
		op = o.call
	}
	o := reflect.New(reflect.TypeOf(op)).Elem()
	o.Set(reflect.ValueOf(op))
	for _, field := range reflect.VisibleFields(o.Type()) {
		if !field.IsExported() {
			continue
		}
		switch v := o.FieldByIndex(field.Index); p := v.Interface().(type) {
		case *ir.Program:
			if p != nil {
				v.Set(reflect.ValueOf(f(p)))
			}
		case []*ir.Program:
			all := slices.Clone(p)
			for i, p := range p {
				all[i] = f(p)
			}
			v.Set(reflect.ValueOf(all))
		}
	}
	return o.Interface().(ir.Op)
}

// Casts is p, which is about to be differentiated, with casts over the axes that CheckVMA asks about here; p itself
// where there are none.
func Casts(p *ir.Program) *ir.Program {
	over := trace.CastAxes()
	if len(over) == 0 {
		return p
	}
	return caster{over, map[*ir.Program]*ir.Program{}}.program(p)
}

// caster puts casts into programs.
type caster struct {
	over []string
	done map[*ir.Program]*ir.Program
}

func (c caster) program(p *ir.Program) *ir.Program {
	if q := c.done[p]; q != nil {
		return q
	}
	q := &ir.Program{In: p.In, Out: p.Out}
	for _, e := range p.Eqns {
		if _, ok := e.Op.(trace.UserPrograms); ok {
			e.Op = rebuilt(e.Op, c.program)
		}
		e.Op, e.In = (&castProgram{c, q, e.Src}).equation(e.Op, e.In)
		q.Eqns = append(q.Eqns, e)
	}
	c.done[p] = q
	return q
}

// castProgram is a program that casts are being put into.
type castProgram struct {
	caster
	p   *ir.Program
	src ir.Src
}

// equation is op on x, with casts of x and within op. Most operations want operands that vary alike.
func (c *castProgram) equation(op ir.Op, x []ir.Value) (ir.Op, []ir.Value) {
	switch o := op.(type) {
	case pcast, pcastSum, call, checkpoint, customVmap, shardMap, while, whileTangent:
		return op, x
	case customVJP: // whose rule may have summed
		out := slices.Clone(x)
		for i := range o.Args {
			out[i] = c.to(x[i], cast{Found: true})
		}
		return o, out
	case scan:
		return c.scan(o, x)
	case cond:
		return c.cond(o, x)
	case linearSolve:
		n := len(o.Solve.Out)
		return o, c.each(o, x, len(x)-n, n)
	}
	return op, c.together(op, x)
}

// to is v, cast as o says; a literal, and what is not differentiated, is itself.
func (c *castProgram) to(v ir.Value, o cast, others ...ir.Value) ir.Value {
	x, ok := v.(*ir.Var)
	if !ok || !x.Ty.DType.IsInexact() {
		return v
	}
	o.Over = c.over
	y := &ir.Var{Ty: x.Ty}
	in := append([]ir.Value{x, x}, others...)
	c.p.Eqns = append(c.p.Eqns, ir.Eqn{Op: pcast{o}, In: in, Out: []*ir.Var{y}, Src: c.src})
	return y
}

// together casts the operands of op to what any of them varies over, and to the axes that op works across.
func (c *castProgram) together(op ir.Op, x []ir.Value) []ir.Value {
	var axes []string
	if u, ok := op.(trace.AxisUser); ok {
		axes = common(c.over, u.AxisNames())
	}
	out := slices.Clone(x)
	for i, v := range x {
		var others []ir.Value
		for _, w := range x {
			if _, ok := w.(*ir.Var); ok && w != v && !slices.Contains(others, w) {
				others = append(others, w)
			}
		}
		if len(others)+len(axes) > 0 {
			out[i] = c.to(v, cast{Axes: axes}, others...)
		}
	}
	return out
}

// each casts the values of x from the n-th on to what the outputs of op on x vary over, in order.
func (c *castProgram) each(op ir.Op, x []ir.Value, n, count int) []ir.Value {
	out := slices.Clone(x)
	for i := range count {
		out[n+i] = c.to(x[n+i], cast{Of: &op, Out: i}, x...)
	}
	return out
}

// outputs is p with outputs cast, the first n of them, as to says.
func (c *castProgram) outputs(p *ir.Program, n int, to func(c *castProgram, i int, v ir.Value) ir.Value) *ir.Program {
	q := &ir.Program{In: p.In, Eqns: slices.Clip(p.Eqns), Out: slices.Clone(p.Out)}
	inner := &castProgram{c.caster, q, c.src}
	for i := range n {
		q.Out[i] = to(inner, i, p.Out[i])
	}
	return q
}

// scan: a carry varies over what it does after the last step from the start.
func (c *castProgram) scan(o scan, x []ir.Value) (ir.Op, []ir.Value) {
	q := o
	_, carry, _ := scanParts(o, o.Body.In)
	q.Body = c.outputs(o.Body, o.Carry, func(c *castProgram, i int, v ir.Value) ir.Value {
		if v == ir.Value(carry[i]) {
			return v
		}
		return c.to(v, cast{}, carry[i])
	})
	return q, c.each(o, x, o.Consts, o.Carry)
}

// cond: what branches are given varies over what chooses among them, and what they return varies alike.
func (c *castProgram) cond(o cond, x []ir.Value) (ir.Op, []ir.Value) {
	q := cond{slices.Clone(o.Branches)}
	var of ir.Op = o
	for k, p := range o.Branches {
		in := []ir.Value{ir.IntLit(0, ir.Int32)} // what chooses is seen to below
		for _, v := range p.In {
			in = append(in, v)
		}
		q.Branches[k] = c.outputs(p, len(p.Out), func(c *castProgram, i int, v ir.Value) ir.Value {
			return c.to(v, cast{Of: &of, Out: i}, in...)
		})
	}
	out := slices.Clone(x)
	if _, ok := x[0].(*ir.Var); ok {
		for i := 1; i < len(x); i++ {
			out[i] = c.to(x[i], cast{}, x[0])
		}
	}
	return q, out
}

// SettleCasts is p, a whole function on blocks, with sums over axes in place of what was left open about the axes of m;
// and over which of these its outputs vary, given the specs of its inputs.
func SettleCasts(m *ir.Mesh, axes []string, in []ir.Spec, p *ir.Program) (q *ir.Program, varying [][]string) {
	s := settler{&trace.VaryWalk{Axes: axes}, m, map[string]*ir.Program{}}
	sets := make([]trace.AxisSet, len(p.In)) // what is captured is the same on all devices
	for i, spec := range in {
		sets[i] = s.Set(spec.Names())
	}
	q, out := s.program(p, sets)
	for _, set := range out {
		varying = append(varying, s.Names(set))
	}
	return q, varying
}

type settler struct {
	*trace.VaryWalk
	mesh *ir.Mesh
	done map[string]*ir.Program // by program and what its inputs vary over: a function that is called twice stays one
}

func (s settler) program(p *ir.Program, in []trace.AxisSet) (*ir.Program, []trace.AxisSet) {
	env := make(map[*ir.Var]trace.AxisSet, len(p.In)+len(p.Eqns))
	for i, v := range p.In {
		env[v] = in[i]
	}
	now := map[*ir.Var]ir.Value{} // what outputs of casts are
	get := func(x []ir.Value) []ir.Value {
		y := slices.Clone(x)
		for i, v := range x {
			if v, ok := v.(*ir.Var); ok && now[v] != nil {
				y[i] = now[v]
			}
		}
		return y
	}
	q := &ir.Program{In: p.In}
	for _, e := range p.Eqns {
		x := trace.SetsOf(env, e.In)
		out, within := s.Eqn(e.Op, len(e.Out), x)
		for i, set := range out {
			env[e.Out[i]] = set
		}
		e.In = get(e.In)
		switch o := e.Op.(type) {
		case pcast:
			if o.Over = s.left(o.Over); len(o.Over) == 0 {
				now[e.Out[0]] = e.In[0]
				continue
			}
			e.Op = o
		case pcastSum:
			e.In[0] = s.sum(q, e, s.Names(o.added(s.VaryWalk, x)))
			if o.Over = s.left(o.Over); len(o.Over) == 0 {
				now[e.Out[0]] = e.In[0]
				continue
			}
			e.Op = o
		case trace.UserPrograms:
			e.Op = rebuilt(e.Op, func(p *ir.Program) *ir.Program { return s.again(p, within[p]) })
		}
		q.Eqns = append(q.Eqns, e)
	}
	q.Out = get(p.Out)
	return q, trace.SetsOf(env, p.Out)
}

// left are the axes of over that are settled later, by a ShardMap around this one.
func (s settler) left(over []string) []string {
	return slices.DeleteFunc(slices.Clone(over), func(a string) bool { return slices.Contains(s.Axes, a) })
}

// sum is the first operand of e, summed over axes.
func (s settler) sum(q *ir.Program, e ir.Eqn, axes []string) ir.Value {
	v := e.In[0]
	if len(axes) == 0 {
		return v
	}
	a := Across{Axes: axes}
	for _, name := range axes {
		a.Sizes = append(a.Sizes, s.mesh.AxisSize(name))
	}
	y := &ir.Var{Ty: v.Aval()}
	q.Eqns = append(q.Eqns, ir.Eqn{Op: preduce{monoidAdd, a}, In: []ir.Value{v}, Out: []*ir.Var{y}, Src: e.Src})
	return y
}

func (s settler) again(p *ir.Program, in []trace.AxisSet) *ir.Program {
	key := fmt.Sprintf("%p %v", p, in)
	q := s.done[key]
	if q == nil {
		q, _ = s.program(p, in)
		s.done[key] = q
	}
	return q
}
