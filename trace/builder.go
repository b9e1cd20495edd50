package trace

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
)

// Builder records one program.
type Builder struct {
	id   uint64 // later traces have larger ids: the innermost of several is the latest
	what string // "Jit", "Vmap", "the body of lax.WhileLoop": for messages
	src  ir.Src // of the call that opened the trace
	x64  bool

	mu   sync.Mutex // goroutines started inside a trace record into it too
	p    *ir.Program
	caps map[*Value]*ir.Var // what was used from outside, by identity
	list []*Value           // caps in order
	vars []ir.Var           // a slab: variables are made in blocks
	done atomic.Bool
	at   ir.Src // the line that new equations report, while an equation is replayed

	outer *Builder    // of a side trace: the trace that was open when it began
	args  []*Value    // what the inputs stand for, where that is known
	ev    *evaluation // what is known of the variables; made when someone asks
}

var builderIDs atomic.Uint64

func (b *Builder) fresh(t ir.Aval) *ir.Var {
	if len(b.vars) == 0 {
		b.vars = make([]ir.Var, 32)
	}
	v := &b.vars[0]
	b.vars = b.vars[1:]
	v.Ty = t
	return v
}

// What names the function being traced, for messages.
func (b *Builder) What() string { return b.what }

// Src is the user's line that opened the trace.
func (b *Builder) Src() ir.Src { return b.src }

// X64 is the setting that the trace runs under.
func (b *Builder) X64() bool { return b.x64 }

// Trace records f, called with one traced Value for each type of in, as a program. What f uses from outside the trace,
// concrete arrays and the values of outer traces, is returned too, appended to the program's inputs in that order. what
// names f in messages.
func Trace(what string, in []ir.Aval, f func(x []*Value) []*Value) (p *ir.Program, captured []*Value) {
	return record(what, in, nil, where(1), f)
}

func record(what string, in []ir.Aval, known []*Value, src ir.Src, f func(x []*Value) []*Value) (p *ir.Program,
	captured []*Value) {
	b := &Builder{id: builderIDs.Add(1), what: what, src: src, x64: X64(known...), p: &ir.Program{}, args: known}
	if outer := Current(); outer != nil {
		b.at = outer.at // a rule that traces while an equation is replayed reports that equation's line
	}
	args := b.inputs(in)
	if s := BeginSpan(); s.r != nil {
		defer s.End(SpanTrace, what, src, 0)
	}
	defer func() {
		b.mu.Lock() // what is being recorded still belongs to it
		b.done.Store(true)
		b.mu.Unlock()
	}()
	defer push(b, b.x64)()
	out := f(args)
	for i, o := range out {
		if o.unset() || o.ended() {
			panic(misused(what, out, i))
		}
	}
	b.mu.Lock()
	b.p.Out = make([]ir.Value, len(out))
	for i, o := range out {
		b.p.Out[i] = b.in(o)
	}
	for _, c := range b.list {
		b.p.In = append(b.p.In, b.caps[c])
	}
	b.mu.Unlock()
	return b.p, b.list
}

// in gives b's operand for a Value of anyone's. b.mu is held.
func (b *Builder) in(a *Value) ir.Value {
	if a.b == b {
		return a.v
	}
	if a.b == nil && a.v != nil && !a.isHandle() {
		return a.v // a literal
	}
	if v, ok := b.caps[a]; ok {
		return v
	}
	if b.caps == nil {
		b.caps = map[*Value]*ir.Var{}
	}
	v := b.fresh(a.aval)
	b.caps[a] = v
	b.list = append(b.list, a)
	return v
}

// unset reports whether a is no array at all.
func (a *Value) unset() bool { return a == nil || a.b == nil && a.v == nil && a.buf == nil }

// ended reports whether a is of a trace that is over.
func (a *Value) ended() bool { return a.b != nil && a.b.done.Load() }

// misused is the error of what is done by name with x, where x[i] is unset or has ended.
func misused(name string, x []*Value, i int) *Error {
	a, src := x[i], where(2)
	name = cmp.Or(src.Call(), name)
	if a.unset() {
		return NewError(name, nil, src, errUnset(""))
	}
	made := ""
	if s := a.b.srcOf(a.v); s != 0 {
		made = fmt.Sprintf(", made at %v", s)
	}
	var in []ir.Aval
	if !slices.ContainsFunc(x, (*Value).unset) {
		in = Avals(x)
	}
	return NewError(name, in, src, fmt.Errorf(
		"a traced value (%v%s) is used after its trace, %s at %v, has ended; return it from the traced function "+
			"instead of storing it in a variable outside",
		a.aval, made, a.b.what, a.b.src))
}

// srcOf is the line of the equation that defines v.
func (b *Builder) srcOf(v ir.Value) ir.Src {
	w, ok := v.(*ir.Var)
	if !ok {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(b.p.Eqns) - 1; i >= 0; i-- {
		if slices.Contains(b.p.Eqns[i].Out, w) {
			return b.p.Eqns[i].Src
		}
	}
	return b.src
}

// builderFor is where an operation on x goes: the innermost of the operands' builders and this goroutine's open trace.
// bad is the number of an operand that cannot be used, -1 if all can.
func builderFor(x []*Value) (b *Builder, bad int) {
	b = Current()
	for i, a := range x {
		if a.unset() || a.ended() {
			return nil, i
		}
		if a.b != nil && (b == nil || a.b.id > b.id) {
			b = a.b
		}
	}
	return b, -1
}

// Bind applies op to x: it records an equation where a trace is open, and runs op where none is.
func Bind(op ir.Op, x ...*Value) []*Value {
	b, bad := builderFor(x)
	if bad >= 0 {
		panic(misused(op.Name(), x, bad))
	}
	if b == nil {
		return TheRuntime().Bind(op, x)
	}
	var buf [4]ir.Aval
	in := buf[:0]
	for _, a := range x {
		in = append(in, a.aval)
	}
	types, err := ir.Infer(op, in)
	src := b.line()
	if src == 0 {
		src = ir.Here(1)
	}
	if err != nil {
		if e, ok := err.(*Error); ok {
			panic(e)
		}
		panic(NewError(op.Name(), slices.Clone(in), where(1), err))
	}
	return b.record(op, x, types, src)
}

func (b *Builder) record(op ir.Op, x []*Value, types []ir.Aval, src ir.Src) []*Value {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done.Load() { // by another goroutine, since builderFor looked
		panic(NewError(op.Name(), Avals(x), src,
			fmt.Errorf(
				"the trace of %s at %v ended while a goroutine started inside it was still recording; wait for it "+
					"before returning", b.what, b.src)))
	}
	e := ir.Eqn{Op: op, Src: src, In: make([]ir.Value, len(x)), Out: make([]*ir.Var, len(types))}
	for i, a := range x {
		e.In[i] = b.in(a)
	}
	vals := make([]Value, len(types))
	out := make([]*Value, len(types))
	for i, t := range types {
		v := b.fresh(t)
		e.Out[i] = v
		vals[i] = Value{aval: t, b: b, v: v}
		out[i] = &vals[i]
	}
	b.p.Eqns = append(b.p.Eqns, e)
	return out
}

// Whole applies a library function made of many operations: in a trace it is build(in), run eagerly it is one program,
// found again by name, params (compared by value, as ir.AppendParamKey does) and the types of in. build must depend on
// nothing else. Literals in in are inputs of the program, so a new scalar never recompiles; what build must know at
// trace time (axes, shapes) belongs into params.
func Whole(name string, params any, in []*Value, build func(x []*Value) []*Value) []*Value {
	b, bad := builderFor(in)
	if bad >= 0 {
		panic(misused(name, in, bad))
	}
	if b != nil {
		return build(in)
	}
	return TheRuntime().Whole(name, params, in, build)
}
