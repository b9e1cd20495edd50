package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestRearrange(t *testing.T) {
	runRows(t, []opRow{
		{"Flip", []string{"a"}, func(a []Array) Array { return Flip(a[0], 0, -1) },
			"float32[2,3,4]",
			[]complex128{1.75, 1.5, 1.25, 1, 2.75, 2.5, 2.25, 2, 3.75, 3.5, 3.25, 3, -1.25, -1.5, -1.75, -2, -0.25,
				-0.5, -0.75, -1, 0.75, 0.5, 0.25, 0}},
		{"Roll", []string{"x"}, func(a []Array) Array { return Roll(a[0], -5) },
			"float32[3,4]", []complex128{4, 1, -0.25, 1.5, 0, -3, 2.5, 3, -1.5, 2, 0.5, -2}},
		{"Roll axes", []string{"x"}, func(a []Array) Array { return Roll(a[0], []int{1, 6}, 0, 1) },
			"float32[3,4]", []complex128{-3, 2.5, 1.5, 0, 2, 0.5, 3, -1.5, 1, -0.25, -2, 4}},
		{"Roll by nothing", []string{"x"}, func(a []Array) Array { return Roll(a[0], []int{}, 1) },
			"float32[3,4]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}},
		{"Roll by array", []string{"x", "k"}, func(a []Array) Array { return Roll(a[0], a[1], 1) },
			"float32[3,4]", []complex128{2, 0.5, 3, -1.5, 1, -0.25, -2, 4, -3, 2.5, 1.5, 0}},
		{"Rot90", []string{"a"}, func(a []Array) Array { return Rot90(a[0], 3, 1, 2) },
			"float32[2,4,3]",
			[]complex128{0, -1, -2, 0.25, -0.75, -1.75, 0.5, -0.5, -1.5, 0.75, -0.25, -1.25, 3, 2, 1, 3.25, 2.25, 1.25,
				3.5, 2.5, 1.5, 3.75, 2.75, 1.75}},
		{"Tile", []string{"x"}, func(a []Array) Array { return Tile(a[0], 2, 1, 2) },
			"float32[2,3,8]",
			[]complex128{3, -1.5, 2, 0.5, 3, -1.5, 2, 0.5, -2, 4, 1, -0.25, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 1.5, 0,
				-3, 2.5, 3, -1.5, 2, 0.5, 3, -1.5, 2, 0.5, -2, 4, 1, -0.25, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 1.5, 0,
				-3, 2.5}},
		{"Repeat", []string{"x"}, func(a []Array) Array { return Repeat(a[0], 2, 0) },
			"float32[6,4]",
			[]complex128{3, -1.5, 2, 0.5, 3, -1.5, 2, 0.5, -2, 4, 1, -0.25, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 1.5, 0,
				-3, 2.5}},
		{"Repeat each", []string{"x"}, func(a []Array) Array { return Repeat(a[0], []int{2, 0, 1, 3}, 1) },
			"float32[3,6]",
			[]complex128{3, 3, 2, 0.5, 0.5, 0.5, -2, -2, 1, -0.25, -0.25, -0.25, 1.5, 1.5, -3, 2.5, 2.5, 2.5}},
		{"Repeat by array", []string{"x", "k"},
			func(a []Array) Array { return Repetition{Total: 6}.Repeat(a[0], a[1], 0) },
			"float32[6,4]",
			[]complex128{3, -1.5, 2, 0.5, 3, -1.5, 2, 0.5, 3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 1.5, 0,
				-3, 2.5}},
	})
}

func TestRearrangeErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { Tile(x, 1<<62, 8) }, []string{"jnp.Tile(float32[3,4])", "more elements"}},
		{func() { Repeat(x, 1<<62, 0) }, []string{"jnp.Repeat(float32[3,4])", "more elements"}},
		{func() { FlipLR(y) }, []string{"jnp.FlipLR(float32[4])", "two axes"}},
		{func() { Roll(x, []int{1, 2, 3}, 0, 1) }, []string{"jnp.Roll", "3 shifts do not go with 2 axes"}},
		{func() { Repeat(x, []int{1 << 30}, 1) }, []string{"jnp.Repeat(float32[3,4])", "4 elements 1073741824 times"}},
		{func() { Repeat(x, []int{1, 2}, 1) }, []string{"jnp.Repeat", "2 repeats do not go with 4 elements"}},
	})
}
