package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
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

func TestStatsErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Reduction{DType: Int32}.Std(x) }, []string{"jnp.Reduction.Std", "floating-point type, not int32"}},
	})
}
