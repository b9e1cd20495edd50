package main

import (
	"github.com/gojax/gojax/jnp"
	sp "github.com/gojax/gojax/scipy/special"
)

// special are the functions around gamma, beta, zeta, the error function and the normal distribution.
var special = map[string]function{
	"special.Gamma": of1(sp.Gamma),
	"special.Beta":  of2(sp.Beta[jnp.Array, jnp.Array]),
}
