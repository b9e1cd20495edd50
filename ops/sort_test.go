package ops_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// refSort sorts along the only axis, by the total order of the first keys arrays.
func refSort(xs []arr, keys int) []arr {
	n := len(xs[0].e)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	cmp := func(x, y float64) int {
		switch {
		case x != x && y != y, x == y:
			return 0
		case y != y, x < y:
			return -1
		}
		return 1
	}
	sort.SliceStable(order, func(i, j int) bool {
		for _, x := range xs[:keys] {
			a, b := x.e[order[i]].Complex(), x.e[order[j]].Complex()
			if c := cmp(real(a), real(b)); c != 0 {
				return c < 0
			}
			if c := cmp(imag(a), imag(b)); c != 0 {
				return c < 0
			}
		}
		return false
	})
	out := make([]arr, len(xs))
	for k, x := range xs {
		out[k] = arr{d: x.d, shape: x.shape}
		for _, i := range order {
			out[k].e = append(out[k].e, x.e[i])
		}
	}
	return out
}

// sorted sorts by the first array, along an axis.
func sorted(axis int) fn {
	return func(x []*trace.Value) []*trace.Value { return ops.Sort(x, axis, true, 1) }
}

// checkSorted sorts vectors and compares with refSort, the signs of zeros too.
func checkSorted(t *testing.T, what string, keys int, in []arr) {
	t.Helper()
	got := runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, keys) }, in)
	for i, want := range refSort(in, keys) {
		if s := got[i].closeTo(want, 0); s != "" {
			t.Errorf("%s, output %d: %.300s", what, i, s)
		}
		for j, l := range got[i].e {
			if w := want.e[j]; w.DType.IsFloat() && w.Float() == 0 && l != w {
				t.Errorf("%s, output %d: zero %d is %v, want %v", what, i, j, l, w)
			}
		}
	}
}

func TestSort(t *testing.T) {
	minus := math.Copysign(0, -1)
	for _, d := range sampleOf(every) {
		a := vec(d, 1, 0, 1, 0, 1, 1, 0)
		switch {
		case d.IsFloat():
			a = vec(d, 0, nan, minus, 2, -inf, -nan, minus, inf, -1, 0)
		case d.IsComplex():
			a = cplx(d, 1+2i, complex(nan, 1), 1-1i, complex(0, nan), complex(minus, 3), 2i, complex(0, -1),
				complex(-1, inf))
		case d.IsInteger():
			a = vec(d, 3, 1, 2, 100, 1, 0)
		}
		checkSorted(t, d.String(), 1, []arr{a, ramp(ir.Int32, 0, 1, len(a.e))})
	}
	keys := []arr{vec(ir.Int32, 1, 0, 1, 0, 1, 0), vec(ir.Float32, 2, nan, 1, 3, 1, -1), ramp(ir.Float64, 0, 1, 6)}
	for n := 1; n <= 3; n++ {
		checkSorted(t, fmt.Sprint(n, " keys"), n, keys)
	}
}

// Long arrays of floats are sorted another way, and that with a -0 in a third one.
func TestSortLongFloats(t *testing.T) {
	for _, d := range sampleOf(floats) {
		for _, zero := range []float64{1, math.Copysign(0, -1)} {
			a := ramp(d, 0, 0, 5000)
			for i := range a.e {
				a.e[i] = ir.FloatLit(math.Tan(float64(i)), d)
			}
			for i, v := range []float64{0, zero, nan, -nan, inf, -inf, 0, zero, 0} {
				a.e[500*i+7] = ir.FloatLit(v, d)
			}
			checkSorted(t, "long "+d.String(), 1, []arr{a})
			checkSorted(t, "long pair of "+d.String(), 1, []arr{a, ramp(ir.Int32, 0, 1, 5000)})
		}
	}
}

func TestSortLongIntegers(t *testing.T) {
	for _, d := range sampleOf(logic) {
		a := ramp(d, 0, 0, 2, 2500)
		for i := range a.e {
			v := int64(i * 40503)
			a.e[i] = ir.IntLit(v<<40>>24, d)
			if d == ir.Bool {
				a.e[i] = ir.BoolLit(v%3 == 0)
			}
		}
		pair := []arr{a, ramp(ir.Float32, 0, 1, 2, 2500)}
		got := runBoth(t, sorted(1), pair)
		for row := range 2 {
			part := []arr{{d, []int{2500}, a.e[row*2500:][:2500]},
				{ir.Float32, []int{2500}, pair[1].e[row*2500:][:2500]}}
			for i, w := range refSort(part, 1) {
				if g := (arr{w.d, w.shape, got[i].e[row*2500:][:2500]}); g.closeTo(w, 0) != "" {
					t.Errorf("long %v, row %d, output %d: %.300s", d, row, i, g.closeTo(w, 0))
				}
			}
		}
	}
}

func TestSortRules(t *testing.T) {
	in := []arr{nums(ir.Float64, []int{2, 3}, 3, 1, 2, -1, 0, -2), ramp(ir.Float64, 0, 1, 2, 3)}
	checkVmap(t, sorted(1), in)
	checkJVP(t, sorted(1), in)
	runBoth(t, sorted(1), []arr{nums(ir.Float64, []int{2, 0}), nums(ir.Float64, []int{2, 0})})
	x := putAll(in)
	fails.With(t, func() { ops.Sort(x, 2, true, 1) }, "sort_test.go", "ops.Sort(float64[2,3], float64[2,3])",
		"axis 2 is out of range")
	fails.With(t, func() { ops.Sort(x, 0, true, 3) }, "1 to 2", "not 3")
	fails.With(t, func() { ops.Sort([]*trace.Value{x[0], vec(ir.Float64, 1).put()}, 0, true, 1) }, "[2,3]", "[1]")
	fails.With(t, func() { ops.Sort(x[:1], -1, true, 1) }, "axis -1")
}

// Long axes, also those before the last, are sorted by a kernel; the same rules hold there.
func TestSortLongRules(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, b := ramp(ir.Float64, 0, 0, 2, 40), ramp(ir.Float64, 0, 1, 2, 40)
	for i, k := range r.Perm(80) {
		a.e[i] = ir.FloatLit(float64(k), ir.Float64)
	}
	for axis := range 2 {
		both := func(x []*trace.Value) []*trace.Value {
			y, at := ops.SortWithPositions(x, axis, true, 1)
			return append(y, at, ops.SortBy(x[1], x[0], axis), ops.ArgSort(x, axis, true))
		}
		checkVmap(t, both, []arr{a, b})
		checkJVP(t, func(x []*trace.Value) []*trace.Value { return append(both(x)[:2], ops.SortBy(x[0], x[1], axis)) },
			[]arr{a, b})
		got := runBoth(t, both, []arr{a, b})
		for i := range 80 {
			at := []int{i / 40, i % 40}
			from := slices.Clone(at)
			from[axis] = int(got[2].e[i].Int())
			if j := from[0]*40 + from[1]; got[0].e[i] != a.e[j] || got[1].e[i] != b.e[j] || got[4].e[i] != got[2].e[i] {
				t.Fatalf("axis %d: element %v is %v, %v, from %v", axis, at, got[0].e[i], got[1].e[i], from)
			}
			if at[axis] > 0 && got[0].e[i].Float() < got[0].e[i-[]int{40, 1}[axis]].Float() {
				t.Fatalf("axis %d: not in order at %v", axis, at)
			}
			if got[3].e[i] != a.e[i] { // b ascends along both axes
				t.Fatalf("axis %d: by an ascending array, element %v is %v", axis, at, got[3].e[i])
			}
		}
	}
}

func ExampleSort() {
	keys, values := value([]int{2, 1, 2}), value([]float32{0.5, 7, 0.25})
	show(ops.Sort([]*ops.Value{keys, values}, 0, true, 2)...) // by the keys, then by the values
	// Output:
	// [1 2 2]
	// [7.   0.25 0.5 ]
}

func ExampleSortKeyVal() {
	k, v := ops.SortKeyVal(value([]int{3, 1, 2}), value([]int{30, 10, 20}), 0, true)
	show(k, v)
	// Output:
	// [1 2 3]
	// [10 20 30]
}

func ExampleArgSort() {
	show(ops.ArgSort([]*ops.Value{value([]int{3, 1, 2})}, 0, true))
	// Output: [1 2 0]
}

func ExampleSortBy() {
	show(ops.SortBy(value([]int{3, 1, 2}), value([]int{30, 10, 20}), 0))
	// Output: [10 20 30]
}

func ExampleSortWithPositions() {
	sorted, positions := ops.SortWithPositions([]*ops.Value{value([]int{3, 1, 2})}, 0, true, 1)
	show(sorted[0], positions)
	// Output:
	// [1 2 3]
	// [1 2 0]
}
