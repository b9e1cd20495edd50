package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestPolyErrors(t *testing.T) {
	x, m := Ones(4), Ones(2, 2)
	runErrors(t, []errorRow{
		{func() { Poly(m) }, []string{"jnp.Poly(float32[2,2])", "eigenvalues"}},
		{func() { PolyAdd(x, Ones(0)) }, []string{"jnp.PolyAdd(float32[4], float32[0])", "at least one coefficient"}},
		{func() { Polynomials{K: x}.PolyInt(x, 2) },
			[]string{"jnp.Polynomials.PolyInt(float32[4], float32[4])", "vector of 2"}},
	})
}
