package functions

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

// contraction are the keywords precision and preferred_element_type.
func (c *Call) contraction() jnp.Contraction {
	p := map[any]lax.Precision{"highest": lax.PrecisionHighest, "float32": lax.PrecisionHighest,
		"high": lax.PrecisionHigh, "tensorfloat32": lax.PrecisionHigh}
	return jnp.Contraction{Precision: p[c.kw("precision")], PreferredType: c.DType(c.kw("preferred_element_type"))}
}

func contracted(f func(o jnp.Contraction, x, y jnp.Array) jnp.Array) Func {
	return func(c *Call) any { return f(c.contraction(), c.A(0), c.A(1)) }
}

// vecDot is the product over the keyword axis, the last unless given.
func vecDot(c *Call) any { return c.contraction().VecDot(c.A(0), c.A(1), c.Ints(c.arg(2, "axis"))...) }

// order is the keyword ord or p of a norm.
func order(x any) linalg.Order {
	switch x := x.(type) {
	case nil:
		return linalg.Order{}
	case int:
		return linalg.Ord(float64(x))
	case float64:
		return linalg.Ord(x)
	case string:
		return map[string]linalg.Order{"fro": linalg.Frobenius, "f": linalg.Frobenius, "nuc": linalg.Nuclear,
			"inf": linalg.Ord(math.Inf(1)), "-inf": linalg.Ord(math.Inf(-1))}[x]
	}
	return linalg.Ord(x.(jnp.Array).Item())
}

// tolerance is argument i or a keyword of these names.
func (c *Call) tolerance(i int, names ...string) linalg.Tolerance {
	var t linalg.Tolerance
	for _, n := range names {
		if x := c.arg(i, n); x != nil {
			t.RTol = x
		}
	}
	return t
}

var triangularTrans = map[any]linalg.Triangular{
	0: {}, "N": {}, nil: {}, 1: {Transpose: true}, "T": {Transpose: true}, 2: {Transpose: true, Conjugate: true},
	"C": {Transpose: true, Conjugate: true},
}

var linalgTable = Table{
	"jnp.dot":    func(c *Call) any { return c.contraction().Dot(c.Args[0], c.Args[1]) },
	"jnp.matmul": contracted(jnp.Contraction.MatMul), "jnp.linalg.matmul": contracted(jnp.Contraction.MatMul),
	"jnp.matvec": f2(jnp.MatVec), "jnp.vecmat": f2(jnp.VecMat), "jnp.vdot": contracted(jnp.Contraction.VDot),
	"jnp.vecdot": vecDot, "jnp.linalg.vecdot": vecDot,
	"jnp.inner": func(c *Call) any { return c.contraction().Inner(c.A(0), c.A(1)) }, "jnp.outer": f2(jnp.Outer),
	"jnp.linalg.outer": f2(jnp.Outer), "jnp.kron": f2(jnp.Kron),
	"jnp.tensordot": tensorDot, "jnp.linalg.tensordot": tensorDot,
	"jnp.einsum": func(c *Call) any {
		o := c.contraction()
		c.kw("optimize")
		return o.Einsum(c.Args[0].(string), arrays(c.Args[1:])...)
	},
	"jnp.cross": crossed, "jnp.linalg.cross": crossed,

	"jnp.linalg.cholesky": func(c *Call) any {
		upper, _ := c.arg(1, "upper").(bool)
		return linalg.Factor{Upper: upper, LowerOnly: !c.flag("symmetrize_input", true)}.Cholesky(c.A(0))
	},
	"lax.linalg.cholesky": func(c *Call) any {
		return lax.Cholesky(c.A(0), lax.CholeskyOptions{LowerOnly: !c.flag("symmetrize_input", true)})
	},
	"jsp.linalg.solve_triangular": func(c *Call) any {
		t := triangularTrans[c.arg(2, "trans")]
		t.Lower, t.UnitDiagonal = c.flag("lower", false), c.flag("unit_diagonal", false)
		return t.SolveTriangular(c.A(0), c.A(1))
	},
	"lax.linalg.triangular_solve": func(c *Call) any {
		return lax.TriangularSolve(c.A(0), c.A(1),
			lax.TriangularOptions{LeftSide: c.flag("left_side", false), Lower: c.flag("lower", false),
				Transpose: c.flag("transpose_a", false), Conjugate: c.flag("conjugate_a", false),
				UnitDiagonal: c.flag("unit_diagonal", false)})
	},
	"jnp.linalg.qr": func(c *Call) any {
		switch c.arg(1, "mode") {
		case "r":
			return linalg.QRTriangle(c.A(0))
		case "raw":
			h, tau := linalg.QRReflectors(c.A(0))
			return []any{h, tau}
		case "complete":
			q, r := linalg.Factors{Complete: true}.QR(c.A(0))
			return []any{q, r}
		}
		q, r := linalg.QR(c.A(0))
		return []any{q, r}
	},
	"lax.linalg.qr": func(c *Call) any {
		return tuple(lax.QR(c.A(0), lax.DecompositionOptions{Reduced: !c.flag("full_matrices", true)}))
	},
	"lax.linalg.householder_product": f2(lax.HouseholderProduct),
	"lax.linalg.svd": func(c *Call) any {
		o := lax.DecompositionOptions{Reduced: !c.flag("full_matrices", true)}
		if !c.flag("compute_uv", true) {
			_, s, _ := lax.SVD(c.A(0), o)
			return s
		}
		u, s, vh := lax.SVD(c.A(0), o)
		return []any{s, u, vh}
	},
	"jnp.linalg.svd": func(c *Call) any {
		full, ok := c.arg(1, "full_matrices").(bool)
		c.flag("hermitian", false) // the same values, and vectors up to their signs
		if uv, ok := c.arg(2, "compute_uv").(bool); ok && !uv {
			return linalg.SVDVals(c.A(0))
		}
		u, s, vh := linalg.SVDs{Reduced: ok && !full}.SVD(c.A(0))
		return []any{u, s, vh}
	},
	"jnp.linalg.svdvals": f1(linalg.SVDVals),
	"jnp.linalg.pinv":    func(c *Call) any { return c.tolerance(1, "rtol", "rcond").PInv(c.A(0)) },
	"jnp.linalg.matrix_rank": func(c *Call) any {
		return c.tolerance(1, "rtol", "tol").MatrixRank(c.A(0))
	},
	"jnp.linalg.lstsq": func(c *Call) any {
		s := c.tolerance(2, "rcond").LstSq(c.A(0), c.A(1))
		return []any{s.X, s.Residuals, s.Rank, s.SingularValues}
	},
	"jnp.linalg.cond": func(c *Call) any { return linalg.Norms{Order: order(c.arg(1, "p"))}.Cond(c.A(0)) },
	"jnp.linalg.norm": func(c *Call) any {
		return linalg.Norms{Order: order(c.arg(1, "ord")), KeepDims: c.flag("keepdims", false)}.Norm(c.A(0),
			c.Axes()...)
	},
	"jnp.linalg.vector_norm": func(c *Call) any {
		return linalg.Norms{Order: order(c.kw("ord")), KeepDims: c.flag("keepdims", false)}.VectorNorm(c.A(0),
			c.Axes()...)
	},
	"jnp.linalg.matrix_norm": func(c *Call) any {
		return linalg.Norms{Order: order(c.kw("ord")), KeepDims: c.flag("keepdims", false)}.MatrixNorm(c.A(0))
	},
	"jnp.linalg.solve": f2(linalg.Solve), "jsp.linalg.solve": func(c *Call) any {
		if c.text(7, "assume_a") == "pos" {
			return linalg.ChoSolve(linalg.Factor{LowerOnly: true}.Cholesky(c.A(0)), c.A(1))
		}
		return linalg.Solve(c.A(0), c.A(1))
	},
	"jnp.linalg.inv": f1(linalg.Inv), "jsp.linalg.inv": f1(linalg.Inv),
	"jnp.linalg.det": f1(linalg.Det), "jsp.linalg.det": f1(linalg.Det),
	"jnp.linalg.slogdet":  func(c *Call) any { return tuple(linalg.SLogDet(c.A(0))) },
	"jnp.linalg.eig":      func(c *Call) any { return tuple(linalg.Eig(c.A(0))) },
	"jnp.linalg.eigvals":  f1(linalg.EigVals),
	"jnp.linalg.eigh":     func(c *Call) any { return tuple(c.hermitian().Eigh(c.A(0))) },
	"jnp.linalg.eigvalsh": func(c *Call) any { return c.hermitian().EigValsH(c.A(0)) },
	"jnp.linalg.tensorinv": func(c *Call) any {
		ind, ok := c.arg(1, "ind").(int)
		if !ok {
			ind = 2
		}
		return linalg.TensorInv(c.A(0), ind)
	},
	"jnp.linalg.tensorsolve": func(c *Call) any {
		return linalg.TensorSolve(c.A(0), c.A(1), c.Ints(c.arg(2, "axes"))...)
	},
	"lax.linalg.lu": func(c *Call) any {
		lu, pivots, permutation := lax.LU(c.A(0))
		return []any{lu, pivots, permutation}
	},
	"lax.linalg.lu_pivots_to_permutation": func(c *Call) any { return lax.LUPivotsToPermutation(c.A(0), c.Int(1)) },
	"lax.linalg.eig": func(c *Call) any {
		left, right := c.flag("compute_left_eigenvectors", true), c.flag("compute_right_eigenvectors", true)
		w, vl, vr := lax.Eig(c.A(0), lax.EigOptions{NoLeft: !left, NoRight: !right,
			EnableEigVecDerivs: c.flag("enable_eigvec_derivs", false)})
		y := []any{w}
		if left {
			y = append(y, vl)
		}
		if right {
			y = append(y, vr)
		}
		return y
	},
	"lax.linalg.schur": func(c *Call) any {
		if !c.flag("compute_schur_vectors", true) {
			t, _ := lax.Schur(c.A(0), lax.SchurOptions{NoSchurVectors: true})
			return []any{t}
		}
		return tuple(lax.Schur(c.A(0)))
	},
	"lax.linalg.hessenberg": func(c *Call) any { return tuple(lax.Hessenberg(c.A(0))) },
	"lax.linalg.tridiagonal": func(c *Call) any {
		a, d, e, taus := lax.Tridiagonal(c.A(0), lax.TridiagonalOptions{Upper: !c.flag("lower", true)})
		return []any{a, d, e, taus}
	},
	"lax.linalg.qdwh": func(c *Call) any {
		c.kw("is_hermitian")
		var o lax.QDWHOptions
		o.MaxIterations, _ = c.kw("max_iterations").(int)
		o.Eps, _ = c.kw("eps").(float64)
		u, h, k, converged := lax.QDWH(c.A(0), o)
		return []any{u, h, k, converged}
	},
	"lax.linalg.ormqr": func(c *Call) any {
		return lax.Ormqr(c.A(0), c.A(1), c.A(2),
			lax.OrmqrOptions{Right: !c.flag("left", true), Transpose: c.flag("transpose", false)})
	},
	"lax.linalg.cholesky_update": f2(lax.CholeskyUpdate),
	"lax.linalg.symmetric_product": func(c *Call) any {
		o := lax.SymmetricProductOptions{SymmetrizeOutput: c.flag("symmetrize_output", false)}
		o.Alpha, _ = c.kw("alpha").(float64)
		o.Beta, _ = c.kw("beta").(float64)
		return lax.SymmetricProduct(c.A(0), c.A(1), o)
	},
	"lax.linalg.eigh": func(c *Call) any {
		return tuple(lax.Eigh(c.A(0), lax.EighOptions{OneTriangle: !c.flag("symmetrize_input", true),
			Upper: !c.flag("lower", true)}))
	},
	"lax.linalg.tridiagonal_solve": func(c *Call) any {
		return lax.TridiagonalSolve(c.A(0), c.A(1), c.A(2), c.A(3))
	},
	"jnp.linalg.multi_dot":        func(c *Call) any { return linalg.MultiDot(arrays(c.Args[0])...) },
	"jnp.linalg.matrix_power":     func(c *Call) any { return linalg.MatrixPower(c.A(0), c.Int(1)) },
	"jnp.linalg.matrix_transpose": f1(linalg.MatrixTranspose),
	"jnp.linalg.trace":            f1(linalg.Trace),
	"jnp.linalg.diagonal": func(c *Call) any {
		offset, _ := c.kw("offset").(int)
		return jnp.Diagonal(c.A(0), offset, -2, -1)
	},
}

func crossed(c *Call) any {
	axes := c.Ints(c.kw("axis"))
	if axes == nil {
		axes = []int{-1, -1, -1}
		for i, name := range []string{"axisa", "axisb", "axisc"} {
			if a, ok := c.arg(2+i, name).(int); ok {
				axes[i] = a
			}
		}
	}
	return jnp.Cross(c.A(0), c.A(1), axes...)
}

func tensorDot(c *Call) any {
	var axes any = 2
	switch a := c.arg(2, "axes").(type) {
	case int:
		axes = a
	case []any:
		one := func(x any) []int { return c.Ints(x) }
		axes = [2][]int{one(a[0]), one(a[1])}
	}
	return c.contraction().TensorDot(c.A(0), c.A(1), axes)
}

// hermitian are the keywords UPLO and symmetrize_input.
func (c *Call) hermitian() linalg.Hermitian {
	return linalg.Hermitian{OneTriangle: !c.flag("symmetrize_input", true), Upper: c.arg(1, "UPLO") == "U"}
}
