package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestSplit(t *testing.T) {
	runRows(t, []opRow{
		{"Split", []string{"x"}, func(a []Array) Array { return Split(a[0], []int{1, 3}, 1)[1] },
			"float32[3,2]", []complex128{-1.5, 2, 4, 1, 0, -3}},
		{"ArraySplit", []string{"q"}, func(a []Array) Array { return ArraySplit(a[0], 3)[1] },
			"float32[2]", []complex128{5, 1}},
		{"Unstack", []string{"a"}, func(a []Array) Array { return Unstack(a[0], 1)[2] },
			"float32[2,4]", []complex128{0, 0.25, 0.5, 0.75, 3, 3.25, 3.5, 3.75}},
	})
}

func TestSplitErrors(t *testing.T) {
	x := fixture("x")
	runErrors(t, []errorRow{
		{func() { Split(x, 3, 1) }, []string{"jnp.Split(float32[3,4])", "3 equal parts", "jnp.ArraySplit"}},
	})
}
