package lax_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestComparisons(t *testing.T) {
	x := jnp.FromSlice([]float32{-1, 0, 2, float32(math.NaN())}, 4)
	y := jnp.FromSlice([]float32{1, 0, 1, float32(math.NaN())}, 4)
	z := jnp.FromSlice([]complex64{1i, 2}, 2)
	forms := []form{
		of2("Eq of complex numbers", lax.Eq, ops.Eq, z, z),
		of2("Ne of complex numbers", lax.Ne, ops.Ne, z, z),
	}
	for _, in := range [][]A{{x, y}, {ints(1, 2, 3), ints(3, 2, 1)}} {
		forms = append(forms, of2("Eq", lax.Eq, ops.Eq, in...), of2("Ne", lax.Ne, ops.Ne, in...),
			of2("Lt", lax.Lt, ops.Lt, in...), of2("Le", lax.Le, ops.Le, in...), of2("Gt", lax.Gt, ops.Gt, in...),
			of2("Ge", lax.Ge, ops.Ge, in...),
			of1("Ge of a number", func(x A) A { return lax.Ge(2, x) }, func(x V) V { return ops.Ge(like(x, 2), x) },
				in[0]))
	}
	checkForms(t, forms...)
	checkMistakes(t,
		mistake{"lax.Eq", func() { lax.Eq(x, z) }, []string{"float32", "complex64"}},
		mistake{"lax.Ne", func() { lax.Ne(x, numbers(0, 1, 2)) }, []string{"[4]", "[2]"}},
		mistake{"lax.Lt", func() { lax.Lt(z, z) }, []string{"complex64"}},
		mistake{"lax.Le", func() { lax.Le(x, ints(1, 2, 3, 4)) }, []string{"float32", "int32"}},
		mistake{"lax.Gt", func() { lax.Gt(x, 1i) }, []string{"complex128"}},
		mistake{"lax.Ge", func() { lax.Ge(A{}, 1) }, []string{"never set"}})
}
