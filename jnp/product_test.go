package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestProduct(t *testing.T) {
	runRows(t, []opRow{
		{"Dot", []string{"x", "y"}, func(a []Array) Array { return Dot(a[0], a[1]) },
			"float32[3]", []complex128{9, -8.25, 3.75}},
		{"Dot of 3 and 2 axes", []string{"a", "x"}, func(a []Array) Array { return Dot(a[0], a[1].T()) },
			"float32[2,3,3]",
			[]complex128{-7, -4.1875, -1.625, -3, -1.4375, -0.625, 1, 1.3125, 0.375, 5, 4.0625, 1.375, 9, 6.8125, 2.375,
				13, 9.5625, 3.375}},
		{"Dot of a scalar", []string{"x"}, func(a []Array) Array { return Dot(a[0], 3) },
			"float32[3,4]", []complex128{9, -4.5, 6, 1.5, -6, 12, 3, -0.75, 4.5, 0, -9, 7.5}},
		{"MatMul", []string{"a", "x"}, func(a []Array) Array { return MatMul(a[0], a[1].T()) },
			"float32[2,3,3]",
			[]complex128{-7, -4.1875, -1.625, -3, -1.4375, -0.625, 1, 1.3125, 0.375, 5, 4.0625, 1.375, 9, 6.8125, 2.375,
				13, 9.5625, 3.375}},
		{"MatMul broadcast", []string{"a", "c"}, func(a []Array) Array { return MatMul(a[1], a[0]) },
			"float32[2,3,4]",
			[]complex128{-3, -2.625, -2.25, -1.875, -5, -4.5, -4, -3.5, -1.5, -0.1875, 1.125, 2.4375, 1.5, 1.875, 2.25,
				2.625, 1, 1.5, 2, 2.5, 14.25, 15.5625, 16.875, 18.1875}},
		{"MatMul row", []string{"w", "a"}, func(a []Array) Array { return MatMul(a[0], a[1]) },
			"float32[2,4]", []complex128{-4, -2.25, -0.5, 1.25, 17, 18.75, 20.5, 22.25}},
		{"MatMul column", []string{"a", "y"}, func(a []Array) Array { return MatMul(a[0], a[1]) },
			"float32[2,3]", []complex128{-3.5, -0.5, 2.5, 5.5, 8.5, 11.5}},
		{"MatMul batches", []string{"a"},
			func(a []Array) Array { return MatMul(a[0].Reshape(2, 1, 3, 4), a[0].Reshape(1, 2, 4, 3)) },
			"float32[2,2,3,3]",
			[]complex128{6.625, 5, 3.375, 3.125, 2.5, 1.875, -0.375, 0, 0.375, -12.875, -14.5, -16.125, -4.375, -5,
				-5.625, 4.125, 4.5, 4.875, -3.875, -2.5, -1.125, -7.375, -5, -2.625, -10.875, -7.5, -4.125, 12.625, 14,
				15.375, 21.125, 23.5, 25.875, 29.625, 33, 36.375}},
		{"MatMul of ints", []string{"i", "i"}, func(a []Array) Array { return MatMul(a[0], a[1].MT()) },
			"int32[2,3,3]", []complex128{5, -5, -12, -5, 25, 24, -12, 24, 36, 98, 7, -7, 7, 181, -219, -7, -219, 265}},
		{"VDot", []string{"z", "z"}, func(a []Array) Array { return VDot(a[0], a[1]) },
			"complex64[]", []complex128{complex(24.5, 0)}},
		{"VecDot", []string{"z"}, func(a []Array) Array { return VecDot(a[0], a[0].Index(0)) },
			"complex64[2]", []complex128{complex(15, 0), complex(-6.5, -3.5)}},
		{"MatVec", []string{"a", "x"}, func(a []Array) Array { return MatVec(a[0], a[1].Index(1)) },
			"float32[2,3]", []complex128{-4.1875, -1.4375, 1.3125, 4.0625, 6.8125, 9.5625}},
		{"Inner", []string{"x", "y"}, func(a []Array) Array { return Inner(a[0], a[1]) },
			"float32[3]", []complex128{9, -8.25, 3.75}},
		{"Outer", []string{"w", "y"}, func(a []Array) Array { return Outer(a[0], a[1]) },
			"float32[3,4]", []complex128{0.5, -2, 1.5, 3, 1, -4, 3, 6, 2, -8, 6, 12}},
		{"TensorDot", []string{"a", "a"}, func(a []Array) Array { return TensorDot(a[0], a[1].Transpose(1, 2, 0), 2) },
			"float32[2,2]", []complex128{13.625, -8.875, -8.875, 76.625}},
		{"TensorDot pairs", []string{"a", "x"},
			func(a []Array) Array { return TensorDot(a[0], a[1], [2][]int{{1, 2}, {0, 1}}) },
			"float32[2]", []complex128{-8.0625, 15.1875}},
		{"Kron", []string{"c", "w"}, func(a []Array) Array { return Kron(a[0], a[1]) },
			"float32[3,9]",
			[]complex128{2, 4, 8, -1, -2, -4, 0.5, 1, 2, 1, 2, 4, 3, 6, 12, -2, -4, -8, 0.25, 0.5, 1, 1, 2, 4, 4, 8,
				16}},
		{"Cross", []string{"c", "w"}, func(a []Array) Array { return Cross(a[0], a[1]) },
			"float32[3,3]", []complex128{-5, -7.5, 5, 16, -6, -1, -4, 3, -0.5}},
		{"Trace", []string{"a"}, func(a []Array) Array { return Diagonals{Offset: 1}.Trace(a[0], 2, 1) },
			"float32[2]", []complex128{-0.75, 5.25}},
		{"Trace of ints", []string{"i"}, func(a []Array) Array { return Trace(a[0]) },
			"int32[2]", []complex128{-8, 8}},
	})
}

func TestProductErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { MatMul(x, x) }, []string{"jnp.MatMul(float32[3,4], float32[3,4])", "length 4", "3"}},
		{func() { MatMul(Zeros(2, 3, 4), Zeros(3, 4, 2)) },
			[]string{"jnp.MatMul(float32[2,3,4], float32[3,4,2])", "[2] and [3], do not broadcast"}},
		{func() { MatMul(x, Sum(x)) }, []string{"jnp.MatMul", "scalar", "jnp.Mul"}},
		{func() { Dot(x, x) }, []string{"jnp.Dot(float32[3,4], float32[3,4])", "equally long"}},
		{func() { TensorDot(x, x, 3) }, []string{"jnp.TensorDot", "no 3 axes"}},
		{func() { Trace(y) }, []string{"jnp.Trace(float32[4])", "two axes"}},
		{func() { Cross(x, x) }, []string{"jnp.Cross", "length 2 or 3"}},
	})
}
