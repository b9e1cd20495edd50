package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestBitsErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { PackBits(Ones(2)) }, []string{"jnp.PackBits"}},                      // bits of floats
		{func() { UnpackBits(Arange(2)) }, []string{"jnp.UnpackBits"}},                // bits of wide numbers
		{func() { UnpackBits(FromSlice([]uint8{1}), 1) }, []string{"jnp.UnpackBits"}}, // an axis too far
	})
}
