package linalg

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// A factored matrix is a value: a struct of arrays, and so a tree that passes through Jit, Vmap and Grad. NumPy and
// SciPy have tuples and functions of them instead.

// CholeskyFactors are a positive definite matrix A = L·Lᴴ.
type CholeskyFactors struct{ L jnp.Array }

// CholeskyOf factors positive definite matrices [..., n, n], as Cholesky does. It has no counterpart in NumPy.
func CholeskyOf(a jnp.Array) CholeskyFactors { return CholeskyFactors{Cholesky(a)} }

// Solve is the x with A·x = b: b is [n] or [..., n, k], and so is x.
func (f CholeskyFactors) Solve(b jnp.Array) jnp.Array {
	return solveBy("linalg.CholeskyFactors.Solve", b, rows(f.L), func(x []jnp.Array, b jnp.Array) jnp.Array {
		return ChoSolve(x[0], b)
	}, f.L)
}

// Inv is the inverse of A. Where it is only multiplied by, Solve is faster and closer.
func (f CholeskyFactors) Inv() jnp.Array { return f.Solve(identity(f.L)) }

// LogDet is the logarithm of A's determinant, real: [...]. NumPy's slogdet factors A anew for it.
func (f CholeskyFactors) LogDet() jnp.Array {
	return ofFactors("linalg.CholeskyFactors.LogDet", func(x []jnp.Array) jnp.Array {
		return jnp.Mul(2, jnp.Sum(jnp.Log(jnp.Diagonal(x[0], 0, -2, -1).Real()), -1))
	}, f.L)
}

// LUFactors are a square matrix A with its rows permuted, A[Permutation] = L·U: LU has U in its upper triangle and L,
// whose diagonal is 1, below. Pivots are the exchanges of rows, as LAPACK's getrf has them, but from 0.
type LUFactors struct{ LU, Pivots, Permutation jnp.Array }

// LUOf factors square matrices [..., n, n], float or complex (integers are converted). Its counterpart in SciPy is
// lu_factor.
func LUOf(a jnp.Array) LUFactors {
	y := ofSquare("linalg.LUOf", a, func(x *trace.Value) []*trace.Value {
		lu, pivots, permutation := ops.LU(x)
		return []*trace.Value{lu, pivots, permutation}
	})
	return LUFactors{y[0], y[1], y[2]}
}

// Solve is the x with A·x = b: b is [n] or [..., n, k], and so is x.
func (f LUFactors) Solve(b jnp.Array) jnp.Array {
	return solveBy("linalg.LUFactors.Solve", b, rows(f.LU), func(x []jnp.Array, b jnp.Array) jnp.Array {
		batch := jnp.BroadcastShapes(leading(x[0]), leading(b))
		at := kit.BroadcastTo(x[1].TraceValue(), append(slices.Clone(batch), rows(x[0])))
		lu, b0 := toBatch(x[0].TraceValue(), batch), toBatch(b.TraceValue(), batch)
		return jnp.Wrap(ops.SolveLU(lu, at, b0, false, false))
	}, f.LU, f.Permutation)
}

// Inv is the inverse of A. Where it is only multiplied by, Solve is faster and closer.
func (f LUFactors) Inv() jnp.Array { return f.Solve(identity(f.LU)) }

// Det is A's determinant: [...].
func (f LUFactors) Det() jnp.Array {
	return ofFactors("linalg.LUFactors.Det", func(x []jnp.Array) jnp.Array {
		return jnp.Prod(jnp.Diagonal(x[0], 0, -2, -1), -1).Mul(parityOf(x[1]).AsType(x[0].DType()))
	}, f.LU, f.Pivots)
}

// SLogDet is the sign of A's determinant and the logarithm of its absolute value, as of the function SLogDet.
func (f LUFactors) SLogDet() (sign, logAbsDet jnp.Array) {
	const op = "linalg.LUFactors.SLogDet"
	y := wholeAll(op, nil, kit.Values(op, []jnp.Array{f.LU, f.Pivots}), func(x []*trace.Value) []*trace.Value {
		d := jnp.Diagonal(jnp.Wrap(x[0]), 0, -2, -1)
		return values(signAndLog(d, parityOf(jnp.Wrap(x[1])).AsType(d.DType())))
	})
	return y[0], y[1]
}

// QRFactors are a matrix A = Q·R: Q has orthonormal columns, R is upper triangular.
type QRFactors struct{ Q, R jnp.Array }

// QROf factors matrices [..., m, n], as QR does. It has no counterpart in NumPy.
func QROf(a jnp.Array) QRFactors {
	q, r := QR(a)
	return QRFactors{q, r}
}

// Solve is the x that makes |A·x - b|² least, for A of full rank with no fewer rows than columns: b is [m] or
// [..., m, k], x has n in the place of m. Of a wide matrix SVDFactors.Solve gives the x of least norm.
func (f QRFactors) Solve(b jnp.Array) jnp.Array {
	const op = "linalg.QRFactors.Solve"
	r := kit.Value(op, f.R)
	if s := r.Shape(); s[len(s)-2] < s[len(s)-1] {
		trace.Fail(op, []ir.Aval{r.Aval()}, "the matrix has fewer rows than columns, so the solution is one of many; "+
			"SVDFactors.Solve gives the least")
	}
	return solveBy(op, b, rows(f.Q), func(x []jnp.Array, b jnp.Array) jnp.Array {
		return Triangular{}.solve(op, x[1], times(jnp.Wrap(adjoint(x[0].TraceValue())), b))
	}, f.Q, f.R)
}

// EighFactors are a symmetric or Hermitian matrix A = V·diag(W)·Vᴴ: W are its eigenvalues, rising, and the columns of V
// its eigenvectors.
type EighFactors struct{ W, V jnp.Array }

// EighOf factors symmetric or Hermitian matrices [..., n, n], as Eigh does. It has no counterpart in NumPy.
func EighOf(a jnp.Array) EighFactors {
	w, v := Eigh(a)
	return EighFactors{w, v}
}

// Apply is the function f of the matrix, V·diag(f(W))·Vᴴ: f is given all eigenvalues, [..., n], and returns as many.
// SciPy's funm is the same for matrices that need not be symmetric.
func (e EighFactors) Apply(f func(w jnp.Array) jnp.Array) jnp.Array {
	w := jnp.ExpandDims(f(e.W), -2)
	return times(e.V.Mul(w), jnp.Wrap(adjoint(kit.Value("linalg.EighFactors.Apply", e.V))))
}

// Sqrt is the symmetric square root of A, whose square is A (SciPy's sqrtm for any matrix): where an eigenvalue is
// negative it is NaN.
func (e EighFactors) Sqrt() jnp.Array { return e.whole("linalg.EighFactors.Sqrt", jnp.Sqrt) }

// Inv is the inverse of A.
func (e EighFactors) Inv() jnp.Array {
	return e.whole("linalg.EighFactors.Inv", func(w jnp.Array) jnp.Array { return jnp.Div(1, w) })
}

func (e EighFactors) whole(op string, f func(w jnp.Array) jnp.Array) jnp.Array {
	return ofFactors(op, func(x []jnp.Array) jnp.Array { return EighFactors{x[0], x[1]}.Apply(f) }, e.W, e.V)
}

// Solve is the x with A·x = b: b is [n] or [..., n, k], and so is x.
func (e EighFactors) Solve(b jnp.Array) jnp.Array {
	return solveBy("linalg.EighFactors.Solve", b, rows(e.V), func(x []jnp.Array, b jnp.Array) jnp.Array {
		v := x[0].TraceValue()
		return times(x[0], times(jnp.Wrap(adjoint(v)), b).Div(jnp.ExpandDims(x[1], -1)))
	}, e.V, e.W)
}

// SVDFactors are a matrix A = U·diag(S)·VH: S are its singular values, falling, the columns of U and the rows of VH its
// singular vectors, as many as A has of the fewer of rows and columns.
type SVDFactors struct{ U, S, VH jnp.Array }

// SVDOf factors matrices [..., m, n], as SVD does with SVDs{Reduced: true}. It has no counterpart in NumPy.
func SVDOf(a jnp.Array) SVDFactors {
	u, s, vh := SVDs{Reduced: true}.SVD(a)
	return SVDFactors{u, s, vh}
}

// Rank is the number of singular values that are greater than max(m, n)·epsilon times the largest, as NumPy's
// matrix_rank has it: an integer [...].
func (f SVDFactors) Rank() jnp.Array {
	return ofFactors("linalg.SVDFactors.Rank", func(x []jnp.Array) jnp.Array {
		return jnp.Sum(SVDFactors{x[0], x[1], x[2]}.counts(), -1)
	}, f.U, f.S, f.VH)
}

// counts tells which singular values are greater than the tolerance.
func (f SVDFactors) counts() jnp.Array {
	longer := max(rows(f.U), f.VH.Shape()[f.VH.NDim()-1])
	first := jnp.Wrap(ops.SliceInDim(f.S.TraceValue(), 0, min(1, f.S.Shape()[f.S.NDim()-1]), 1, f.S.NDim()-1))
	return jnp.Greater(f.S, jnp.Mul(float64(longer)*epsilon(f.S.DType()), first))
}

// PInv is the pseudo-inverse of A: singular values that Rank does not count are taken as zero. PInv of A has
// derivatives also where singular values are equal; this has not.
func (f SVDFactors) PInv() jnp.Array { return f.Solve(identityOf(f.U, rows(f.U))) }

// Solve is the x that makes |A·x - b|² least, of least norm where there are several: b is [m] or [..., m, k], x has n
// in the place of m. Singular values that Rank does not count are taken as zero.
func (f SVDFactors) Solve(b jnp.Array) jnp.Array {
	return solveBy("linalg.SVDFactors.Solve", b, rows(f.U), func(x []jnp.Array, b jnp.Array) jnp.Array {
		g := SVDFactors{x[0], x[2], x[1]}
		counts := g.counts()
		inverse := jnp.Where(counts, jnp.Div(1, jnp.Where(counts, g.S, 1)), 0)
		y := times(jnp.Wrap(adjoint(g.U.TraceValue())), b).Mul(jnp.ExpandDims(inverse, -1))
		return times(jnp.Wrap(adjoint(g.VH.TraceValue())), y)
	}, f.U, f.VH, f.S)
}

// rows are those of matrices.
func rows(a jnp.Array) int { return a.Shape()[a.NDim()-2] }

// leading are the axes before the matrices'.
func leading(a jnp.Array) []int { return a.Shape()[:a.NDim()-2] }

// times multiplies matrices of a dtype, whose batches broadcast, in full precision.
func times(a, b jnp.Array) jnp.Array {
	batch := jnp.BroadcastShapes(leading(a), leading(b))
	return jnp.Wrap(product(toBatch(a.TraceValue(), batch), toBatch(b.TraceValue(), batch)))
}

// identity is the identity matrix of the type of square matrices.
func identity(a jnp.Array) jnp.Array { return identityOf(a, rows(a)) }

func identityOf(a jnp.Array, n int) jnp.Array { return jnp.Creation{DType: a.DType()}.Eye(n) }

// ofFactors is f of a factored matrix's arrays, run as one program.
func ofFactors(op string, f func(x []jnp.Array) jnp.Array, arrays ...jnp.Array) jnp.Array {
	return whole(op, nil, kit.Values(op, arrays), func(x []*trace.Value) *trace.Value {
		return f(kit.Map(x, jnp.Wrap)).TraceValue()
	})
}

// solveBy is f of a factored matrix's arrays and right-hand sides, which must have so many rows: one vector is a column
// when f sees it. The first array, and others of its dtype, are brought to the dtype that they have in common with b.
func solveBy(op string, b jnp.Array, rows int, f func(x []jnp.Array, b jnp.Array) jnp.Array,
	arrays ...jnp.Array) jnp.Array {
	in := kit.Values(op, append(slices.Clone(arrays), b))
	vb := in[len(arrays)]
	if s := vb.Shape(); len(s) == 0 || s[max(len(s)-2, 0)] != rows {
		trace.Fail(op, trace.Avals(in), "the right-hand side must have as many rows as the matrix, %d; several "+
			"vectors are columns", rows)
	}
	return whole(op, nil, in, func(x []*trace.Value) *trace.Value {
		matrix := x[0].DType()
		to := strongInexact(op, x[0], x[len(arrays)])[0].DType()
		for i, v := range x {
			if v.DType() == matrix && i < len(arrays) && v.Rank() == x[0].Rank() || i == len(arrays) {
				x[i] = ops.Convert(v, to)
			}
		}
		y := kit.Map(x, jnp.Wrap)
		b := y[len(arrays)]
		if vb.Rank() > 1 {
			return f(y[:len(arrays)], b).TraceValue()
		}
		return jnp.Squeeze(f(y[:len(arrays)], jnp.ExpandDims(b, 1)), -1).TraceValue()
	})
}
