package special

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Erf is the error function: jax.scipy.special.erf. It takes real numbers.
func Erf[X jnp.Operand](x X) array { return un("special.Erf", x, ops.Erf) }

// Erfc is 1 - Erf(x), exact for large x: jax.scipy.special.erfc. It takes real numbers.
func Erfc[X jnp.Operand](x X) array { return un("special.Erfc", x, ops.Erfc) }

// Erfinv is the inverse of Erf, on [-1, 1]; NaN elsewhere: jax.scipy.special.erfinv. It takes real numbers.
func Erfinv[X jnp.Operand](x X) array { return un("special.Erfinv", x, ops.ErfInv) }

func erf(x array) array  { return lift1(ops.Erf, x) }
func erfc(x array) array { return lift1(ops.Erfc, x) }
