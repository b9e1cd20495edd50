package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestMultiIndexErrors(t *testing.T) {
	x, y, i := fixture("x"), fixture("y"), Arange(4)
	runErrors(t, []errorRow{
		{func() { RavelMultiIndex([]Array{i}, []int{3}) }, []string{"jnp.RavelMultiIndex(int32[4])", "position 3"}},
		{func() { RavelMultiIndex([]Array{i}, []int{3, 4}) }, []string{"1 arrays of positions", "[3,4]"}},
		{func() { UnravelIndex(y, 2, 2) }, []string{"jnp.UnravelIndex(float32[4])", "integers"}},
		{func() { Ix(x) }, []string{"jnp.Ix(float32[3,4])", "vectors"}},
	})
}
