package jnp_test

import (
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
