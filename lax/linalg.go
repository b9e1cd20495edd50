package lax

import (
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
		if s := a.Shape(); a.DType().IsInexact() && len(s) > 1 && s[len(s)-1] == s[len(s)-2] {
			a = ops.Symmetrize(a, o.LowerOnly, false)
		}
		return ops.Cholesky(a) // which refuses the others
	})
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

// OrmqrOptions are the options of Ormqr.
type OrmqrOptions struct {
	Right     bool // c·Q in place of Q·c (JAX's left=False)
	Transpose bool // the adjoint of Q in place of Q
}

// Ormqr is Q·c, without Q being made: Q is the m by m product of the reflectors that LAPACK's geqrf leaves below the
// diagonal of the matrices a, [..., m, n], and in taus, [..., k], and c matrices of as many rows, or with Right columns
// (jax.lax.linalg.ormqr). It has a derivative by c. All are of one float or complex dtype, and of the same axes before
// those of one matrix. linalg.QRReflectors makes a, transposed, and taus. float16 and bfloat16 are computed in float32.
//
// Options: OrmqrOptions (Right, Transpose).
func Ormqr(a, taus, c jnp.Array, options ...OrmqrOptions) jnp.Array {
	const op = "lax.Ormqr"
	o := oneOption(op, options)
	v := kit.Values(op, []jnp.Array{a, taus, c})
	return jnp.Wrap(ops.Ormqr(v[0], v[1], v[2], !o.Right, o.Transpose))
}

// CholeskyUpdate is the upper triangular factor R with Rᵀ·R = rᵀ·r + w·wᵀ for upper triangular r, [..., n, n], and w,
// [..., n], floats of one dtype (jax.lax.linalg.cholesky_update, which takes one matrix). It takes n² operations, where
// Cholesky takes n³.
func CholeskyUpdate(r, w jnp.Array) jnp.Array {
	const op = "lax.CholeskyUpdate"
	return jnp.Wrap(ops.CholeskyUpdate(kit.Value(op, r), kit.Value(op, w)))
}

// SymmetricProductOptions are the options of SymmetricProduct.
type SymmetricProductOptions struct {
	Alpha            float64 // 1 if 0
	Beta             float64
	SymmetrizeOutput bool // the upper triangle of the result is made the mirror image of the lower one
}

// SymmetricProduct is Alpha·a·aᵀ + Beta·c for matrices a, [..., m, n], and symmetric c, [..., m, m], floats of one
// dtype (jax.lax.linalg.symmetric_product).
//
// Options: SymmetricProductOptions (Alpha, Beta, SymmetrizeOutput).
func SymmetricProduct(a, c jnp.Array, options ...SymmetricProductOptions) jnp.Array {
	const op = "lax.SymmetricProduct"
	o := oneOption(op, options)
	if o.Alpha == 0 {
		o.Alpha = 1
	}
	in := []*trace.Value{kit.Value(op, a), kit.Value(op, c)}
	return whole(op, o, in, func(in []*trace.Value) *trace.Value {
		y := ops.SymmetricProduct(in[0], in[1], o.Alpha, o.Beta)
		if o.SymmetrizeOutput {
			y = ops.Symmetrize(y, true, false)
		}
		return y
	})
}

// LU is the decomposition p·x = l·u of each m by n matrix on the last two axes, of floats or complex numbers, with
// partial pivoting (jax.lax.linalg.lu). lu has u on and above the diagonal, and l, whose diagonal is 1, below it. In
// step i row i was exchanged with row pivots[..., i], of k = min(m, n) steps, so that row i of p·x is row
// permutation[..., i] of x; both are int32. Of a singular matrix u has a zero on its diagonal. float16 and bfloat16 are
// computed in float32.
func LU(x jnp.Array) (lu, pivots, permutation jnp.Array) {
	const op = "lax.LU"
	a, b, c := ops.LU(kit.Value(op, x))
	return jnp.Wrap(a), jnp.Wrap(b), jnp.Wrap(c)
}

// LUPivotsToPermutation is the order of size rows after the exchanges that LU lists: [..., k] to [..., size], int32, k
// no more than size (jax.lax.linalg.lu_pivots_to_permutation).
func LUPivotsToPermutation(pivots jnp.Array, size int) jnp.Array {
	const op = "lax.LUPivotsToPermutation"
	return jnp.Wrap(ops.LUPivotsToPermutation(kit.Value(op, pivots), size))
}

// EighOptions are the options of Eigh.
type EighOptions struct {
	// OneTriangle reads only the lower triangle of the matrix (JAX's symmetrize_input=False), or with Upper the upper
	// one (lower=False).
	OneTriangle, Upper bool
}

// Eigh is the decomposition x = v·diag(w)·vᴴ of each symmetric or Hermitian matrix on the last two axes, of floats or
// complex numbers, w real and rising, the columns of v orthonormal (jax.lax.linalg.eigh, which has v first too). The
// mean of x and xᴴ is decomposed, unless the options say that one triangle is all there is. Of a matrix that holds NaN
// or infinities everything is NaN. linalg.EigValsH is w alone.
//
// Options: EighOptions (OneTriangle, Upper).
func Eigh(x jnp.Array, options ...EighOptions) (v, w jnp.Array) {
	const op = "lax.Eigh"
	o := oneOption(op, options)
	y := trace.Whole(op, o, []*trace.Value{kit.Value(op, x)}, func(in []*trace.Value) []*trace.Value {
		a := in[0]
		if s := a.Shape(); a.DType().IsInexact() && len(s) > 1 && s[len(s)-1] == s[len(s)-2] {
			a = ops.Symmetrize(a, o.OneTriangle, o.Upper)
		}
		w, v := ops.Eigh(a) // which refuses the others
		return []*trace.Value{v, w}
	})
	return two(y[0], y[1])
}

// TridiagonalSolve is x with A·x = b for matrices A that have elements on three diagonals only: row i has lower[..., i]
// before the diagonal, diagonal[..., i] on it and upper[..., i] behind it (jax.lax.linalg.tridiagonal_solve). The three
// have one shape, [..., n], of which lower's first and upper's last elements are not read; b is [..., n, k], all of one
// float or complex dtype. Rows are exchanged where that keeps x close. Of a singular matrix x is NaN.
func TridiagonalSolve(lower, diagonal, upper, b jnp.Array) jnp.Array {
	const op = "lax.TridiagonalSolve"
	v := kit.Values(op, []jnp.Array{lower, diagonal, upper, b})
	return jnp.Wrap(ops.TridiagonalSolve(v[0], v[1], v[2], v[3]))
}
