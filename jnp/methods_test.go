package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestMethodsErrors(t *testing.T) {
	x := Ones(3)
	runErrors(t, []errorRow{
		{func() { x.AsType(DType(99)) }, []string{"jnp.AsType", "99"}},
	})
}
