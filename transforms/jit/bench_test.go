package jit

import (
	"testing"

	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func BenchmarkCallDeleted(b *testing.B) {
	f := &Func{Name: "sin"}
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		Delete(call1(f, x, ops.Sin))
	}
}

func BenchmarkCallCollected(b *testing.B) {
	f := &Func{Name: "sin"}
	x := vec(1, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		call1(f, x, ops.Sin)
	}
}

func BenchmarkEagerAdd(b *testing.B) {
	x, y := vec(1, 2, 3), vec(4, 5, 6)
	b.ReportAllocs()
	for b.Loop() {
		ops.Add(x, y)
	}
}

func BenchmarkTraceAndLower(b *testing.B) {
	x := vec(1, 2, 3)
	const n = 1500
	f := &Func{Name: "long"}
	b.ReportAllocs()
	for b.Loop() {
		p := optimise(f.Trace([]*trace.Value{x}, nil, func(x []*trace.Value) ([]*trace.Value, trace.Trees) {
			y := x[0]
			for range n / 3 {
				y = ops.Add(ops.Sin(y), ops.Mul(y, x[0]))
			}
			return []*trace.Value{y}, nil
		}))
		lower.Text(p, lower.Options{Platform: "cpu", Locations: true})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/equation")
}
