package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Threefry2x32 is the block cipher Threefry-2x32 with 20 rounds (Salmon et al., Parallel random numbers: as easy as 1, 2, 3,
// 2011), to the bit as in JAX: the counter words x1 and x2 enciphered under the key words k1 and k2. All are uint32, each a
// scalar or of one common shape.
func Threefry2x32(k1, k2, x1, x2 jnp.Array) (jnp.Array, jnp.Array) {
	return wrap2(ops.Threefry2x32(val("lax.Threefry2x32", k1), val("lax.Threefry2x32", k2), val("lax.Threefry2x32", x1), val("lax.Threefry2x32", x2)))
}
