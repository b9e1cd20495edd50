package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestApproxTopK(t *testing.T) {
	f := func(least bool, axis int, o ...ops.ApproxOptions) fn {
		return func(x []*trace.Value) []*trace.Value {
			g := ops.ApproxMaxK
			if least {
				g = ops.ApproxMinK
			}
			v, i := g(x[0], 2, axis, o...)
			return []*trace.Value{v, i}
		}
	}
	b := newBench(t)
	x := arr{d: ir.Float64, shape: []int{3, 4}, e: vec(ir.Float64, 3, 1, 4, 1.5, 9, 2, 6, 5, -1, 7, math.Inf(1), 8).e}
	for _, c := range []struct {
		least bool
		axis  int
		want  string
	}{
		{false, 1, "[4 3 9 6 +Inf 8] [2 0 0 2 2 3]"},
		{true, 1, "[1 1.5 2 5 -1 7] [1 3 1 3 0 1]"},
		{false, 0, "[9 7 +Inf 8 3 2 6 5] [1 2 2 2 0 1 1 1]"},
	} {
		g := f(c.least, c.axis)
		b.values(g, []arr{x}, func(y []arr) {
			var v []float64
			for _, l := range y[0].e {
				v = append(v, l.Float())
			}
			if got := fmt.Sprint(v, " ", y[1].e); got != c.want {
				t.Errorf("least %v of axis %d: %s, want %s", c.least, c.axis, got, c.want)
			}
		})
		b.vmap(g, []arr{ramp(ir.Float64, 1, 0.75, 3, 4)})
		b.jvp(func(x []*trace.Value) []*trace.Value { return g(x)[:1] }, []arr{ramp(ir.Float64, 1, 0.75, 3, 4)})
	}
	// The number of loose results is that of XLA (jaxlib's approx_top_k_reduction_output_size).
	for _, c := range []struct {
		shape []int
		k     int
		o     ops.ApproxOptions
		want  int
	}{
		{[]int{300}, 3, ops.ApproxOptions{}, 300},
		{[]int{2, 300}, 3, ops.ApproxOptions{}, 256},
		{[]int{1, 5000}, 2, ops.ApproxOptions{Recall: 0.9}, 256},
		{[]int{1, 5000}, 2, ops.ApproxOptions{Recall: 0.9, InputSize: 10000}, 128},
		{[]int{1, 5000}, 100, ops.ApproxOptions{Recall: 0.9}, 1280},
		{[]int{1, 129}, 2, ops.ApproxOptions{Recall: 0.5}, 129},
		{[]int{1, 129}, 2, ops.ApproxOptions{Recall: 0.5, InputSize: 258}, 256},
		{[]int{1, 513}, 50, ops.ApproxOptions{Recall: 0.9, InputSize: 1026}, 384},
		{[]int{100000}, 1, ops.ApproxOptions{Recall: 0.9}, 1024},
		{[]int{100000}, 10, ops.ApproxOptions{Recall: 1}, 100000},
	} {
		c.o.Loose = true
		axis := len(c.shape) - 1
		p := program(t, func(x []*trace.Value) []*trace.Value {
			v, i := ops.ApproxMaxK(x[0], c.k, axis, c.o)
			return []*trace.Value{v, i}
		}, []ir.Aval{{Shape: c.shape, DType: ir.Float32}})
		if got := p.OutTypes()[1].Shape[axis]; got != c.want {
			t.Errorf("%v, k %d, %+v: %d results, want %d", c.shape, c.k, c.o, got, c.want)
		}
	}
	b.values(f(true, 0, ops.ApproxOptions{Loose: true}), []arr{vec(ir.Float64, 3, 1, 2)}, func(y []arr) {
		if fmt.Sprint(y[0].e, y[1].e) != "[1 2 3] [1 2 0]" {
			t.Errorf("loose: %v", y)
		}
	})
	b.run()
	v := vec(ir.Float64, 3, 1, 2).put()
	fails.With(t, func() { ops.ApproxMaxK(v, 4, 0) }, "approx_top_k", "k is 4", "3 elements")
	fails.With(t, func() { ops.ApproxMaxK(v, 0, 0) }, "k is 0")
	fails.With(t, func() {
		ops.ApproxMaxK(nums(ir.Float32, []int{1, 129}, make([]float64, 129)...).put(), 2, 1,
			ops.ApproxOptions{Recall: 0.5, InputSize: 258, Loose: true})
	}, "ops.ApproxMaxK(float32[1,129])", "256 candidates", "129 elements", "approx_topk_test.go:")
	fails.With(t, func() { ops.ApproxMaxK(v, 1, 1) }, "axis 1")
	fails.With(t, func() { ops.ApproxMinK(v, 1, 0, ops.ApproxOptions{Recall: 2}) }, "recall", "2")
	fails.With(t, func() { ops.ApproxMinK(vec(ir.Int32, 1).put(), 1, 0) }, "float", "int32")
}

func ExampleApproxMaxK() {
	values, places := ops.ApproxMaxK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4).TraceValue(), 2, 0)
	fmt.Println(jnp.Wrap(values), jnp.Wrap(places))
	// Output: [9. 7.] [1 3]
}

func ExampleApproxMinK() {
	values, places := ops.ApproxMinK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4).TraceValue(), 2, 0,
		ops.ApproxOptions{Recall: 0.9})
	fmt.Println(jnp.Wrap(values), jnp.Wrap(places))
	// Output: [3. 4.] [0 2]
}
