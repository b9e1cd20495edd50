package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
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
