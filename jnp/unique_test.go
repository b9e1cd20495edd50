package jnp_test

import (
	"fmt"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestUnique(t *testing.T) {
	runRows(t, []opRow{
		{"Unique filled", []string{"q"},
			func(a []Array) Array { return Uniqueness{Size: 6, FillValue: -1}.Unique(a[0]) },
			"float32[6]", []complex128{0.5, 1, 2, 5, -1, -1}},
		{"Unique cut", []string{"i"}, func(a []Array) Array { return Uniqueness{Size: 4}.Unique(a[0]) },
			"int32[4]", []complex128{-12, -9, -2, 0}},
		{"Unique rows", []string{"b"}, func(a []Array) Array { return Uniqueness{Size: 2}.Unique(a[0].T(), 0) },
			"bool[2,2]", []complex128{0, 0, 1, 0}},
		{"Unique, NaN once", []string{"n"},
			func(a []Array) Array { return Uniqueness{Size: 9, FillValue: 9}.Unique(a[0]) },
			"float32[9]", []complex128{-3, 0, 0.5, 1.5, 2, 3, nanC, 9, 9}},
		{"Unique positions", []string{"q"},
			func(a []Array) Array { return second(Uniqueness{Size: 4}.UniqueAll(a[0])) },
			"int32[4]", []complex128{6, 2, 0, 3}},
		{"Unique inverse", []string{"x"},
			func(a []Array) Array { return third(Uniqueness{Size: 12}.UniqueAll(Floor(a[0]))) },
			"int32[3,4]", []complex128{6, 1, 5, 3, 1, 7, 4, 2, 4, 3, 0, 5}},
		{"Unique counts", []string{"q"}, func(a []Array) Array { return fourth(Uniqueness{Size: 5}.UniqueAll(a[0])) },
			"int32[5]", []complex128{1, 3, 2, 1, 0}},
	})
}

func TestUniqueErrors(t *testing.T) {
	y, e := fixture("y"), fixture("e")
	runErrors(t, []errorRow{
		{whileTracing(y, func(y Array) { Unique(y) }),
			[]string{"jnp.Unique(float32[4])", "traced", "Size: n"}},
		{func() { Uniqueness{Size: 2}.Unique(e) }, []string{"jnp.Uniqueness.Unique(float32[0,3])", "Size needs Fill"}},
	})
}

// TestUniqueSizes finds out how many values there are.
func TestUniqueSizes(t *testing.T) {
	for _, r := range []struct {
		x    Array
		axis []int
		want string
	}{
		{fixture("q"), nil, "[0.5 1.  2.  5. ] [6 2 0 3] [2 2 1 3 1 1 0] [1 3 2 1]"},
		{fixture("b"), nil, "[False  True] [1 0] [[1 0 1]\n [0 0 0]] [4 2]"},
		{fixture("b"), []int{1}, "[[False  True]\n [False False]] [1 0] [1 0 1] [1 2]"},
		{Zeros(0), nil, "[] [] [] []"},
		{fixture("s"), nil, "[2.5] [0] 0 [1]"},
	} {
		v, i, inv, n := UniqueReturned(r.x, r.axis...)
		if got := fmt.Sprint(v, " ", i, " ", inv, " ", n); got != r.want {
			t.Errorf("%v along %v: %s\nwant %s", r.x, r.axis, got, r.want)
		}
	}
}
