package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestCovariance(t *testing.T) {
	runRows(t, []opRow{
		{"Cov", []string{"x"}, func(a []Array) Array { return Cov(a[0]) },
			"float32[3,3]",
			[]complex128{3.83333333, -4.29166667, -0.416666667, -4.29166667, 6.390625, -2.4375, -0.416666667, -2.4375,
				5.75}},
		{"Cov weighted", []string{"a", "w", "k"}, func(a []Array) Array {
			return Covariance{Columns: true, Weights: a[1], Frequencies: a[2]}.Cov(a[0].Index(0))
		},
			"float32[4,4]",
			[]complex128{0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308,
				0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308, 0.907692308,
				0.907692308}},
		{"Cov of two", []string{"y", "y"},
			func(a []Array) Array { return Covariance{Bias: true}.Cov(a[0], a[1].Mul(a[1])) },
			"float32[2,2]", []complex128{3.3125, 2.71875, 2.71875, 10.515625}},
		{"Cov complex", []string{"z"}, func(a []Array) Array { return Cov(a[0]) },
			"complex64[2,2]",
			[]complex128{complex(4.66666667, 4.0091387e-17), complex(-3.66666667, -1.5), complex(-3.66666667, 1.5),
				complex(4.66666667, -3.39234813e-17)}},
		{"CorrCoef", []string{"x"}, func(a []Array) Array { return CorrCoef(a[0]) },
			"float32[3,3]",
			[]complex128{1, -0.867093685, -0.0887496284, -0.867093685, 1, -0.402104594, -0.0887496284, -0.402104594,
				1}},
	})
}

func TestCovarianceErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { Cov(x, y.Reshape(2, 2)) }, []string{"jnp.Cov", "operand 1 has 2 observations and the first one 4"}},
	})
}

func TestCovarianceGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Cov", func(x Array) Array { return Covariance{Weights: in.w.Index(S(nil, 3))}.Cov(x.Reshape(2, 3)) }},
		}
	})
}
