package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestPhaseErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { Unwrap(FromSlice([]complex64{1i})) }, []string{"jnp.Unwrap"}}, // a complex angle
		{func() { I0(FromSlice([]complex64{1i})) }, []string{"jnp.I0"}},         // a complex Bessel number
		{func() { Kaiser(3, 1i) }, []string{"jnp.Kaiser"}},                      // a complex shape parameter
	})
}
