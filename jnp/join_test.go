package jnp_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

func TestJoin(t *testing.T) {
	runRows(t, []opRow{
		{"Concatenate", []string{"x", "c"}, func(a []Array) Array { return Concatenate([]Array{a[0], a[1]}, -1) },
			"float32[3,7]",
			[]complex128{3, -1.5, 2, 0.5, 2, -1, 0.5, -2, 4, 1, -0.25, 1, 3, -2, 1.5, 0, -3, 2.5, 0.25, 1, 4}},
		{"Concatenate promotes", []string{"q", "k"}, func(a []Array) Array { return Concatenate([]Array{a[1], a[0]}) },
			"float32[10]", []complex128{3, 1, 2, 2, 2, 1, 5, 1, 1, 0.5}},
		{"Stack", []string{"y", "y"}, func(a []Array) Array { return Stack([]Array{a[0], a[1].Neg()}, 1) },
			"float32[4,2]", []complex128{0.5, -0.5, -2, 2, 1.5, -1.5, 3, -3}},
		{"VStack", []string{"x", "y"}, func(a []Array) Array { return VStack(a[0], a[1]) },
			"float32[4,4]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 0.5, -2, 1.5, 3}},
		{"HStack", []string{"y", "q"}, func(a []Array) Array { return HStack(a[0], a[1]) },
			"float32[11]", []complex128{0.5, -2, 1.5, 3, 2, 2, 1, 5, 1, 1, 0.5}},
		{"DStack", []string{"x", "x"}, func(a []Array) Array { return DStack(a[0], a[1]) },
			"float32[3,4,2]",
			[]complex128{3, 3, -1.5, -1.5, 2, 2, 0.5, 0.5, -2, -2, 4, 4, 1, 1, -0.25, -0.25, 1.5, 1.5, 0, 0, -3, -3,
				2.5, 2.5}},
		{"ColumnStack", []string{"c", "w"}, func(a []Array) Array { return ColumnStack(a[0], a[1]) },
			"float32[3,4]", []complex128{2, -1, 0.5, 1, 1, 3, -2, 2, 0.25, 1, 4, 4}},
		{"Append", []string{"x", "s"}, func(a []Array) Array { return Append(a[0], a[1]) },
			"float32[13]", []complex128{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5, 2.5}},
		{"Block", []string{"c", "w"},
			func(a []Array) Array { return Block([][]Array{{a[0], a[1].Reshape(3, 1)}, {a[1], Zeros(1)}}) },
			"float32[4,4]", []complex128{2, -1, 0.5, 1, 1, 3, -2, 2, 0.25, 1, 4, 4, 1, 2, 4, 0}},
	})
}

func TestJoinErrors(t *testing.T) {
	x, y := fixture("x"), fixture("y")
	runErrors(t, []errorRow{
		{func() { Concatenate([]Array{x, y}) },
			[]string{"jnp.Concatenate(float32[3,4], float32[4])", "array 1 has 1 axes"}},
		{func() { Concatenate([]Array{x, x.T()}) }, []string{"array 1 has length 3 along axis 1"}},
		{func() { Stack([]Array{x, y}) }, []string{"jnp.Stack", "must have one shape"}},
		{func() { Stack(nil) }, []string{"jnp.Stack", "at least one array"}},
	})
}

func TestJoinGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Block", func(x Array) Array { return Block([]Array{x, Square(x)}) }},
		}
	})
}

// Many arrays are joined in parts, which neither the numbers nor the dtype shows.
func TestJoinMany(t *testing.T) {
	const n = 130
	xs := make([]Array, n)
	var want []float32
	for i := range xs {
		xs[i] = FromSlice([]int32{int32(i), 1<<24 + 1})
		want = append(want, float32(i), 1<<24)
	}
	last := FromSlice([]float32{0.5, 2})
	xs[n-1], want[2*n-2], want[2*n-1] = last, 0.5, 2
	for name, f := range map[string]func(xs []Array) Array{
		"Concatenate": func(xs []Array) Array { return Concatenate(xs) },
		"Stack":       func(xs []Array) Array { return Stack(xs) },
		"columns":     func(xs []Array) Array { return Stack(xs, 1).T() },
		"VStack":      func(xs []Array) Array { return VStack(xs...) },
		"HStack":      func(xs []Array) Array { return HStack(xs...) },
		"ColumnStack": func(xs []Array) Array { return ColumnStack(xs...).T() },
	} {
		for mode, f := range map[string]func(xs []Array) Array{"eager": f, "jit": gojax.Jit(f)} {
			if got := f(xs); got.DType() != Float32 || !slices.Equal(ToSlice[float32](got.Ravel()), want) {
				t.Errorf("%s, %s: %v", name, mode, got)
			}
		}
	}
	xs[100] = last.Reshape(1, 2)
	for _, f := range []func(xs []Array) Array{func(xs []Array) Array { return Concatenate(xs) },
		func(xs []Array) Array { return HStack(xs...) }} {
		fails.With(t, func() { f(xs) }, "array 100 has 2 axes and the first one 1")
	}
}
