package harness

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// awaited are primitives of linear algebra whose operations another issue brings, and that JAX computes by LAPACK.
var awaited = map[string]string{
	"eig": "no operation yet", "hessenberg": "no operation yet", "ormqr": "no operation yet",
	"schur": "no operation yet", "tridiagonal": "no operation yet", "cholesky_update": "no operation yet",
	"symmetric_product": "no operation yet",
}

// waiting is the panic of a program that holds an awaited primitive.
type waiting string

var matrices = map[string]onArrays{
	// The primitive leaves the other triangle as it was.
	"cholesky": func(c *call) []jnp.Array {
		x := c.array(0)
		r := x.NDim()
		below := lax.Ge(lax.Iota(ir.Int32, x.Shape(), r-2), lax.Iota(ir.Int32, x.Shape(), r-1))
		return one(lax.Select(below, lax.Cholesky(x, lax.CholeskyOptions{LowerOnly: true}), x))
	},
	"triangular_solve": func(c *call) []jnp.Array {
		b := func(name string) bool { return param[bool](c, name) }
		return one(
			lax.TriangularSolve(c.array(0), c.array(1),
				lax.TriangularOptions{LeftSide: b("left_side"), Lower: b("lower"),
					Transpose: b("transpose_a"), Conjugate: b("conjugate_a"), UnitDiagonal: b("unit_diagonal")}))
	},
	"geqrf": func(c *call) []jnp.Array { // linalg.QRReflectors gives what NumPy does, transposed
		a, t := ops.Geqrf(c.array(0).TraceValue())
		return []jnp.Array{jnp.Wrap(a), jnp.Wrap(t)}
	},
	"householder_product": func(c *call) []jnp.Array { return one(lax.HouseholderProduct(c.array(0), c.array(1))) },
	"qr": func(c *call) []jnp.Array {
		c.ignore("use_magma")
		c.absent("pivoting")
		q, r := lax.QR(c.array(0), lax.DecompositionOptions{Reduced: !param[bool](c, "full_matrices")})
		return []jnp.Array{q, r}
	},
	"svd": func(c *call) []jnp.Array {
		c.ignore("algorithm")
		c.absent("subset_by_index")
		o := lax.DecompositionOptions{Reduced: !param[bool](c, "full_matrices")}
		if !param[bool](c, "compute_uv") {
			return one(linalg.SVDVals(c.array(0)))
		}
		u, s, vh := lax.SVD(c.array(0), o)
		return []jnp.Array{s, u, vh}
	},
	"lu": func(c *call) []jnp.Array {
		lu, pivots, permutation := lax.LU(c.array(0))
		return []jnp.Array{lu, pivots, permutation}
	},
	"lu_pivots_to_permutation": func(c *call) []jnp.Array {
		return one(lax.LUPivotsToPermutation(c.array(0), param[int](c, "permutation_size")))
	},
	"eigh": func(c *call) []jnp.Array {
		c.ignore("algorithm", "sort_eigenvalues")
		c.absent("subset_by_index")
		v, w := lax.Eigh(c.array(0), lax.EighOptions{OneTriangle: true, Upper: !param[bool](c, "lower")})
		return []jnp.Array{v, w}
	},
	"tridiagonal_solve": func(c *call) []jnp.Array {
		c.absent("perturb_singular")
		return one(lax.TridiagonalSolve(c.array(0), c.array(1), c.array(2), c.array(3)))
	},
}
