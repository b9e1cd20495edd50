package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestSort(t *testing.T) {
	runRows(t, []opRow{
		{"Sort", []string{"x"}, func(a []Array) Array { return Sort(a[0]) },
			"float32[3,4]", []complex128{-1.5, 0.5, 2, 3, -2, -0.25, 1, 4, -3, 0, 1.5, 2.5}},
		{"Sort NaN last", []string{"n"}, func(a []Array) Array { return Sort(a[0], 1) },
			"float32[3,4]", []complex128{0.5, 2, 3, nanC, nanC, nanC, nanC, nanC, -3, 0, 1.5, nanC}},
		{"Sort down", []string{"i"}, func(a []Array) Array { return Sorting{Descending: true}.Sort(a[0], 1) },
			"int32[2,3,2]", []complex128{3, 6, 1, 4, 0, -2, 11, 10, 7, 7, -9, -12}},
		{"ArgSort", []string{"q"}, func(a []Array) Array { return ArgSort(a[0]) },
			"int32[7]", []complex128{6, 2, 4, 5, 0, 1, 3}},
		{"ArgSort down", []string{"q"}, func(a []Array) Array { return Sorting{Descending: true}.ArgSort(a[0]) },
			"int32[7]", []complex128{3, 0, 1, 2, 4, 5, 6}},
		{"ArgSort axis", []string{"a"}, func(a []Array) Array { return ArgSort(a[0].Neg(), 0) },
			"int32[2,3,4]", []complex128{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
		{"LexSort", []string{"q", "q"}, func(a []Array) Array { return LexSort([]Array{Arange(7).Neg(), a[0]}) },
			"int32[7]", []complex128{6, 5, 4, 2, 1, 0, 3}},
		{"SearchSorted", []string{"y", "x"}, func(a []Array) Array { return SearchSorted(Sort(a[0]), a[1]) },
			"int32[3,4]", []complex128{3, 1, 3, 1, 0, 4, 2, 1, 2, 1, 0, 3}},
		{"SearchSorted right", []string{"q", "q"},
			func(a []Array) Array { return Search{Right: true}.SearchSorted(Sort(a[0]), a[1]) },
			"int32[7]", []complex128{6, 6, 4, 7, 4, 4, 1}},
		{"SearchSorted NaN", []string{"y", "n"}, func(a []Array) Array { return SearchSorted(Sort(a[0]), a[1]) },
			"int32[3,4]", []complex128{3, 4, 3, 1, 4, 4, 4, 4, 2, 1, 0, 4}},
		{"Digitize down", []string{"x", "y"}, func(a []Array) Array { return Digitize(a[0], Flip(Sort(a[1]))) },
			"int32[3,4]", []complex128{0, 3, 1, 2, 3, 0, 2, 3, 1, 3, 4, 1}},
	})
}

func TestSortErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Sort(x, 2) }, []string{"jnp.Sort(float32[3,4])", "axis 2"}},
		{func() { SearchSorted(x, 1.0) }, []string{"jnp.SearchSorted", "one axis"}},
	})
}
