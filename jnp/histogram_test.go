package jnp_test

import (
	"math"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestHistogramErrors(t *testing.T) {
	x, y, i := fixture("x"), fixture("y"), Arange(4)
	runErrors(t, []errorRow{
		{func() { BinCount(y) }, []string{"jnp.BinCount(float32[4])", "integers"}},
		{whileTracing(i, func(i Array) { BinCount(i) }), []string{"jnp.BinCount(int32[4])", "Length: n"}},
		{func() { Counting{Weights: x}.BinCount(i) },
			[]string{"jnp.Counting.BinCount(int32[4], float32[3,4])", "one weight"}},
		{func() { Histograms{Bins: "auto"}.Histogram(y) }, []string{"jnp.Histograms.Histogram(float32[4])", `"auto"`}},
		{func() { Histograms{Bins: x}.Histogram(y) },
			[]string{"jnp.Histograms.Histogram(float32[4], float32[3,4])", "[3,4]"}},
		{func() { Histogram(Zeros(0)) }, []string{"jnp.Histogram(float32[0])", "no elements"}},
		{func() { HistogramDD(y) }, []string{"jnp.HistogramDD(float32[4])", "rows of a matrix"}},
		{func() { HistogramDD(Ones(3, 0)) }, []string{"jnp.HistogramDD(float32[3,0])", "no coordinates"}},
		{func() { Histograms{Bins: []any{1, 2, 3}}.Histogram2D(y, y) },
			[]string{"jnp.Histograms.Histogram2D", "3 entries for 2 dimensions"}},
	})
}

// A bin holds its lower edge, the last one its upper edge too, be it the greatest number, infinity or an edge that is
// there twice; NaN is in none.
func TestHistogramEdges(t *testing.T) {
	inf, most, least := math.Inf(1), float64(math.MaxFloat32), math.SmallestNonzeroFloat32
	x := AsArray([]float32{-1, 0, 0.5, 1, 1, float32(math.Nextafter32(1, 2)), 2, math.MaxFloat32, float32(inf),
		float32(-inf), float32(math.NaN())})
	for _, c := range []struct{ edges, want []float64 }{
		{[]float64{0, 1}, []float64{4}},
		{[]float64{0, 0.5, 1}, []float64{1, 3}},
		{[]float64{0, 1, 1}, []float64{2, 2}},
		{[]float64{0, 1, most}, []float64{2, 5}},
		{[]float64{0, 1, inf}, []float64{2, 6}},
		{[]float64{-inf, -inf}, []float64{1}},
		{[]float64{-1, 0}, []float64{2}},
		{[]float64{-1, -0.5, least}, []float64{1, 1}},
		{[]float64{3}, []float64{}},
	} {
		counts, _ := Histograms{Bins: c.edges}.Histogram(x)
		if want := AsArray(c.want).AsType(Float32); ArrayEqual(counts, want).Item() == 0 {
			t.Errorf("edges %v: %v, want %v", c.edges, counts, want)
		}
	}
}

func TestHistogramGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Histogram's weights", func(x Array) Array {
				counts, _ := Histograms{Bins: 3, Weights: x, Density: true}.Histogram(in.w)
				return counts
			}},
			{"BinCount's weights", func(x Array) Array {
				return Counting{Weights: x, Length: 4}.BinCount(AsArray([]int32{0, 1, 1, 3, 0, 9}))
			}},
		}
	})
}
