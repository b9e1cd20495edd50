package lax

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// CholeskyOptions are the options of Cholesky.
type CholeskyOptions struct {
	// LowerOnly reads only the lower triangle of the matrix (JAX's symmetrize_input=False).
	LowerOnly bool
}

// Cholesky is the lower triangular L with L·Lᴴ = x for each matrix on the last two axes of x, of floats or complex
// numbers, zero above the diagonal (jax.lax.linalg.cholesky). The mean of x and xᴴ is decomposed, unless the options
// say that the lower triangle is all there is. For a matrix that is not positive definite the lower triangle of L is
// NaN. float16 and bfloat16 are computed in float32.
//
// Options: CholeskyOptions (LowerOnly).
func Cholesky(x jnp.Array, options ...CholeskyOptions) jnp.Array {
	const op = "lax.Cholesky"
	o := oneOption(op, options)
	return whole(op, o, []*trace.Value{kit.Value(op, x)}, func(in []*trace.Value) *trace.Value {
		a := in[0]
		if s := a.Shape(); !o.LowerOnly && a.DType().IsInexact() && len(s) > 1 && s[len(s)-1] == s[len(s)-2] {
			a = ops.Mul(ops.Add(a, adjoint(a)), ops.FullLike(a, 0.5))
		}
		return ops.Cholesky(a) // which refuses the others
	})
}

// adjoint is the conjugate transpose of matrices.
func adjoint(a *trace.Value) *trace.Value {
	perm := kit.UpTo(a.Rank())
	slices.Reverse(perm[len(perm)-2:])
	if a.DType().IsComplex() {
		a = ops.Conj(a)
	}
	return ops.Transpose(a, perm)
}

// TriangularOptions are the options of TriangularSolve. The zero value solves x·a = b for an upper triangular a.
type TriangularOptions struct {
	LeftSide     bool // a·x = b rather than x·a = b
	Lower        bool // a is lower rather than upper triangular; the other triangle is not read
	Transpose    bool // aᵀ in place of a
	Conjugate    bool // the conjugate of a, or with Transpose its adjoint
	UnitDiagonal bool // the diagonal counts as ones and is not read
}

// TriangularSolve solves x·a = b, or a·x = b, for each pair of matrices on the last two axes of a and b, of one float
// or complex dtype, whose axes before the last two are the same (jax.lax.linalg.triangular_solve).
//
// Options: TriangularOptions (LeftSide, Lower, Transpose, Conjugate, UnitDiagonal).
func TriangularSolve(a, b jnp.Array, options ...TriangularOptions) jnp.Array {
	const op = "lax.TriangularSolve"
	return jnp.Wrap(
		ops.TriangularSolve(kit.Value(op, a), kit.Value(op, b), ops.TriangularOptions(oneOption(op, options))))
}

// DecompositionOptions are the options of QR and SVD.
type DecompositionOptions struct {
	// Reduced leaves out the columns and rows that only complete a basis (JAX's full_matrices=False).
	Reduced bool
}

// QR is the decomposition x = q·r of each m by n matrix on the last two axes, of floats or complex numbers, q with
// orthonormal columns and r upper triangular (jax.lax.linalg.qr). q is m by m and r is m by n, or reduced, for k =
// min(m, n), m by k and k by n. The signs are those of LAPACK: where a column has anything to be zeroed, the diagonal
// of r gets the sign that is not its own.
//
// Options: DecompositionOptions (Reduced).
func QR(x jnp.Array, options ...DecompositionOptions) (q, r jnp.Array) {
	const op = "lax.QR"
	return two(ops.QR(kit.Value(op, x), !oneOption(op, options).Reduced))
}

// SVD is the singular value decomposition x = u·diag(s)·vh of each m by n matrix on the last two axes, of floats or
// complex numbers (jax.lax.linalg.svd). s has k = min(m, n) numbers, not negative and falling; u is m by m and vh n by
// n with orthonormal columns and rows, or reduced m by k and k by n. Of a matrix that holds NaN or infinities
// everything is NaN. It can be differentiated where the singular values differ, but only reduced or of square matrices.
// linalg.SVDVals is s alone.
//
// Options: DecompositionOptions (Reduced).
func SVD(x jnp.Array, options ...DecompositionOptions) (u, s, vh jnp.Array) {
	const op = "lax.SVD"
	a, b, c := ops.SVD(kit.Value(op, x), !oneOption(op, options).Reduced)
	return jnp.Wrap(a), jnp.Wrap(b), jnp.Wrap(c)
}

// HouseholderProduct is the first n columns of the product of the reflectors that LAPACK's geqrf leaves below the
// diagonal of the m by n matrices a, m no less than n, and in taus: Q with orthonormal columns
// (jax.lax.linalg.householder_product). linalg.QRReflectors makes a and taus.
func HouseholderProduct(a, taus jnp.Array) jnp.Array {
	const op = "lax.HouseholderProduct"
	return jnp.Wrap(ops.HouseholderProduct(kit.Value(op, a), kit.Value(op, taus)))
}
