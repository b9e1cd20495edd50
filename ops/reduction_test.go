package ops_test

import (
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
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
			b := newBench(t)
			types := sampleOf(r.dtypes)
			run := func(a arr, axes ...int) {
				t.Helper()
				f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axes) })
				b.valuesIf(slices.Contains(types, a.d), f, []arr{a}, func(got []arr) {
					if s := got[0].closeTo(fold(a, axes, r.init, r.ref), 4*tolOf(a.d)); s != "" {
						t.Errorf("%v over %v: %s", a, axes, s)
					}
				})
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
			b.vmap(f1(func(x *trace.Value) *trace.Value { return r.f(x, []int{1}) }), []arr{a})
			b.run()
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

// blocky is an array of small whole numbers that repeat after 7.
func blocky(d ir.DType, shape ...int) arr {
	a := ramp(d, 0, 0, shape...)
	for i := range a.e {
		a.e[i] = asLit(complex(float64(i%7%4), 0), d)
	}
	return a
}

// Large arrays that are reduced along short rows are reduced in loops of XLA's own, bools by counts in blocks.
func TestReductionsOfLargeArrays(t *testing.T) {
	b := newBench(t)
	check := func(a arr, r int, axes []int, f fn, want string) {
		t.Helper()
		text := string(lower.Text(program(t, f, avals([]arr{a})), lower.Options{Platform: "cpu"}).Text)
		if !strings.Contains(text, want) {
			t.Errorf("%s of %v over %v has no %s:\n%s", reduceRows[r].name, avals([]arr{a}), axes, want, text)
		}
		row := reduceRows[r]
		b.values(f, []arr{a}, func(got []arr) {
			if s := got[0].closeTo(fold(arr{got[0].d, a.shape, a.e}, axes, row.init, row.ref), 0); s != "" {
				t.Errorf("%s of %v over %v: %s", row.name, avals([]arr{a}), axes, s)
			}
		})
	}
	for r, row := range reduceRows {
		reduced := func(axes ...int) fn {
			return f1(func(x *trace.Value) *trace.Value { return row.f(x, axes) })
		}
		switch row.name {
		case "sum", "max", "min":
			for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.BFloat16} {
				check(blocky(d, 8192, 2, 2), r, []int{1, 2}, reduced(1, 2), "stablehlo.optimization_barrier")
			}
		case "and", "or":
			check(blocky(ir.Bool, 64, 600), r, []int{1}, reduced(1), "tensor<64x75x8xi8>")
			check(blocky(ir.Bool, 90, 400), r, []int{0, 1}, reduced(0, 1), "tensor<3x30x400xi8>")
		}
	}
	for _, d := range []ir.DType{ir.Int8, ir.Uint32, ir.Int64, ir.Float32, ir.Float16} {
		f := f1(func(x *trace.Value) *trace.Value { return ops.ReduceSum(ops.Convert(x, d), []int{0}) })
		check(blocky(ir.Bool, 64, 600), 0, []int{0}, f, "tensor<2x32x600xi8>")
	}
	b.vmap(f1(func(x *trace.Value) *trace.Value { return ops.ReduceOr(x, []int{0}) }), []arr{blocky(ir.Bool, 64, 600)})
	b.run()
}

func TestReductionJVP(t *testing.T) {
	a := nums(ir.Float64, []int{2, 3}, 1.5, -2, 0.25, 3, 0.5, -4)
	zeros := nums(ir.Float64, []int{2, 3}, 1.5, 0, 0.25, 0, 0, -4) // a product with one zero, and one with two
	b := newBench(t)
	for _, axes := range [][]int{{1}, {0, 1}, {}} {
		for _, r := range reduceRows[:4] {
			f := f1(func(x *trace.Value) *trace.Value { return r.f(x, axes) })
			b.jvp(f, []arr{a})
			if r.name == "prod" {
				b.jvp(f, []arr{zeros})
			}
		}
		b.transpose(f1(func(x *trace.Value) *trace.Value { return ops.ReduceSum(x, axes) }), []arr{a}, 0)
	}
	b.run()
	// Equal maxima share the tangent.
	in := []arr{vec(ir.Float64, 2, 1, 2)}
	f := f1(func(x *trace.Value) *trace.Value { return ops.ReduceMax(x, []int{0}) })
	_, yt := jvpOf(t, program(t, f, avals(in)), putAll(in), []*trace.Value{vec(ir.Float64, 4, 100, 6).put()})
	if got := get(yt[0]).e[0].Float(); got != 5 {
		t.Errorf("the tangent of tied maxima is %v, want 5", got)
	}
}

func TestWeakReductions(t *testing.T) {
	weak := ops.BroadcastInDim(trace.FromLit(ir.FloatLit(2, ir.Float32).AsWeak()), []int{3}, nil)
	if !weak.Aval().Weak {
		t.Fatal("a broadcast weak scalar is strong")
	}
	for _, v := range []*trace.Value{ops.ReduceSum(weak, []int{0}), ops.CumSum(weak, 0, false),
		ops.Sort([]*trace.Value{weak}, 0, true, 1)[0], ops.Dot(weak, weak)} {
		if !v.Aval().Weak {
			t.Errorf("%v of a weak operand", v.Aval())
		}
	}
	if v := ops.ArgMax(weak, 0, ir.Int32); v.Aval().Weak {
		t.Error("a weak position")
	}
}

func ExampleReduceSum() {
	show(ops.ReduceSum(value([][]int{{1, 2}, {3, 4}}), []int{0}))
	// Output: [4 6]
}
