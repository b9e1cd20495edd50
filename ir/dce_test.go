package ir

import (
	"slices"
	"testing"
)

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
