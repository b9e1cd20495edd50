package harness

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

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
	"eig": func(c *call) []jnp.Array {
		c.absent("implementation")
		left, right := param[bool](c, "compute_left_eigenvectors"), param[bool](c, "compute_right_eigenvectors")
		w, vl, vr := lax.Eig(c.array(0), lax.EigOptions{NoLeft: !left, NoRight: !right,
			EnableEigVecDerivs: param[bool](c, "enable_eigvec_derivs")})
		y := []jnp.Array{w}
		if left {
			y = append(y, vl)
		}
		if right {
			y = append(y, vr)
		}
		return y
	},
	"schur": func(c *call) []jnp.Array {
		c.absent("sort_eig_vals", "select_callable")
		vectors := param[bool](c, "compute_schur_vectors")
		t, q := lax.Schur(c.array(0), lax.SchurOptions{NoSchurVectors: !vectors})
		return []jnp.Array{t, q}[:len(c.Out)]
	},
	"hessenberg": func(c *call) []jnp.Array {
		a, taus := lax.Hessenberg(c.array(0))
		return []jnp.Array{a, taus}
	},
	"tridiagonal": func(c *call) []jnp.Array {
		a, d, e, taus := lax.Tridiagonal(c.array(0), lax.TridiagonalOptions{Upper: !param[bool](c, "lower")})
		return []jnp.Array{a, d, e, taus}
	},
	"ormqr": func(c *call) []jnp.Array {
		o := lax.OrmqrOptions{Right: !param[bool](c, "left"), Transpose: param[bool](c, "transpose")}
		return one(lax.Ormqr(c.array(0), c.array(1), c.array(2), o))
	},
	"cholesky_update": func(c *call) []jnp.Array { return one(lax.CholeskyUpdate(c.array(0), c.array(1))) },
	"symmetric_product": func(c *call) []jnp.Array {
		return one(lax.SymmetricProduct(c.array(0), c.array(1), lax.SymmetricProductOptions{
			Alpha: param[float64](c, "alpha"), Beta: param[float64](c, "beta")}))
	},
	"tridiagonal_solve": func(c *call) []jnp.Array {
		c.absent("perturb_singular")
		return one(lax.TridiagonalSolve(c.array(0), c.array(1), c.array(2), c.array(3)))
	},
}
