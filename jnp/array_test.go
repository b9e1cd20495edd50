package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestArrayErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { Array{}.Shape() }, []string{"Shape", "never set"}},
	})
}
