package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestComplex(t *testing.T) {
	z, x := jnp.FromSlice([]complex64{1 + 2i, -3i}, 2), numbers(1, 2, 2)
	checkForms(t, of1("Real", lax.Real, ops.Real, z), of1("Imag", lax.Imag, ops.Imag, z),
		of1("Conj", lax.Conj, ops.Conj, z), of2("Complex", lax.Complex, ops.Complex, x, x.Neg()),
		of1("Complex of a number", func(x A) A { return lax.Complex(x, 0) },
			func(x V) V { return ops.Complex(x, like(x, 0)) }, x))
	checkMistakes(t,
		mistake{"lax.Real", func() { lax.Real(x) }, []string{"float32"}},
		mistake{"lax.Imag", func() { lax.Imag(x) }, []string{"float32"}},
		mistake{"lax.Conj", func() { lax.Conj(x) }, []string{"float32"}},
		mistake{"lax.Complex", func() { lax.Complex(z, z) }, []string{"complex64"}},
		mistake{"lax.Complex", func() { lax.Complex(x, 1i) }, []string{"complex128", "float32"}})
}
