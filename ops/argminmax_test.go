package ops_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestArgExtrema(t *testing.T) {
	ref := func(a arr, axis int, less bool) arr {
		keep := others(len(a.shape), []int{axis})
		out := arr{d: ir.Int32, shape: append([]int{}, pick(a.shape, keep)...)}
		best := make([]float64, ir.SizeOf(out.shape))
		out.e = make([]ir.Lit, len(best))
		counter(a.shape, func(at []int) {
			k, v := flat(out.shape, pick(at, keep)), a.e[flat(a.shape, at)].Float()
			b := best[k]
			if at[axis] == 0 || b == b && (v != v || less && v < b || !less && v > b) {
				best[k], out.e[k] = v, ir.IntLit(int64(at[axis]), ir.Int32)
			}
		})
		return out
	}
	b := newBench(t)
	for i, d := range sampleOf(append([]ir.DType{ir.Bool}, reals...)) {
		a := nums(d, []int{2, 4}, 1, 0, 1, 0, 0, 0, 1, 1)
		if d.IsFloat() {
			a = nums(d, []int{5, 4}, 1, nan, 3, nan, -inf, -inf, inf, inf, -inf, -inf, -inf, -inf, 0,
				math.Copysign(0, -1), 0, 2, inf, nan, inf, 1)
		}
		if i%2 == 0 { // so many that short axes are compared
			rows := a.shape[0]
			for len(a.e) < 1<<15 {
				a.e = append(a.e, a.e...)
			}
			a.shape = []int{rows, 4, len(a.e) / 4 / rows}
		}
		for axis := range 2 {
			for _, less := range []bool{false, true} {
				f := f1(func(x *trace.Value) *trace.Value {
					if less {
						return ops.ArgMin(x, axis, ir.Int32)
					}
					return ops.ArgMax(x, axis, ir.Int32)
				})
				b.values(f, []arr{a}, func(got []arr) {
					if s := got[0].closeTo(ref(a, axis, less), 0); s != "" {
						t.Errorf("%v, axis %d, least %t: %s", a, axis, less, s)
					}
				})
			}
		}
	}
	b.vmap(f1(func(x *trace.Value) *trace.Value { return ops.ArgMax(x, 1, ir.Int64) }),
		[]arr{nums(ir.Float32, []int{2, 3}, 1, 5, 2, 9, 3, 9)})
	b.run()
	x := nums(ir.Float32, []int{0, 3}).put()
	fails.With(t, func() { ops.ArgMax(x, 0, ir.Int32) }, "argminmax_test.go", "ops.ArgMax(float32[0,3])", "axis 0",
		"empty")
	fails.With(t, func() { ops.ArgMin(cplx(ir.Complex64, 1).put(), 0, ir.Int32) }, "argmin", "complex64")
	fails.With(t, func() { ops.ArgMin(vec(ir.Float32, 1).put(), 0, ir.Float32) }, "integer", "float32")
	fails.With(t, func() { ops.ArgMin(vec(ir.Float32, 1).put(), 1, ir.Int32) }, "axis 1 is out of range")
	if got := ops.ArgMax(x, 1, ir.Int32); !slices.Equal(got.Shape(), []int{0}) {
		t.Errorf("the positions along an axis of nothing else are %v", got.Aval())
	}
}
