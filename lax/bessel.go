package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// BesselI0e is exp(-|x|) times the modified Bessel function of the first kind and order 0, for floats.
func BesselI0e(x jnp.Array) jnp.Array { return jnp.Wrap(ops.BesselI0e(val("lax.BesselI0e", x))) }

// BesselI1e is exp(-|x|) times the modified Bessel function of the first kind and order 1, for floats.
func BesselI1e(x jnp.Array) jnp.Array { return jnp.Wrap(ops.BesselI1e(val("lax.BesselI1e", x))) }
