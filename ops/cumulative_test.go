package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

var cumRows = []struct {
	name string
	f    func(x *trace.Value, axis int, reverse bool) *trace.Value
	ref  func(x, y complex128) complex128
}{
	{"cumsum", ops.CumSum, func(x, y complex128) complex128 { return x + y }},
	{"cumprod", ops.CumProd, times},
	{"cummax", ops.CumMax, lexical(false)},
	{"cummin", ops.CumMin, lexical(true)},
	{"cumlogsumexp", ops.CumLogSumExp, realOf(func(x, y float64) float64 {
		if x == y && math.IsInf(x, 0) {
			return x
		}
		return max(x, y) + math.Log1p(math.Exp(-math.Abs(x-y)))
	})},
}

func refCumulative(a arr, axis int, reverse bool, f func(x, y complex128) complex128) arr {
	out := arr{d: a.d, shape: a.shape, e: make([]ir.Lit, len(a.e))}
	acc := make([]complex128, len(a.e))
	n := a.shape[axis]
	stride := ir.SizeOf(a.shape[axis+1:])
	for k := range a.e {
		if k/stride%n != 0 {
			continue
		}
		for i := range n {
			q := k + i*stride
			p := q - stride
			if reverse {
				q = k + (n-1-i)*stride
				p = q + stride
			}
			acc[q] = a.e[q].Complex()
			if i > 0 {
				acc[q] = f(acc[p], acc[q])
			}
			out.e[q] = asLit(acc[q], a.d)
		}
	}
	return out
}

func TestCumulative(t *testing.T) {
	for _, r := range cumRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			run := func(a arr, axis int, reverse bool) {
				t.Helper()
				f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axis, reverse) })
				b.values(f, []arr{a}, func(got []arr) {
					if s := got[0].closeTo(refCumulative(a, axis, reverse, r.ref), 4*tolOf(a.d)); s != "" {
						t.Errorf("%v%s axis %d reverse %t: %s", a.d, ir.ShapeString(a.shape), axis, reverse, s)
					}
				})
			}
			ds, lengths := []ir.DType{ir.Int8, ir.Uint64, ir.BFloat16, ir.Float32, ir.Complex64}, []int{17}
			switch r.name { // compilations take the test's time, and all but one are computed alike
			case "cumsum":
				ds, lengths = numbers, []int{1, 2, 16, 17, 40, 65, 300}
			case "cumlogsumexp":
				ds = floats
			}
			for _, d := range sampleOf(ds) {
				run(nums(d, []int{2, 3}, 1, 3, 2, 2, 2, 1), 1, false)
			}
			// Lengths around those of a block and of a block of blocks, where the way of computing changes.
			for _, n := range lengths {
				a := ramp(ir.Float64, 0, 0, n)
				for i := range a.e {
					a.e[i] = ir.FloatLit(1+0.1*math.Sin(float64(7*i)), ir.Float64)
				}
				run(a, 0, n%2 == 0)
			}
			if r.name == "cumsum" {
				big := ramp(ir.Float64, 0.5, 1.0/1024, 3, 70, 2)
				run(big, 1, true)
				run(big, 1, false)
			}
			run(nums(ir.Float64, []int{0, 3}), 0, false)
			run(nums(ir.Float64, []int{3, 0}), 0, true)
			run(vec(ir.Float64, -inf, -inf, 0, 1, inf, 2), 0, false)
			run(vec(ir.Float64, 1, -inf, nan, 1, inf, 2), 0, false)
			a := ramp(ir.Float64, 1, 0.5, 2, 3)
			f := f1(func(x *trace.Value) *trace.Value { return r.f(x, 1, true) })
			b.vmap(f, []arr{a})
			b.jvp(f, []arr{nums(ir.Float64, []int{1, 6}, 0.5, 1.5, -1, 0.25, 2, -3)})
			if r.name == "cumsum" {
				b.transpose(f, []arr{a}, 0)
			}
			b.run()
		})
	}
	// -0 keeps its sign whatever is put before it.
	for _, n := range []int{3, 20, 70} {
		a := ramp(ir.Float64, 0, 0, n)
		for i := range a.e {
			a.e[i] = ir.FloatLit(math.Copysign(0, -1), ir.Float64)
		}
		for i, l := range get(ops.CumSum(a.put(), 0, false)).e {
			if !math.Signbit(l.Float()) {
				t.Errorf("element %d of the cumulative sum of %d times -0 is +0", i, n)
				break
			}
		}
	}
	x := vec(ir.Bool, 1, 0).put()
	fails.With(t, func() { ops.CumSum(x, 0, false) }, "cumulative_test.go", "ops.CumSum(bool[2])", "not bool")
	fails.With(t, func() { ops.CumMax(vec(ir.Float32, 1).put(), 1, false) }, "axis 1 is out of range")
	fails.With(t, func() { ops.CumLogSumExp(vec(ir.Int32, 1).put(), 0, false) }, "ops.CumLogSumExp", "int32")
	fails.With(t, func() { ops.ReduceSum(x, []int{0}) }, "ops.ReduceSum(bool[2])", "not bool")
	fails.With(t, func() { ops.ReduceMax(x, []int{-1}) }, "axis -1 is out of range")
	fails.With(t, func() { ops.ReduceMax(x, []int{0, 0}) }, "axis 0 is named twice")
	fails.With(t, func() { ops.ReduceAnd(vec(ir.Float32, 1).put(), nil) }, "ops.ReduceAnd", "float32")
}

// On platforms without kernels the results are the same, to the bit where nothing is rounded. Lengths are around those
// of a block and of a block of blocks, where the way of computing changes.
func TestCumulativeWithoutKernels(t *testing.T) {
	for _, r := range cumRows[:4] {
		for i, n := range []int{1, 2, 16, 17, 40, 65, 300} {
			d := []ir.DType{ir.Float64, ir.Int8, ir.Float32, ir.Uint64, ir.BFloat16}[i%5]
			a := ramp(d, 0, 0, 2, n)
			for k := range a.e {
				if d.IsFloat() {
					a.e[k] = ir.FloatLit(1+0.1*math.Sin(float64(7*k)), d)
				} else {
					a.e[k] = ir.IntLit(int64(k*7%5-2), d)
				}
			}
			f := f1(func(x *trace.Value) *trace.Value { return r.f(x, 1, n%2 == 0) })
			got := a.decode(withoutKernels(t, f, []arr{a})[0])
			if s := got.closeTo(runBoth(t, f, []arr{a})[0], 4*tolOf(d)); s != "" {
				t.Errorf("%s of %d %v without kernels: %s", r.name, n, d, s)
			}
		}
	}
}

func ExampleCumSum() {
	show(ops.CumSum(value([]int{1, 2, 3}), 0, false), ops.CumSum(value([]int{1, 2, 3}), 0, true))
	// Output:
	// [1 3 6]
	// [6 5 3]
}
