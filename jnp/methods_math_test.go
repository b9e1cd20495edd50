package jnp_test

import (
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

// A method that is named after a function of one array records that function's program, at the same line.
func TestMathMethods(t *testing.T) {
	x := FromSlice([]float32{0.25, 0.5})
	for _, c := range []struct {
		name             string
		method, function func(Array) Array
	}{
		{"Square", Array.Square, Square},
		{"Sqrt", Array.Sqrt, Sqrt},
		{"Cbrt", Array.Cbrt, Cbrt},
		{"Reciprocal", Array.Reciprocal, Reciprocal},
		{"Sign", Array.Sign, Sign},
		{"Exp", Array.Exp, Exp},
		{"Exp2", Array.Exp2, Exp2},
		{"Expm1", Array.Expm1, Expm1},
		{"Log", Array.Log, Log},
		{"Log2", Array.Log2, Log2},
		{"Log10", Array.Log10, Log10},
		{"Log1p", Array.Log1p, Log1p},
		{"Sin", Array.Sin, Sin},
		{"Cos", Array.Cos, Cos},
		{"Tan", Array.Tan, Tan},
		{"Arcsin", Array.Arcsin, Arcsin},
		{"Arccos", Array.Arccos, Arccos},
		{"Arctan", Array.Arctan, Arctan},
		{"Sinh", Array.Sinh, Sinh},
		{"Cosh", Array.Cosh, Cosh},
		{"Tanh", Array.Tanh, Tanh},
		{"Arcsinh", Array.Arcsinh, Arcsinh},
		{"Arccosh", Array.Arccosh, Arccosh},
		{"Arctanh", Array.Arctanh, Arctanh},
		{"Floor", Array.Floor, Floor},
		{"Ceil", Array.Ceil, Ceil},
		{"Trunc", Array.Trunc, Trunc},
		{"IsNaN", Array.IsNaN, IsNaN},
		{"IsInf", Array.IsInf, IsInf},
		{"IsFinite", Array.IsFinite, IsFinite},
	} {
		program := func(f func(Array) Array) string {
			p, _ := record([]Array{x}, func(a []Array) Array { return f(a[0]) })
			return p.String()
		}
		got, want := program(c.method), program(c.function)
		if got != want || !strings.Contains(got, "methods_math_test.go:") {
			t.Errorf("%s: the method is\n%s\nthe function\n%s", c.name, got, want)
		}
	}
	runErrors(t, []errorRow{
		{func() { FromSlice([]complex64{1i}).Floor() }, []string{"jnp.Floor(complex64[1])"}},
		{func() { Array{}.Exp() }, []string{"jnp.Exp"}},
	})
}
