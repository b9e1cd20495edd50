package ir

import (
	"slices"
	"testing"
)

func TestLiftFloats(t *testing.T) {
	at := func(v float64) *Program {
		b := build{t: t,
			lits: map[string]Lit{"lr": FloatLit(v, Float32).AsWeak(), "one": FloatLit(1, Float32),
				"i": IntLit(3, Int32), "c": ComplexLit(2i, Complex64)}}
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
	want := []Lit{FloatLit(1, Float32), FloatLit(.5, Float32).AsWeak(), FloatLit(.5, Float32).AsWeak(),
		ComplexLit(2i, Complex64), FloatLit(.5, Float32).AsWeak()}
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
