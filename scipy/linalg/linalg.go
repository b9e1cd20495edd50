package linalg

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// size is how many rows and columns the matrices x have.
func size(x jnp.Array) (rows, columns int) {
	s := x.Shape()
	return s[len(s)-2], s[len(s)-1]
}

// matrices checks that x holds matrices, square ones if asked.
func matrices(op string, x jnp.Array, square bool) {
	in := []ir.Aval{kit.Value(op, x).Aval()}
	if x.NDim() < 2 {
		trace.Fail(op, in, "takes matrices, on the last two axes of at least two; reshape the array")
	}
	if m, n := size(x); square && m != n {
		trace.Fail(op, in, "takes square matrices, not %d by %d", m, n)
	}
}

// alike checks that a and b are square matrices of one size and as many axes, and gives the size.
func alike(op string, a, b jnp.Array) int {
	matrices(op, a, true)
	matrices(op, b, true)
	n, _ := size(a)
	if m, _ := size(b); m != n || a.NDim() != b.NDim() {
		trace.Fail(op, []ir.Aval{kit.Value(op, a).Aval(), kit.Value(op, b).Aval()}, "takes two matrices of one shape")
	}
	return n
}

// run is f of arrays in their common inexact dtype, float32 for narrower ones, as one program. The results have the
// common dtype, but for those of integers and real ones of complex operands.
func run(op string, params any, f func(x []jnp.Array) []jnp.Array, in ...jnp.Array) []jnp.Array {
	operands := make([]any, len(in))
	for i, x := range in {
		operands[i] = x
	}
	return arrays.Several(op, params, func(x []jnp.Array) []jnp.Array { return widely(op, f, x...) }, operands...)
}

// widely is what run computes.
func widely(op string, f func(x []jnp.Array) []jnp.Array, x ...jnp.Array) []jnp.Array {
	x = arrays.StrongInexact(op, x...)
	d := x[0].DType()
	if d != jnp.Float16 && d != jnp.BFloat16 {
		return f(x)
	}
	wide := func(x jnp.Array) jnp.Array { return x.AsType(jnp.Float32) }
	return kit.Map(f(kit.Map(x, wide)), func(y jnp.Array) jnp.Array {
		if y.DType() == jnp.Float32 {
			return y.AsType(d)
		}
		return y
	})
}

// adjoint is the conjugate transpose of matrices.
func adjoint(x jnp.Array) jnp.Array { return jnp.Conj(linalg.MatrixTranspose(x)) }

// product multiplies matrices in full precision.
func product(x, y jnp.Array) jnp.Array {
	return jnp.Contraction{Precision: lax.PrecisionHighest}.MatMul(x, y)
}

// unpacked are p, l and u of p·l·u = a.
func unpacked(a jnp.Array) (p, l, u jnp.Array) {
	packed, _, permutation := lax.LU(a)
	m, n := size(a)
	k := min(m, n)
	moved := jnp.ExpandDims(permutation, -2).Eq(jnp.ExpandDims(jnp.Arange(m), 1))
	l = jnp.Tril(packed, -1).Index(jnp.Ellipsis, jnp.S(0, k)).Add(jnp.Creation{DType: a.DType()}.Eye(m, k))
	u = jnp.Triu(packed).Index(jnp.Ellipsis, jnp.S(0, k), jnp.All)
	return moved.AsType(a.Real().DType()), l, u
}

// LU is the decomposition A = P·L·U with partial pivoting, SciPy's linalg.lu: for [..., m, n] and k = min(m, n) the
// permutation P is [..., m, m], real, L [..., m, k] with ones on its diagonal, and U [..., k, n].
func LU(a jnp.Array) (p, l, u jnp.Array) {
	const op = "linalg.LU"
	matrices(op, a, false)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		p, l, u := unpacked(x[0])
		return []jnp.Array{p, l, u}
	}, a)
	return y[0], y[1], y[2]
}

// LUPermuted is P·L and U of LU, SciPy's linalg.lu with permute_l=True.
func LUPermuted(a jnp.Array) (pl, u jnp.Array) {
	const op = "linalg.LUPermuted"
	matrices(op, a, false)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		p, l, u := unpacked(x[0])
		return []jnp.Array{product(p.AsType(l.DType()), l), u}
	}, a)
	return y[0], y[1]
}

// LUFactor is the decomposition of LU in LAPACK's form, SciPy's linalg.lu_factor: lu, of A's shape, has U on and above
// the diagonal and L below it, and pivots, [..., min(m, n)] and int32, the row that was exchanged with row i in step i.
func LUFactor(a jnp.Array) (lu, pivots jnp.Array) {
	const op = "linalg.LUFactor"
	matrices(op, a, false)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		lu, pivots, _ := lax.LU(x[0])
		return []jnp.Array{lu, pivots}
	}, a)
	return y[0], y[1]
}

// Equation holds the keyword arguments of LUSolve.
type Equation struct {
	// Transpose solves Aᵀ·x = b, with Conjugate Aᴴ·x = b.
	Transpose, Conjugate bool
}

// LUSolve is x with A·x = b, given what LUFactor makes of A, SciPy's linalg.lu_solve: lu is [..., n, n], b is [n] or
// [..., n, k], and so is x. The batch axes broadcast. Of a singular matrix x holds infinities and NaN.
//
// Options: Equation (Transpose, Conjugate).
func LUSolve(lu, pivots, b jnp.Array) jnp.Array { return Equation{}.LUSolve(lu, pivots, b) }

// LUSolve is linalg.LUSolve with options.
func (o Equation) LUSolve(lu, pivots, b jnp.Array) jnp.Array {
	const op = "linalg.LUSolve"
	matrices(op, lu, true)
	in := []ir.Aval{kit.Value(op, lu).Aval(), kit.Value(op, pivots).Aval(), kit.Value(op, b).Aval()}
	n, _ := size(lu)
	sl, sp, sb := lu.Shape(), pivots.Shape(), b.Shape()
	switch {
	case o.Conjugate && !o.Transpose:
		trace.Fail(op, in, "Conjugate goes with Transpose: Aᴴ·x = b is solved, conj(A)·x = b is not")
	case len(sp) == 0 || sp[len(sp)-1] != n || !pivots.DType().IsInteger():
		trace.Fail(op, in, "the exchanged rows must be %d integers a matrix, as LUFactor returns them", n)
	case len(sb) == 0 || sb[max(len(sb)-2, 0)] != n:
		trace.Fail(op, in, "the right-hand side must have as many rows as the matrix, %d", n)
	}
	batch := kit.BroadcastShapes(op, in, sl[:len(sl)-2], sp[:len(sp)-1], sb[:max(len(sb)-2, 0)])
	to := func(x jnp.Array, core int) *trace.Value {
		s := x.Shape()
		return jnp.BroadcastTo(x, append(batch[:len(batch):len(batch)], s[len(s)-core:]...)...).TraceValue()
	}
	return arrays.Several(op, o, func(x []jnp.Array) []jnp.Array {
		order := lax.LUPivotsToPermutation(x[2].AsType(jnp.Int32), n)
		return widely(op, func(x []jnp.Array) []jnp.Array {
			b := x[1]
			if len(sb) == 1 {
				b = jnp.ExpandDims(b, 1)
			}
			y := jnp.Wrap(ops.SolveLU(to(x[0], 2), to(order, 1), to(b, 2), o.Transpose, o.Conjugate))
			if len(sb) == 1 {
				y = jnp.Squeeze(y, -1)
			}
			return []jnp.Array{y}
		}, x[:2]...)
	}, lu, b, pivots)[0]
}

// ChoFactor is the lower triangular L with L·Lᴴ = A for positive definite A, from A's lower triangle alone, SciPy's
// linalg.cho_factor with lower=True: [..., n, n] to the same shape. ChoSolve of package jnp/linalg takes it. Where A is
// not positive definite, L is NaN.
func ChoFactor(a jnp.Array) jnp.Array {
	const op = "linalg.ChoFactor"
	matrices(op, a, true)
	return run(op, nil, func(x []jnp.Array) []jnp.Array {
		return []jnp.Array{linalg.Factor{LowerOnly: true}.Cholesky(x[0])}
	}, a)[0]
}

// Product holds the keyword arguments of QRMultiply.
type Product struct {
	// Left multiplies from the left, Q·c in place of c·Q.
	Left bool
	// Conjugate takes the conjugate of Q.
	Conjugate bool
}

// QRMultiply is c·Q and R of the decomposition A = Q·R, SciPy's linalg.qr_multiply: for [..., m, n] and k = min(m, n)
// Q has k columns, c is [..., j, m], or with Left [..., k, j], or a vector of that length, and R is [..., k, n].
//
// Options: Product (Left, Conjugate).
func QRMultiply(a, c jnp.Array) (cq, r jnp.Array) { return Product{}.QRMultiply(a, c) }

// QRMultiply is linalg.QRMultiply with options.
func (o Product) QRMultiply(a, c jnp.Array) (cq, r jnp.Array) {
	const op = "linalg.QRMultiply"
	matrices(op, a, false)
	m, n := size(a)
	s := kit.Value(op, c).Shape()
	want, axis := m, len(s)-1
	if o.Left {
		want, axis = min(m, n), max(len(s)-2, 0)
	}
	if len(s) == 0 || s[axis] != want {
		trace.Fail(op, []ir.Aval{kit.Value(op, a).Aval(), kit.Value(op, c).Aval()},
			"axis %d of the factor must have size %d, as many as Q has there", axis, want)
	}
	y := run(op, o, func(x []jnp.Array) []jnp.Array {
		q, r := linalg.QR(x[0])
		if o.Conjugate {
			q = jnp.Conj(q)
		}
		if o.Left {
			return []jnp.Array{product(q, x[1]), r}
		}
		return []jnp.Array{product(x[1], q), r}
	}, a, c)
	return y[0], y[1]
}

// Side holds the keyword arguments of Polar.
type Side struct {
	// Left decomposes into P·U in place of U·P.
	Left bool
}

// Polar is the decomposition A = U·P into U with orthonormal columns (or rows) and a positive semidefinite P, SciPy's
// linalg.polar: for [..., m, n] U is [..., m, n] and P [..., n, n], or with Left [..., m, m].
//
// Options: Side (Left).
func Polar(a jnp.Array) (u, p jnp.Array) { return Side{}.Polar(a) }

// Polar is linalg.Polar with options.
func (o Side) Polar(a jnp.Array) (u, p jnp.Array) {
	const op = "linalg.Polar"
	matrices(op, a, false)
	y := run(op, o, func(x []jnp.Array) []jnp.Array {
		u, s, vh := linalg.SVDs{Reduced: true}.SVD(x[0])
		s = jnp.ExpandDims(s.AsType(u.DType()), -2)
		if o.Left {
			return []jnp.Array{product(u, vh), product(u.Mul(s), adjoint(u))}
		}
		return []jnp.Array{product(u, vh), product(adjoint(vh).Mul(s), vh)}
	}, a)
	return y[0], y[1]
}

// EighTridiagonal is the eigenvalues w and eigenvectors V of the symmetric or Hermitian matrix with d on its diagonal
// and e, one number less, above it, SciPy's linalg.eigh_tridiagonal: w [n], real and rising, V [n, n]. The matrix is
// decomposed as a full one.
func EighTridiagonal(d, e jnp.Array) (w, v jnp.Array) {
	const op = "linalg.EighTridiagonal"
	in := []ir.Aval{kit.Value(op, d).Aval(), kit.Value(op, e).Aval()}
	if d.NDim() != 1 || e.NDim() != 1 || e.Size() != max(d.Size()-1, 0) {
		trace.Fail(op, in, "takes two vectors, the second one number shorter; map over more with gojax.Vmap")
	}
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		above := jnp.Diag(x[1], 1)
		if x[0].Size() == 0 {
			above = jnp.Zeros(0, 0)
		}
		w, v := linalg.Hermitian{OneTriangle: true, Upper: true}.Eigh(jnp.Diag(x[0]).Add(above))
		return []jnp.Array{w, v}
	}, d, e)
	return y[0], y[1]
}
