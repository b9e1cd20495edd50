package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// SVD is the singular value decomposition x = u·diag(s)·vh of each m by n matrix on the last two axes, float or complex: s real, not
// negative and falling, k = min(m, n) of them, u m by k and vh k by n with orthonormal columns and rows, or with full both square
// (lax.linalg.svd). Of a matrix that holds NaN or infinities everything is NaN. It can be differentiated where the singular
// values differ, but not with full, unless the matrices are square.
func SVD(x jnp.Array, full bool) (u, s, vh jnp.Array) {
	return wrap3(ops.SVD(val("lax.SVD", x), full))
}

// SingularValues is s of SVD alone.
func SingularValues(x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.SingularValues(val("lax.SingularValues", x)))
}

// LeastSquares is the x that makes |a·x - b|² least, of least norm where several do, for m by n matrices a and m by k
// matrices b, with the residuals |a·x - b|² of each column, the rank of a and its singular values. Singular values below rcond
// times the largest, a scalar of their dtype, count as zero.
func LeastSquares(a, b, rcond jnp.Array) (x, residuals, rank, s jnp.Array) {
	return wrap4(ops.LeastSquares(val("lax.LeastSquares", a), val("lax.LeastSquares", b), val("lax.LeastSquares", rcond)))
}
