package lax_test

import (
	"testing"

	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestArithmetic(t *testing.T) {
	x, y := numbers(-2.5, 1, 2, 3), numbers(0.5, 0.75, 2, 3)
	i, j := ints(-7, 0, 9), ints(2, -3, 4)
	forms := []form{
		of1("Reciprocal", lax.Reciprocal, ops.Reciprocal, x), of1("Sqrt", lax.Sqrt, ops.Sqrt, y),
		of1("Rsqrt", lax.Rsqrt, ops.Rsqrt, y),
		of1("Cbrt", lax.Cbrt, ops.Cbrt, x), of2("Pow", lax.Pow, ops.Pow, y, x),
		of2("NextAfter", lax.NextAfter, ops.NextAfter, x, y),
		of1("IntegerPow", func(x A) A { return lax.IntegerPow(x, 3) }, func(x V) V { return ops.IntegerPow(x, 3) }, x),
		of2("MulHi", lax.MulHi, ops.MulHi, i, j),
		of2("Pow of integers", lax.Pow, ops.Pow, numbers(1, 1, 3), j),
	}
	for _, in := range [][]A{{x, y}, {i, j}} {
		forms = append(
			forms,
			of1("Neg", lax.Neg, ops.Neg, in[0]),
			of1("Sign", lax.Sign, ops.Sign, in[0]),
			of1("Abs", lax.Abs, ops.Abs, in[0]),
			of1("Square", lax.Square, ops.Square, in[0]),
			of2(
				"Add",
				lax.Add,
				ops.Add,
				in...),
			of2("Sub", lax.Sub, ops.Sub, in...),
			of2("Mul", lax.Mul, ops.Mul, in...),
			of2("Div", lax.Div, ops.Div, in...),
			of2("Rem", lax.Rem, ops.Rem, in...),
			of2("Max", lax.Max, ops.Max, in...),
			of2("Min", lax.Min, ops.Min, in...),
		)
	}
	checkForms(t, forms...)
}
