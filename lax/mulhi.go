package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// MulHi is the high half of the product of integers, which has twice their bits: x·y >> bits, as lax.mulhi. Both of one integer dtype.
func MulHi(x, y jnp.Array) jnp.Array {
	return jnp.Wrap(ops.MulHi(val("lax.MulHi", x), val("lax.MulHi", y)))
}
