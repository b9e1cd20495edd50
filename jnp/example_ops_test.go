package jnp_test

import (
	"github.com/gojax/gojax/jnp"
)

func matrix() jnp.Array { return jnp.Asarray([][]float32{{1, 4, 2}, {3, -1, 5}}) }
