package ops_test

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// fold reduces a over axes by f, from init, in float64, complex128 or int64 arithmetic, and rounds once.
func fold(a arr, axes []int, init complex128, f func(x, y complex128) complex128) arr {
	keep := others(len(a.shape), axes)
	out := arr{d: a.d, shape: append([]int{}, pick(a.shape, keep)...)}
	acc := make([]complex128, ir.SizeOf(out.shape))
	for i := range acc {
		acc[i] = init
	}
	counter(a.shape, func(at []int) {
		k := flat(out.shape, pick(at, keep))
		acc[k] = f(acc[k], a.e[flat(a.shape, at)].Complex())
	})
	for _, v := range acc {
		out.e = append(out.e, asLit(v, a.d))
	}
	return out
}

// asLit is v as dtype d: integers wrap around, bools are what is not 0.
func asLit(v complex128, d ir.DType) ir.Lit {
	if d.IsInteger() && !math.IsInf(real(v), 0) {
		return ir.IntLit(int64(real(v)), d)
	}
	return ir.ComplexLit(v, d)
}

func realOf(f func(x, y float64) float64) func(x, y complex128) complex128 {
	return func(x, y complex128) complex128 { return complex(f(real(x), real(y)), 0) }
}

func bitsOf(f func(x, y int64) int64) func(x, y complex128) complex128 {
	return realOf(func(x, y float64) float64 { return float64(f(int64(x), int64(y))) })
}

// times multiplies real numbers as such: as complex ones, -Inf times 1 has a NaN part.
func times(x, y complex128) complex128 {
	if imag(x) == 0 && imag(y) == 0 {
		return complex(real(x)*real(y), 0)
	}
	return x * y
}

func lexical(less bool) func(x, y complex128) complex128 {
	return func(x, y complex128) complex128 {
		first := real(x) < real(y) || real(x) == real(y) && imag(x) < imag(y)
		switch {
		case cmplx.IsNaN(x), !cmplx.IsNaN(y) && first == less:
			return x
		}
		return y
	}
}

var reduceRows = []struct {
	name   string
	f      func(x *trace.Value, axes []int) *trace.Value
	dtypes []ir.DType
	init   complex128
	ref    func(x, y complex128) complex128
}{
	{"sum", ops.ReduceSum, numbers, 0, func(x, y complex128) complex128 { return x + y }},
	{"prod", ops.ReduceProd, numbers, 1, times},
	{"max", ops.ReduceMax, every, complex(math.Inf(-1), 0), lexical(false)},
	{"min", ops.ReduceMin, every, complex(math.Inf(1), 0), lexical(true)},
	{"and", ops.ReduceAnd, logic, -1, bitsOf(func(x, y int64) int64 { return x & y })},
	{"or", ops.ReduceOr, logic, 0, bitsOf(func(x, y int64) int64 { return x | y })},
	{"xor", ops.ReduceXor, logic, 0, bitsOf(func(x, y int64) int64 { return x ^ y })},
}

func TestReductions(t *testing.T) {
	for _, r := range reduceRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			run := func(a arr, axes ...int) {
				t.Helper()
				f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axes) })
				want := fold(a, axes, r.init, r.ref)
				if s := runBoth(t, f, []arr{a})[0].closeTo(want, 4*tolOf(a.d)); s != "" {
					t.Errorf("%v over %v: %s", a, axes, s)
				}
			}
			for _, d := range r.dtypes {
				a := ramp(d, 1, 1, 2, 3)
				if d == ir.Bool {
					a = nums(d, []int{2, 3}, 1, 0, 1, 1, 1, 0)
				}
				run(a, 1)
			}
			d := r.dtypes[len(r.dtypes)-1]
			a := ramp(d, 1, 0.5, 2, 3, 2)
			if !d.IsInexact() {
				a = ramp(d, 1, 3, 2, 3, 2)
			}
			run(a, 0, 2)
			run(a)
			run(a, 2, 1, 0)
			run(nums(d, []int{}, 3))
			if d.IsInexact() {
				run(vec(d, 1, nan, 3), 0)
				run(vec(d, 1, -inf, 3), 0)
			}
			checkVmap(t, f1(func(x *trace.Value) *trace.Value { return r.f(x, []int{1}) }), []arr{a})
		})
	}
	// Nothing gives the identity.
	for _, d := range every {
		least, most := ir.FloatLit(-inf, d), ir.FloatLit(inf, d)
		switch d.Kind() {
		case ir.KindBool:
			least, most = ir.BoolLit(false), ir.BoolLit(true)
		case ir.KindInt:
			least, most = ir.IntLit(math.MinInt64>>(64-d.Bits()), d), ir.IntLit(math.MaxInt64>>(64-d.Bits()), d)
		case ir.KindUint:
			least, most = ir.UintLit(0, d), ir.UintLit(math.MaxUint64, d)
		}
		x := arr{d: d, shape: []int{0}}.put()
		for _, got := range []struct {
			v    *trace.Value
			want ir.Lit
		}{{ops.ReduceMax(x, []int{0}), least}, {ops.ReduceMin(x, []int{0}), most}} {
			if l := get(got.v).e[0]; l != got.want {
				t.Errorf("the extremum of no %v is %v, want %v", d, l, got.want)
			}
		}
	}
}

// 4097 halves: added up in float16 the sum stays at 2048.
func TestSumsOfHalfFloats(t *testing.T) {
	for _, d := range []ir.DType{ir.Float16, ir.BFloat16} {
		a := ramp(d, 1, 0, 4096)
		if got := get(ops.ReduceSum(a.put(), []int{0})).e[0].Float(); got != 4096 {
			t.Errorf("the sum of 4096 ones in %v is %v", d, got)
		}
		if got := get(ops.CumSum(a.put(), 0, false)).e[4095].Float(); got != 4096 {
			t.Errorf("the cumulative sum of 4096 ones in %v ends at %v", d, got)
		}
	}
}

func TestReductionJVP(t *testing.T) {
	a := nums(ir.Float64, []int{2, 3}, 1.5, -2, 0.25, 3, 0.5, -4)
	zeros := nums(ir.Float64, []int{2, 3}, 1.5, 0, 0.25, 0, 0, -4) // a product with one zero, and one with two
	for _, axes := range [][]int{{1}, {0, 1}, {}} {
		for _, r := range reduceRows[:4] {
			f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axes) })
			checkJVP(t, f, []arr{a})
			if r.name == "prod" {
				checkJVP(t, f, []arr{zeros})
			}
		}
		checkTranspose(t, f1(func(x *trace.Value) *trace.Value { return ops.ReduceSum(x, axes) }), []arr{a}, 0)
	}
	// Equal maxima share the tangent.
	in := []arr{vec(ir.Float64, 2, 1, 2)}
	f := f1(func(x *trace.Value) *trace.Value { return ops.ReduceMax(x, []int{0}) })
	_, yt := jvpOf(t, program(t, f, avals(in)), putAll(in), []*trace.Value{vec(ir.Float64, 4, 100, 6).put()})
	if got := get(yt[0]).e[0].Float(); got != 5 {
		t.Errorf("the tangent of tied maxima is %v, want 5", got)
	}
}

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
	for _, d := range append([]ir.DType{ir.Bool}, reals...) {
		a := nums(d, []int{2, 4}, 1, 0, 1, 0, 0, 0, 1, 1)
		if d.IsFloat() {
			a = nums(d, []int{5, 4}, 1, nan, 3, nan, -inf, -inf, inf, inf, -inf, -inf, -inf, -inf, 0, math.Copysign(0, -1), 0, 2, inf, nan, inf, 1)
		}
		for axis := range 2 {
			for _, less := range []bool{false, true} {
				f := f1(func(x *trace.Value) *trace.Value {
					if less {
						return ops.ArgMin(x, axis, ir.Int32)
					}
					return ops.ArgMax(x, axis, ir.Int32)
				})
				if s := runBoth(t, f, []arr{a})[0].closeTo(ref(a, axis, less), 0); s != "" {
					t.Errorf("%v, axis %d, least %t: %s", a, axis, less, s)
				}
			}
		}
	}
	checkVmap(t, f1(func(x *trace.Value) *trace.Value { return ops.ArgMax(x, 1, ir.Int64) }), []arr{nums(ir.Float32, []int{2, 3}, 1, 5, 2, 9, 3, 9)})
	x := nums(ir.Float32, []int{0, 3}).put()
	wantFail(t, func() { ops.ArgMax(x, 0, ir.Int32) }, "reductions_test.go", "argmax(float32[0,3])", "axis 0", "empty")
	wantFail(t, func() { ops.ArgMin(cplx(ir.Complex64, 1).put(), 0, ir.Int32) }, "argmin", "complex64")
	wantFail(t, func() { ops.ArgMin(vec(ir.Float32, 1).put(), 0, ir.Float32) }, "integer", "float32")
	wantFail(t, func() { ops.ArgMin(vec(ir.Float32, 1).put(), 1, ir.Int32) }, "axis 1 is out of range")
	if got := ops.ArgMax(x, 1, ir.Int32); !slices.Equal(got.Shape(), []int{0}) {
		t.Errorf("the positions along an axis of nothing else are %v", got.Aval())
	}
}

func TestReduceGeneral(t *testing.T) {
	// The value that is furthest from 0, and its position.
	furthest := func(a, b []*trace.Value) []*trace.Value {
		x, y := ops.Abs(a[0]), ops.Abs(b[0])
		first := ops.Or(ops.Gt(x, y), ops.And(ops.Eq(x, y), ops.Lt(a[1], b[1])))
		return []*trace.Value{ops.Select(first, a[0], b[0]), ops.Select(first, a[1], b[1])}
	}
	f := func(x []*trace.Value) []*trace.Value { return ops.Reduce(x[:2], x[2:], furthest, []int{1}) }
	in := []arr{nums(ir.Float64, []int{2, 4}, 1, -5, 5, 2, 0, 0, -1, 1), ramp(ir.Int32, 0, 1, 2, 4), nums(ir.Float64, []int{}, 0), nums(ir.Int32, []int{}, 99)}
	got := runBoth(t, f, in)
	if s := got[0].closeTo(vec(ir.Float64, -5, -1), 0) + got[1].closeTo(vec(ir.Int32, 1, 6), 0); s != "" {
		t.Error(s)
	}
	checkVmap(t, f, in)
	// A concrete scalar from outside is a constant of the body; a traced one is refused.
	three := nums(ir.Float64, []int{}, 3).put()
	g := func(c *trace.Value) fn {
		return f2(func(x, init *trace.Value) *trace.Value {
			return ops.Reduce([]*trace.Value{x}, []*trace.Value{init}, func(a, b []*trace.Value) []*trace.Value {
				return []*trace.Value{ops.Min(c, ops.Add(a[0], b[0]))}
			}, []int{0})[0]
		})
	}
	two := []arr{vec(ir.Float64, 1, 1, 1, 1, 1), nums(ir.Float64, []int{}, 0)}
	if s := runBoth(t, g(three), two)[0].closeTo(nums(ir.Float64, []int{}, 3), 0); s != "" {
		t.Error(s)
	}
	wantFail(t, func() {
		trace.Trace("outer", avals(two), func(x []*trace.Value) []*trace.Value {
			return g(x[1])(x)
		})
	}, "reduce", "from outside")
	x := putAll(two)
	wantFail(t, func() {
		ops.Reduce(x[:1], x[1:], func(a, b []*trace.Value) []*trace.Value { return []*trace.Value{ops.Eq(a[0], b[0])} }, []int{0})
	}, "result 0", "bool", "float64")
}

func TestWeakReductions(t *testing.T) {
	weak := ops.BroadcastInDim(trace.FromLit(ir.FloatLit(2, ir.Float32).AsWeak()), []int{3}, nil)
	if !weak.Aval().Weak {
		t.Fatal("a broadcast weak scalar is strong")
	}
	for _, v := range []*trace.Value{ops.ReduceSum(weak, []int{0}), ops.CumSum(weak, 0, false), ops.Sort([]*trace.Value{weak}, 0, true, 1)[0], ops.Dot(weak, weak)} {
		if !v.Aval().Weak {
			t.Errorf("%v of a weak operand", v.Aval())
		}
	}
	if v := ops.ArgMax(weak, 0, ir.Int32); v.Aval().Weak {
		t.Error("a weak position")
	}
}

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
			run := func(a arr, axis int, reverse bool) {
				t.Helper()
				f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axis, reverse) })
				tol := 4 * tolOf(a.d)
				if s := runBoth(t, f, []arr{a})[0].closeTo(refCumulative(a, axis, reverse, r.ref), tol); s != "" {
					t.Errorf("%v%s axis %d reverse %t: %s", a.d, ir.ShapeString(a.shape), axis, reverse, s)
				}
			}
			ds, lengths := []ir.DType{ir.Int8, ir.Uint64, ir.BFloat16, ir.Float32, ir.Complex64}, []int{17}
			switch r.name { // compilations take the test's time, and all but one are computed alike
			case "cumsum":
				ds, lengths = numbers, []int{1, 2, 16, 17, 40, 65, 300}
			case "cumlogsumexp":
				ds = floats
			}
			for _, d := range ds {
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
			checkVmap(t, f, []arr{a})
			checkJVP(t, f, []arr{nums(ir.Float64, []int{1, 6}, 0.5, 1.5, -1, 0.25, 2, -3)})
			if r.name == "cumsum" {
				checkTranspose(t, f, []arr{a}, 0)
			}
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
	wantFail(t, func() { ops.CumSum(x, 0, false) }, "reductions_test.go", "cumsum(bool[2])", "not bool")
	wantFail(t, func() { ops.CumMax(vec(ir.Float32, 1).put(), 1, false) }, "axis 1 is out of range")
	wantFail(t, func() { ops.CumLogSumExp(vec(ir.Int32, 1).put(), 0, false) }, "cumlogsumexp", "int32")
	wantFail(t, func() { ops.ReduceSum(x, []int{0}) }, "reduce_sum(bool[2])", "not bool")
	wantFail(t, func() { ops.ReduceMax(x, []int{-1}) }, "axis -1 is out of range")
	wantFail(t, func() { ops.ReduceMax(x, []int{0, 0}) }, "axis 0 is named twice")
	wantFail(t, func() { ops.ReduceAnd(vec(ir.Float32, 1).put(), nil) }, "reduce_and", "float32")
}
