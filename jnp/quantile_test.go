package jnp_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestQuantile(t *testing.T) {
	runRows(t, []opRow{
		{"Median", []string{"x"}, func(a []Array) Array { return Median(a[0], 0) },
			"float32[4]", []complex128{1.5, 0, 1, 0.5}},
		{"Median even", []string{"x"}, func(a []Array) Array { return Median(a[0]) },
			"float32[]", []complex128{0.75}},
		{"Median with NaN", []string{"n"}, func(a []Array) Array { return Median(a[0], 1) },
			"float32[3]", []complex128{nanC, nanC, nanC}},
		{"NaNMedian", []string{"n"}, func(a []Array) Array { return NaNMedian(a[0], 1) },
			"float32[3]", []complex128{2, nanC, 0}},
		{"Quantile", []string{"a"}, func(a []Array) Array { return Quantile(a[0], 0.3, 0, 2) },
			"float32[3]", []complex128{-1.475, -0.475, 0.525}},
		{"Quantile list", []string{"x"},
			func(a []Array) Array { return Quantile(a[0], FromSlice([]float32{0, 0.4, 1}), 1) },
			"float32[3,3]", []complex128{-1.5, -2, -3, 0.8, 2.22044605e-16, 0.3, 3, 4, 2.5}},
		{"Quantile kept", []string{"x"},
			func(a []Array) Array { return Reduction{KeepDims: true, Method: Higher}.Quantile(a[0], 0.6, 0) },
			"float32[1,4]", []complex128{3, 4, 2, 2.5}},
		{"Percentile nearest", []string{"q"},
			func(a []Array) Array { return Reduction{Method: Nearest}.Percentile(a[0], 60) },
			"float32[]", []complex128{2}},
		{"NaNQuantile", []string{"n"}, func(a []Array) Array { return NaNQuantile(a[0], 0.25, 0) },
			"float32[4]", []complex128{1.875, 0, -1.75, 0.5}},
	})
}

func TestQuantileErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { Median(fixture("z")) }, []string{"jnp.Median(complex64[2,3])", "no order"}},
	})
}

// quantileOf is NumPy's definition, but that equal infinities have nothing between them but themselves.
func quantileOf(x []float64, q float64, m QuantileMethod) float64 {
	x = slices.Sorted(slices.Values(x))
	pos := q * float64(len(x)-1)
	lo := math.Floor(pos)
	a, b, w := x[int(lo)], x[int(math.Ceil(pos))], pos-lo
	switch {
	case m == InvertedCDF:
		return x[max(0, int(math.Ceil(q*float64(len(x))))-1)]
	case m == Nearest:
		return x[int(math.RoundToEven(pos))]
	case a == b, m == Lower:
		return a
	case m == Higher:
		return b
	case m == Midpoint:
		w = 0.5
	}
	return a*(1-w) + b*w
}

// Infinities are elements as others are.
func TestQuantileOfInfinities(t *testing.T) {
	inf := math.Inf(1)
	qs := []float64{0, 0.125, 0.25, 0.5, 0.75, 0.9, 1}
	var rows [][]float64
	for _, a := range []float64{-inf, -1, 2, inf} {
		for _, b := range []float64{-inf, 0.5, inf} {
			for _, c := range []float64{-inf, 3, inf} {
				rows = append(rows, []float64{a, b, c, 0.75, inf})
			}
		}
	}
	trace.WithX64(true, func() {
		for n := 2; n <= 5; n++ {
			var flat []float64
			for _, r := range rows {
				flat = append(flat, r[:n]...)
			}
			x := FromSlice(flat, len(rows), n)
			for m := Linear; m <= InvertedCDF; m++ {
				r := Reduction{Method: m}
				plain := ToSlice[float64](r.Quantile(x, FromSlice(qs), 1))
				percent := ToSlice[float64](r.Percentile(x, FromSlice(qs).Mul(100), 1))
				more := Concatenate([]Array{x, Full([]int{len(rows), 1}, math.NaN())}, 1)
				noNaN := ToSlice[float64](r.NaNQuantile(more, FromSlice(qs), 1))
				for i := range plain {
					row, q := rows[i%len(rows)][:n], qs[i/len(rows)]
					want := quantileOf(row, q, m)
					for _, got := range []float64{plain[i], percent[i], noNaN[i]} {
						if got != want && !(math.Abs(got-want) < 1e-12) && (got == got || want == want) {
							t.Errorf("method %d, %g of %v: %v, want %v", m, q, row, got, want)
						}
					}
				}
			}
		}
	})
	runRows(t, []opRow{
		{"Median of inf", []string{"y"}, func([]Array) Array { return Median(FromSlice([]float32{1, float32(inf)})) },
			"float32[]", []complex128{complex(inf, 0)}},
		{"NaNMedian of inf", []string{"y"},
			func([]Array) Array {
				return NaNMedian(FromSlice([]float32{float32(inf), float32(inf), float32(math.NaN())}))
			},
			"float32[]", []complex128{complex(inf, 0)}},
		// Elements without weight are not there.
		{"weights of 0", []string{"y"}, func([]Array) Array {
			x, w := FromSlice([]float32{3, 1, 2, 9}), FromSlice([]float32{0.5, 0, 2, 0})
			return Reduction{Method: InvertedCDF, Weights: w}.Quantile(x, FromSlice([]float32{0, 0.5, 1}))
		}, "float32[3]", []complex128{2, 2, 3}},
	})
}

// What lies between two numbers is finite, and of equal ones that number.
func TestQuantileOfLargeNumbers(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []DType{Float64, Float32, BFloat16, Float16} {
			l := FInfo(d)
			tiny := 3 * l.SmallestSubnormal
			for _, r := range []struct {
				a, b, q, want float64
				m             QuantileMethod
			}{
				{l.Max, l.Max, 0.5, l.Max, Midpoint}, {l.Max, l.Max, 0.3, l.Max, Linear},
				{-l.Max, -l.Max, 0.9, -l.Max, Linear},
				{-l.Max, l.Max, 0.5, 0, Midpoint}, {-l.Max, l.Max, 0.25, -l.Max / 2, Linear},
				{l.Max, l.Max / 2, 0.5, l.Max / 4 * 3, Midpoint}, {l.Max, l.Max / 2, 0.5, l.Max / 4 * 3, Linear},
				{-l.Max, l.Max / 2, 0.5, -l.Max / 4, Midpoint}, {tiny, tiny, 0.5, tiny, Midpoint},
				{tiny, 1, 0, tiny, Linear},
				{tiny, 1, 0.7, tiny, Lower}, {0, -tiny, 0.5, -tiny, Nearest}, {0, tiny, 0.5, 0, Nearest},
				{0, tiny, 1, tiny, Higher},
			} {
				x := Stack(roundingOperands(d, []float64{r.a, r.b}))
				both := []Array{Reduction{Method: r.m}.Quantile(x, r.q)}
				skipping := func(x Array) Array { return Reduction{Method: r.m}.NaNQuantile(x, r.q) }
				both = append(both, gojax.Jit(skipping)(x))
				if r.m == Midpoint {
					both = append(both, Median(x), NaNMedian(x))
				}
				for i, y := range both {
					if got := y.Item(); math.Abs(got-r.want) > 2*l.Eps*math.Abs(r.want) {
						t.Errorf("%d: %g of %v %v, %v by method %d: %v, want %v", i, r.q, d, r.a, r.b, r.m, got, r.want)
					}
				}
			}
			x := Full([]int{3}, l.Max).AsType(d)
			g := ToSlice[float64](gojax.Grad(func(x Array) Array { return Quantile(x, 0.25) })(x).AsType(Float64))
			if !slices.Equal(g, []float64{0.5, 0.5, 0}) {
				t.Errorf("the derivative of a quantile of equal %v is %v", d, g)
			}
		}
	})
}
