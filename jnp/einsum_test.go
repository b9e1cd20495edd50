package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestEinsum(t *testing.T) {
	runRows(t, []opRow{
		{"Einsum ij,j->i", []string{"x", "y"}, func(a []Array) Array { return Einsum("ij,j->i", a[0], a[1]) },
			"float32[3]", []complex128{9, -8.25, 3.75}},
		{"Einsum ij,ij->j", []string{"x", "x"}, func(a []Array) Array { return Einsum("ij,ij->j", a[0], a[1]) },
			"float32[4]", []complex128{15.25, 18.25, 14, 6.5625}},
		{"Einsum ii", []string{"c"}, func(a []Array) Array { return Einsum("ii", a[0]) },
			"float32[]", []complex128{9}},
		{"Einsum ii->i", []string{"c"}, func(a []Array) Array { return Einsum("ii->i", a[0]) },
			"float32[3]", []complex128{2, 3, 4}},
		{"Einsum iij->ij", []string{"c"},
			func(a []Array) Array { return Einsum("iij->ij", Stack([]Array{a[0], a[0].Mul(2), a[0].Mul(3)})) },
			"float32[3,3]", []complex128{2, -1, 0.5, 2, 6, -4, 0.75, 3, 12}},
		{"Einsum i,j", []string{"w", "y"}, func(a []Array) Array { return Einsum("i,j", a[0], a[1]) },
			"float32[3,4]", []complex128{0.5, -2, 1.5, 3, 1, -4, 3, 6, 2, -8, 6, 12}},
		{"Einsum ...ij,...jk", []string{"a", "a"},
			func(a []Array) Array { return Einsum("...ij,...jk", a[0], a[1].MT()) },
			"float32[2,3,3]",
			[]complex128{10.875, 4.375, -2.125, 4.375, 1.875, -0.625, -2.125, -0.625, 0.875, 7.875, 13.375, 18.875,
				13.375, 22.875, 32.375, 18.875, 32.375, 45.875}},
		{"Einsum bij,bkj->bik", []string{"a", "a"}, func(a []Array) Array { return Einsum("bij,bkj->bik", a[0], a[1]) },
			"float32[2,3,3]",
			[]complex128{10.875, 4.375, -2.125, 4.375, 1.875, -0.625, -2.125, -0.625, 0.875, 7.875, 13.375, 18.875,
				13.375, 22.875, 32.375, 18.875, 32.375, 45.875}},
		{"Einsum ij,kj,k->i", []string{"x", "x", "w"},
			func(a []Array) Array { return Einsum("ij,kj,k->i", a[0], a[1], a[2]) },
			"float32[3]", []complex128{-5.75, 5.5, 56.5}},
		{"Einsum ijk,il,jm,kn->lmn", []string{"a", "c", "c", "x"}, func(a []Array) Array {
			return Einsum("ijk,il,jm,kn->lmn", a[0], Split(a[1], []int{2})[0], a[2],
				VStack(a[3], AsArray([]float32{0.5, -2, 1.5, 3})))
		},
			"float32[3,3,4]",
			[]complex128{-9.65625, -7.5, -9.09375, 3.328125, 23.625, -1.5, 7.875, 65.4375, 36.1875, 1.5, 14.8125,
				86.15625, 61.8125, 6.375, 28.0625, 133.03125, 78.75, 9.5, 36.75, 164.375, 76.625, 9.75, 36.125,
				158.0625, -39.046875, -3.5625, -17.390625, -85.7578125, -52.3125, -6, -24.1875, -110.34375, -51.84375,
				-6.375, -24.28125, -107.765625}},
		{"Einsum i...->...", []string{"a"}, func(a []Array) Array { return Einsum("i...->...", a[0]) },
			"float32[3,4]", []complex128{-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5}},
		{"Einsum ab,bc,cd,de,ef,fg,gh,hi,ij", []string{"c", "c", "c", "c", "c", "c", "c", "c", "c"},
			func(a []Array) Array {
				return Einsum("ab,bc,cd,de,ef,fg,gh,hi,ij", a[0].Mul(float32(0.25)), a[1].Mul(float32(0.25)),
					a[2].Mul(float32(0.25)), a[3].Mul(float32(0.25)), a[4].Mul(float32(0.25)), a[5].Mul(float32(0.25)),
					a[6].Mul(float32(0.25)), a[7].Mul(float32(0.25)), a[8].Mul(float32(0.25)))
			},
			"float32[3,3]",
			[]complex128{0.172936449, 0.250585469, 0.180174679, -0.250585469, -0.258152492, 0.0013151709, 0.0900873395,
				-0.00065758545, -0.106076371}},
		{"Einsum ij,jk->ki", []string{"x", "x"}, func(a []Array) Array { return Einsum("ij,jk->ki", a[0], a[1].T()) },
			"float32[3,3]", []complex128{15.5, -10.125, -0.25, -10.125, 21.0625, -6.625, -0.25, -6.625, 17.5}},
	})
}

func TestEinsumErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Einsum("ij,jk", x, x) }, []string{"jnp.Einsum", "axis j has length 3 in operand 1 and length 4"}},
		{func() { Einsum("ij->ik", x) }, []string{"the result has the axis k"}},
		{func() { Einsum("ijk", x) }, []string{`"ijk" names 3 axes and operand 0 has 2`}},
		{func() { Einsum("ij,jk", x) }, []string{"name 2 operands and there are 1"}},
		{func() { Einsum("i2,jk", x, x) }, []string{`"2" is not the name of an axis`}},
		{func() { Einsum("ij->ii", x) }, []string{"twice"}},
	})
}
