package ir

import (
	"fmt"
	"strings"
	"testing"
)

// testOp is elementwise over equal types; its fields exercise the key and the printer.
type testOp struct {
	N    string
	Axes []int
	Body *Program
}

func (o testOp) Name() string { return o.N }

func (o testOp) Programs() []*Program {
	if o.Body == nil {
		return nil
	}
	return []*Program{o.Body}
}

func (o testOp) Infer(in []Aval) ([]Aval, error) {
	for _, a := range in[1:] {
		if !a.SameType(in[0]) {
			return nil, fmt.Errorf("%v and %v differ", in[0], a)
		}
	}
	return in[:1], nil
}

func vec(n int) Aval { return Aval{Shape: []int{n}, DType: Float32} }

// chain builds x -> op(op(x, x), x).
func chain(op Op, n int) *Program {
	x, y, z := &Var{Ty: vec(n)}, &Var{Ty: vec(n)}, &Var{Ty: vec(n)}
	return &Program{
		In: []*Var{x},
		Eqns: []Eqn{{Op: op, In: []Value{x, x}, Out: []*Var{y}, Src: Here(0)},
			{Op: op, In: []Value{y, x}, Out: []*Var{z}}},
		Out: []Value{z},
	}
}

// sayOp is an operation with an effect.
type sayOp struct{ testOp }

func (sayOp) Effect() string { return "says something" }

// holdOp runs its program, one output of it for each of its own.
type holdOp struct{ P *Program }

func (holdOp) Name() string                        { return "hold" }
func (o holdOp) Infer(in []Aval) ([]Aval, error)   { return o.P.OutTypes(), nil }
func (o holdOp) Programs() []*Program              { return []*Program{o.P} }
func (o holdOp) DCE(u []bool) (Op, []bool, []bool) { q, in := o.P.DCEOut(u); return holdOp{q}, in, u }

// build makes programs by name: build("x y", "a=add x y", "c,d=hold a", ...).
type build struct {
	t    *testing.T
	ops  map[string]Op
	lits map[string]Lit
}

func (b build) prog(in string, out string, eqns ...string) *Program {
	env := map[string]Value{}
	for k, l := range b.lits {
		env[k] = l
	}
	p := &Program{}
	for _, n := range strings.Fields(in) {
		v := &Var{Ty: vec(3)}
		env[n], p.In = v, append(p.In, v)
	}
	for _, s := range eqns {
		lhs, rhs, _ := strings.Cut(s, "=")
		f := strings.Fields(rhs)
		op := b.ops[f[0]]
		if op == nil {
			op = testOp{N: f[0]}
		}
		e := Eqn{Op: op}
		var ts []Aval
		for _, a := range f[1:] {
			e.In = append(e.In, env[a])
			ts = append(ts, env[a].Aval())
		}
		ty, err := op.Infer(ts)
		if err != nil {
			b.t.Fatal(err)
		}
		for i, o := range strings.Split(lhs, ",") {
			v := &Var{Ty: ty[i]}
			env[o], e.Out = v, append(e.Out, v)
		}
		p.Eqns = append(p.Eqns, e)
	}
	for _, o := range strings.Fields(out) {
		p.Out = append(p.Out, env[o])
	}
	return p
}

func (b build) check(what string, got, want *Program) {
	b.t.Helper()
	if err := got.Verify(); err != nil {
		b.t.Errorf("%s: %v", what, err)
	}
	if got.Key() != want.Key() {
		b.t.Errorf("%s gives\n%s\nwant\n%s", what, got.Format(false), want.Format(false))
	}
}
