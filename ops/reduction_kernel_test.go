package ops_test

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// columnMeans are the means of the columns of a matrix, repeated.
func columnMeans(x *trace.Value) *trace.Value {
	return ops.BroadcastInDim(totals(x, 0), x.Shape(), []int{1})
}

// totals are sums over axes, made smaller.
func totals(x *trace.Value, axes ...int) *trace.Value {
	s := ops.ReduceSum(x, axes)
	return ops.Mul(s, ops.FullLike(s, 0.01))
}

// numbersOf is y with 0 where x is NaN.
func numbersOf(x, y *trace.Value) *trace.Value { return ops.Select(ops.Eq(x, x), y, ops.ZerosLike(y)) }

func sumOf(axes []int, of func(x, y *trace.Value) *trace.Value) fn {
	return func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.ReduceSum(of(x[0], x[1]), axes)} }
}

// Sums of inputs, of squared distances from a row, and of what is a number, are a kernel's, by the terms of
// its calls; others are XLA's. Both say the same.
func TestSumsByKernel(t *testing.T) {
	matrix := []int{60, 50}
	less := func(x *trace.Value) *trace.Value { return ops.Sub(x, columnMeans(x)) }
	for i, c := range []struct {
		name  string
		shape []int
		axes  []int
		of    func(x, y *trace.Value) *trace.Value
		terms string
	}{
		{"columns", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return x }, "0"},
		{"rows", matrix, []int{1}, func(x, _ *trace.Value) *trace.Value { return x }, "0"},
		{"all", matrix, []int{0, 1}, func(x, _ *trace.Value) *trace.Value { return x }, "0"},
		{"middle", []int{3, 40, 20, 5}, []int{1, 2}, func(x, _ *trace.Value) *trace.Value { return x }, "0"},
		{"reshaped", matrix, []int{1}, func(x, _ *trace.Value) *trace.Value {
			return ops.Reshape(x, []int{10, 100, 3})
		}, "0"},
		{"apart", []int{20, 5, 20}, []int{0, 2}, func(x, _ *trace.Value) *trace.Value { return x }, ""},
		{"few", []int{3, 1000}, []int{0}, func(x, _ *trace.Value) *trace.Value { return x }, ""},
		{"small", []int{31, 33}, []int{0}, func(x, _ *trace.Value) *trace.Value { return x }, ""},
		{"many rows", []int{300, 50}, []int{1}, func(x, _ *trace.Value) *trace.Value { return x }, ""},
		{"from an input", matrix, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, y))
		}, ""},
		{"from a number, the other way round", matrix, []int{0, 1}, func(x, _ *trace.Value) *trace.Value {
			d := ops.Sub(ops.FullLike(x, 2), x)
			return ops.Mul(d, d)
		}, ""},
		{"from places", matrix, []int{1}, func(x, _ *trace.Value) *trace.Value {
			return ops.IntegerPow(ops.Sub(x, ops.Iota(x.DType(), matrix, 1)), 2)
		}, ""},
		{"from a constant", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.Neg(ops.Iota(x.DType(), matrix, 0))))
		}, ""},
		{"from an input transposed", []int{60, 60}, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.Transpose(y, []int{1, 0})))
		}, ""},
		{"of a computed one from an input", matrix, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(ops.Exp(x), y))
		}, ""},
		{"exp", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return ops.Exp(x) }, ""},
		{"transposed", matrix, []int{1}, func(x, _ *trace.Value) *trace.Value {
			return ops.Transpose(x, []int{1, 0})
		}, ""},
		{"numbers", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return numbersOf(x, x) }, "1"},
		{"numbers of another", matrix, []int{0}, func(x, y *trace.Value) *trace.Value { return numbersOf(y, x) }, ""},
		{"square", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return ops.Square(x) }, "2"},
		{"power", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return ops.IntegerPow(x, 2) }, "2"},
		{"cube", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return ops.IntegerPow(x, 3) }, ""},
		{"variance", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value { return ops.Square(less(x)) }, "02"},
		{"variance by a product", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			x = less(x)
			return ops.Mul(x, x)
		}, "02"},
		{"mapped variance", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			m := ops.BroadcastInDim(totals(x, 0), []int{50, 60}, []int{0})
			return ops.Square(ops.Sub(x, ops.Transpose(m, []int{1, 0})))
		}, "02"},
		{"variance of all", matrix, []int{0, 1}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.BroadcastInDim(totals(x, 0, 1), matrix, nil)))
		}, "02"},
		{"means kept", []int{3, 40, 20, 5}, []int{1, 2}, func(x, _ *trace.Value) *trace.Value {
			m := ops.Reshape(totals(x, 1, 2), []int{3, 1, 1, 5})
			return ops.Square(ops.Sub(x, ops.BroadcastInDim(m, x.Shape(), []int{0, 1, 2, 3})))
		}, "02"},
		{"means of some", []int{3, 40, 20, 5}, []int{1, 2}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.BroadcastInDim(totals(x, 0, 1, 2), x.Shape(), []int{3})))
		}, "02"},
		{"means of rows", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.BroadcastInDim(totals(x, 1), matrix, []int{0})))
		}, "0"},
		{"from a number", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(ops.Sub(x, ops.FullLike(x, 1.5)))
		}, "2"},
		{"variance of numbers", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Square(numbersOf(x, ops.Sub(x, columnMeans(numbersOf(x, x)))))
		}, "13"},
		{"variance of other numbers", matrix, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Square(numbersOf(y, less(x)))
		}, "0"},
		{"not 0", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Select(ops.Eq(x, x), x, ops.FullLike(x, 1))
		}, ""},
		{"count", matrix, []int{0}, func(x, _ *trace.Value) *trace.Value {
			return ops.Convert(ops.Eq(x, x), x.DType())
		}, "4"},
		{"product", matrix, []int{0}, func(x, y *trace.Value) *trace.Value { return ops.Mul(x, y) }, ""},
		{"covariance", matrix, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Mul(less(x), less(y))
		}, "00"},
		{"product with numbers", matrix, []int{0}, func(x, y *trace.Value) *trace.Value {
			return ops.Mul(numbersOf(x, x), y)
		}, ""},
		{"weighted", matrix, []int{0}, func(x, y *trace.Value) *trace.Value { return ops.Mul(x, columnMeans(y)) }, "0"},
	} {
		d := []ir.DType{ir.Float32, ir.Float64}[i%2]
		x, y := ramp(d, -1, 0, c.shape...), ramp(d, 1, 0, c.shape...)
		for i := range x.e {
			x.e[i], y.e[i] = ir.FloatLit(float64(i*i%101)/8-6, d), ir.FloatLit(float64(i%97)/16, d)
			if i%89 == 3 && strings.ContainsAny(c.terms, "134") {
				x.e[i] = ir.FloatLit(math.NaN(), d)
			}
		}
		checkReduction(t, c.name, sumOf(c.axes, c.of), []arr{x, y}, c.terms)
	}
}

// checkReduction checks that the terms of the kernel's calls for f are these, and what it says with and without.
func checkReduction(t *testing.T, name string, f fn, in []arr, terms string) {
	t.Helper()
	p, _ := trace.Trace("f", avals(in), f)
	found := ""
	o := lower.Options{Platform: "cpu", HasKernel: kernels.HasBuiltin}
	for _, call := range reduceTerms.FindAllSubmatch(lower.Text(p, o).Text, -1) {
		found += string(call[1])
	}
	if found != terms {
		t.Errorf("%s: the terms of the kernel's calls are %q, want %q", name, found, terms)
	}
	got := runBoth(t, f, in)[0]
	if s := got.closeTo(got.decode(withoutKernels(t, f, in)[0]), 1e-5); s != "" {
		t.Error(name, in[0].d, s)
	}
}

var reduceTerms = regexp.MustCompile(`gojax_reduce.*terms = (\d)`)

// Sums of integers, also as longer ones, and extremes of inputs are the kernel's; floats' extremes are where that is
// all that a program computes, and where XLA's library would lose a NaN.
func TestIntegersAndExtremesByKernel(t *testing.T) {
	matrix, rows := []int{60, 50}, []int{9, 200}
	sum := func(axis int, to ir.DType) func(x *trace.Value) *trace.Value {
		return func(x *trace.Value) *trace.Value { return ops.ReduceSum(ops.Convert(x, to), []int{axis}) }
	}
	extreme := func(of func(x *trace.Value, axes []int) *trace.Value, axes ...int) func(x *trace.Value) *trace.Value {
		return func(x *trace.Value) *trace.Value { return of(x, axes) }
	}
	for _, c := range []struct {
		name  string
		d     ir.DType
		shape []int
		of    func(x *trace.Value) *trace.Value
		terms string
	}{
		{"columns", ir.Int32, matrix, sum(0, ir.Int32), "0"},
		{"columns, longer", ir.Int32, matrix, sum(0, ir.Int64), "0"},
		{"columns, unsigned", ir.Int8, matrix, sum(0, ir.Uint64), "0"},
		{"rows, longer", ir.Uint8, rows, sum(1, ir.Int32), "0"},
		{"rows of long ones", ir.Uint64, rows, sum(1, ir.Uint64), "0"},
		{"short rows", ir.Int32, matrix, sum(1, ir.Int32), ""},
		{"shorter ones", ir.Int64, matrix, sum(0, ir.Int32), ""},
		{"short ones", ir.Int16, matrix, sum(0, ir.Int16), ""},
		{"as floats", ir.Int32, matrix, sum(0, ir.Float32), ""},
		{"of floats", ir.Float32, matrix, sum(0, ir.Int32), ""},
		{"greatest", ir.Int16, matrix, extreme(ops.ReduceMax, 0), "5"},
		{"least", ir.Uint16, rows, extreme(ops.ReduceMin, 1), "6"},
		{"least of all", ir.Float64, matrix, extreme(ops.ReduceMin, 0, 1), "6"},
		{"greatest of floats", ir.Float32, rows, extreme(ops.ReduceMax, 1), "5"},
		{"greatest float and more", ir.Float32, rows, func(x *trace.Value) *trace.Value {
			return ops.Exp(ops.ReduceMax(x, []int{1}))
		}, ""},
		{"greatest of many computed and more", ir.Float32, []int{64, 65}, func(x *trace.Value) *trace.Value {
			return ops.Exp(ops.ReduceMax(ops.Neg(x), []int{1}))
		}, "5"},
		{"greatest of many half floats", ir.Float16, []int{64, 65}, extreme(ops.ReduceMax, 1), ""},
		{"greatest integer and more", ir.Int32, rows, func(x *trace.Value) *trace.Value {
			return ops.Neg(ops.ReduceMax(x, []int{1}))
		}, "5"},
		{"computed", ir.Int32, rows, func(x *trace.Value) *trace.Value {
			return ops.ReduceMax(ops.Neg(x), []int{1})
		}, ""},
		{"product", ir.Int32, matrix, extreme(ops.ReduceProd, 0), ""},
		{"and", ir.Int32, matrix, extreme(ops.ReduceAnd, 0), ""},
		{"any", ir.Bool, rows, extreme(ops.ReduceOr, 1), "5"},
		{"all", ir.Bool, matrix, extreme(ops.ReduceAnd, 0), "6"},
		{"either", ir.Bool, rows, extreme(ops.ReduceXor, 1), ""},
		{"bools", ir.Bool, rows, sum(1, ir.Int32), "0"},
		{"half floats", ir.Float16, rows, extreme(ops.ReduceMax, 1), ""},
	} {
		x := arr{d: c.d, shape: c.shape}
		for i := range ir.SizeOf(c.shape) {
			v := float64(i*i%101 - 50)
			switch {
			case c.d == ir.Bool:
				v = float64(i % 2 * (i / 300 % 3)) // rows of zeros, and others
			case !c.d.IsSigned() && !c.d.IsFloat():
				v += 60
			}
			x.e = append(x.e, ir.FloatLit(v, c.d))
		}
		f := func(x []*trace.Value) []*trace.Value { return []*trace.Value{c.of(x[0])} }
		checkReduction(t, c.name, f, []arr{x}, c.terms)
	}
}

// XLA's library, which it calls for reductions of so many elements, loses a NaN among them.
func TestExtremesOfManyAreNaN(t *testing.T) {
	const n, at = 64, 1234
	square, windows := []int{n, n}, []int{4, 4}
	minus := func(x *trace.Value) *trace.Value { return ops.Full(nil, ir.FloatLit(math.Inf(-1), x.DType())) }
	all := func(x *trace.Value) *trace.Value {
		return ops.Reduce([]*trace.Value{x}, []*trace.Value{minus(x)}, func(a, b []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Max(b[0], a[0])}
		}, []int{0, 1})[0]
	}
	for _, d := range []ir.DType{ir.Float16, ir.BFloat16, ir.Float32, ir.Float64} {
		for i, c := range []struct {
			f   func(x *trace.Value) *trace.Value
			nan int // of the results
		}{
			{func(x *trace.Value) *trace.Value { return ops.ReduceMax(x, []int{0}) }, at % n},
			{func(x *trace.Value) *trace.Value { return ops.ReduceMin(x, []int{1}) }, at / n},
			{func(x *trace.Value) *trace.Value { return ops.ReduceMax(ops.Neg(x), []int{0, 1}) }, 0},
			{func(x *trace.Value) *trace.Value { // of many short rows
				return ops.ReduceMin(ops.Reshape(x, []int{n * n / 8, 8}), []int{1})
			}, at / 8},
			{func(x *trace.Value) *trace.Value { // of axes apart
				return ops.ReduceMax(ops.Reshape(x, []int{n, 8, 8}), []int{0, 2})
			}, at % n / 8},
			{all, 0},
			{func(x *trace.Value) *trace.Value { // a window that is all of an axis
				return ops.ReduceWindow(x, minus(x), ops.Max, []int{n, 1}, []int{3, 1}, ops.PadValid)
			}, at % n},
			{func(x *trace.Value) *trace.Value {
				return ops.ReduceWindow(x, minus(x), ops.Max, windows, windows, ops.PadValid)
			}, at/n/4*(n/4) + at%n/4},
		} {
			x := ramp(d, -9, 0.25, square...)
			x.e[at] = ir.FloatLit(math.NaN(), d)
			got := runBoth(t, func(x []*trace.Value) []*trace.Value {
				return []*trace.Value{c.f(x[0]), ops.Add(x[0], x[0])}
			}, []arr{x})[0]
			for j, v := range got.e {
				if nan := math.IsNaN(v.Float()); nan != (j == c.nan) {
					t.Errorf("%v %d: result %d is NaN: %t", d, i, j, nan)
				}
			}
		}
	}
}
