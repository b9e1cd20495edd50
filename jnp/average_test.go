package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestAverage(t *testing.T) {
	runRows(t, []opRow{
		{"Average", []string{"x", "w"}, func(a []Array) Array { return Reduction{Weights: a[1]}.Average(a[0], 0) },
			"float32[4]", []complex128{0.714285714, 0.928571429, -1.14285714, 1.42857143}},
		{"Average 2", []string{"a", "c"},
			func(a []Array) Array { return Reduction{Weights: a[1].Index(All, 0).Reshape(3)}.Average(a[0], 1) },
			"float32[2,4]",
			[]complex128{-1.53846154, -1.28846154, -1.03846154, -0.788461538, 1.46153846, 1.71153846, 1.96153846,
				2.21153846}},
	})
}

func TestAverageErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { Reduction{Weights: y}.Average(x) },
			[]string{"jnp.Reduction.Average(float32[3,4], float32[4])", "need the axes"}},
	})
}
