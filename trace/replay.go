package trace

import "github.com/gojax/gojax/ir"

// Replay walks p on the operands x, calling rule for each equation in this goroutine's open trace, where equations
// recorded by rule report the line of the equation they come from.
func Replay(p *ir.Program, x []*Value, rule func(e *ir.Eqn, x []*Value) []*Value) []*Value {
	env := make(map[*ir.Var]*Value, len(p.Eqns)+len(p.In))
	for i, v := range p.In {
		env[v] = x[i]
	}
	get := func(v ir.Value) *Value {
		if l, ok := v.(ir.Lit); ok {
			return FromLit(l)
		}
		return env[v.(*ir.Var)]
	}
	at, done := Lines()
	defer done()
	for i := range p.Eqns {
		e := &p.Eqns[i]
		at(e)
		in := make([]*Value, len(e.In))
		for j, v := range e.In {
			in[j] = get(v)
		}
		for j, y := range rule(e, in) {
			env[e.Out[j]] = y
		}
	}
	out := make([]*Value, len(p.Out))
	for i, v := range p.Out {
		out[i] = get(v)
	}
	return out
}

// Inline runs p on x as ordinary equations of the open trace (or eagerly, one by one, outside).
func Inline(p *ir.Program, x []*Value) []*Value {
	return Replay(p, x, func(e *ir.Eqn, x []*Value) []*Value { return Bind(e.Op, x...) })
}

// Lines serves transforms, which walk the equations of one program and record those of another in this goroutine's open
// trace: after at(e), equations that are recorded report the line of e. done ends it.
func Lines() (at func(e *ir.Eqn), done func()) {
	b := Current()
	if b == nil {
		return func(*ir.Eqn) {}, func() {}
	}
	before := b.at
	at = func(e *ir.Eqn) {
		if e.Src != 0 {
			b.at = e.Src
		}
	}
	return at, func() { b.at = before }
}
