package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestWindowRules(t *testing.T) {
	id := func(v float64) *trace.Value { return ops.ScalarLit(ir.FloatLit(v, ir.Float64)) }
	type op = func(a, b *trace.Value) *trace.Value
	either := func(a, b *trace.Value) *trace.Value { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) } // 1-(1-a)(1-b)

	var kinds sample.Kinds // every operation and every form of window
	for _, r := range []struct {
		name   string
		op     op
		init   float64
		linear bool
	}{{"add", ops.Add, 0, true}, {"add 2", ops.Add, 2, false}, {"mul", ops.Mul, 1, false},
		{"max", ops.Max, math.Inf(-1), false}, {"min", ops.Min, math.Inf(1), false}, {"general", either, 0, false}} {
		for _, w := range []struct {
			name    string
			x, w, s []int
			pad     ops.WindowPadding
			dil     ops.WindowOptions
		}{
			{name: "2x2", x: []int{4, 4}, w: []int{2, 2}},
			{name: "same", x: []int{4, 5}, w: []int{2, 3}, s: []int{2, 2}, pad: ops.PadSame},
			{name: "padded", x: []int{5}, w: []int{3}, s: []int{2}, pad: ops.PadWith([2]int{2, -1})},
			{name: "dilated", x: []int{5}, w: []int{2},
				dil: ops.WindowOptions{BaseDilation: []int{2}, WindowDilation: []int{3}}},
			{name: "none", x: []int{2}, w: []int{3}},
		} {
			if !kinds.Add(r.name, w.name) && w.name != "same" && !r.linear {
				continue
			}
			t.Run(r.name+" "+w.name, func(t *testing.T) {
				t.Parallel()
				f := f1(func(x *trace.Value) *trace.Value {
					return ops.ReduceWindow(x, id(r.init), r.op, w.w, w.s, w.pad, w.dil)
				})
				in := []arr{f64(w.x, 0.5)}
				if r.name == "general" {
					checkNestedJVP(t, f, in)
				}
				onBench(t, func(b *bench) {
					b.again = w.name != "same"
					b.values(f, in, func([]arr) {})
					if r.linear || w.name == "same" { // the others are mapped alike
						b.vmap(f, in)
					}
					if r.name != "general" {
						b.jvp(f, in)
					}
					if r.linear {
						b.transpose(f, in, 0)
					}
				})
			})
		}
	}
	// Both ways of choosing.
	x := f64([]int{4, 5}, 0)
	for _, least := range []bool{false, true} {
		g := f2(func(g, x *trace.Value) *trace.Value {
			return ops.SelectAndGatherAdd(g, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		s := f2(func(s, x *trace.Value) *trace.Value {
			return ops.SelectAndScatterAdd(s, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		for _, c := range []struct {
			f  fn
			in []arr
		}{{g, []arr{f64([]int{4, 5}, 2), x}}, {s, []arr{f64([]int{2, 5}, 2), x}}} {
			onBench(t, func(b *bench) {
				b.values(c.f, c.in, func([]arr) {})
				b.vmap(c.f, c.in)
				b.jvp(c.f, c.in)
				b.transpose(c.f, c.in, 0)
			})
		}
	}
}

func ExampleReduceWindow() {
	least := ops.ScalarLit(ir.FloatLit(math.Inf(-1), ir.Float32))
	show(ops.ReduceWindow(value([]float32{1, 5, 2, 4}), least, ops.Max, []int{2}, []int{2}, ops.PadValid))
	// Output: [5. 4.]
}
