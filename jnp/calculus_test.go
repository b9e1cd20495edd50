package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestCalculus(t *testing.T) {
	runRows(t, []opRow{
		{"EDiff1D", []string{"x", "s"}, func(a []Array) Array { return Differences{Append: a[1]}.EDiff1D(a[0]) },
			"float32[12]", []complex128{-4.5, 3.5, -1.5, -2.5, 6, -3, -1.25, 1.75, -1.5, -3, 5.5, 2.5}},
		{"Trapezoid", []string{"a"}, func(a []Array) Array { return Integration{Dx: 0.5}.Trapezoid(a[0], 1) },
			"float32[2,4]", []complex128{-1, -0.75, -0.5, -0.25, 2, 2.25, 2.5, 2.75}},
		{"Trapezoid at positions", []string{"x", "y"},
			func(a []Array) Array { return Integration{X: a[1]}.Trapezoid(a[0]) },
			"float32[3]", []complex128{0.875, 6.8125, -7.5}},
		{"Gradient", []string{"x"}, func(a []Array) Array { return Gradient(a[0], 0)[0] },
			"float32[3,4]", []complex128{-5, 5.5, -1, -0.75, -0.75, 0.75, -2.5, 1, 3.5, -4, -4, 2.75}},
		{"Gradient at positions", []string{"a", "y"},
			func(a []Array) Array { return Gradients{Spacing: []any{0.5, a[1]}}.Gradient(a[0].Mul(a[0]), 1, 2)[1] },
			"float32[2,3,4]",
			[]complex128{0.375, 1.89285714, -0.39047619, -0.458333333, 0.175, 0.835714286, -0.114285714, -0.125, -0.025,
				-0.221428571, 0.161904762, 0.208333333, -0.225, -1.27857143, 0.438095238, 0.541666667, -0.425,
				-2.33571429, 0.714285714, 0.875, -0.625, -3.39285714, 0.99047619, 1.20833333}},
	})
}

func TestCalculusErrors(t *testing.T) {
	y := fixture("y")
	runErrors(t, []errorRow{
		{func() { Gradient(y.Reshape(1, 4)) }, []string{"jnp.Gradient(float32[1,4])", "axis 0 has 1 elements"}},
		{func() { Integration{X: y, Dx: 1}.Trapezoid(y) }, []string{"both X and Dx"}},
	})
}

func TestCalculusGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Trapezoid", func(x Array) Array { return Integration{X: x}.Trapezoid(in.w) }},
			{"Gradient", func(x Array) Array { return Gradients{Spacing: []any{CumSum(in.w)}}.Gradient(x)[0] }},
		}
	})
}
