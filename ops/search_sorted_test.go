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

func places(right bool) fn {
	return f1of2(func(a, q *trace.Value) *trace.Value { return ops.SearchSorted(a, q, right) })
}

func f1of2(f func(x, y *trace.Value) *trace.Value) fn {
	return func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x[0], x[1])} }
}

// A place is the number of elements that Sort puts before, whether there is a kernel or not.
func TestSearchSorted(t *testing.T) {
	for _, d := range sampleOf(reals) {
		for _, n := range []int{0, 1, 7, 8, 300} {
			a, q := ramp(d, 0, 0, n), ramp(d, 0, 0, 9, 11)
			some := func(i int) ir.Lit {
				if d.IsFloat() && i%11 == 7 {
					return ir.FloatLit([]float64{nan, -nan, inf, -inf, math.Copysign(0, -1)}[i%5], d)
				}
				return ir.FloatLit(float64(i*40503%97), d)
			}
			for i := range a.e {
				a.e[i] = some(3 * i)
			}
			for i := range q.e {
				q.e[i] = some(i)
			}
			a = refSort([]arr{a, ramp(ir.Int32, 0, 1, n)}, 1)[0]
			for _, right := range []bool{false, true} {
				want := ramp(ir.Int32, 0, 0, 9, 11)
				for i, v := range q.e {
					all := refSort([]arr{{d: d, shape: []int{n + 1}, e: append([]ir.Lit{v}, a.e...)},
						ramp(ir.Int32, 0, 1, n+1)}, 1)
					if right {
						all = refSort([]arr{{d: d, shape: []int{n + 1}, e: append(slices.Clone(a.e), v)},
							ramp(ir.Int32, 0, -1, n+1)}, 1)
						place := slices.IndexFunc(all[1].e, func(l ir.Lit) bool { return l.Int() == int64(-n) })
						want.e[i] = ir.IntLit(int64(place), ir.Int32)
						continue
					}
					place := slices.IndexFunc(all[1].e, func(l ir.Lit) bool { return l.Int() == 0 })
					want.e[i] = ir.IntLit(int64(place), ir.Int32)
				}
				what := fmt.Sprint(d, n, right)
				in := []arr{a, q}
				if s := runBoth(t, places(right), in)[0].closeTo(want, 0); s != "" {
					t.Error(what, s)
				}
				if n == 0 {
					continue
				}
				if s := want.decode(withoutKernels(t, places(right), in)[0]).closeTo(want, 0); s != "" {
					t.Error(what, "without kernels", s)
				}
			}
		}
	}
}

func TestSearchSortedRules(t *testing.T) {
	a, q := vec(ir.Float64, 1, 2, 2, 5), nums(ir.Float64, []int{2, 3}, 0, 1, 2, 3, 5, 6)
	rows := nums(ir.Float64, []int{2, 2}, 1, 2, 3, 4)
	for _, in := range [][]arr{{a, q}, {rows, q}, {a, nums(ir.Float64, nil, 2)}} {
		checkVmap(t, places(true), in)
		checkJVP(t, places(false), in)
	}
	x := a.put()
	fails.With(t, func() { ops.SearchSorted(x, vec(ir.Float32, 1).put(), false) }, "search_sorted_test.go",
		"ops.SearchSorted", "float32")
	fails.With(t, func() { ops.SearchSorted(rows.put(), x, false) }, "takes sorted vectors")
	z := cplx(ir.Complex64, 1).put()
	fails.With(t, func() { ops.SearchSorted(z, z, false) }, "complex64")
}

func ExampleSearchSorted() {
	show(ops.SearchSorted(value([]float32{1, 5, 5, 9}), value([]float32{5, 7}), false),
		ops.SearchSorted(value([]float32{1, 5, 5, 9}), value([]float32{5, 7}), true))
	// Output:
	// [1 3]
	// [3 3]
}
