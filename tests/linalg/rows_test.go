package linalg

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	numpy "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	scipy "github.com/gojax/gojax/scipy/linalg"
)

type (
	A = jnp.Array
	// pair are arrays that are equal within rounding.
	pair struct{ Got, Want A }
)

// row is a function of square matrices [..., n, n].
type row struct {
	name string
	// of makes the operands of a matrix of any kind, whose symmetric part is positive definite.
	of func(x A) []A
	// is has what must be equal where the function is right.
	is func(x []A) []pair
	// smooth has what is differentiated, to that order; nil where JAX has no derivative.
	smooth func(x []A) A
	order  int
	real   bool // refuses complex numbers
	any    bool // is right for singular and defective matrices too
	flat   bool // takes one matrix
}

func itself(x A) []A    { return []A{x} }
func spd(x A) []A       { return []A{hermitian(x.MatMul(H(x)))} }
func symmetric(x A) []A { return []A{hermitian(x)} }
func hermitian(x A) A   { return x.Add(H(x)).Mul(0.5) }
func H(x A) A           { return jnp.Conj(numpy.MatrixTranspose(x)) }
func withRHS(x A) []A   { return []A{x, column(x)} }
func column(x A) A      { return x.Index(jnp.Ellipsis, jnp.S(0, max(x.Shape()[x.NDim()-1]-1, 0))) }
func eye(x A) A {
	return jnp.BroadcastTo(jnp.Creation{DType: x.DType()}.Eye(x.Shape()[x.NDim()-1]), x.Shape()...)
}
func scaled(v, w A) A { return v.Mul(jnp.ExpandDims(w, -2).AsType(v.DType())) }
func joined(x ...A) A { return jnp.Concatenate(kit.Map(x, func(x A) A { return jnp.Ravel(x) })) }
func diagonal(x A) A  { return jnp.Diagonal(x, 0, -2, -1) }
func first(f func(x A) A) func(x []A) A {
	return func(x []A) A { return f(x[0]) }
}

// tridiagonal are the diagonals of a matrix whose middle one is large, and a right-hand side.
func tridiagonal(x A) []A {
	return []A{jnp.Sum(x, -1).Mul(0.5), diagonal(x).Add(3), jnp.Sum(x, -2).Mul(0.3), column(x)}
}

// banded is the matrix of three diagonals.
func banded(x []A) A {
	n := x[1].Shape()[x[1].NDim()-1]
	offset := jnp.Arange(n).Sub(jnp.ExpandDims(jnp.Arange(n), 1))
	on := func(k int, v A) A { return jnp.Where(offset.Eq(k), jnp.ExpandDims(v, -1), 0.0) }
	return on(-1, x[0]).Add(on(0, x[1])).Add(on(1, x[2]))
}

var reduced = lax.DecompositionOptions{Reduced: true}

func packedQR(x A) (a, taus A) {
	h, taus := numpy.QRReflectors(x)
	return numpy.MatrixTranspose(h), taus
}

var rows = []row{
	{name: "cholesky", of: spd, is: func(x []A) []pair {
		l := numpy.Cholesky(x[0])
		return []pair{{l.MatMul(H(l)), x[0]}, {jnp.Triu(l, 1), jnp.ZerosLike(l)}}
	}, smooth: first(numpy.Cholesky), order: 2},
	{name: "lu", of: itself, any: true, is: func(x []A) []pair {
		p, l, u := scipy.LU(x[0])
		return []pair{{p.AsType(l.DType()).MatMul(l).MatMul(u), x[0]}}
	}, smooth: func(x []A) A { _, l, u := scipy.LU(x[0]); return joined(l, u) }, order: 2},
	{name: "qr", of: itself, any: true, is: func(x []A) []pair {
		q, r := lax.QR(x[0], reduced)
		return []pair{{q.MatMul(r), x[0]}, {H(q).MatMul(q), eye(q)}, {jnp.Tril(r, -1), jnp.ZerosLike(r)}}
	}, smooth: func(x []A) A { q, r := numpy.QR(x[0]); return joined(q, r) }, order: 2},
	{name: "ormqr", of: itself, any: true, is: func(x []A) []pair {
		a, taus := packedQR(x[0])
		r := jnp.Triu(a)
		right := lax.OrmqrOptions{Right: true, Transpose: true}
		return []pair{{lax.Ormqr(a, taus, r), x[0]}, {lax.Ormqr(a, taus, H(r), right), H(x[0])}}
	}, smooth: func(x []A) A {
		a, taus := packedQR(some(x[0].DType(), x[0].Shape()...)) // there is a derivative by the last operand alone
		return lax.Ormqr(a, taus, x[0])
	}, order: 2},
	{name: "svd", of: itself, any: true, is: func(x []A) []pair {
		u, s, vh := numpy.SVD(x[0])
		return []pair{{scaled(u, s).MatMul(vh), x[0]}, {H(u).MatMul(u), eye(u)}, {vh.MatMul(H(vh)), eye(vh)},
			{numpy.SVDVals(x[0]), s}}
	}, smooth: func(x []A) A {
		u, s, vh := numpy.SVD(x[0])
		return joined(scaled(u, jnp.Sin(s)).MatMul(vh), s.AsType(u.DType()))
	}, order: 2},
	{name: "eigh", of: symmetric, any: true, is: func(x []A) []pair {
		w, v := numpy.Eigh(x[0])
		return []pair{{scaled(v, w).MatMul(H(v)), x[0]}, {H(v).MatMul(v), eye(v)}, {numpy.EigValsH(x[0]), w}}
	}, smooth: func(x []A) A {
		w, v := numpy.Eigh(x[0])
		return joined(scaled(v, jnp.Sin(w)).MatMul(H(v)), w.AsType(v.DType()))
	}, order: 2},
	{name: "eig", of: itself, any: true, is: func(x []A) []pair {
		w, vl, vr := lax.Eig(x[0])
		a := x[0].AsType(w.DType())
		return []pair{{a.MatMul(vr), scaled(vr, w)}, {H(a).MatMul(vl), scaled(vl, jnp.Conj(w))}}
	}, smooth: func(x []A) A {
		w, vl, vr := lax.Eig(x[0], lax.EigOptions{EnableEigVecDerivs: true})
		return joined(w, vl, vr)
	}, order: 2},
	{name: "eigvals", of: itself, is: func(x []A) []pair {
		w := numpy.EigVals(x[0])
		return []pair{{jnp.Sum(w, -1), jnp.Sum(diagonal(x[0]), -1).AsType(w.DType())}}
	}, smooth: first(numpy.EigVals), order: 2},
	{name: "schur", of: itself, any: true, is: func(x []A) []pair {
		t, q := lax.Schur(x[0])
		c, z := scipy.Form{Complex: true}.Schur(x[0])
		return []pair{{q.MatMul(t).MatMul(H(q)), x[0]}, {H(q).MatMul(q), eye(q)}, {jnp.Tril(t, -2), jnp.ZerosLike(t)},
			{z.MatMul(c).MatMul(H(z)), x[0].AsType(c.DType())}, {jnp.Tril(c, -1), jnp.ZerosLike(c)}}
	}},
	{name: "hessenberg", of: itself, any: true, is: func(x []A) []pair {
		h, q := scipy.HessenbergQ(x[0])
		return []pair{{q.MatMul(h).MatMul(H(q)), x[0]}, {H(q).MatMul(q), eye(q)}}
	}},
	{name: "tridiagonal", of: symmetric, any: true, is: func(x []A) []pair {
		var out []pair
		w := numpy.EigValsH(x[0])
		for _, upper := range []bool{false, true} {
			_, d, e, _ := lax.Tridiagonal(x[0], lax.TridiagonalOptions{Upper: upper})
			zero := d.Index(jnp.Ellipsis, jnp.S(0, min(1, d.Shape()[d.NDim()-1]))).Mul(0)
			low, high := jnp.Concatenate([]A{zero, e}, -1), jnp.Concatenate([]A{e, zero}, -1)
			out = append(out, pair{numpy.EigValsH(banded([]A{low, d, high})), w})
		}
		return out
	}},
	{name: "triangular_solve", of: withRHS, is: func(x []A) []pair {
		y := lax.TriangularSolve(x[0], x[1], lax.TriangularOptions{LeftSide: true, Lower: true})
		return []pair{{jnp.Tril(x[0]).MatMul(y), x[1]}}
	}, smooth: func(x []A) A {
		return lax.TriangularSolve(x[0], x[1], lax.TriangularOptions{LeftSide: true, Lower: true})
	}, order: 2},
	{name: "tridiagonal_solve", of: tridiagonal, is: func(x []A) []pair {
		return []pair{{banded(x).MatMul(lax.TridiagonalSolve(x[0], x[1], x[2], x[3])), x[3]}}
	}, smooth: func(x []A) A { return lax.TridiagonalSolve(x[0], x[1], x[2], x[3]) }, order: 2},
	{name: "solve", of: withRHS, is: func(x []A) []pair {
		return []pair{{x[0].MatMul(numpy.Solve(x[0], x[1])), x[1]}}
	}, smooth: func(x []A) A { return numpy.Solve(x[0], x[1]) }, order: 2},
	{name: "inv", of: itself, is: func(x []A) []pair {
		return []pair{{x[0].MatMul(numpy.Inv(x[0])), eye(x[0])}}
	}, smooth: first(numpy.Inv), order: 2},
	{name: "det", of: itself, is: func(x []A) []pair {
		sign, log := numpy.SLogDet(x[0])
		return []pair{{numpy.Det(x[0]), sign.Mul(jnp.Exp(log).AsType(sign.DType()))}}
	}, smooth: func(x []A) A {
		sign, log := numpy.SLogDet(x[0])
		return joined(numpy.Det(x[0]), sign, log.AsType(sign.DType()))
	}, order: 2},
	{name: "pinv", of: itself, any: true, is: func(x []A) []pair {
		p := numpy.PInv(x[0])
		return []pair{{x[0].MatMul(p).MatMul(x[0]), x[0]}}
	}, smooth: first(numpy.PInv), order: 2},
	{name: "lstsq", of: withRHS, flat: true, is: func(x []A) []pair {
		return []pair{{x[0].MatMul(numpy.LstSq(x[0], x[1]).X), x[1]}}
	}, smooth: func(x []A) A { return numpy.LstSq(x[0], x[1]).X }, order: 2},
	{name: "expm", of: itself, is: func(x []A) []pair {
		x[0] = x[0].Mul(0.25)
		return []pair{{scipy.Expm(x[0]).MatMul(scipy.Expm(x[0].Neg())), eye(x[0])}}
	}, smooth: first(scipy.Expm), order: 2},
	{name: "sqrtm", of: itself, is: func(x []A) []pair {
		y := scipy.Sqrtm(x[0])
		return []pair{{y.MatMul(y), x[0].AsType(y.DType())}}
	}, smooth: first(scipy.Sqrtm), order: 2},
	{name: "funm", of: itself, is: func(x []A) []pair {
		x[0] = x[0].Mul(0.25)
		y := scipy.Funm(x[0], jnp.Exp)
		return []pair{{y, scipy.Expm(x[0]).AsType(y.DType())}}
	}},
	{name: "solve_sylvester", of: func(x A) []A { return []A{x, x.Mul(0.5), column(x).MatMul(H(column(x)))} },
		is: func(x []A) []pair {
			y := scipy.SolveSylvester(x[0], x[1], x[2])
			return []pair{{x[0].MatMul(y).Add(y.MatMul(x[1])), x[2]}}
		}, smooth: func(x []A) A { return scipy.SolveSylvester(x[0], x[1], x[2]) }, order: 2},
	{name: "cholesky_update", real: true, of: func(x A) []A { return []A{jnp.Triu(x), diagonal(x).Mul(0.5)} },
		is: func(x []A) []pair {
			r, w := lax.CholeskyUpdate(x[0], x[1]), jnp.ExpandDims(x[1], -1)
			return []pair{{H(r).MatMul(r), H(x[0]).MatMul(x[0]).Add(w.MatMul(H(w)))}}
		}, smooth: func(x []A) A { return lax.CholeskyUpdate(x[0], x[1]) }, order: 2},
	{name: "symmetric_product", real: true, of: func(x A) []A { return []A{column(x), hermitian(x)} },
		is: func(x []A) []pair {
			o := lax.SymmetricProductOptions{Alpha: 2, Beta: 3, SymmetrizeOutput: true}
			return []pair{{lax.SymmetricProduct(x[0], x[1], o), x[0].MatMul(H(x[0])).Mul(2).Add(x[1].Mul(3))}}
		}, smooth: func(x []A) A { return lax.SymmetricProduct(x[0], x[1]) }, order: 2},
}
