package lower

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// emitter writes for one equation.
type emitter struct {
	m   *module
	eqn *ir.Eqn
	out []ir.Aval
	p   *ir.Program // of eqn
	env map[*ir.Var]trace.Operand
}

var _ trace.Emitter = (*emitter)(nil)

func (e *emitter) Op(name string, x []trace.Operand, attrs string, out ...ir.Aval) []trace.Operand {
	return e.OpRegions(name, x, attrs, nil, out...)
}

func (e *emitter) OpRegions(name string, x []trace.Operand, attrs string, regions []trace.Region,
	out ...ir.Aval) []trace.Operand {
	m := e.m
	r := m.operands(len(out))
	w := m.w
	for i, t := range out {
		r[i] = trace.Operand{ID: m.n, Aval: t}
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendID(w, m.n)
		m.n++
	}
	if len(out) > 0 {
		w = append(w, " = "...)
	}
	if name == "stablehlo.custom_call" {
		m.customCalls = true
	}
	m.weight.add(name, x, r)
	w = append(append(append(w, '"'), name...), `"(`...)
	w = appendIDs(w, x)
	if len(regions) > 0 {
		w = append(w[:len(w)-1], ") ("...)
		for i, g := range regions {
			if i > 0 {
				w = append(w, ", "...)
			}
			w = append(append(append(w, "{\n"...), g.Text...), '}')
		}
		w = append(w, ')')
	}
	if attrs != "" {
		w = append(append(append(w, " {"...), attrs...), '}')
	}
	m.w = m.appendTail(w, x, r)
	return r
}

func (e *emitter) Region(in []ir.Aval, body func(args []trace.Operand) []trace.Operand) trace.Region {
	m := e.m
	eqn, out := e.eqn, e.out
	oldW, oldLits, oldSplats := m.w, m.lits, m.splats
	// Constants are written anew in a region: those written in it are not seen outside, and XLA wants a region that
	// reduces or compares to stand by itself.
	m.w, m.lits, m.splats = nil, nil, nil
	args := m.operands(len(in))
	if len(in) > 0 {
		w := append(m.w, "^bb0("...)
		for i, t := range in {
			args[i] = trace.Operand{ID: m.n, Aval: t}
			m.n++
			if i > 0 {
				w = append(w, ", "...)
			}
			w = append(appendID(w, args[i].ID), ": "...)
			w = appendType(w, t)
		}
		m.w = append(w, "):\n"...)
	}
	y := body(args)
	e.eqn, e.out = eqn, out
	e.Op("stablehlo.return", y, "")
	text := m.w
	m.w, m.lits, m.splats = oldW, oldLits, oldSplats
	return trace.Region{Text: text}
}

func (e *emitter) Const(l ir.Lit, shape []int) trace.Operand { return e.m.constant(l, shape) }

func (e *emitter) Dense(elems []ir.Lit, d ir.DType, shape []int) trace.Operand {
	return e.m.dense(elems, d, shape)
}

func (e *emitter) Call(p *ir.Program, name string, x []trace.Operand) []trace.Operand {
	if len(p.Out) == 0 && !p.Effects() {
		return nil
	}
	if e.m.manual != nil { // the function would be known to other regions too, where its axes mean something else
		return e.m.run(p, x)
	}
	return e.m.call(p, name, x)
}

func (e *emitter) Inline(p *ir.Program, x []trace.Operand) []trace.Operand { return e.m.run(p, x) }

func (e *emitter) Out() []ir.Aval {
	if e.out == nil {
		e.out = make([]ir.Aval, len(e.eqn.Out))
		for i, o := range e.eqn.Out {
			e.out[i] = o.Ty
		}
	}
	return e.out
}

func (e *emitter) Maker(x trace.Operand) (ir.Op, []trace.Operand) {
	for i := range e.p.Eqns {
		q := &e.p.Eqns[i]
		if q == e.eqn {
			break
		}
		if len(q.Out) != 1 || e.env[q.Out[0]].ID != x.ID {
			continue
		}
		in := make([]trace.Operand, len(q.In))
		for j, v := range q.In {
			in[j] = e.m.value(e.env, v)
		}
		return q.Op, in
	}
	return nil, nil
}

func (e *emitter) Users() (users []ir.Op) {
	y := e.eqn.Out[0]
	for i := range e.p.Eqns {
		if q := &e.p.Eqns[i]; slices.Contains(q.In, ir.Value(y)) {
			users = append(users, q.Op)
		}
	}
	if slices.Contains(e.p.Out, ir.Value(y)) {
		users = append(users, nil)
	}
	return users
}

func (e *emitter) Input(x trace.Operand) bool {
	return e.p == e.m.p && slices.ContainsFunc(e.p.In, func(v *ir.Var) bool { return e.env[v].ID == x.ID })
}

func (e *emitter) Alone() bool {
	o := &e.m.o
	return e.p == e.m.p && len(e.p.Out) == 1 && len(e.eqn.Out) == 1 && e.p.Out[0] == e.eqn.Out[0] && o.Mesh == nil &&
		!slices.Contains(o.Donate, true)
}

func (e *emitter) SmallLoops(bytes int) { e.m.smallLoops = max(e.m.smallLoops, bytes) }

func (e *emitter) Loop(write func()) {
	e.m.loops++
	defer func() { e.m.loops-- }()
	write()
}

func (e *emitter) InLoop() bool { return e.m.loops > 0 }

func (e *emitter) Platform() string { return e.m.o.Platform }

func (e *emitter) HasKernel(name string) bool { return e.m.o.HasKernel != nil && e.m.o.HasKernel(name) }
