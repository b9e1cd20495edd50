package ops_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// TestEnds maps loops that would never end on rows that must not enter them.
func TestEnds(t *testing.T) {
	f64 := func(v float64) *trace.Value { return litOf(ir.Float64, v) }
	// count counts to x, which it never meets below 0.
	count := func(x *trace.Value) A {
		return lax.WhileLoop(func(c A) A { return jnp.Wrap(ops.Ne(c.TraceValue(), x)) },
			func(c A) A { return jnp.Wrap(ops.Add(c.TraceValue(), f64(1))) }, jnp.Wrap(f64(0)))
	}
	for name, c := range map[string]struct {
		f        fn
		in, want []float64
	}{
		"a loop in a loop, on rows that have ended": {func(x []*trace.Value) []*trace.Value {
			r := lax.WhileLoop(func(c A) A { return jnp.Wrap(ops.Lt(c.TraceValue(), f64(100))) }, func(c A) A {
				return jnp.Wrap(
					ops.Add(c.TraceValue(),
						ops.Add(ops.Min(count(ops.Sub(f64(100), c.TraceValue())).TraceValue(), f64(30)), f64(1))))
			}, jnp.Wrap(x[0]))
			return []*trace.Value{r.TraceValue()}
		}, []float64{0, 93, 500, 60}, []float64{101, 101, 500, 101}},
		"a loop in a branch, on rows that do not take it": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{
				lax.Cond(jnp.Wrap(ops.Ge(x[0], f64(0))), func() A { return count(x[0]) },
					func() A { return jnp.Wrap(f64(-9)) }).TraceValue()}
		}, []float64{3, -1, 5, -2}, []float64{3, -9, 5, -9}},
		"a loop in a branch that no row takes": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{
				lax.Switch(jnp.Wrap(ops.Convert(x[0], ir.Int32)), func() A { return jnp.Wrap(f64(-9)) },
					func() A { return count(f64(-1)) }, func() A { return count(x[0]) }).TraceValue()}
		}, []float64{-3, 2, -1, 7}, []float64{-9, 2, -9, 7}},
	} {
		p := program(t, c.f, []ir.Aval{ir.Scalar(ir.Float64)})
		q := mapProgram(t, p, 4, []int{0})
		done := make(chan arr, 1)
		go func() { done <- getAll(trace.TheRuntime().Run(q, putAll([]arr{vec(ir.Float64, c.in...)})))[0] }()
		select {
		case got := <-done:
			if s := got.closeTo(vec(ir.Float64, c.want...), 0); s != "" {
				t.Errorf("%s: %s", name, s)
			}
		case <-time.After(5 * time.Minute):
			t.Fatalf("%s: does not end", name)
		}
		// The same rows in a second, outer mapping: the conditions of the guards are then mapped themselves.
		o := mapProgram(t, q, 2, []int{0})
		got := getAll(
			trace.TheRuntime().Run(o, putAll([]arr{nums(ir.Float64, []int{2, 4}, slices.Concat(c.in, c.in)...)})))[0]
		if s := got.closeTo(nums(ir.Float64, []int{2, 4}, slices.Concat(c.want, c.want)...), 0); s != "" {
			t.Errorf("%s, mapped twice: %s", name, s)
		}
		checkVmapAt(t, c.f, []arr{scalar(ir.Float64, 1)}, []int{0}, 0)
	}
}
