package linalg

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Form holds the keyword arguments of Schur.
type Form struct {
	// Complex makes T upper triangular of real matrices too, and the results complex (output="complex").
	Complex bool
}

// Schur is the decomposition A = Z·T·Zᴴ of square matrices with unitary Z, SciPy's linalg.schur (LAPACK gees): of [...,
// n, n] both have the same shape. Of complex matrices T is upper triangular; of real ones both are real, and T has a
// block of two rows on its diagonal for each pair of conjugate eigenvalues. There is no derivative.
//
// Options: Form (Complex).
func Schur(a jnp.Array) (t, z jnp.Array) { return Form{}.Schur(a) }

// Schur is linalg.Schur with options.
func (o Form) Schur(a jnp.Array) (t, z jnp.Array) {
	const op = "linalg.Schur"
	matrices(op, a, true)
	y := run(op, o, func(x []jnp.Array) []jnp.Array {
		if o.Complex {
			x[0] = asComplex(x[0])
		}
		t, z := lax.Schur(x[0])
		return []jnp.Array{t, z}
	}, a)
	return y[0], y[1]
}

// asComplex is x in the complex dtype of its precision.
func asComplex(x jnp.Array) jnp.Array {
	if x.DType().Real() == jnp.Float64 {
		return x.AsType(jnp.Complex128)
	}
	return x.AsType(jnp.Complex64)
}

// RSF2CSF makes of the real Schur form T of matrices, and of Z, the complex one, whose T is upper triangular, SciPy's
// linalg.rsf2csf: both are square and of one shape, [..., n, n].
func RSF2CSF(t, z jnp.Array) (tc, zc jnp.Array) {
	const op = "linalg.RSF2CSF"
	n := alike(op, t, z)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		c := []jnp.Array{asComplex(x[0]), asComplex(x[1])}
		if n < 2 {
			return c
		}
		return lax.ForiLoop(1, n, func(i jnp.Array, c []jnp.Array) []jnp.Array {
			return splitBlock(c[0], c[1], jnp.Sub(n, i))
		}, c)
	}, t, z)
	return y[0], y[1]
}

// splitBlock turns rows and columns m-1 and m so that t has a zero between the two.
func splitBlock(t, z, m jnp.Array) []jnp.Array {
	before := jnp.Sub(m, 1)
	pair := func(x jnp.Array, axis int) jnp.Array { return lax.DynamicSliceInDim(x, before, 2, axis) }
	set := func(x, y jnp.Array, axis int) jnp.Array { return lax.DynamicUpdateSliceInDim(x, y, before, axis) }
	rows := pair(t, -2)
	block := pair(rows, -1)
	at := func(i, j int) jnp.Array { return block.Index(jnp.Ellipsis, jnp.S(i, i+1), jnp.S(j, j+1)) }
	half, below := at(0, 0).Sub(at(1, 1)).Mul(0.5), at(1, 0)
	// The first of the block's eigenvalues, less its last element.
	mu := half.Add(jnp.Sqrt(half.Mul(half).Add(at(0, 1).Mul(below))))
	size := jnp.Hypot(jnp.Abs(mu), jnp.Abs(below))
	eps := jnp.FInfo(t.DType()).Eps
	one := jnp.LessEqual(jnp.Abs(below), jnp.Abs(at(0, 0)).Add(jnp.Abs(at(1, 1))).Mul(eps)) // there is no block
	size = jnp.Where(one, 1.0, size).AsType(t.DType())
	c, s := jnp.Where(one, 1.0, mu.Div(size)), jnp.Where(one, 0.0, below.Div(size))
	turn := jnp.Concatenate([]jnp.Array{jnp.Concatenate([]jnp.Array{jnp.Conj(c), s}, -1),
		jnp.Concatenate([]jnp.Array{s.Neg(), c}, -1)}, -2)
	t = set(t, product(turn, rows), -2)
	t = set(t, product(pair(t, -1), adjoint(turn)), -1)
	z = set(z, product(pair(z, -1), adjoint(turn)), -1)
	n := t.Shape()[t.NDim()-1]
	row, column := jnp.ExpandDims(jnp.Arange(n), 1), jnp.Arange(n)
	return []jnp.Array{jnp.Where(jnp.LogicalAnd(row.Eq(m), column.Eq(before)), 0.0, t), z}
}

// Hessenberg is the matrix H with zeros below its first subdiagonal to which square matrices A = Q·H·Qᴴ are reduced by
// a unitary Q, SciPy's linalg.hessenberg (LAPACK gehrd): [..., n, n] to the same shape. There is no derivative.
func Hessenberg(a jnp.Array) jnp.Array {
	const op = "linalg.Hessenberg"
	matrices(op, a, true)
	return run(op, nil, func(x []jnp.Array) []jnp.Array {
		packed, _ := lax.Hessenberg(x[0])
		return []jnp.Array{jnp.Triu(packed, -1)}
	}, a)[0]
}

// HessenbergQ is H and Q of Hessenberg, SciPy's linalg.hessenberg with calc_q=True.
func HessenbergQ(a jnp.Array) (h, q jnp.Array) {
	const op = "linalg.HessenbergQ"
	matrices(op, a, true)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		n, _ := size(x[0])
		if n == 0 {
			return []jnp.Array{x[0], x[0]}
		}
		packed, taus := lax.Hessenberg(x[0])
		reflectors := packed.Index(jnp.Ellipsis, jnp.S(1, n), jnp.S(0, n-1))
		q := jnp.BroadcastTo(jnp.Creation{DType: packed.DType()}.Eye(n), packed.Shape()...)
		q = lax.DynamicUpdateSlice(q, lax.HouseholderProduct(reflectors, taus), origin(q.NDim(), 1))
		return []jnp.Array{jnp.Triu(packed, -1), q}
	}, a)
	return y[0], y[1]
}

// origin is 0 on every axis but the last two, and i there.
func origin(rank, i int) []any {
	at := make([]any, rank)
	for k := range at {
		at[k] = 0
		if k >= rank-2 {
			at[k] = i
		}
	}
	return at
}
