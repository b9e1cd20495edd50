package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Pow is x to the power of y: x float or complex, y of x's dtype or of any integer type.
func Pow(x, y jnp.Array) jnp.Array { return jnp.Wrap(ops.Pow(val("lax.Pow", x), val("lax.Pow", y))) }

// IntegerPow is x to the power of the Go integer n, by repeated multiplication, for any number type; integers take no negative n.
func IntegerPow(x jnp.Array, n int) jnp.Array {
	return jnp.Wrap(ops.IntegerPow(val("lax.IntegerPow", x), n))
}
