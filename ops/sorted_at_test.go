package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func at(x []*trace.Value) []*trace.Value {
	v, i := ops.SortedAt(x[0], x[1])
	return []*trace.Value{v, i}
}

// What is selected, of short and of long vectors, is what a sort puts there.
func TestSortedAt(t *testing.T) {
	for _, d := range sampleOf(reals) {
		for _, n := range []int{1, 5, 2000} {
			a := ramp(d, 0, 0, n)
			for i := range a.e {
				a.e[i] = ir.FloatLit(float64(i*40503%97), d)
				if d.IsFloat() && i%11 == 7 {
					a.e[i] = ir.FloatLit([]float64{nan, -nan, inf, -inf, math.Copysign(0, -1)}[i%5], d)
				}
			}
			k := vec(ir.Int32, 0, float64(n-1), float64(n/2), float64(n/3))
			got, want := runBoth(t, at, []arr{a, k}), refSort([]arr{a, ramp(ir.Int32, 0, 1, n)}, 1)
			for i, place := range k.e {
				if w := want[1].e[place.Int()]; got[1].e[i] != w || got[0].e[i] != a.e[w.Int()] {
					t.Errorf("%v[%d] at %v: %v from %v, want it from %v", d, n, place, got[0].e[i], got[1].e[i], w)
				}
			}
		}
	}
}

func TestSortedAtRules(t *testing.T) {
	for _, in := range [][]arr{
		{nums(ir.Float64, []int{2, 3}, 3, 1, 2, -1, 0, -2), nums(ir.Int32, []int{2, 2}, 0, 2, 1, 1)},
		{ramp(ir.Float64, 9, -0.5, 2, 40), nums(ir.Int32, []int{2, 2}, 0, 2, 1, 39)},
	} {
		checkVmap(t, at, in)
		checkJVP(t, func(x []*trace.Value) []*trace.Value { return at(x)[:1] }, in)
	}
	runBoth(t, at, []arr{nums(ir.Float64, []int{2, 0}), nums(ir.Int32, []int{2, 0})})
	x := ramp(ir.Float64, 0, 1, 2, 3).put()
	fails.With(t, func() { ops.SortedAt(x, vec(ir.Int32, 1).put()) }, "sorted_at_test.go", "ops.SortedAt", "[2,3]",
		"[1]")
	fails.With(t, func() { ops.SortedAt(x, ramp(ir.Int64, 0, 1, 2, 1).put()) }, "int32", "int64")
	fails.With(t, func() { ops.SortedAt(cplx(ir.Complex64, 1).put(), vec(ir.Int32, 0).put()) }, "complex64")
	fails.With(t, func() { ops.SortedAt(nums(ir.Float64, []int{0}).put(), vec(ir.Int32, 0).put()) }, "empty")
}

func ExampleSortedAt() {
	median, from := ops.SortedAt(value([]float32{5, 1, 9}), value([]int32{1}))
	show(median, from)
	// Output:
	// [5.]
	// [0]
}
