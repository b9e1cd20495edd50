package vmap_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

func wait(v *trace.Value) {
	if err := v.Buffer().Ready(); err != nil {
		panic(err)
	}
}

// BenchmarkColumns standardizes the columns of a 5000x5000 matrix: written by hand, mapped and compiled once, and
// mapped at each call.
func BenchmarkColumns(b *testing.B) {
	const n = 5000
	x := arange(n, n)
	row := func(v *trace.Value) *trace.Value { return ops.BroadcastInDim(v, []int{n, n}, []int{1}) }
	nth := func(v *trace.Value) *trace.Value {
		return ops.Div(v, ops.BroadcastInDim(lit(n), []int{n}, nil))
	}
	hand, _ := trace.Trace("hand", []ir.Aval{x.v.Aval()}, func(x []*trace.Value) []*trace.Value {
		c := ops.Sub(x[0], row(nth(ops.ReduceSum(x[0], []int{0}))))
		return []*trace.Value{ops.Div(c, row(ops.Sqrt(nth(ops.ReduceSum(ops.Mul(c, c), []int{0})))))}
	})
	f := func(x A) A {
		mean := func(v *trace.Value) *trace.Value {
			return ops.BroadcastInDim(ops.Div(ops.ReduceSum(v, []int{0}), lit(n)), []int{n}, nil)
		}
		c := ops.Sub(x.v, mean(x.v))
		return A{ops.Div(c, ops.Sqrt(mean(ops.Mul(c, c))))}
	}
	p, _ := trace.Trace("f", []ir.Aval{{Shape: []int{n}, DType: ir.Float32}},
		func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(A{x[0]}).v} })
	q, _ := vmap.Program(p, n, []int{1}, []int{1}, "f")
	m := mapped(f, inOut([]any{1}, []any{1}))
	for name, g := range map[string]func() *trace.Value{
		"hand":     func() *trace.Value { return trace.TheRuntime().Run(hand, []*trace.Value{x.v})[0] },
		"compiled": func() *trace.Value { return trace.TheRuntime().Run(q, []*trace.Value{x.v})[0] },
		"unjitted": func() *trace.Value { return m(x).v },
	} {
		b.Run(name, func(b *testing.B) {
			wait(g())
			for b.Loop() {
				y := g()
				wait(y)
				y.Buffer().Delete()
			}
		})
	}
}

// BenchmarkTrace is what an un-jitted call costs beside its computation.
func BenchmarkTrace(b *testing.B) {
	x := arange(2, 3)
	m := mapped(func(x A) A {
		y := x.v
		for range 100 {
			y = ops.Mul(y, x.v)
		}
		return A{y}
	}, in(0))
	for b.Loop() {
		wait(m(x).v)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/eqn")
}
