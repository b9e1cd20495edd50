package ir

import (
	"math"
	"testing"
)

func TestCSE(t *testing.T) {
	b := build{t: t, ops: map[string]Op{
		"sum0": testOp{N: "sum", Axes: []int{0}}, "sum1": testOp{N: "sum", Axes: []int{1}}, "sumall": testOp{N: "sum"},
		"say": sayOp{testOp{N: "say"}},
	}, lits: map[string]Lit{"0": FloatLit(0, Float32), "-0": FloatLit(math.Copysign(0, -1), Float32),
		"~0": FloatLit(0, Float32).AsWeak(), "nan": {Lo: 0x7FC00000, DType: Float32}}}
	// Held programs are compared by what they compute, not by identity.
	b.ops["h1"], b.ops["h2"] = holdOp{b.prog("x", "a", "a=neg x")}, holdOp{b.prog("x", "a", "a=neg x")}
	b.ops["loud1"] = holdOp{b.prog("x", "a", "a=say x")}

	b.check("merged", b.prog("x y", "d", "a=add x y", "b=add x y", "c=add b y", "e=add a y", "d=add c e").CSE(),
		b.prog("x y", "d", "a=add x y", "c=add a y", "d=add c c"))
	b.check("outputs", b.prog("x", "a b", "a=neg x", "b=neg x").CSE(), b.prog("x", "a a", "a=neg x"))
	b.check("literals",
		b.prog("x", "a b c d e", "a=pow 0", "b=pow -0", "c=pow ~0", "d=pow 0", "e=pow nan", "f=pow nan").CSE(),
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
