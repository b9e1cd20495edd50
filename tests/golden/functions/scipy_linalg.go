package functions

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	scipy "github.com/gojax/gojax/scipy/linalg"
)

// text is argument i or the keyword of that name, a string; "" where there is none.
func (c *Call) text(i int, name string) string {
	s, _ := c.arg(i, name).(string)
	return s
}

// triangle is the keyword kind.
func (c *Call) triangle() scipy.Triangle {
	kind := c.text(1, "kind")
	return scipy.Triangle{Lower: kind == "lower", Upper: kind == "upper"}
}

// cholesky is SciPy's, which reads one triangle.
func (c *Call) cholesky() jnp.Array {
	if lower, _ := c.arg(1, "lower").(bool); lower {
		return linalg.Factor{LowerOnly: true}.Cholesky(c.A(0))
	}
	return linalg.Factor{LowerOnly: true, Upper: true}.Cholesky(jnp.Conj(linalg.MatrixTranspose(c.A(0))))
}

// more is argument i or the keyword of that name as an array, where it is given.
func (c *Call) more(i int, name string) []jnp.Array {
	if x := c.arg(i, name); x != nil {
		return []jnp.Array{asArray(x)}
	}
	return nil
}

// scipyLinalgTable are the functions of jax.scipy.linalg that package scipy/linalg has, or that read other arguments
// than those of jax.numpy.linalg.
var scipyLinalgTable = Table{
	"jsp.linalg.cholesky": func(c *Call) any { return c.cholesky() },
	"jsp.linalg.cho_factor": func(c *Call) any {
		lower, _ := c.arg(1, "lower").(bool)
		return []any{c.cholesky(), lower}
	},
	"jsp.linalg.cho_solve": func(c *Call) any {
		factor := c.Args[0].([]any)
		l := asArray(factor[0])
		if lower, _ := factor[1].(bool); !lower {
			l = jnp.Conj(linalg.MatrixTranspose(l))
		}
		return linalg.ChoSolve(l, c.A(1))
	},
	"jsp.linalg.lu": func(c *Call) any {
		if permute, _ := c.arg(1, "permute_l").(bool); permute {
			return tuple(scipy.LUPermuted(c.A(0)))
		}
		p, l, u := scipy.LU(c.A(0))
		return []any{p, l, u}
	},
	"jsp.linalg.lu_factor": func(c *Call) any { return tuple(scipy.LUFactor(c.A(0))) },
	"jsp.linalg.lu_solve": func(c *Call) any {
		factor := arrays(c.Args[0])
		trans := triangularTrans[c.arg(2, "trans")]
		return scipy.Equation{Transpose: trans.Transpose, Conjugate: trans.Conjugate}.LUSolve(factor[0], factor[1],
			c.A(1))
	},
	"jsp.linalg.qr": func(c *Call) any {
		switch mode := c.text(3, "mode"); mode {
		case "economic":
			return tuple(linalg.QR(c.A(0)))
		case "r":
			_, r := linalg.Factors{Complete: true}.QR(c.A(0))
			return []any{r}
		}
		return tuple(linalg.Factors{Complete: true}.QR(c.A(0)))
	},
	"jsp.linalg.svd": func(c *Call) any { return linalgTable["jnp.linalg.svd"](c) },
	"jsp.linalg.eigh": func(c *Call) any {
		c.flag("lower", true) // the mean of both triangles is decomposed
		if c.flag("eigvals_only", false) {
			return linalg.EigValsH(c.A(0))
		}
		return tuple(linalg.Eigh(c.A(0)))
	},
	"jsp.linalg.qr_multiply": func(c *Call) any {
		return tuple(scipy.Product{Left: c.text(2, "mode") == "left", Conjugate: c.flag("conjugate", false)}.
			QRMultiply(c.A(0), c.A(1)))
	},
	"jsp.linalg.polar": func(c *Call) any {
		c.kw("method")
		return tuple(scipy.Side{Left: c.text(1, "side") == "left"}.Polar(c.A(0)))
	},
	"jsp.linalg.eigh_tridiagonal": func(c *Call) any {
		w, v := scipy.EighTridiagonal(c.A(0), c.A(1))
		if c.flag("eigvals_only", false) {
			return w
		}
		return []any{w, v}
	},
	"jsp.linalg.schur": func(c *Call) any {
		return tuple(scipy.Form{Complex: c.text(1, "output") == "complex"}.Schur(c.A(0)))
	},
	"jsp.linalg.rsf2csf": func(c *Call) any {
		c.kw("check_finite")
		return tuple(scipy.RSF2CSF(c.A(0), c.A(1)))
	},
	"jsp.linalg.hessenberg": func(c *Call) any {
		c.kw("overwrite_a")
		c.kw("check_finite")
		if c.flag("calc_q", false) {
			return tuple(scipy.HessenbergQ(c.A(0)))
		}
		return scipy.Hessenberg(c.A(0))
	},
	"jsp.linalg.sqrtm": func(c *Call) any {
		c.arg(1, "blocksize")
		return scipy.Sqrtm(c.A(0))
	},
	"jsp.linalg.solve_sylvester": func(c *Call) any {
		c.kw("method")
		tol, _ := c.kw("tol").(float64)
		return scipy.Sylvester{Tol: tol}.SolveSylvester(c.A(0), c.A(1), c.A(2))
	},
	"jsp.linalg.expm": func(c *Call) any {
		squarings, _ := c.kw("max_squarings").(int)
		o := scipy.Exponential{UpperTriangular: c.flag("upper_triangular", false), MaxSquarings: squarings}
		return o.Expm(c.A(0))
	},
	"jsp.linalg.expm_frechet": func(c *Call) any {
		y, d := scipy.ExpmFrechet(c.A(0), c.A(1))
		if !c.flag("compute_expm", true) {
			return d
		}
		return []any{y, d}
	},
	"jsp.linalg.block_diag":        func(c *Call) any { return scipy.BlockDiag(arrays(c.Args)...) },
	"jsp.linalg.toeplitz":          func(c *Call) any { return scipy.Toeplitz(c.A(0), c.more(1, "r")...) },
	"jsp.linalg.hankel":            func(c *Call) any { return scipy.Hankel(c.A(0), c.more(1, "r")...) },
	"jsp.linalg.circulant":         f1(scipy.Circulant),
	"jsp.linalg.companion":         f1(scipy.Companion),
	"jsp.linalg.fiedler":           f1(scipy.Fiedler),
	"jsp.linalg.fiedler_companion": f1(scipy.FiedlerCompanion),
	"jsp.linalg.leslie":            f2(scipy.Leslie),
	"jsp.linalg.convolution_matrix": func(c *Call) any {
		return scipy.Convolution{Mode: c.text(2, "mode")}.ConvolutionMatrix(c.A(0), c.arg(1, "n").(int))
	},
	"jsp.linalg.hilbert":    func(c *Call) any { return scipy.Hilbert(c.Int(0)) },
	"jsp.linalg.invhilbert": func(c *Call) any { return scipy.InvHilbert(c.Int(0)) },
	"jsp.linalg.pascal":     func(c *Call) any { return c.triangle().Pascal(c.Int(0)) },
	"jsp.linalg.invpascal":  func(c *Call) any { return c.triangle().InvPascal(c.Int(0)) },
	"jsp.linalg.helmert": func(c *Call) any {
		full, _ := c.arg(1, "full").(bool)
		return scipy.Contrasts{Full: full}.Helmert(c.Int(0))
	},
	"jsp.linalg.hadamard": func(c *Call) any {
		return scipy.Signs{DType: c.DType(c.arg(1, "dtype"))}.Hadamard(c.Int(0))
	},
	"jsp.linalg.dft": func(c *Call) any {
		return scipy.Fourier{Scale: c.text(1, "scale"), DType: c.DType(c.kw("dtype"))}.DFT(c.Int(0))
	},
}
