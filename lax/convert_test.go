package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestConvert(t *testing.T) {
	x, z := jnp.FromSlice([]float32{-1.7, 0, 2.5}, 3), jnp.FromSlice([]complex64{1 + 2i, 0}, 2)
	to := func(d jnp.DType) (func(A) A, func(V) V) {
		return func(x A) A { return lax.ConvertElementType(x, d) }, func(x V) V { return ops.Convert(x, d) }
	}
	as := func(d jnp.DType) (func(A) A, func(V) V) {
		return func(x A) A { return lax.BitcastConvertType(x, d) }, func(x V) V { return ops.Bitcast(x, d) }
	}
	var forms []form
	for _, d := range []jnp.DType{jnp.Int8, jnp.Bool, jnp.Float16, jnp.Complex64} {
		f, g := to(d)
		forms = append(forms, of1("Convert to "+d.String(), f, g, x))
	}
	f, g := to(jnp.Float32)
	forms = append(forms, of1("Convert of complex numbers", f, g, z))
	for _, d := range []jnp.DType{jnp.Int32, jnp.Uint8} {
		f, g := as(d)
		forms = append(forms, of1("Bitcast to "+d.String(), f, g, x))
	}
	checkForms(t, forms...)
	checkMistakes(t,
		mistake{"lax.ConvertElementType", func() { lax.ConvertElementType(x, 0) }, []string{"dtype"}},
		mistake{"lax.ConvertElementType", func() { lax.ConvertElementType(A{}, jnp.Int32) }, []string{"never set"}},
		mistake{"lax.BitcastConvertType", func() { lax.BitcastConvertType(z, jnp.Int32) }, []string{"complex64"}},
		mistake{"lax.BitcastConvertType", func() { lax.BitcastConvertType(x, jnp.Bool) }, []string{"bool"}},
		mistake{
			"lax.BitcastConvertType",
			func() { lax.BitcastConvertType(jnp.FromSlice([]uint8{1, 2, 3}, 3), jnp.Int32) },
			[]string{"uint8[3]"},
		},
	)
}
