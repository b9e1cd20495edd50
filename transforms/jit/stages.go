package jit

import (
	"fmt"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/trace"
)

// A program with equations that can be divided (trace.Divisible) is run in stages: each such equation in parts, on as
// many cores as there are, and what is before, between and after them as programs.

// stages are how a program is run in several steps. Values have numbers: first the inputs, then the results of one
// stage after the other.
type stages struct {
	list   []stage
	values int
	out    []int // what the program returns
}

// stage is one step: a program, or parts.
type stage struct {
	e     *exe // nil: parts
	parts []pjrt.Part
	axes  pjrt.Axes
	in    []operand
	out   int // how many values it makes
}

// operand is a value by its number, or a literal.
type operand struct {
	number int
	lit    *trace.Value
}

// divide makes the stages of o's program, nil where it is run as it is: it has nothing to divide, is for another
// platform than the CPU, or calls Go functions, which see more than the results.
func (s *space) divide(o spec) (st *stages, how pjrt.Source) {
	p := o.p
	if o.whole || s.client.Platform() != "cpu" || p.Effects() || p.CallsHost() != ir.NoHostCalls {
		return nil, how
	}
	if hi, sizes := nextStage(p.Eqns); sizes == nil && hi == len(p.Eqns) {
		return nil, how
	}
	st, how = &stages{}, pjrt.CacheHit
	number := map[ir.Value]int{}
	add := func(one stage, from pjrt.Source, in []ir.Value, out []ir.Value) {
		for _, v := range in {
			x := operand{number: -1}
			if l, ok := v.(ir.Lit); ok {
				x.lit = trace.FromLit(l)
			} else {
				x.number = number[v]
			}
			one.in = append(one.in, x)
		}
		for i, v := range out {
			number[v] = st.values + i
		}
		one.out = len(out)
		st.list, st.values = append(st.list, one), st.values+len(out)
		if from != pjrt.CacheHit {
			how = from
		}
	}
	program := func(eqns []ir.Eqn, out []ir.Value) {
		q := section(eqns, out)
		e, from := s.build(spec{p: q, op: o.op, name: o.name, src: o.src, dev: o.dev, whole: true})
		add(stage{e: e}, from, values(q.In), out)
	}
	for i, v := range p.In {
		number[v] = i
	}
	st.values = len(p.In)
	for eqns := p.Eqns; len(eqns) > 0; {
		n, sizes := nextStage(eqns)
		if sizes == nil {
			program(eqns[:n], needed(eqns[:n], eqns[n:], p.Out))
		} else {
			one, from := s.partsOf(o, eqns[0].Op.(trace.Divisible), sizes)
			add(one, from, eqns[0].In, values(eqns[0].Out))
		}
		eqns = eqns[n:]
	}
	// What is no result of a stage, or is returned twice, is copied.
	var copied []ir.Value
	returned := map[int]bool{}
	for _, v := range p.Out {
		n, ok := number[v]
		if !ok || n < len(p.In) || returned[n] {
			n = st.values + len(copied)
			copied = append(copied, v)
		}
		returned[n] = true
		st.out = append(st.out, n)
	}
	if copied != nil {
		program(nil, copied)
	}
	return st, how
}

// nextStage is how many of eqns the next stage has: one that is divided into parts of those sizes, or all before it.
func nextStage(eqns []ir.Eqn) (n int, sizes []int) {
	for i := range eqns {
		d, ok := eqns[i].Op.(trace.Divisible)
		if !ok {
			continue
		}
		if sizes = d.Parts(pjrt.Threads()); sizes == nil {
			continue
		}
		if i > 0 {
			return i, nil
		}
		return 1, sizes
	}
	return len(eqns), nil
}

// needed is what eqns compute and rest or out uses.
func needed(eqns, rest []ir.Eqn, out []ir.Value) (need []ir.Value) {
	used := map[ir.Value]bool{}
	mark := func(vs []ir.Value) {
		for _, v := range vs {
			used[v] = true
		}
	}
	for i := range rest {
		mark(rest[i].In)
	}
	mark(out)
	for i := range eqns {
		for _, v := range eqns[i].Out {
			if used[v] {
				need = append(need, v)
			}
		}
	}
	return need
}

// section is the program of eqns that returns out. What they do not define are its inputs.
func section(eqns []ir.Eqn, out []ir.Value) *ir.Program {
	p := &ir.Program{Eqns: eqns, Out: out}
	known := map[ir.Value]bool{}
	use := func(vs []ir.Value) {
		for _, v := range vs {
			if w, ok := v.(*ir.Var); ok && !known[v] {
				known[v] = true
				p.In = append(p.In, w)
			}
		}
	}
	for i := range eqns {
		use(eqns[i].In)
		for _, v := range eqns[i].Out {
			known[v] = true
		}
	}
	use(out)
	return p
}

func values(vars []*ir.Var) []ir.Value {
	v := make([]ir.Value, len(vars))
	for i := range vars {
		v[i] = vars[i]
	}
	return v
}

// partsOf compiles the parts of op, which have the given sizes: one program a size.
func (s *space) partsOf(o spec, op trace.Divisible, sizes []int) (one stage, how pjrt.Source) {
	how = pjrt.CacheHit
	one.axes.In, one.axes.Out = op.Axes()
	client, err := s.client.Cores()
	if err != nil {
		panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src, err))
	}
	made, at := map[int]pjrt.Part{}, 0
	for _, n := range sizes {
		part, ok := made[n]
		if !ok {
			var from pjrt.Source
			var calls bool
			part.X, calls, from = s.compileText(o, client, optimise(op.Part(n)), nil, pjrt.CompileOptions{})
			if part.Kernels = calls && kernels.RoutinesInGo(); from != pjrt.CacheHit {
				how = from
			}
			made[n] = part
		}
		part.From, part.To = at, at+n
		one.parts, at = append(one.parts, part), at+n
	}
	return one, how
}

// compileText compiles p for o with a client, and tells whether it has custom calls.
func (s *space) compileText(o spec, client *pjrt.Client, p *ir.Program, donate []bool,
	copts pjrt.CompileOptions) (x *pjrt.Executable, calls bool, how pjrt.Source) {
	platform := client.Platform()
	opts := lower.Options{Platform: platform, HasKernel: hasKernel(platform), Donate: donate}
	if o.over != nil {
		opts.Mesh, opts.In, opts.Out = o.over.mesh, o.over.in, o.over.out
		opts.Place = PlacesOf(o.over.mesh)[0]
	}
	// Without names and lines the text is the program alone: that is what the disk cache knows it by.
	span := trace.BeginSpan()
	module := lower.Text(p, opts)
	span.End(trace.SpanLower, o.name, o.src, 0)
	if platform == "cpu" {
		copts.Effort = efforts[module.Plain]
	}
	span = trace.BeginSpan()
	text := func() []byte {
		l := opts
		l.Locations, l.Name = true, o.name
		return lower.Text(p, l).Text
	}
	x, how, err := client.CompileCached(func() []byte { return module.Text }, text, copts)
	if err != nil {
		panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src,
			fmt.Errorf("compiling for %s failed: %w", o.place(), err)))
	}
	kind := trace.SpanCompile
	if how == pjrt.CacheHit {
		kind = trace.SpanLoad
	}
	span.End(kind, o.name, o.src, 0)
	return x, module.CustomCalls, how
}

// efforts are what plain modules are compiled with.
var efforts = map[lower.Plain]pjrt.Effort{
	lower.PlainLoop: pjrt.LoneEffort, lower.PlainSmall: pjrt.LeastEffort,
}

// runStages runs e in its stages.
func (e *exe) runStages(d *pjrt.Device, in, out []*pjrt.Buffer) error {
	if err := e.stages.run(d, in, out); err != nil {
		return err
	}
	e.giveUp(in)
	return nil
}

// run runs the stages on in, which is on d, and puts the results into out.
func (st *stages) run(d *pjrt.Device, in, out []*pjrt.Buffer) (err error) {
	all := make([]*pjrt.Buffer, len(in), st.values)
	copy(all, in)
	defer func() {
		if err == nil {
			for i, n := range st.out {
				out[i], all[n] = all[n], nil
			}
		}
		for _, b := range all[len(in):] { // what only stages needed, or all that there is if one has failed
			if b != nil {
				b.Delete()
			}
		}
	}()
	for i := range st.list {
		one := &st.list[i]
		x := make([]*pjrt.Buffer, len(one.in))
		for j, v := range one.in {
			if v.lit == nil {
				x[j] = all[v.number]
			} else if x[j], err = scalarOn(v.lit, d, false); err != nil {
				return err
			}
		}
		y := make([]*pjrt.Buffer, one.out)
		if one.e != nil {
			err = one.e.launch(d, x, y)
		} else {
			err = d.Client().ExecuteParts(d, one.parts, one.axes, x, y)
		}
		if err != nil {
			return err
		}
		all = append(all, y...)
	}
	return nil
}
