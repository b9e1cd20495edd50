package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func ExampleDynamicSlice() {
	x := value([]int{0, 1, 2, 3, 4})
	show(ops.DynamicSlice(x, []*ops.Value{value(1)}, []int{2}), ops.DynamicSlice(x, []*ops.Value{value(9)}, []int{2}))
	// Output:
	// [1 2]
	// [3 4]
}

func ExampleDynamicUpdateSlice() {
	show(ops.DynamicUpdateSlice(value([]int{0, 0, 0, 0}), value([]int{7, 8}), []*ops.Value{value(1)}))
	// Output: [0 7 8 0]
}

// A part of a long vector is updated apart from what is computed before and after it, on CPUs; one number at many
// places, short vectors, rows and what loops carry are not. What an update is computed of is kept apart where it is
// other elements of the same array.
func TestUpdatesApart(t *testing.T) {
	const n = 20000
	at := func(i int, x, update *trace.Value) *trace.Value {
		starts := make([]*trace.Value, x.Rank())
		for j := range starts {
			starts[j] = trace.FromLit(ir.IntLit(int64(i), ir.Int32))
		}
		return ops.DynamicUpdateSlice(x, update, starts)
	}
	first := func(x *trace.Value, n int) *trace.Value { return ops.SliceInDim(x, 0, n, 1, 0) }
	for _, c := range []struct {
		name     string
		shape    []int
		f        func(x, y *trace.Value) *trace.Value
		barriers int
	}{
		{"after", []int{n}, func(x, y *trace.Value) *trace.Value { return ops.Neg(at(0, x, first(y, 7))) }, 1},
		{"between", []int{n}, func(x, y *trace.Value) *trace.Value {
			return ops.Neg(at(500, ops.Mul(x, x), first(y, 1000)))
		}, 2},
		{"one number", []int{n}, func(x, y *trace.Value) *trace.Value {
			return ops.Neg(at(500, x, ops.FullLike(first(y, 7), 3)))
		}, 0},
		{"short", []int{1000}, func(x, y *trace.Value) *trace.Value { return ops.Neg(at(5, x, first(y, 7))) }, 0},
		{"all", []int{n}, func(x, y *trace.Value) *trace.Value { return ops.Neg(at(0, ops.Mul(x, x), y)) }, 0},
		{"rows", []int{200, 100}, func(x, y *trace.Value) *trace.Value { return ops.Neg(at(0, x, first(y, 7))) }, 0},
		{"in a loop", []int{n}, func(x, y *trace.Value) *trace.Value {
			return ops.ForiN("loop", 3, []*trace.Value{x}, func(_ *trace.Value, c []*trace.Value) []*trace.Value {
				return []*trace.Value{at(5, c[0], ops.Neg(ops.SliceInDim(c[0], 5, 12, 1, 0)))}
			})[0]
		}, 0},
		{"in a loop, of other elements", []int{n}, func(x, y *trace.Value) *trace.Value {
			return ops.ForiN("loop", 3, []*trace.Value{x}, func(_ *trace.Value, c []*trace.Value) []*trace.Value {
				return []*trace.Value{at(5, c[0], first(c[0], 7))}
			})[0]
		}, 1},
	} {
		f := fn(func(x []*trace.Value) []*trace.Value { return []*trace.Value{c.f(x[0], x[1])} })
		x := []arr{ramp(ir.Float32, 1, 1, c.shape...), ramp(ir.Float32, -3, 2, c.shape...)}
		p, _ := trace.Trace("f", trace.Avals(putAll(x)), f)
		for platform, want := range map[string]int{"cpu": c.barriers, "cuda": 0} {
			text := string(lower.Text(p, lower.Options{Platform: platform}).Text)
			if got := strings.Count(text, "optimization_barrier"); got != want {
				t.Errorf("%s on %s: %d barriers, want %d:\n%s", c.name, platform, got, want, text)
			}
		}
		runBoth(t, f, x)
	}
}
