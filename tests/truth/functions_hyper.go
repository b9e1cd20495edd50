package main

import (
	"github.com/gojax/gojax/jnp"
	sp "github.com/gojax/gojax/scipy/special"
)

// hypergeometric are the functions of scipy/special that are integrals, series and polynomials.
var hypergeometric = map[string]function{
	"special.Hyp1F1": of3(sp.Hyp1F1[jnp.Array, jnp.Array, jnp.Array]),
}
