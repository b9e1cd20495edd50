package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ZerosLike is an array of zeros of x's type.
func ZerosLike(x jnp.Array) jnp.Array { return jnp.Wrap(ops.ZerosLike(val("lax.ZerosLike", x))) }
