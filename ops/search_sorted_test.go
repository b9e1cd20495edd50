package ops_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
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

// Rows as long as the kernel's trees are wide, and a little shorter and longer, for many elements and for few.
func TestSearchSortedLong(t *testing.T) {
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Uint32, ir.Uint64, ir.Int16} {
		ends := []ir.Lit{ir.IntLit(-5, d), ir.IntLit(1<<14, d)}
		switch {
		case d.IsFloat():
			ends = []ir.Lit{ir.FloatLit(-inf, d), ir.FloatLit(inf, d), ir.FloatLit(nan, d)}
		case !d.IsSigned():
			ends = []ir.Lit{ir.IntLit(0, d), {Lo: math.MaxUint64 >> (64 - d.Bits()), DType: d}}
		}
		for k, n := range []int{15, 16, 17, 256, 257, 4096, 70000} {
			a := ramp(d, 0, 0, n)
			for i := range a.e {
				a.e[i] = ir.IntLit(int64(i*10000/n), d)
			}
			copy(a.e[n-2:], []ir.Lit{ends[1], ends[len(ends)-1]})
			right := k%2 == 0
			for _, m := range []int{3, 2000} {
				q, want := ramp(d, 0, 0, m), ramp(ir.Int32, 0, 0, m)
				for i := range q.e {
					if q.e[i] = ir.IntLit(int64(i*37%10003), d); i < len(ends) {
						q.e[i] = ends[i]
					}
					want.e[i] = ir.IntLit(int64(sort.Search(n, func(j int) bool {
						x, v := a.e[j], q.e[i]
						if right {
							return goesBefore(v, x)
						}
						return !goesBefore(x, v)
					})), ir.Int32)
				}
				if s := runBoth(t, places(right), []arr{a, q})[0].closeTo(want, 0); s != "" {
					t.Error(d, n, m, right, s)
				}
			}
		}
	}
}

// goesBefore is the order of Sort, of numbers that are not both 0.
func goesBefore(x, y ir.Lit) bool {
	switch {
	case !x.DType.IsFloat() && !x.DType.IsSigned():
		return x.Lo < y.Lo
	case !x.DType.IsFloat():
		return x.Int() < y.Int()
	case math.IsNaN(x.Float()) || math.IsNaN(y.Float()):
		return !math.IsNaN(x.Float())
	}
	return x.Float() < y.Float()
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
