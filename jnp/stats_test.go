package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestStats(t *testing.T) {
	runRows(t, []opRow{
		{"NaNMean", []string{"n"}, func(a []Array) Array { return NaNMean(a[0], 1) },
			"float32[3]", []complex128{1.83333333, nanC, -0.5}},
		{"NaNStd", []string{"n"}, func(a []Array) Array { return Reduction{DDof: 1}.NaNStd(a[0], 1) },
			"float32[3]", []complex128{1.25830574, nanC, 2.29128785}},
		{"NaNVar", []string{"n"}, func(a []Array) Array { return NaNVar(a[0]) },
			"float32[]", []complex128{3.63888889}},
		{"Mean", []string{"x"}, func(a []Array) Array { return Mean(a[0]) },
			"float32[]", []complex128{0.645833333}},
		{"Mean of ints", []string{"i"}, func(a []Array) Array { return Mean(a[0], 0, 2) },
			"float32[3]", []complex128{3.25, 2, 1.25}},
		{"Mean of bools", []string{"b"}, func(a []Array) Array { return Mean(a[0], 1) },
			"float32[2]", []complex128{0.666666667, 0}},
		{"Mean where", []string{"x", "m"},
			func(a []Array) Array { return Reduction{Where: a[1], KeepDims: true}.Mean(a[0], 1) },
			"float32[3,1]", []complex128{1.83333333, 2.5, 1.33333333}},
		{"Mean of none", []string{"e"}, func(a []Array) Array { return Mean(a[0], 0) },
			"float32[3]", []complex128{nanC, nanC, nanC}},
		{"Mean complex", []string{"z"}, func(a []Array) Array { return Mean(a[0], 0) },
			"complex64[3]", []complex128{complex(0.75, 0.75), complex(1, -0.5), complex(0.5, 0.5)}},
		{"Var", []string{"x"}, func(a []Array) Array { return Var(a[0], 0) },
			"float32[4]", []complex128{4.38888889, 5.38888889, 4.66666667, 1.34722222}},
		{"Var complex", []string{"z"}, func(a []Array) Array { return Var(a[0], 1) },
			"float32[2]", []complex128{3.11111111, 3.11111111}},
		{"Var ddof", []string{"a"}, func(a []Array) Array { return Reduction{DDof: 1}.Var(a[0], 0, 2) },
			"float32[3]", []complex128{2.66071429, 2.66071429, 2.66071429}},
		{"Var ddof too large", []string{"y"}, func(a []Array) Array { return Reduction{DDof: 4}.Var(a[0]) },
			"float32[]", []complex128{nanC}},
		{"Var where", []string{"x", "m"}, func(a []Array) Array { return Reduction{Where: a[1]}.Var(a[0], 0) },
			"float32[4]", []complex128{0.5625, 4, 0.25, 1}},
		{"Var about zero", []string{"x"}, func(a []Array) Array { return Reduction{Center: Zeros(3, 1)}.Var(a[0], 1) },
			"float32[3]", []complex128{3.875, 5.265625, 4.375}},
		{"Std", []string{"x"}, func(a []Array) Array { return Std(a[0]) },
			"float32[]", []complex128{2.02190693}},
		{"Std of ints", []string{"i"}, func(a []Array) Array { return Reduction{KeepDims: true}.Std(a[0], 1) },
			"float32[2,1,2]", []complex128{1.24721913, 3.39934634, 8.6409876, 9.7410928}},
	})
}

// float16 and bfloat16 have the results that float32 has, rounded, where sums on the way exceed their range; float32
// those that float64 has.
func TestSumsHaveRoom(t *testing.T) {
	trace.WithX64(true, func() {
		for _, f := range []struct {
			name string
			f    func(x Array) Array
		}{
			{"Mean", func(x Array) Array { return Mean(x) }},
			{"Mean in the dtype", func(x Array) Array { return Reduction{DType: x.DType()}.Mean(x) }},
			{"NaNMean", func(x Array) Array { return NaNMean(x) }},
			{"Std", func(x Array) Array { return Std(x) }},
			{"NaNStd", func(x Array) Array { return NaNStd(x) }},
			{"Std in the dtype", func(x Array) Array { return Reduction{DType: x.DType(), DDof: 1}.Std(x) }},
			{"Median", func(x Array) Array { return Median(x) }},
			{"NaNMedian", func(x Array) Array { return NaNMedian(x) }},
			{"Quantile", func(x Array) Array { return Quantile(x, 0.3) }},
			{"Average", func(x Array) Array { return Average(x) }},
			{"Average by weights", func(x Array) Array { return Reduction{Weights: x.Abs()}.Average(x) }},
			{"Trapezoid", func(x Array) Array { return Integration{Dx: 0.125}.Trapezoid(x) }},
			{"Trapezoid at positions", func(x Array) Array {
				return Integration{X: Space{DType: x.DType()}.LinSpace(0, 1, x.Size())}.Trapezoid(x)
			}},
			{"Gradient", func(x Array) Array { return Gradients{Spacing: []any{4}}.Gradient(x)[0] }},
			{"CorrCoef", func(x Array) Array { return CorrCoef(Stack([]Array{x, Roll(x, 1), x.Mul(x.Gt(0))})) }},
			{"LinSpace", func(x Array) Array { return LinSpace(x.Index(0), x.Index(1), 7) }},
			{"LinSpaceStep", func(x Array) Array {
				_, step := Space{}.LinSpaceStep(x.Index(0), x.Index(1), 7)
				return step
			}},
			{"Interp", func(x Array) Array { return Interp(x.Mul(0.5), x.Index(S(0, 2)).Sort(), x.Index(S(0, 2))) }},
		} {
			for d, large := range map[DType]float64{Float16: 60000, BFloat16: 1e18, Float32: 2e38} {
				if d == Float32 && f.name != "Median" && f.name != "CorrCoef" && f.name != "Interp" {
					continue // the other sums of float32 are of float32
				}
				x := FromSlice([]float64{-large, large, 0.9 * large, 0.8 * large, -0.7 * large, 0.5 * large}).AsType(d)
				if d == Float32 && f.name == "CorrCoef" {
					x = x.Mul(0.1)
				}
				got, want := f.f(x), f.f(x.AsType(Float64))
				if got.DType() != d {
					t.Errorf("%s of %v: dtype %v", f.name, d, got.DType())
				}
				off := Max(got.AsType(Float64).Sub(want).Abs()).Item()
				if limit := 8 * FInfo(d).Eps * Max(want.Abs()).Item(); !(off <= limit) {
					t.Errorf("%s of %v: %v, want %v", f.name, d, got, want)
				}
			}
		}
	})
}

// A standard deviation has the scale of its elements, as far as their squares are numbers; that of equal numbers has
// the derivative 0.
func TestStdOfScales(t *testing.T) {
	trace.WithX64(true, func() {
		x := FromSlice([]float64{3, -4, 0.5, 12, 5, 1})
		want, slope := Std(x).Item(), gojax.Grad(func(x Array) Array { return Std(x) })(x)
		for d, scales := range map[DType][]float64{
			Float16: {1e-3, 1e3}, Float32: {1e-16, 1e16}, Float64: {1e-150, 1e150},
		} {
			for _, c := range scales {
				y, dy := gojax.ValueAndGrad(func(x Array) Array { return Std(x) })(x.Mul(c).AsType(d))
				eps := FInfo(d).Eps
				if got := y.AsType(Float64).Item() / c; !(math.Abs(got-want) <= 4*eps*want) {
					t.Errorf("Std at scale %g of %v: %v, want %v", c, d, got, want)
				}
				if off := Max(dy.AsType(Float64).Sub(slope).Abs()).Item(); !(off <= 8*eps) {
					t.Errorf("the gradient of Std at scale %g of %v: %v, want %v", c, d, dy, slope)
				}
			}
		}
	})
	for _, n := range []int{1, 3} {
		if dx := gojax.Grad(func(x Array) Array { return Std(x) })(Full([]int{n}, 2.5)); Any(dx).Item() != 0 {
			t.Errorf("the gradient of Std of %d equal numbers: %v, want 0", n, dx)
		}
	}
}

// With an integer DType all is done in integers, as JAX does it, and nothing wraps around on the way.
func TestStatsInIntegers(t *testing.T) {
	for _, d := range []DType{Int8, Uint8, Int16, Uint16, Int32, Uint32} {
		r := Reduction{DType: d}
		for _, from := range []DType{Int8, Uint8, Int32, Bool, Float16, Float32} {
			x := FromSlice([]int32{1, 2, 4, 9}).AsType(from)
			v, m := 9.0, 4.0
			if from == Bool {
				v, m = 0, 1
			}
			for _, c := range []struct {
				name string
				got  Array
				want float64
			}{
				{"Var", r.Var(x), v}, {"NaNVar", r.NaNVar(x), v}, {"Mean", r.Mean(x), m}, {"NaNMean", r.NaNMean(x), m},
				{"Var by a mask", Reduction{DType: d, Where: FromSlice([]bool{true, true, true, true})}.Var(x), v},
			} {
				if c.got.DType() != d || c.got.Item() != c.want {
					t.Errorf("%s of %v in %v: %v, want %v", c.name, from, d, c.got, c.want)
				}
			}
		}
		if got := r.Mean(Full([]int{200}, 100)); got.Item() != 100 {
			t.Errorf("Mean of 200 times 100 in %v: %v", d, got)
		}
	}
}

func TestStatsErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Reduction{DType: Bool}.Var(x) }, []string{"jnp.Reduction.Var", "floating-point type, not bool"}},
		{func() { Reduction{DType: Int32}.Std(x) }, []string{"jnp.Reduction.Std", "floating-point type, not int32"}},
	})
}
