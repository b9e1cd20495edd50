package trace

import (
	"github.com/gojax/gojax/ir"
)

// TraceOf is Trace for inputs whose values may be known: in a trace of concrete Values, or of values of another trace
// that are known, Eval finds the elements of what is recorded. The differentiating transforms trace so, because what
// their functions see depends on the arguments alone.
func TraceOf(what string, in []*Value, f func(x []*Value) []*Value) (p *ir.Program, captured []*Value) {
	return record(what, Avals(in), in, where(1), f)
}

// Differentiating reports whether the trace open here is that of a function being differentiated (see TraceOf).
func Differentiating() bool {
	b := Current()
	return b != nil && b.args != nil
}

// Eval is a with its elements known, computed from the recorded equations one by one, each once. Where a depends on
// inputs of a trace that stands for many calls (Jit, Vmap) it is nil, and unknown is that trace.
func (a *Value) Eval() (known *Value, unknown *Builder) {
	if a.b == nil {
		return a, nil
	}
	defer pushFrame(&frame{x64: X64(), quiet: true})()
	return a.b.eval(a.v.(*ir.Var))
}

// evaluation is what is known of a builder's variables.
type evaluation struct {
	known map[*ir.Var]*Value // evaluated, inputs included
	def   map[*ir.Var]int    // the equation that defines a variable
	eqns  int                // of them are in def
	caps  int                // captures that are in outer
	outer map[*ir.Var]*Value // inputs and captures, as the Values of elsewhere that they stand for
}

// operand is what v stands for elsewhere, or the equation that defines it.
func (b *Builder) operand(v *ir.Var) (outer *Value, e *ir.Eqn, known *Value) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ev == nil {
		b.ev = &evaluation{known: map[*ir.Var]*Value{}, def: map[*ir.Var]int{}, outer: map[*ir.Var]*Value{}}
		for i, x := range b.args {
			b.ev.outer[b.p.In[i]] = x
		}
	}
	ev := b.ev
	if y := ev.known[v]; y != nil {
		return nil, nil, y
	}
	for ; ev.caps < len(b.list); ev.caps++ {
		c := b.list[ev.caps]
		ev.outer[b.caps[c]] = c
	}
	for ; ev.eqns < len(b.p.Eqns); ev.eqns++ {
		for _, o := range b.p.Eqns[ev.eqns].Out {
			ev.def[o] = ev.eqns
		}
	}
	if x := ev.outer[v]; x != nil {
		return x, nil, nil
	}
	if i, ok := ev.def[v]; ok {
		e := b.p.Eqns[i]
		return nil, &e, nil
	}
	return nil, nil, nil // an input of which nothing is known
}

func (b *Builder) learn(v *ir.Var, y *Value) {
	b.mu.Lock()
	b.ev.known[v] = y
	b.mu.Unlock()
}

// eval evaluates with a stack of its own, since programs may be long.
func (b *Builder) eval(target *ir.Var) (*Value, *Builder) {
	stack := []*ir.Var{target}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		outer, e, known := b.operand(v)
		switch {
		case known != nil:
			stack = stack[:len(stack)-1]
			continue
		case outer != nil:
			y, unknown := outer.Eval()
			if y == nil {
				return nil, unknown
			}
			b.learn(v, y)
			continue
		case e == nil:
			return nil, b
		}
		x := make([]*Value, len(e.In))
		before := len(stack)
		for i, o := range e.In {
			switch o := o.(type) {
			case ir.Lit:
				x[i] = FromLit(o)
			case *ir.Var:
				_, _, y := b.operand(o)
				if y == nil {
					stack = append(stack, o)
				}
				x[i] = y
			}
		}
		if len(stack) > before {
			continue
		}
		for i, y := range TheRuntime().Bind(e.Op, x) {
			b.learn(e.Out[i], y)
		}
	}
	_, _, y := b.operand(target)
	return y, nil
}
