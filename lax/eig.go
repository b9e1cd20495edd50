package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// EigOptions are the options of Eig.
type EigOptions struct {
	// NoLeft and NoRight leave out eigenvectors (JAX's compute_left_eigenvectors=False, compute_right_eigenvectors=
	// False): the result in their place is the zero Array.
	NoLeft, NoRight bool
	// EnableEigVecDerivs lets eigenvectors be differentiated: it says that the eigenvalues differ, and that of each
	// eigenvector one element alone is the largest.
	EnableEigVecDerivs bool
}

// Eig is the eigenvalues w of each square matrix on the last two axes, of floats or complex numbers, and in columns the
// left and the right eigenvectors (jax.lax.linalg.eig, LAPACK geev): x·vr = vr·diag(w) and vlᴴ·x = diag(w)·vlᴴ. All are
// complex. An eigenvector has norm 1, and its largest element is real. Of a matrix that holds NaN or infinities
// everything is NaN. The eigenvalues alone can be differentiated where they differ, the vectors where the options say
// so. float16 and bfloat16 are computed in float32 and give complex64. There is no such routine on GPUs.
//
// Options: EigOptions (NoLeft, NoRight, EnableEigVecDerivs).
func Eig(x jnp.Array, options ...EigOptions) (w, vl, vr jnp.Array) {
	const op = "lax.Eig"
	o := oneOption(op, options)
	y := ops.Eig(kit.Value(op, x),
		ops.EigOptions{Left: !o.NoLeft, Right: !o.NoRight, Derivatives: o.EnableEigVecDerivs})
	w, y = jnp.Wrap(y[0]), y[1:]
	if !o.NoLeft {
		vl, y = jnp.Wrap(y[0]), y[1:]
	}
	if !o.NoRight {
		vr = jnp.Wrap(y[0])
	}
	return w, vl, vr
}

// SchurOptions are the options of Schur.
type SchurOptions struct {
	// NoSchurVectors leaves out q (JAX's compute_schur_vectors=False), which is the zero Array then.
	NoSchurVectors bool
}

// Schur is the decomposition x = q·t·qᴴ of each square matrix on the last two axes, of floats or complex numbers, q
// unitary (jax.lax.linalg.schur, LAPACK gees). Of complex matrices t is upper triangular, with the eigenvalues on its
// diagonal. Of real ones it is real, and has a block of two rows for each pair of conjugate eigenvalues, with the real
// part twice on its diagonal. Of a matrix that holds NaN or infinities both are NaN. There is no derivative, and no
// such routine on GPUs. float16 and bfloat16 are computed in float32.
//
// Options: SchurOptions (NoSchurVectors).
func Schur(x jnp.Array, options ...SchurOptions) (t, q jnp.Array) {
	const op = "lax.Schur"
	vectors := !oneOption(op, options).NoSchurVectors
	y := ops.Schur(kit.Value(op, x), vectors)
	if vectors {
		q = jnp.Wrap(y[1])
	}
	return jnp.Wrap(y[0]), q
}

// Hessenberg reduces each square matrix on the last two axes, of floats or complex numbers, to h = qᴴ·x·q with zeros
// below the first subdiagonal, q unitary (jax.lax.linalg.hessenberg, LAPACK gehrd). a has h on and above that
// subdiagonal, and below it the vectors of the reflectors whose product is q; taus, [..., n - 1], are their factors.
// HouseholderProduct and Ormqr take them without a's first row and last column. There is no derivative. float16 and
// bfloat16 are computed in float32.
func Hessenberg(x jnp.Array) (a, taus jnp.Array) {
	return two(ops.Hessenberg(kit.Value("lax.Hessenberg", x)))
}

// TridiagonalOptions are the options of Tridiagonal.
type TridiagonalOptions struct {
	Upper bool // reads the upper triangle (JAX's lower=False)
}

// Tridiagonal reduces each symmetric or Hermitian matrix on the last two axes, of floats or complex numbers, of which
// it reads the lower triangle, to qᴴ·x·q with elements on three diagonals (jax.lax.linalg.tridiagonal, LAPACK sytrd and
// hetrd): d, [..., n], and e, [..., n - 1], real, are the diagonal and the one below it, with Upper above it. a has
// them too, and beyond them the vectors of the reflectors whose product is q, taus their factors; a's other triangle
// means nothing. There is no derivative. float16 and bfloat16 are computed in float32.
//
// Options: TridiagonalOptions (Upper).
func Tridiagonal(x jnp.Array, options ...TridiagonalOptions) (a, d, e, taus jnp.Array) {
	const op = "lax.Tridiagonal"
	p, q, r, s := ops.Tridiagonal(kit.Value(op, x), oneOption(op, options).Upper)
	return jnp.Wrap(p), jnp.Wrap(q), jnp.Wrap(r), jnp.Wrap(s)
}
