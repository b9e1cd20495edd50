package ir

import (
	"math"
	"sync"
	"testing"
)

func TestKey(t *testing.T) {
	a, b := chain(testOp{N: "f"}, 3), chain(testOp{N: "f"}, 3)
	if a.Key() != b.Key() {
		t.Error("programs that differ in variables and lines alone have different keys")
	}
	distinct := map[string]string{}
	for name, p := range map[string]*Program{
		"base":        a,
		"shape":       chain(testOp{N: "f"}, 4),
		"op":          chain(testOp{N: "g"}, 3),
		"empty axes":  chain(testOp{N: "f", Axes: []int{}}, 3),
		"axes":        chain(testOp{N: "f", Axes: []int{0}}, 3),
		"nested":      chain(testOp{N: "f", Body: a}, 3),
		"nested more": chain(testOp{N: "f", Body: chain(testOp{N: "g"}, 3)}, 3),
		"weak":        {In: []*Var{{Ty: Aval{DType: Float32, Weak: true}}}},
		"strong":      {In: []*Var{{Ty: Aval{DType: Float32}}}},
		"lit":         {Out: []Value{FloatLit(0, Float32)}},
		"lit -0":      {Out: []Value{FloatLit(math.Copysign(0, -1), Float32)}},
	} {
		if other, ok := distinct[p.Key()]; ok {
			t.Errorf("%q and %q have one key", name, other)
		}
		distinct[p.Key()] = name
	}
	var wg sync.WaitGroup
	fresh := chain(testOp{N: "f"}, 3)
	for range 8 {
		wg.Go(func() {
			if fresh.Key() != a.Key() {
				t.Error("keys made at the same time differ")
			}
		})
	}
	wg.Wait()
}

func BenchmarkKey(b *testing.B) {
	p := chain(testOp{N: "f"}, 3)
	for b.Loop() {
		p.appendKey(nil)
	}
}
