package harness

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
)

// awaited are primitives of linear algebra whose operations another issue brings, and that JAX computes by LAPACK.
var awaited = map[string]string{
	"eig": "no operation yet", "eigh": "no operation yet", "hessenberg": "no operation yet", "lu": "no operation yet",
	"lu_pivots_to_permutation": "no operation yet", "ormqr": "no operation yet", "schur": "no operation yet",
	"tridiagonal": "no operation yet", "tridiagonal_solve": "no operation yet", "cholesky_update": "no operation yet", "symmetric_product": "no operation yet",
}

// waiting is the panic of a program that holds an awaited primitive.
type waiting string

var matrices = map[string]onArrays{
	// The primitive leaves the other triangle as it was.
	"cholesky": func(c *call) []*lax.Value {
		x := c.v(0)
		r := x.Rank()
		below := lax.Ge(lax.Iota(ir.Int32, x.Shape(), r-2), lax.Iota(ir.Int32, x.Shape(), r-1))
		return one(lax.Select(below, lax.Cholesky(x), x))
	},
	"triangular_solve": func(c *call) []*lax.Value {
		b := func(name string) bool { return param[bool](c, name) }
		return one(lax.TriangularSolve(c.v(0), c.v(1), lax.TriangularOptions{LeftSide: b("left_side"), Lower: b("lower"),
			Transpose: b("transpose_a"), Conjugate: b("conjugate_a"), UnitDiagonal: b("unit_diagonal")}))
	},
	"geqrf":               func(c *call) []*lax.Value { a, t := lax.Geqrf(c.v(0)); return []*lax.Value{a, t} },
	"householder_product": func(c *call) []*lax.Value { return one(lax.HouseholderProduct(c.v(0), c.v(1))) },
	"qr": func(c *call) []*lax.Value {
		c.ignore("use_magma")
		c.absent("pivoting")
		q, r := lax.QR(c.v(0), param[bool](c, "full_matrices"))
		return []*lax.Value{q, r}
	},
	"svd": func(c *call) []*lax.Value {
		c.ignore("algorithm")
		c.absent("subset_by_index")
		full := param[bool](c, "full_matrices")
		if !param[bool](c, "compute_uv") {
			return one(lax.SingularValues(c.v(0)))
		}
		u, s, vh := lax.SVD(c.v(0), full)
		return []*lax.Value{s, u, vh}
	},
}
