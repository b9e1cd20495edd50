package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestExponentials(t *testing.T) {
	var forms []form
	for _, x := range []A{numbers(-0.75, 0.5, 2, 2), jnp.FromSlice([]complex64{0.5 + 1i, -2}, 2)} {
		forms = append(forms, of1("Exp", lax.Exp, ops.Exp, x), of1("Exp2", lax.Exp2, ops.Exp2, x),
			of1("Expm1", lax.Expm1, ops.Expm1, x), of1("Log", lax.Log, ops.Log, x),
			of1("Log1p", lax.Log1p, ops.Log1p, x), of1("Logistic", lax.Logistic, ops.Logistic, x))
	}
	checkForms(t, forms...)
	i := ints(1)
	for name, f := range map[string]func(A) A{"lax.Exp": lax.Exp, "lax.Exp2": lax.Exp2, "lax.Expm1": lax.Expm1,
		"lax.Log":   lax.Log,
		"lax.Log1p": lax.Log1p, "lax.Logistic": lax.Logistic} {
		checkMistakes(t, mistake{name, func() { f(i) }, []string{"int32[1]", "float"}},
			mistake{name, func() { f(A{}) }, []string{"never set"}})
	}
}
