package ir

import (
	"math"
	"slices"
	"strings"
	"testing"
)

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

func TestDCE(t *testing.T) {
	b := build{t: t, ops: map[string]Op{"say": sayOp{testOp{N: "say"}}}}
	inner := b.prog("x y", "a b", "a=neg x", "b=neg y")
	b.ops["hold"] = holdOp{inner}
	b.ops["holdX"] = holdOp{b.prog("x", "a", "a=neg x")}
	loud := b.prog("x", "a", "a=neg x", "q=neg a", "z=say q")
	b.ops["loud"] = holdOp{loud}
	b.ops["louder"] = holdOp{b.prog("x", "", "a=neg x", "q=neg a", "z=say q")}

	all := b.prog("x y", "c", "a=neg x", "c=add a y")
	if all.DCE() != all {
		t.Error("a program without dead code is copied")
	}
	b.check("dead chain", b.prog("x y", "c", "d=neg x", "e=neg d", "c=add x x").DCE(), b.prog("x y", "c", "c=add x x"))
	b.check("effect", b.prog("x y", "x", "d=neg x", "e=say d").DCE(), b.prog("x y", "x", "d=neg x", "e=say d"))
	b.check("held", b.prog("x y", "a", "z=neg y", "a,b=hold x z").DCE(), b.prog("x y", "a", "a=holdX x"))
	b.check("held effect", b.prog("x y", "x", "a=loud y").DCE(), func() *Program {
		p := b.prog("x y", "x")
		p.Eqns = []Eqn{{Op: b.ops["louder"], In: []Value{p.In[1]}}}
		return p
	}())

	p := b.prog("x y", "c d", "c=neg x", "d=neg y")
	q, kept := p.DCEOut([]bool{false, true})
	b.check("DCEOut", q, b.prog("y", "d", "d=neg y"))
	if !slices.Equal(kept, []bool{false, true}) {
		t.Errorf("DCEOut keeps %v", kept)
	}
	if q, kept = p.DCEKeeping([]bool{false, true}, []bool{true, false}); len(q.In) != 2 || !kept[0] {
		t.Errorf("DCEKeeping keeps %v", kept)
	}
}

func TestCSE(t *testing.T) {
	b := build{t: t, ops: map[string]Op{
		"sum0": testOp{N: "sum", Axes: []int{0}}, "sum1": testOp{N: "sum", Axes: []int{1}}, "sumall": testOp{N: "sum"},
		"say": sayOp{testOp{N: "say"}},
	}, lits: map[string]Lit{"0": FloatLit(0, Float32), "-0": FloatLit(math.Copysign(0, -1), Float32), "~0": FloatLit(0, Float32).AsWeak(), "nan": {Lo: 0x7FC00000, DType: Float32}}}
	// Held programs are compared by what they compute, not by identity.
	b.ops["h1"], b.ops["h2"] = holdOp{b.prog("x", "a", "a=neg x")}, holdOp{b.prog("x", "a", "a=neg x")}
	b.ops["loud1"] = holdOp{b.prog("x", "a", "a=say x")}

	b.check("merged", b.prog("x y", "d", "a=add x y", "b=add x y", "c=add b y", "e=add a y", "d=add c e").CSE(),
		b.prog("x y", "d", "a=add x y", "c=add a y", "d=add c c"))
	b.check("outputs", b.prog("x", "a b", "a=neg x", "b=neg x").CSE(), b.prog("x", "a a", "a=neg x"))
	b.check("literals", b.prog("x", "a b c d e", "a=pow 0", "b=pow -0", "c=pow ~0", "d=pow 0", "e=pow nan", "f=pow nan").CSE(),
		b.prog("x", "a b c a e", "a=pow 0", "b=pow -0", "c=pow ~0", "e=pow nan"))
	b.check("held", b.prog("x", "a b", "a=h1 x", "b=h2 x").CSE(), b.prog("x", "a a", "a=h1 x"))
	for _, p := range []*Program{
		b.prog("x y", "a b", "a=add x y", "b=add y x"),
		b.prog("x", "a b c", "a=sum0 x", "b=sum1 x", "c=sumall x"),
		b.prog("x", "a b", "a=say x", "b=say x"),
		b.prog("x", "a b", "a=loud1 x", "b=loud1 x"),
	} {
		if q := p.CSE(); q != p {
			t.Errorf("merged:\n%s\nto\n%s", p.Format(false), q.Format(false))
		}
	}
}

func TestLiftFloats(t *testing.T) {
	at := func(v float64) *Program {
		b := build{t: t, lits: map[string]Lit{"lr": FloatLit(v, Float32).AsWeak(), "one": FloatLit(1, Float32), "i": IntLit(3, Int32), "c": ComplexLit(2i, Complex64)}}
		return b.prog("x", "a i lr", "k=neg i", "a=add one", "b=add lr lr", "d=neg c")
	}
	p := at(0.5)
	before := p.Format(false)
	q, lits := LiftFloats(p)
	if err := q.Verify(); err != nil {
		t.Fatal(err)
	}
	if p.Format(false) != before {
		t.Error("the program itself is changed")
	}
	want := []Lit{FloatLit(1, Float32), FloatLit(.5, Float32).AsWeak(), FloatLit(.5, Float32).AsWeak(), ComplexLit(2i, Complex64), FloatLit(.5, Float32).AsWeak()}
	if !slices.Equal(lits, want) {
		t.Errorf("lifted %v, want %v", lits, want)
	}
	if n := len(q.In); n != 6 || !q.In[2].Ty.Weak || q.In[1].Ty.Weak {
		t.Errorf("inputs are %v", q.InTypes())
	}
	// 1 is a number that another literal has: the structure must not tell.
	if r, _ := LiftFloats(at(1)); r.Key() != q.Key() {
		t.Error("the key depends on the numbers")
	}
	if ints := (build{t: t}).prog("x", "a", "a=neg x"); first(LiftFloats(ints)) != ints {
		t.Error("a program without float literals is copied")
	}
}

func first(p *Program, _ []Lit) *Program { return p }
