package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Betainc is the regularized incomplete beta function I_x(a, b), for floats of one dtype and shape; NaN unless a and b are at
// least 0, not both 0 or both infinite, and x is within [0, 1]. It has a derivative in x alone, as in JAX.
func Betainc(a, b, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Betainc(val("lax.Betainc", a), val("lax.Betainc", b), val("lax.Betainc", x)))
}
