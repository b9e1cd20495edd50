package trace

import (
	"github.com/gojax/gojax/ir"
)

// Side opens a second trace, a side trace, while this goroutine's own stays open. It records the operations that have
// an operand of it, and no others; what those use of other traces it captures. So a rule that computes with values of
// both kinds sorts itself into two programs: what depends on the side trace's inputs, and what does not. It ends with
// Close.
func Side(what string, in []ir.Aval) (*Builder, []*Value) {
	outer := Current()
	b := &Builder{id: builderIDs.Add(1), what: what, x64: X64(), p: &ir.Program{}, outer: outer}
	if outer != nil {
		b.src = outer.src
	}
	return b, b.inputs(in)
}

// Close ends a side trace: the program of its outputs out, which may be values of other traces too, and what it
// captured, appended to the program's inputs.
func (b *Builder) Close(out []*Value) (p *ir.Program, captured []*Value) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done.Store(true)
	b.p.Out = make([]ir.Value, len(out))
	for i, o := range out {
		b.p.Out[i] = b.in(o)
	}
	for _, c := range b.list {
		b.p.In = append(b.p.In, b.caps[c])
	}
	return b.p, b.list
}

// inputs makes the traced inputs of a new builder.
func (b *Builder) inputs(in []ir.Aval) []*Value {
	args := make([]*Value, len(in))
	vals := make([]Value, len(in))
	b.p.In = make([]*ir.Var, len(in), len(in)+4)
	for i, t := range in {
		v := b.fresh(t)
		b.p.In[i] = v
		vals[i] = Value{aval: t, b: b, v: v}
		args[i] = &vals[i]
	}
	return args
}

// line is the line that new equations report, 0 for their own.
func (b *Builder) line() ir.Src {
	if b.at == 0 && b.outer != nil {
		return b.outer.at
	}
	return b.at
}
