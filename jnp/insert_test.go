package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestInsertErrors(t *testing.T) {
	x, y, i, b := fixture("x"), fixture("y"), Arange(4), FromSlice([]bool{true, false, true, true})
	runErrors(t, []errorRow{
		{func() { Insert(x, 1.5, 0) }, []string{"jnp.Insert(float32[3,4]", "integer"}},
		{func() { Insert(y, []int{1, 2}, []float32{1, 2, 3}) },
			[]string{"jnp.Insert", "3 values do not go with 2 positions"}},
		{func() { Delete(y, 4) }, []string{"jnp.Delete(float32[4])", "position 4"}},
		{func() { Delete(x, b, 0) }, []string{"jnp.Delete(float32[3,4], bool[4])", "[4]"}},
		{whileTracing(i, func(i Array) { Delete(y, i) }),
			[]string{"jnp.Delete(float32[4], int32[4])", "UniqueIndices"}},
		{func() { Resize(y, 2, -1) }, []string{"jnp.Resize", "-1"}},
		{whileTracing(y, func(y Array) { TrimZeros(y) }), []string{"jnp.TrimZeros(float32[4])", "traced"}},
	})
}

func TestInsertGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Insert", func(x Array) Array { return Insert(x, []int{1, -1}, x.Index(S(nil, 2)).Mul(3)) }},
			{"Delete", func(x Array) Array { return Delete(x, []int{0, 3}) }},
			{"Deletion.Delete", func(x Array) Array { return Deletion{UniqueIndices: true}.Delete(x, in.i) }},
			{"Resize", func(x Array) Array { return Resize(x, 3, 5) }},
		}
	})
}
