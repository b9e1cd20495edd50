package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Geqrf is the QR decomposition of each m by n matrix on the last two axes as LAPACK's geqrf leaves it, float or complex: R on and
// above the diagonal, below it in column i the vector v of the i-th reflector I - tau·v·vᴴ (without its leading 1), and the k =
// min(m, n) numbers tau. float16 and bfloat16 are computed in float32.
func Geqrf(x jnp.Array) (packed, taus jnp.Array) {
	return wrap2(ops.Geqrf(val("lax.Geqrf", x)))
}

// HouseholderProduct is the first n columns of the product of the reflectors that Geqrf leaves in the m by n matrices packed, m no
// less than n, and taus: Q with orthonormal columns (lax.linalg.householder_product).
func HouseholderProduct(packed, taus jnp.Array) jnp.Array {
	return jnp.Wrap(ops.HouseholderProduct(val("lax.HouseholderProduct", packed), val("lax.HouseholderProduct", taus)))
}

// QR is the decomposition x = q·r of each m by n matrix on the last two axes, float or complex, q with orthonormal columns and r
// upper triangular: q is m by k and r is k by n for k = min(m, n), or with full m by m and m by n (lax.linalg.qr). The signs are
// LAPACK's: where a column has anything to be zeroed, the diagonal of r gets the sign that is not its own.
func QR(x jnp.Array, full bool) (q, r jnp.Array) {
	return wrap2(ops.QR(val("lax.QR", x), full))
}

// SolveQR is x with a·x = b for each pair of a square matrix and a matrix on the last two axes, by a QR decomposition.
func SolveQR(a, b jnp.Array) jnp.Array {
	return jnp.Wrap(ops.SolveQR(val("lax.SolveQR", a), val("lax.SolveQR", b)))
}
