package harness

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
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
	"cholesky": func(c *call) []*ops.Value {
		x := c.v(0)
		r := x.Rank()
		below := ops.Ge(ops.Iota(ir.Int32, x.Shape(), r-2), ops.Iota(ir.Int32, x.Shape(), r-1))
		return one(ops.Select(below, ops.Cholesky(x), x))
	},
	"triangular_solve": func(c *call) []*ops.Value {
		b := func(name string) bool { return param[bool](c, name) }
		return one(ops.TriangularSolve(c.v(0), c.v(1), ops.TriangularOptions{LeftSide: b("left_side"), Lower: b("lower"),
			Transpose: b("transpose_a"), Conjugate: b("conjugate_a"), UnitDiagonal: b("unit_diagonal")}))
	},
	"geqrf":               func(c *call) []*ops.Value { a, t := ops.Geqrf(c.v(0)); return []*ops.Value{a, t} },
	"householder_product": func(c *call) []*ops.Value { return one(ops.HouseholderProduct(c.v(0), c.v(1))) },
	"qr": func(c *call) []*ops.Value {
		c.ignore("use_magma")
		c.absent("pivoting")
		q, r := ops.QR(c.v(0), param[bool](c, "full_matrices"))
		return []*ops.Value{q, r}
	},
	"svd": func(c *call) []*ops.Value {
		c.ignore("algorithm")
		c.absent("subset_by_index")
		full := param[bool](c, "full_matrices")
		if !param[bool](c, "compute_uv") {
			return one(ops.SingularValues(c.v(0)))
		}
		u, s, vh := ops.SVD(c.v(0), full)
		return []*ops.Value{s, u, vh}
	},
}
