package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestTrigonometric(t *testing.T) {
	var forms []form
	for _, x := range []A{numbers(-0.75, 0.5, 2, 2), jnp.FromSlice([]complex64{0.5 + 0.25i, -0.25}, 2)} {
		forms = append(forms, of1("Sin", lax.Sin, ops.Sin, x), of1("Cos", lax.Cos, ops.Cos, x),
			of1("Tan", lax.Tan, ops.Tan, x), of1("Asin", lax.Asin, ops.Asin, x), of1("Acos", lax.Acos, ops.Acos, x),
			of1("Atan", lax.Atan, ops.Atan, x), of1("Sinh", lax.Sinh, ops.Sinh, x), of1("Cosh", lax.Cosh, ops.Cosh, x),
			of1("Tanh", lax.Tanh, ops.Tanh, x), of1("Asinh", lax.Asinh, ops.Asinh, x),
			of1("Acosh", lax.Acosh, ops.Acosh, x), of1("Atanh", lax.Atanh, ops.Atanh, x))
	}
	x := numbers(-0.75, 0.5, 2, 2)
	checkForms(t, append(forms, of2("Atan2", lax.Atan2, ops.Atan2, x, numbers(1, -1, 2, 2)),
		of1("Atan2 of a number", func(x A) A { return lax.Atan2(x, -1) },
			func(x V) V { return ops.Atan2(x, like(x, -1)) }, x))...)
	i := ints(1)
	for name, f := range map[string]func(A) A{"lax.Sin": lax.Sin, "lax.Cos": lax.Cos, "lax.Tan": lax.Tan,
		"lax.Asin": lax.Asin, "lax.Acos": lax.Acos,
		"lax.Atan": lax.Atan, "lax.Sinh": lax.Sinh, "lax.Cosh": lax.Cosh, "lax.Tanh": lax.Tanh, "lax.Asinh": lax.Asinh,
		"lax.Acosh": lax.Acosh,
		"lax.Atanh": lax.Atanh} {
		checkMistakes(t, mistake{name, func() { f(i) }, []string{"int32[1]", "float"}},
			mistake{name, func() { f(A{}) }, []string{"never set"}})
	}
	checkMistakes(t, mistake{"lax.Atan2", func() { lax.Atan2(i, 1) }, []string{"int32"}})
}
