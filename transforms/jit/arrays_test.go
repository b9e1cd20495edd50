package jit_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/transforms/jit"
)

type block struct{ A, B, C, D arr }

type twenty struct{ P, Q, R, S, T block }

func newBlock() block { return block{vec(1), vec(2), vec(3), vec(4)} }

// A call allocates its results and nothing else, however many arrays go in: four blocks for one result, six for two.
func TestCallAllocations(t *testing.T) {
	defer jit.CheckWhole(jit.CheckWhole(false))
	x := vec(1, 2, 3)
	one := func(y arr) { y.Delete() }
	two := func(y, z arr) { y.Delete(); z.Delete() }
	f1, g1 := gojax.Jit(neg), gojax.Jit(func(a arr) (arr, arr) { return neg(a), add(a, a) })
	f2, g2 := gojax.Jit(add), gojax.Jit(func(a, b arr) (arr, arr) { return add(a, b), mul(a, b) })
	f3, g3 := gojax.Jit(func(a, b, c arr) arr { return add(a, mul(b, c)) }),
		gojax.Jit(func(a, b, c arr) (arr, arr) { return add(a, b), mul(b, c) })
	f4, g4 := gojax.Jit(func(a, b, c, d arr) arr { return add(mul(a, b), mul(c, d)) }),
		gojax.Jit(func(a, b, c, d arr) (arr, arr) { return mul(a, b), mul(c, d) })
	for _, c := range []struct {
		name string
		call func()
		most float64
	}{
		{"1 to 1", func() { one(f1(x)) }, 4},
		{"2 to 1", func() { one(f2(x, x)) }, 4},
		{"3 to 1", func() { one(f3(x, x, x)) }, 4},
		{"4 to 1", func() { one(f4(x, x, x, x)) }, 4},
		{"1 to 2", func() { two(g1(x)) }, 6},
		{"2 to 2", func() { two(g2(x, x)) }, 6},
		{"3 to 2", func() { two(g3(x, x, x)) }, 6},
		{"4 to 2", func() { two(g4(x, x, x, x)) }, 6},
		{"eager", func() { one(x.Add(x)) }, 5},
		{"eager, a number", func() { one(x.Add(2.5)) }, 10},
	} {
		if got := testing.AllocsPerRun(200, c.call); got > c.most {
			t.Errorf("%s: %v allocations a call, want %v", c.name, got, c.most)
		}
	}
}

func BenchmarkJitDeleted(b *testing.B) {
	f := gojax.Jit(neg)
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		f(x).TraceValue().Buffer().Delete()
	}
}

func BenchmarkJitCollected(b *testing.B) {
	f := gojax.Jit(neg)
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		f(x)
	}
}

func BenchmarkJitTree20(b *testing.B) {
	f := gojax.Jit(func(t twenty) twenty {
		for _, k := range []*block{&t.P, &t.Q, &t.R, &t.S, &t.T} {
			k.A, k.B, k.C, k.D = neg(k.A), neg(k.B), neg(k.C), neg(k.D)
		}
		return t
	})
	x := twenty{newBlock(), newBlock(), newBlock(), newBlock(), newBlock()}
	b.ReportAllocs()
	for b.Loop() {
		y := f(x)
		for _, k := range []block{y.P, y.Q, y.R, y.S, y.T} {
			k.A.TraceValue().Buffer().Delete()
			k.B.TraceValue().Buffer().Delete()
			k.C.TraceValue().Buffer().Delete()
			k.D.TraceValue().Buffer().Delete()
		}
	}
}

func BenchmarkEagerAdd(b *testing.B) {
	x, y := vec(1, 2, 3), vec(4, 5, 6)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkEagerAddScalar(b *testing.B) {
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(2.5)
	}
}
