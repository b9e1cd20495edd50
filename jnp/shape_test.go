package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestShape(t *testing.T) {
	runRows(t, []opRow{
		{"Reshape", []string{"a"}, func(a []Array) Array { return Reshape(a[0], 4, -1) },
			"float32[4,6]",
			[]complex128{-2, -1.75, -1.5, -1.25, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2,
				2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75}},
		{"Reshape by columns", []string{"x"},
			func(a []Array) Array { return Layout{ColumnMajor: true}.Reshape(a[0], 2, 6) },
			"float32[2,6]", []complex128{3, 1.5, 4, 2, -3, -0.25, -2, -1.5, 0, 1, 0.5, 2.5}},
		{"Transpose", []string{"a"}, func(a []Array) Array { return Transpose(a[0], 2, 0, -2) },
			"float32[4,2,3]",
			[]complex128{-2, -1, 0, 1, 2, 3, -1.75, -0.75, 0.25, 1.25, 2.25, 3.25, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5,
				-1.25, -0.25, 0.75, 1.75, 2.75, 3.75}},
		{"T", []string{"i"}, func(a []Array) Array { return a[0].T() },
			"int32[2,3,2]", []complex128{1, 7, 3, -9, 0, 11, -2, 7, 4, 10, 6, -12}},
		{"SwapAxes", []string{"a"}, func(a []Array) Array { return SwapAxes(a[0], 0, -1) },
			"float32[4,3,2]",
			[]complex128{-2, 1, -1, 2, 0, 3, -1.75, 1.25, -0.75, 2.25, 0.25, 3.25, -1.5, 1.5, -0.5, 2.5, 0.5, 3.5,
				-1.25, 1.75, -0.25, 2.75, 0.75, 3.75}},
		{"MoveAxes", []string{"a"}, func(a []Array) Array { return MoveAxes(a[0], []int{0, 2}, []int{-1, 0}) },
			"float32[4,3,2]",
			[]complex128{-2, 1, -1, 2, 0, 3, -1.75, 1.25, -0.75, 2.25, 0.25, 3.25, -1.5, 1.5, -0.5, 2.5, 0.5, 3.5,
				-1.25, 1.75, -0.25, 2.75, 0.75, 3.75}},
		{"RollAxis", []string{"a"}, func(a []Array) Array { return RollAxis(a[0], 2, 1) },
			"float32[2,4,3]",
			[]complex128{-2, -1, 0, -1.75, -0.75, 0.25, -1.5, -0.5, 0.5, -1.25, -0.25, 0.75, 1, 2, 3, 1.25, 2.25, 3.25,
				1.5, 2.5, 3.5, 1.75, 2.75, 3.75}},
		{"ExpandDims", []string{"x"}, func(a []Array) Array { return ExpandDims(a[0], 0, -1) },
			"float32[1,3,4,1]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}},
		{"Squeeze", []string{"x"}, func(a []Array) Array { return Squeeze(ExpandDims(a[0], 0, 3), 3) },
			"float32[1,3,4]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}},
		{"BroadcastTo", []string{"y"}, func(a []Array) Array { return BroadcastTo(a[0], 2, 3, 4) },
			"float32[2,3,4]",
			[]complex128{0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2, 1.5, 3, 0.5, -2,
				1.5, 3}},
		{"AtLeast3D", []string{"x"}, func(a []Array) Array { return AtLeast3D(a[0]) },
			"float32[3,4,1]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}},
	})
}

func TestShapeErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { x.Reshape(5, -1) }, []string{"jnp.Reshape(float32[3,4])", "12 elements are not a multiple of 5"}},
		{func() { x.Reshape(-1, -1) }, []string{"two lengths (-1)"}},
		{func() { x.Transpose(0) }, []string{"jnp.Transpose(float32[3,4])", "each of the 2 axes once"}},
		{func() { x.Reshape(-1, 1<<62, 8) }, []string{"jnp.Reshape", "more elements than can be counted"}},
		{func() { Squeeze(x, 1) }, []string{"jnp.Squeeze", "axis 1 has length 4"}},
		{func() { BroadcastTo(y, 3) }, []string{"jnp.BroadcastTo(float32[4])", "[3]"}},
	})
}
