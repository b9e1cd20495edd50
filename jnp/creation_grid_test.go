package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestCreationGridErrors(t *testing.T) {
	x := Ones(3)
	runErrors(t, []errorRow{
		{func() { Eye(-1) }, []string{"jnp.Eye", "negative"}},
		{func() { Identity(-1) }, []string{"jnp.Identity", "negative"}},
		{func() { Tril(x) }, []string{"jnp.Tril(float32[3])"}},
	})
}
