package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestUFuncRoundErrors(t *testing.T) {
	c := Ones(3).Mul(1i)
	runErrors(t, []errorRow{
		{func() { Floor(c) }, []string{"jnp.Floor(complex64[3])", "jnp.Real"}},
	})
}
