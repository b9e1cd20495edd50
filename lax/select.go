package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Select is onTrue where pred, else onFalse: two arrays of one shape and any one dtype; pred is bool, a scalar or of their shape.
func Select(pred, onTrue, onFalse jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Select(val("lax.Select", pred), val("lax.Select", onTrue), val("lax.Select", onFalse)))
}

// Clamp is x limited to [lo, hi], for any real dtype; lo and hi are scalars or of x's shape, and of its dtype. Where lo > hi it is hi.
func Clamp(lo, x, hi jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Clamp(val("lax.Clamp", lo), val("lax.Clamp", x), val("lax.Clamp", hi)))
}
