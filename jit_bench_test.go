package gojax_test

import (
	"testing"

	"github.com/gojax/gojax"
)

type block struct{ A, B, C, D arr }

type twenty struct{ P, Q, R, S, T block }

func newBlock() block { return block{vec(1), vec(2), vec(3), vec(4)} }

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
