package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestWhereErrors(t *testing.T) {
	x := Ones(3)
	runErrors(t, []errorRow{
		{func() { Where(x.Gt(0), x, Ones(2)) }, []string{"jnp.Where(bool[3], float32[3], float32[2])"}},
		{func() { Select(nil, []Array{x}, 0) }, []string{"jnp.Select", "0 conditions and 1 choices"}},
	})
}
