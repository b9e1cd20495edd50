package special

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// I0e is exp(-|x|)·I0(x).
func I0e[X jnp.Operand](x X) array { return un("special.I0e", x, lax.BesselI0e) }

// I1e is exp(-|x|)·I1(x).
func I1e[X jnp.Operand](x X) array { return un("special.I1e", x, lax.BesselI1e) }

// I0 is the modified Bessel function of the first kind and order 0.
func I0[X jnp.Operand](x X) array {
	return un("special.I0", x, func(x *value) *value { return lax.Mul(lax.Exp(lax.Abs(x)), lax.BesselI0e(x)) })
}

// I1 is the modified Bessel function of the first kind and order 1.
func I1[X jnp.Operand](x X) array {
	return un("special.I1", x, func(x *value) *value { return lax.Mul(lax.Exp(lax.Abs(x)), lax.BesselI1e(x)) })
}
