package ops_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func partitioned(k int) fn {
	return func(x []*trace.Value) []*trace.Value {
		v, i := ops.Partition(x[0], k)
		return []*trace.Value{v, i}
	}
}

// The pivot is the element that a sort puts there, the same elements lie on either side, and each is where it says.
func TestPartition(t *testing.T) {
	for _, d := range reals {
		for j, n := range []int{1, 2, 70, 2000, 200000} {
			if n > 100000 && d != ir.Float32 && d != ir.Int64 {
				continue
			}
			a := ramp(d, 0, 0, n)
			for i := range a.e {
				a.e[i] = nums(d, nil, float64(i*40503%97)).e[0]
				if d.IsFloat() && i%11 == 7 {
					a.e[i] = ir.FloatLit([]float64{nan, -nan, inf, -inf, math.Copysign(0, -1)}[i%5], d)
				}
			}
			order := refSort([]arr{a, ramp(ir.Int32, 0, 1, n)}, 1)[1].e
			for _, k := range []int{0, n / 3, n - 1}[j%2:] {
				got := runBoth(t, partitioned(k), []arr{a})
				for i, from := range got[1].e {
					if got[0].e[i] != a.e[from.Int()] {
						t.Fatalf("%v[%d] at %d: element %d is %v, not %v", d, n, k, i, got[0].e[i], a.e[from.Int()])
					}
				}
				places := func(l []ir.Lit) string {
					l = slices.Clone(l)
					slices.SortFunc(l, func(x, y ir.Lit) int { return int(x.Int() - y.Int()) })
					return fmt.Sprint(l)
				}
				if got[1].e[k] != order[k] || places(got[1].e[:k]) != places(order[:k]) ||
					places(got[1].e[k:]) != places(order[k:]) {
					t.Errorf("%v[%d] at %d: other elements lie before it, or another is there", d, n, k)
				}
			}
		}
	}
}

func TestPartitionRules(t *testing.T) {
	for _, x := range []arr{nums(ir.Float64, []int{2, 3}, 3, 1, 2, -1, 0, -2), ramp(ir.Float64, 9, -0.5, 2, 40)} {
		checkVmap(t, partitioned(1), []arr{x})
		checkJVP(t, func(x []*trace.Value) []*trace.Value { return partitioned(1)(x)[:1] }, []arr{x})
	}
	runBoth(t, partitioned(1), []arr{nums(ir.Float64, []int{0, 3})})
	x := ramp(ir.Float64, 0, 1, 2, 3)
	want := withoutKernels(t, partitioned(1), []arr{x})
	if s := x.decode(want[0]).closeTo(x, 0); s != "" {
		t.Error("without kernels", s)
	}
	fails.With(t, func() { ops.Partition(x.put(), 3) }, "partition_test.go", "ops.Partition", "position 3")
	fails.With(t, func() { ops.Partition(cplx(ir.Complex64, 1).put(), 0) }, "complex64")
	fails.With(t, func() { ops.Partition(nums(ir.Float64, nil, 1).put(), 0) }, "position 0")
}

func ExamplePartition() {
	smaller, from := ops.Partition(value([]float32{5, 1, 9, 2}), 1)
	show(smaller, from)
	// Output:
	// [1. 2. 5. 9.]
	// [1 3 0 2]
}
