package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestApplyErrors(t *testing.T) {
	x, y, b := fixture("x"), fixture("y"), FromSlice([]bool{true, false, true, true})
	runErrors(t, []errorRow{
		{func() { ApplyAlongAxis(Neg, 2, x) }, []string{"jnp.ApplyAlongAxis(float32[3,4])", "axis 2"}},
		{func() { ApplyOverAxes(func(x Array, _ int) Array { return x.Sum() }, x, 0) },
			[]string{"jnp.ApplyOverAxes", "0 axes"}},
		{func() { Piecewise(y, []Array{b}, 1, 2, 3) }, []string{"jnp.Piecewise", "3 functions do not go with 1"}},
	})
}

func TestApplyGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"ApplyAlongAxis", func(x Array) Array {
				return ApplyAlongAxis(func(v Array) Array { return v.Mul(v.Sum()) }, 0, x.Reshape(2, 3))
			}},
			{"ApplyOverAxes", func(x Array) Array {
				return ApplyOverAxes(func(x Array, a int) Array { return Square(x).Sum(a) }, x.Reshape(2, 3), 0, 1)
			}},
			{"Piecewise", func(x Array) Array { return Piecewise(x, []Array{x.Lt(0), x.Gt(1)}, Square, Sin, 0.5) }},
		}
	})
}
