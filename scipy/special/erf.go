package special

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Erf is the error function: jax.scipy.special.erf. It takes real numbers.
func Erf(x jnp.Array) jnp.Array { return unary("special.Erf", x, erf) }

// Erfc is 1 - Erf(x), exact for large x: jax.scipy.special.erfc. It takes real numbers.
func Erfc(x jnp.Array) jnp.Array { return unary("special.Erfc", x, erfc) }

// ErfInv is the inverse of Erf, on [-1, 1]; NaN elsewhere: jax.scipy.special.erfinv. It takes real numbers.
func ErfInv(x jnp.Array) jnp.Array { return unary("special.ErfInv", x, of1(ops.ExactErfInv)) }

var erf, erfc = of1(ops.Erf), of1(ops.Erfc)
