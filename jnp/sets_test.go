package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestSets(t *testing.T) {
	runRows(t, []opRow{
		{"IsIn", []string{"x", "q"}, func(a []Array) Array { return IsIn(a[0], a[1]) },
			"bool[3,4]", []complex128{0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0}},
		{"IsIn of many", []string{"x", "y"}, func(a []Array) Array { return IsIn(a[0], Tile(a[1], 20)) },
			"bool[3,4]", []complex128{1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0}},
	})
}

func TestSetsErrors(t *testing.T) {
	y := fixture("y")
	runErrors(t, []errorRow{
		{whileTracing(y, func(y Array) { Intersect1D(y, y) }),
			[]string{"jnp.Intersect1D(float32[4], float32[4])", "traced", "Size: n"}},
		{whileTracing(y, func(y Array) { SetDiff1D(y, y) }), []string{"jnp.SetDiff1D", "Size: n"}},
		{func() { Union1D(Array{}, y) }, []string{"jnp.Union1D: ", "never set"}},
		{func() { Uniqueness{Size: -1}.SetXor1D(y, y) }, []string{"jnp.Uniqueness.SetXor1D", "Size is -1"}},
	})
}

func TestSetsGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"SetXor1D", func(x Array) Array { return Uniqueness{Size: 6}.SetXor1D(x, f64.AsArray([]float64{9})) }},
		}
	})
}
