package ops_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

var (
	floats  = []ir.DType{ir.Float16, ir.BFloat16, ir.Float32, ir.Float64}
	inexact = append([]ir.DType{ir.Complex64, ir.Complex128}, floats...)
	ints    = []ir.DType{ir.Int8, ir.Int16, ir.Int32, ir.Int64, ir.Uint8, ir.Uint16, ir.Uint32, ir.Uint64}
	signed  = ints[:4]
	logic   = append([]ir.DType{ir.Bool}, ints...)
	numbers = append(append([]ir.DType{}, ints...), inexact...)
	reals   = append(append([]ir.DType{}, ints...), floats...)
	every   = append([]ir.DType{ir.Bool}, numbers...)
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// re makes a function of real numbers one of complex ones.
func re(f func(x float64) float64) func(x complex128) complex128 {
	return func(x complex128) complex128 { return complex(f(real(x)), 0) }
}

// both is a reference that has a real and a complex half.
func both(f func(x float64) float64, c func(x complex128) complex128) func(x complex128) complex128 {
	return func(x complex128) complex128 {
		if imag(x) == 0 {
			return complex(f(real(x)), 0)
		}
		return c(x)
	}
}

// unaryRow is one operation of one operand: which dtypes it takes, the points it is tried at, its reference, and, where
// it can be differentiated, the points for that.
type unaryRow struct {
	name   string
	f      func(x *trace.Value) *trace.Value
	dtypes []ir.DType
	at     []float64
	ref    func(x complex128) complex128
	diff   []float64
}

var unaryRows = []unaryRow{
	{"neg", ops.Neg, numbers, []float64{0, 1, 2.5, 100}, func(x complex128) complex128 { return -x }, []float64{1, -2}},
	{"sign", ops.Sign, numbers, []float64{0, 1, 7}, re(func(x float64) float64 { return min(x, 1) }), []float64{1, -2}},
	{"abs", ops.Abs, append(append([]ir.DType{}, signed...), inexact...), []float64{0, -1, 2.5, -100},
		func(x complex128) complex128 { return complex(cmplx.Abs(x), 0) }, []float64{1, -2}},
	{"floor", ops.Floor, floats, []float64{0, 1.5, -1.5, 2, -inf, nan}, re(math.Floor), []float64{1.5, -2.2}},
	{"ceil", ops.Ceil, floats, []float64{0, 1.5, -1.5, 2, inf, nan}, re(math.Ceil), []float64{1.5, -2.2}},
	{"round away", round(ops.AwayFromZero), floats, []float64{0.5, 1.5, 2.5, -0.5, -2.5, 0.25}, re(math.Round),
		[]float64{1.2}},
	{"round even", round(ops.ToNearestEven), floats, []float64{0.5, 1.5, 2.5, -0.5, -2.5, 0.75}, re(math.RoundToEven),
		[]float64{1.2}},
	{"exp", ops.Exp, inexact, []float64{0, 1, -2, 3.5}, both(math.Exp, cmplx.Exp), []float64{0.3, -1}},
	{"exp2", ops.Exp2, inexact, []float64{0, 1, -2, 3.5},
		both(math.Exp2, func(x complex128) complex128 { return cmplx.Exp(math.Ln2 * x) }), []float64{0.3, -1}},
	{"expm1", ops.Expm1, inexact, []float64{0, 1e-4, -2, 2.5},
		both(math.Expm1, func(x complex128) complex128 { return cmplx.Exp(x) - 1 }), []float64{0.3, -1}},
	{"log", ops.Log, inexact, []float64{0.1, 1, 2.5, 100}, both(math.Log, cmplx.Log), []float64{0.3, 4}},
	{"log1p", ops.Log1p, inexact, []float64{1e-4, 1, 2.5, 100, -0.5},
		both(math.Log1p, func(x complex128) complex128 { return cmplx.Log(1 + x) }), []float64{0.3, 4}},
	{"sqrt", ops.Sqrt, inexact, []float64{0, 1, 2.5, 100}, both(math.Sqrt, cmplx.Sqrt), []float64{0.3, 4}},
	{"rsqrt", ops.Rsqrt, inexact, []float64{0.2, 1, 2.5, 100},
		func(x complex128) complex128 { return 1 / cmplx.Sqrt(x) }, []float64{0.3, 4}},
	{"cbrt", ops.Cbrt, floats, []float64{0, 1, -8, 2.5}, re(math.Cbrt), []float64{0.3, -4}},
	{"name", func(x *trace.Value) *trace.Value { return ops.CheckpointName(x, "x") }, every, []float64{0, 1},
		func(x complex128) complex128 { return x }, []float64{1, -2}},
	{"logistic", ops.Logistic, inexact, []float64{0, 1, -8, 2.5},
		func(x complex128) complex128 { return 1 / (1 + cmplx.Exp(-x)) }, []float64{0.3, -4}},
	{"square", ops.Square, numbers, []float64{0, 1, 3, 11}, func(x complex128) complex128 { return x * x },
		[]float64{0.3, -4}},
	{"sin", ops.Sin, inexact, []float64{0, 1, -2, 3.5}, both(math.Sin, cmplx.Sin), []float64{0.3, -4}},
	{"cos", ops.Cos, inexact, []float64{0, 1, -2, 3.5}, both(math.Cos, cmplx.Cos), []float64{0.3, -4}},
	{"tan", ops.Tan, inexact, []float64{0, 1, -0.5}, both(math.Tan, cmplx.Tan), []float64{0.3, -4}},
	{"asin", ops.Asin, inexact, []float64{0, 0.5, -0.75}, both(math.Asin, cmplx.Asin), []float64{0.3, -0.5}},
	{"acos", ops.Acos, inexact, []float64{0, 0.5, -0.75}, both(math.Acos, cmplx.Acos), []float64{0.3, -0.5}},
	{"atan", ops.Atan, inexact, []float64{0, 0.5, -3}, both(math.Atan, cmplx.Atan), []float64{0.3, -4}},
	{"sinh", ops.Sinh, inexact, []float64{0, 0.5, -3}, both(math.Sinh, cmplx.Sinh), []float64{0.3, -2}},
	{"cosh", ops.Cosh, inexact, []float64{0, 0.5, -3}, both(math.Cosh, cmplx.Cosh), []float64{0.3, -2}},
	{"tanh", ops.Tanh, inexact, []float64{0, 0.5, -3}, both(math.Tanh, cmplx.Tanh), []float64{0.3, -2}},
	{"asinh", ops.Asinh, inexact, []float64{0, 0.5, -3}, both(math.Asinh, cmplx.Asinh), []float64{0.3, -2}},
	{"acosh", ops.Acosh, inexact, []float64{1.5, 3, 20}, both(math.Acosh, cmplx.Acosh), []float64{1.3, 2}},
	{"atanh", ops.Atanh, inexact, []float64{0, 0.5, -0.75}, both(math.Atanh, cmplx.Atanh), []float64{0.3, -0.5}},
	{"tanh_slope", ops.TanhSlope, inexact, []float64{0, 0.5, -3},
		both(tanhSlope, func(x complex128) complex128 { return 1 / (cmplx.Cosh(x) * cmplx.Cosh(x)) }),
		[]float64{0.3, -2}},
	{"erf", ops.Erf, floats, []float64{0, 0.5, -3}, re(math.Erf), []float64{0.3, -2}},
	{"erfc", ops.Erfc, floats, []float64{0, 0.5, -3}, re(math.Erfc), []float64{0.3, -2}},
	{"erf_inv", ops.ErfInv, floats, []float64{0, 0.5, -0.75}, re(math.Erfinv), []float64{0.3, -0.5}},
	{"entr", ops.Entr, floats, []float64{0, 0.5, 3, -1}, re(func(x float64) float64 {
		if x > 0 {
			return -x * math.Log(x)
		}
		if x < 0 {
			return -inf
		}
		return 0
	}), []float64{0.3, 2}},
	{"lgamma", ops.Lgamma, floats, []float64{0.5, 1, 3.5, 10},
		re(func(x float64) float64 { y, _ := math.Lgamma(x); return y }), []float64{0.7, 3}},
	{"gamma", ops.Gamma, floats, []float64{0.5, 1, -2.5, 10}, re(math.Gamma), []float64{0.7, 3}},
	{"digamma", ops.Digamma, floats, []float64{1, 2, 4}, re(harmonic), []float64{0.7, 3}},
	{"integer_pow 0", power(0), numbers, []float64{0, 1, 3}, func(x complex128) complex128 { return 1 },
		[]float64{0.7, -3}},
	{"integer_pow 1", power(1), numbers, []float64{0, 1, 3}, func(x complex128) complex128 { return x },
		[]float64{0.7, -3}},
	{"integer_pow 3", power(3), numbers, []float64{0, 1, 5}, func(x complex128) complex128 { return x * x * x },
		[]float64{0.7, -3}},
	{"integer_pow 10", power(10), inexact, []float64{0, 1, 1.5},
		func(x complex128) complex128 { return cmplx.Pow(x, 10) }, []float64{0.7, -1.3}},
	{"integer_pow -3", power(-3), inexact, []float64{1, 5, -0.5},
		func(x complex128) complex128 { return 1 / (x * x * x) }, []float64{0.7, -3}},
	{"is_finite", ops.IsFinite, floats, []float64{0, 5, -inf, inf, nan},
		re(func(x float64) float64 { return bit(!math.IsInf(x, 0) && x == x) }), []float64{1}},
	{"real", ops.Real, inexact[:2], []float64{0, 5}, func(x complex128) complex128 { return complex(real(x), 0) }, nil},
	{"imag", ops.Imag, inexact[:2], []float64{0, 5}, func(x complex128) complex128 { return complex(imag(x), 0) }, nil},
	{"conj", ops.Conj, inexact[:2], []float64{0, 5}, cmplx.Conj, nil},
	{"reduce_precision", func(x *trace.Value) *trace.Value { return ops.ReducePrecision(x, 5, 3) }, floats,
		[]float64{0, 1, 1.0625, 1.3, -7.1}, re(func(x float64) float64 {
			f, e := math.Frexp(x)
			return math.Ldexp(math.RoundToEven(f*16)/16, e)
		}), nil},
}

func round(m ops.RoundingMethod) func(x *trace.Value) *trace.Value {
	return func(x *trace.Value) *trace.Value { return ops.Round(x, m) }
}

func power(n int) func(x *trace.Value) *trace.Value {
	return func(x *trace.Value) *trace.Value { return ops.IntegerPow(x, n) }
}

// harmonic is digamma at whole x.
func harmonic(x float64) float64 {
	y := -0.57721566490153286
	for k := 1.0; k < x; k++ {
		y += 1 / k
	}
	return y
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestUnary(t *testing.T) {
	for _, r := range unaryRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, d := range every {
				if !slices.Contains(r.dtypes, d) && (!strings.HasPrefix(r.name, "integer_pow") || d == ir.Bool) {
					fails.With(t, func() { r.f(nums(d, []int{2}, 1, 1).put()) }, "takes", "not "+d.String(),
						d.String()+"[2]")
				}
			}
			onBench(t, r.check)
		})
	}
}

func (r unaryRow) check(b *bench) {
	t, f := b.t, f1(r.f)
	run := sampleOf(r.dtypes)
	for _, d := range r.dtypes {
		run := slices.Contains(run, d)
		in, ref := nums(d, []int{len(r.at)}, r.at...), r.ref
		if d.IsComplex() {
			for i, x := range r.at {
				in.e[i] = ir.ComplexLit(complex(x, 0.75-0.5*float64(i)), d)
			}
			if r.name == "sign" {
				ref = func(x complex128) complex128 { return x / complex(cmplx.Abs(x), 0) }
			}
		}
		// Of short arrays one real dtype: XLA's vector code, below, is the longer to make, and has the same rule.
		short := sample.All() || d.IsComplex() || !d.IsInexact() || d == r.dtypes[len(r.dtypes)-1]
		b.valuesIf(run && short, f, []arr{in}, func(got []arr) {
			if s := got[0].closeTo(in.map1(got[0].d, ref), tolOf(d)); s != "" {
				t.Errorf("%v: %s", d, s)
			}
		})
		if r.name == "sign" && d.IsComplex() || !d.IsInexact() {
			continue
		}
		long := arr{d: d, shape: []int{1000}} // the vector code of long arrays, of which XLA's atan was once wrong
		for e := vec(d, r.at...).e; len(long.e) < 1000; {
			long.e = append(long.e, e[:min(len(e), 1000-len(long.e))]...)
		}
		b.valuesIf(run, f, []arr{long}, func(got []arr) {
			if s := got[0].closeTo(long.map1(got[0].d, r.ref), tolOf(d)); s != "" {
				t.Errorf("%v, 1000 elements: %.300s", d, s)
			}
		})
	}
	in := vec(r.dtypes[len(r.dtypes)-1], r.at[:2]...)
	b.vmap(f, []arr{in})
	b.values(f, []arr{nums(in.d, []int{}, r.at[1])}, func(got []arr) {
		if len(got[0].shape) != 0 {
			t.Errorf("of a scalar: %v", got[0])
		}
	})
	if r.diff != nil {
		b.jvp(f, []arr{vec(ir.Float64, r.diff...)})
	}
}

// binaryRow is one operation of two operands: pairs of values by dtype family.
type binaryRow struct {
	name   string
	f      func(x, y *trace.Value) *trace.Value
	dtypes []ir.DType
	x, y   []float64
	ref    func(x, y float64, d ir.DType) float64
	diff   bool
}

func r2(f func(x, y float64) float64) func(x, y float64, d ir.DType) float64 {
	return func(x, y float64, _ ir.DType) float64 { return f(x, y) }
}

func b2(f func(x, y float64) bool) func(x, y float64, d ir.DType) float64 {
	return func(x, y float64, _ ir.DType) float64 { return bit(f(x, y)) }
}

// quotient is XLA's division: of integers cut towards zero, and all ones by zero.
func quotient(x, y float64, d ir.DType) float64 {
	switch {
	case d.IsInexact():
		return x / y
	case y == 0 && d.IsSigned():
		return -1
	case y == 0:
		return float64(^uint64(0) >> (64 - d.Bits()))
	}
	return math.Trunc(x / y)
}

var (
	xs = []float64{7, 0, 5, 1, 12, 3}
	ys = []float64{2, 3, 5, 4, 7, 1}
)

var binaryRows = []binaryRow{
	{"add", ops.Add, numbers, xs, ys, r2(func(x, y float64) float64 { return x + y }), true},
	{"sub", ops.Sub, numbers, []float64{7, 5, 9.5}, []float64{2, 5, 1.5},
		r2(func(x, y float64) float64 { return x - y }), true},
	{"mul", ops.Mul, numbers, xs, ys, r2(func(x, y float64) float64 { return x * y }), true},
	{"div", ops.Div, numbers, xs, ys, quotient, true},
	{"hypot", ops.Hypot, floats, xs, ys, r2(math.Hypot), true},
	{"quotient", ops.Quotient, inexact, xs, ys, quotient, true},
	{"xlogy", ops.XLogY, inexact, xs, ys,
		r2(func(x, y float64) float64 { return x * math.Log(y) }), false},
	{"xlog1py", ops.XLog1pY, inexact, xs, ys,
		r2(func(x, y float64) float64 { return x * math.Log1p(y) }), false},
	{"div by 0", ops.Div, reals, []float64{5, 7}, []float64{0, 0}, quotient, false},
	{"div of negative", ops.Div, signed, []float64{-7, 7, -128}, []float64{2, -2, 3}, quotient, false},
	{"rem", ops.Rem, reals, xs, ys, r2(math.Mod), false},
	{"rem of negative", ops.Rem, append(append([]ir.DType{}, signed...), floats...), []float64{-7, 7, -5},
		[]float64{2, -2, 5}, r2(math.Mod), false},
	{"max", ops.Max, every, []float64{1, 0, 3}, []float64{0, 0, 7}, r2(math.Max), false},
	{"min", ops.Min, every, []float64{1, 0, 3}, []float64{0, 0, 7}, r2(math.Min), false},
	{"max of NaN", ops.Max, floats, []float64{nan, 1, -inf}, []float64{1, nan, inf}, r2(math.Max), false},
	{"min of NaN", ops.Min, floats, []float64{nan, 1, -inf}, []float64{1, nan, inf}, r2(math.Min), false},
	{"pow", ops.Pow, inexact, []float64{2, 3, 0.5, 9}, []float64{3, -1, 2, 0.5}, r2(math.Pow), true},
	{"atan2", ops.Atan2, floats, []float64{1, -1, 2, -0.5}, []float64{1, 1, -3, -2}, r2(math.Atan2), true},
	{"nextafter", ops.NextAfter, floats[2:], []float64{1, 0, 1, 5}, []float64{2, 1, 0, 5},
		func(x, y float64, d ir.DType) float64 {
			if d == ir.Float32 {
				return float64(math.Nextafter32(float32(x), float32(y)))
			}
			return math.Nextafter(x, y)
		}, false},
	{"and", ops.And, logic, []float64{1, 0, 1, 12}, []float64{1, 1, 0, 10},
		bitwise(func(x, y uint64) uint64 { return x & y }), false},
	{"or", ops.Or, logic, []float64{1, 0, 1, 12}, []float64{1, 1, 0, 10},
		bitwise(func(x, y uint64) uint64 { return x | y }), false},
	{"xor", ops.Xor, logic, []float64{1, 0, 1, 12}, []float64{1, 1, 0, 10},
		bitwise(func(x, y uint64) uint64 { return x ^ y }), false},
	{"shift_left", ops.ShiftLeft, ints, []float64{1, 3, 5}, []float64{3, 0, 64},
		bitwise(func(x, y uint64) uint64 { return x << y }), false},
	{"shift_right_logical", ops.ShiftRightLogical, ints, []float64{100, 3, 5}, []float64{3, 0, 64},
		bitwise(func(x, y uint64) uint64 { return x >> y }), false},
	{"shift_right_arithmetic", ops.ShiftRightArithmetic, signed, []float64{-100, 3, -5}, []float64{3, 0, 64},
		r2(func(x, y float64) float64 { return float64(int64(x) >> uint64(y)) }), false},
	{"eq", ops.Eq, every, []float64{1, 0, 3}, []float64{0, 0, 7}, b2(func(x, y float64) bool { return x == y }), false},
	{"ne", ops.Ne, every, []float64{1, 0, 3}, []float64{0, 0, 7}, b2(func(x, y float64) bool { return x != y }), false},
	{"lt", ops.Lt, append([]ir.DType{ir.Bool}, reals...), []float64{1, 0, 0}, []float64{0, 0, 7},
		b2(func(x, y float64) bool { return x < y }), false},
	{"le", ops.Le, append([]ir.DType{ir.Bool}, reals...), []float64{1, 0, 0}, []float64{0, 0, 7},
		b2(func(x, y float64) bool { return x <= y }), false},
	{"gt", ops.Gt, append([]ir.DType{ir.Bool}, reals...), []float64{1, 0, 0}, []float64{0, 0, 7},
		b2(func(x, y float64) bool { return x > y }), false},
	{"ge", ops.Ge, append([]ir.DType{ir.Bool}, reals...), []float64{1, 0, 0}, []float64{0, 0, 7},
		b2(func(x, y float64) bool { return x >= y }), false},
	{"eq of NaN", ops.Eq, floats, []float64{nan, 0, inf}, []float64{nan, math.Copysign(0, -1), inf},
		b2(func(x, y float64) bool { return x == y }), false},
	{"eq_to", ops.EqTo, floats, []float64{nan, 0, inf}, []float64{nan, math.Copysign(0, -1), inf},
		b2(func(x, y float64) bool { return x != 0 }), false},
	{"lt_to", ops.LtTo, floats, []float64{inf, math.Copysign(0, -1), -1}, []float64{nan, 0, 1},
		b2(func(x, y float64) bool { return true }), false},
	{"le_to", ops.LeTo, floats, []float64{nan, 0, -1}, []float64{1, math.Copysign(0, -1), -1},
		b2(func(x, y float64) bool { return x == -1 }), false},
}

func bitwise(f func(x, y uint64) uint64) func(x, y float64, d ir.DType) float64 {
	return func(x, y float64, d ir.DType) float64 { return ir.IntLit(int64(f(uint64(x), uint64(y))), d).Float() }
}

func TestBinary(t *testing.T) {
	for _, r := range binaryRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			d := r.dtypes[len(r.dtypes)-1]
			fails.With(t, func() { r.f(vec(d, 1, 2).put(), vec(d, 1, 2, 3).put()) }, "[2]", "[3]", "BroadcastInDim",
				"elementwise_test.go")
			if r.name != "pow" {
				other := ir.Int32
				if d == other {
					other = ir.Int64
				}
				fails.With(t, func() { r.f(vec(d, 1, 2).put(), vec(other, 1, 2).put()) }, d.String(), other.String(),
					"Convert")
			}
			onBench(t, r.check)
		})
	}
	onBench(t, func(b *bench) {
		b.jvp(f2(ops.Max), []arr{vec(ir.Float64, 2, 0.5), vec(ir.Float64, 1.5, 3)})
		b.jvp(f2(ops.Min), []arr{vec(ir.Float64, 2, 0.5), vec(ir.Float64, 1.5, 3)})
		b.jvp(f2(ops.Rem), []arr{vec(ir.Float64, 7.3, -7.3), vec(ir.Float64, 2, 2)})
		b.vmap(f2(ops.Sub), []arr{ramp(ir.Float32, 1, 1, 2, 3), ramp(ir.Float32, 5, -2, 2, 3)})
	})
}

func (r binaryRow) check(b *bench) {
	t, f := b.t, f2(r.f)
	var short []arr
	run := sampleOf(r.dtypes)
	for _, d := range r.dtypes {
		x, y := vec(d, r.x...), vec(d, r.y...)
		b.valuesIf(slices.Contains(run, d), f, []arr{x, y}, func(got []arr) {
			want := arr{d: got[0].d, shape: x.shape}
			for i := range x.e {
				l := ir.IntLit(-1, want.d)
				v := r.ref(x.e[i].Float(), y.e[i].Float(), d)
				if v != 1<<64 { // what float64 makes of the largest uint64
					l = ir.FloatLit(v, want.d)
				}
				want.e = append(want.e, l)
			}
			if s := got[0].closeTo(want, tolOf(d)); s != "" {
				t.Errorf("%v: %s", d, s)
			}
			short = got
		})
	}
	d := r.dtypes[len(r.dtypes)-1]
	long := func(a arr) arr {
		return arr{d: a.d, shape: []int{100 * len(a.e)}, e: slices.Repeat(a.e, 100)}
	}
	b.values(f, []arr{long(vec(d, r.x...)), long(vec(d, r.y...))}, func(got []arr) {
		if s := got[0].closeTo(long(short[0]), tolOf(d)); s != "" {
			t.Errorf("%v, long: %.300s", d, s)
		}
	})
	two := []arr{vec(d, r.x[:2]...), vec(d, r.y[:2]...)}
	if sample.All() {
		b.vmap(f, two)
	}
	// The rule is one for all elementwise operations; TestBinary has one mapped in every way.
	for _, axes := range [][]int{{0, 1}, {1, trace.NotMapped}, {trace.NotMapped, 0}} {
		b.vmapAt(f, two, axes, 2)
	}
	b.vmapAt(f, two, []int{0, 0}, 0)
	if r.diff {
		b.jvp(f, []arr{vec(ir.Float64, 2, 0.5, 3), vec(ir.Float64, 1.5, 3, -2)})
	}
}

func TestElementwiseTransposes(t *testing.T) {
	onBench(t, transposes)
}

func transposes(b *bench) {
	x, y := vec(ir.Float64, 1, -2, 3), vec(ir.Float64, 4, 0.5, -6)
	b.transpose(f1(ops.Neg), []arr{x}, 0)
	b.transpose(f2(ops.Add), []arr{x, y}, 0, 1)
	b.transpose(f2(ops.Add), []arr{x, y}, 1)
	b.transpose(f2(ops.Sub), []arr{x, y}, 0, 1)
	b.transpose(f2(ops.Mul), []arr{x, y}, 0)
	b.transpose(f2(ops.Mul), []arr{x, y}, 1)
	b.transpose(f2(ops.Div), []arr{x, y}, 0)
	z, w := cplx(ir.Complex128, 1+2i, -3i), cplx(ir.Complex128, 2-1i, 4)
	b.transpose(f2(ops.Mul), []arr{z, w}, 1)
	b.transpose(f2(ops.Div), []arr{z, w}, 0)
	b.transpose(f1(ops.Real), []arr{z}, 0)
	b.transpose(f1(ops.Imag), []arr{z}, 0)
	b.transpose(f1(ops.Conj), []arr{z}, 0)
	b.transpose(f2(ops.Complex), []arr{x, y}, 0, 1)
	b.transpose(f1(power(1)), []arr{x}, 0)
	b.transpose(f1(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Complex128) }), []arr{x}, 0)
	b.transpose(f1(func(x *trace.Value) *trace.Value { return ops.Convert(x, ir.Float64) }), []arr{z}, 0)
	p := vec(ir.Bool, 1, 0, 1)
	b.transpose(f3(ops.Select), []arr{p, x, y}, 1, 2)
	b.transpose(f3(ops.Select), []arr{nums(ir.Bool, []int{}, 1), x, y}, 1, 2)
}

// testdata/special.jsonl.gz holds what JAX 0.10.2 makes, on a CPU, of zeros of both signs, infinities, NaN, tiny and
// huge numbers: one case a line, {"op", "x": [arrays], "want": array}; with "tangent": i, want is the derivative along
// operand i, and "power" is integer_pow's. Floats that JSON cannot write are the strings "nan", "inf" and "-inf".
const specialFile = "testdata/special.jsonl.gz"

type specialCase struct {
	Op      string
	X       []specialArray
	Want    specialArray
	Tangent *int
	Power   int
}

type specialArray struct {
	DType string
	Shape []int
	Data  []json.RawMessage
}

func (a specialArray) arr() (arr, error) {
	d, err := ir.ParseDType(a.DType)
	if err != nil {
		return arr{}, err
	}
	out := arr{d: d, shape: a.Shape}
	for _, raw := range a.Data {
		l, err := specialLit(raw, d)
		if err != nil {
			return arr{}, fmt.Errorf("%s: %w", raw, err)
		}
		out.e = append(out.e, l)
	}
	return out, nil
}

func specialLit(raw json.RawMessage, d ir.DType) (ir.Lit, error) {
	switch {
	case d.IsComplex():
		var parts []json.RawMessage
		if err := json.Unmarshal(raw, &parts); err != nil {
			return ir.Lit{}, err
		}
		re, err := specialFloat(parts[0])
		if err != nil {
			return ir.Lit{}, err
		}
		im, err := specialFloat(parts[1])
		return ir.ComplexLit(complex(re, im), d), err
	case d == ir.Bool:
		return ir.BoolLit(string(raw) == "true"), nil
	case d.IsInteger():
		n, err := strconv.ParseInt(string(raw), 10, 64)
		return ir.IntLit(n, d), err
	}
	v, err := specialFloat(raw)
	return ir.FloatLit(v, d), err
}

func specialFloat(raw json.RawMessage) (float64, error) {
	s := string(raw)
	if s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	return strconv.ParseFloat(s, 64)
}

func unaryNamed(name string, power int) func(x *trace.Value) *trace.Value {
	if name == "integer_pow" {
		return func(x *trace.Value) *trace.Value { return ops.IntegerPow(x, power) }
	}
	for _, r := range unaryRows {
		if r.name == name {
			return r.f
		}
	}
	return nil
}

func binaryNamed(name string) func(x, y *trace.Value) *trace.Value {
	for _, r := range binaryRows {
		if r.name == name {
			return r.f
		}
	}
	return nil
}

// sameAs is closer than arr.closeTo: relative alone, so that small numbers count.
func (a arr) sameAs(want arr) (bad []int) {
	const tol = 8e-6
	same := func(x, y float64) bool {
		return x == y || x != x && y != y || !math.IsInf(y, 0) && math.Abs(x-y) <= tol*math.Abs(y)+1e-37
	}
	for i, x := range a.e {
		x, y := x.Complex(), want.e[i].Complex()
		if !same(real(x), real(y)) || !same(imag(x), imag(y)) {
			bad = append(bad, i)
		}
	}
	return bad
}

func TestSpecialValues(t *testing.T) {
	n := 0
	b := newBench(t)
	err := jsonl.File(specialFile, func(line []byte) error {
		n++
		var c specialCase
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		var x []arr
		for _, v := range c.X {
			a, err := v.arr()
			if err != nil {
				return err
			}
			x = append(x, a)
		}
		want, err := c.Want.arr()
		if err == nil {
			b.special(c, x, want)
		}
		return err
	})
	b.run()
	if err != nil || n < 100 {
		t.Errorf("read %d cases: %v", n, err)
	}
}

func (b *bench) special(c specialCase, x []arr, want arr) {
	b.t.Helper()
	for i := range want.e {
		want.e[i] = c.corrected(x, want, i)
	}
	var f fn
	switch g, h := unaryNamed(c.Op, c.Power), binaryNamed(c.Op); {
	case len(x) == 1 && g != nil:
		f = f1(g)
	case len(x) == 2 && h != nil:
		f = f2(h)
	default:
		b.t.Errorf("%s of %d operands is in no table", c.Op, len(x))
		return
	}
	what, p := c.Op, program(b.t, f, avals(x))
	want = c.right(x, c.gammas(x[0], want))
	var got func() arr
	if c.Tangent == nil {
		result := b.queue(p, x)
		got = func() arr { return result.out[0] }
	} else { // equation by equation: in one loop XLA rounds otherwise than JAX did
		what = fmt.Sprintf("the derivative of %s along operand %d", c.Op, *c.Tangent)
		tan := make([]*trace.Value, len(x))
		tan[*c.Tangent] = x[*c.Tangent].map1(want.d, func(complex128) complex128 { return 1 }).put()
		_, yt := jvpOf(b.t, p, putAll(x), tan)
		if yt[0] == nil {
			yt[0] = ops.Full(want.shape, ir.FloatLit(0, want.d))
		}
		got = func() arr { return get(yt[0]) }
	}
	b.then(func() {
		got := got()
		if got.d != want.d || len(got.e) != len(want.e) {
			b.t.Errorf("%s of %v: got %v[%d], want %v[%d]", what, x[0].d, got.d, len(got.e), want.d, len(want.e))
			return
		}
		for k, i := range got.sameAs(want) {
			if k == 5 {
				break
			}
			at := x[0].e[i].String()
			if len(x) == 2 {
				at += ", " + x[1].e[i].String()
			}
			b.t.Errorf("%s of %v(%s): got %v, want %v", what, x[0].d, at, got.e[i], want.e[i])
		}
	})
}
