package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Cholesky is the lower triangular L with L·Lᴴ = x for each matrix on the last two axes of x, float or complex, zero above the
// diagonal. Only the lower triangle of x is read: symmetrise first where the upper one counts (jnp does). For a matrix that is
// not positive definite L's lower triangle is NaN. float16 and bfloat16 are computed in float32.
func Cholesky(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Cholesky(val("lax.Cholesky", x))) }

// BatchMatMul multiplies stacks of matrices of the same number of axes, two or more: the last of x with the one before the
// last of y, and the others, which are equal, go along (lax.batch_matmul).
func BatchMatMul(x, y jnp.Array, options ...DotOptions) jnp.Array {
	return jnp.Wrap(ops.BatchMatMul(val("lax.BatchMatMul", x), val("lax.BatchMatMul", y), options...))
}

// TriangularSolve solves a·x = b or x·a = b for each pair of matrices on the last two axes of a and b, as
// lax.linalg.triangular_solve: one float or complex dtype, and the axes before the last two the same.
func TriangularSolve(a, b jnp.Array, o TriangularOptions) jnp.Array {
	return jnp.Wrap(ops.TriangularSolve(val("lax.TriangularSolve", a), val("lax.TriangularSolve", b), o))
}
