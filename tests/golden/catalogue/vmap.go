package catalogue

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

var vmapFunctions = map[string]Func{
	"v_dot":    f2(func(x, y A) any { return jnp.Dot(x, y) }),
	"v_matvec": f2(func(a, x A) any { return a.MatMul(x) }),
	"v_matmul": f2(func(a, b A) any { return a.MatMul(b) }),
	"v_outer":  f2(func(x, y A) any { return jnp.Outer(x, y) }),
	"v_affine": f3(func(x, a, b A) any { return a.Mul(x).Add(b) }),

	"v_cholesky":   f1(func(a A) any { return linalg.Cholesky(a) }),
	"v_svdvals":    f1(func(a A) any { return linalg.SVDVals(a) }),
	"v_qr_absdiag": f1(func(a A) any { _, r := linalg.QR(a); return jnp.Abs(jnp.Diag(r)) }),
	"v_solve":      f2(func(a, b A) any { return linalg.Solve(a, b) }),
	"v_solve_mat":  f2(func(a, b A) any { return linalg.Solve(a, b) }),
	"v_inv":        f1(func(a A) any { return linalg.Inv(a) }),
	"v_det":        f1(func(a A) any { return linalg.Det(a) }),
	"v_slogdet":    f1(func(a A) any { _, log := linalg.SLogDet(a); return log }),
	"v_eigvalsh":   f1(func(a A) any { return linalg.EigValsH(a) }),
	"v_trisolve":   f2(func(a, b A) any { return lowerSolve(a, b) }),
	"v_cho_solve":  f2(func(a, b A) any { return linalg.ChoSolve(linalg.Cholesky(a), b) }),

	"v_index":         f2(func(x, i A) any { return x.Index(i) }),
	"v_gather_rows":   f2(func(a, i A) any { return a.Index(i) }),
	"v_gather_2d":     f3(func(a, i, j A) any { return a.Index(i, j) }),
	"v_gather_cols":   f2(func(a, j A) any { return a.Index(jnp.All, j) }),
	"v_take_along":    f2(func(a, i A) any { return jnp.TakeAlongAxis(a, i, 1) }),
	"v_dynamic_slice": f2(func(x, i A) any { return dynamicSlice(x, i, 3) }),
	"v_dynamic_index": f2(func(a, i A) any {
		return lax.DynamicIndexInDim(a, i, 0, lax.IndexOptions{DropAxis: true})
	}),
	"v_dynamic_update": f3(func(x, u, i A) any { return dynamicUpdate(x, u, i) }),
	"v_at_set":         f3(func(x, i, v A) any { return x.At(i).Set(v) }),
	"v_at_add":         f3(func(x, i, v A) any { return x.At(i).Add(v) }),
	"v_at_set_row":     f3(func(a, i, v A) any { return a.At(i).Set(v) }),
	"v_at_max":         f3(func(x, i, v A) any { return x.At(i).Max(v) }),
	"v_at_mul":         f3(func(x, i, v A) any { return x.At(i).Mul(v) }),
	"v_at_cols_add":    f2(func(a, j A) any { return a.At(jnp.All, j).Add(1.0) }),

	"v_cond": f2(func(x, p A) any {
		return lax.CondWith(p.Gt(0), jnp.Sin, func(y A) A { return y.Mul(2) }, x)
	}),
	"v_switch": f2(func(x, i A) any {
		return lax.Switch(i, func() A { return x }, func() A { return x.Neg() }, func() A { return x.Mul(x) })
	}),
	"v_while": f1(func(x A) any {
		c := lax.WhileLoop(
			func(c counted) A { return c.X.Lt(20.0) },
			func(c counted) counted { return counted{c.X.Mul(1.7), c.N.Add(1)} },
			counted{x, number(0)})
		return tuple(c.X, c.N)
	}),
	"v_while_count": f2(func(x, k A) any {
		return lax.WhileLoop(
			func(c counted) A { return c.N.Lt(k) },
			func(c counted) counted { return counted{jnp.Cos(c.X), c.N.Add(1)} },
			counted{x, number(0)}).X
	}),
	"v_fori": f1(func(x A) any {
		return lax.ForiLoop(0, 4, func(i, c A) A { return c.Mul(0.5).Add(i) }, x)
	}),
	"v_fori_dynamic": f2(func(x, k A) any {
		return lax.ForiLoop(0, k, func(i, c A) A { return c.Add(i.Mul(x)) }, x)
	}),
	"v_scan_cumsum": f1(func(xs A) any {
		return scanned(lax.Scan(func(c, x A) (A, A) { return c.Add(x), c }, jnp.Zeros(xs.Shape()[1]), xs))
	}),
	"v_scan_rnn": f3(func(h, w, xs A) any {
		return scanned(lax.Scan(func(h, x A) (A, A) {
			h = jnp.Tanh(w.MatMul(h).Add(x))
			return h, h.Sum()
		}, h, xs))
	}),
	"v_scan_reverse": f1(scanReverse),
	"v_map":          f1(func(xs A) any { return lax.Map(func(x A) A { return x.Sum().Mul(x) }, xs) }),
	"v_assoc_scan":   f1(func(xs A) any { return lax.AssociativeScan(add, xs) }),

	"v_softmax":   f1(func(x A) any { return nn.Softmax(x) }),
	"v_logsumexp": f1(func(a A) any { return nn.LogSumExp(a, -1) }),
	"v_layernorm": f3(func(x, g, b A) any { return normalized(x, 1e-5).Mul(g).Add(b) }),
	"v_conv1d":    f2(func(x, w A) any { return jnp.Convolve(x, w) }),
	"v_conv2d": f2(func(x, w A) any {
		return lax.ConvGeneralDilated(x.Index(jnp.NewAxis), w, []int{1, 1}, lax.PadSame()).Index(0)
	}),
	"v_maxpool": f1(func(x A) any { return maxPool(x, []int{2, 2}) }),

	"v_sort":    f1(func(x A) any { return jnp.Sort(x) }),
	"v_argsort": f1(func(a A) any { return jnp.ArgSort(a, 0) }),
	"v_argmax":  f1(func(x A) any { return tuple(jnp.ArgMax(x), jnp.Max(x)) }),
	"v_top_k": f1(func(x A) any {
		v, i := lax.TopK(x, 2)
		return tuple(v, i)
	}),
	"v_cumsum":       f1(func(a A) any { return jnp.CumSum(a, 0) }),
	"v_one_hot":      f1(func(i A) any { return nn.OneHot(i, 4) }),
	"v_searchsorted": f2(func(a, v A) any { return jnp.SearchSorted(a, v) }),
	"v_where":        f3(func(p, x, y A) any { return jnp.Where(p, x, y) }),
	"v_clip":         f3(func(x, lo, d A) any { return jnp.Clip(x, lo, lo.Add(d)) }),
	"v_concat":       f2(func(x, y A) any { return jnp.Concatenate([]A{x, y, x}) }),
	"v_pad": f1(func(a A) any {
		return jnp.Padding{Value: 3.0}.Pad(a, [2]int{1, 0}, [2]int{0, 2})
	}),
	"v_reshape_t": f1(func(a A) any { return a.T().Reshape(-1).Index(jnp.S(nil, nil, -1)) }),
	"v_einsum":    f3(func(a, b, c A) any { return jnp.Einsum("ij,jk,k->i", a, b, c) }),
	"v_fft":       f1(func(x A) any { return fft.FFT(x) }),
	"v_norms": f1(func(a A) any {
		return dict{"fro": linalg.Norm(a), "rows": linalg.Norm(a, 1)}
	}),

	"v_rand":        f1(func(kd A) any { return random.Uniform(random.WrapKeyData(kd), 3) }),
	"v_rand_split":  f1(func(kd A) any { return random.Split(random.WrapKeyData(kd)).Data() }),
	"v_rand_normal": f2(func(kd, mu A) any { return mu.Add(random.Normal(random.WrapKeyData(kd), 2)) }),

	"v_grad_inside": f1(func(x A) any {
		return gojax.Grad(func(y A) A { return jnp.Sum(jnp.Sin(y).Mul(y)) })(x)
	}),
	"v_jac_inside": f1(func(x A) any { return gojax.JacFwd(func(y A) A { return y.Mul(y.Sum()) })(x) }),
	"v_jvp_inside": f2(func(x, t A) any {
		return tuple2(gojax.JVP(func(y A) A { return jnp.CumSum(y.Mul(y)) }, x, t))
	}),
	"v_custom_jvp": f1(func(x A) any { return gojax.Vmap(gojax.Grad(func(y A) A { return clipGrad(y) }))(x) }),
	"v_nested_vmap": f1(func(x A) any {
		return gojax.Vmap(func(a A) A {
			return gojax.Vmap(func(b A) A { return a.Sub(b) })(x)
		})(x)
	}),

	"v_psum": f1(func(a A) any {
		return tuple(lax.PSum(a, "i"), lax.PMean(a, "i"), lax.AxisIndex("i"))
	}),
	"v_all_gather": f1(func(x A) any { return lax.AllGather(x, "i", 0) }),
	"v_ppermute":   f1(func(x A) any { return lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 0}}) }),
	"v_pmax":       f1(func(x A) any { return lax.PMax(x, "i").Sub(lax.PMin(x, "i")) }),

	"v_dict_linear": func(args []any) any {
		w, b := params(args[0])
		return dict{"y": w.MatMul(array(args, 1)).Add(b), "s": b.Sum()}
	},
	"v_triu_diag": f1(func(a A) any { return tuple(jnp.Triu(a), jnp.Diagonal(a), jnp.Trace(a)) }),
	"v_roll_flip": f1(func(x A) any { return tuple(jnp.Roll(x, 1), jnp.Flip(x)) }),
	"v_const_out": f1(func(x A) any { return tuple(jnp.Arange(3), number(x.Shape()[0])) }),
	"v_reduce_multi": f1(func(a A) any {
		return tuple(a.Sum(0), a.Max(), a.Prod(1), jnp.Any(a.Gt(1.5)), a.ArgMin())
	}),
	"v_interp":  f3(func(x, xp, fp A) any { return jnp.Interp(x, xp, fp) }),
	"v_polyval": f2(func(p, x A) any { return jnp.PolyVal(p, x) }),
}

// counted is a carry with a count of its steps.
type counted struct{ X, N A }

// scanned is what lax.Scan returns, as a tuple.
func scanned(c, ys A) any { return tuple(c, ys) }

func tuple2(a, b A) any { return tuple(a, b) }

func add(a, b A) A { return a.Add(b) }

// scanReverse is scan(c -> c * 0.5 + x) from the end.
func scanReverse(xs A) any {
	return scanned(
		lax.Scan(func(c, x A) (A, A) { return c.Mul(0.5).Add(x), c }, number(0.0), xs, lax.ScanOptions{Reverse: true}))
}

// lowerSolve solves a x = b for lower triangular a.
func lowerSolve(a, b A) A { return linalg.Triangular{Lower: true}.SolveTriangular(a, b) }

func dynamicSlice(x, i A, size int) A { return lax.DynamicSlice(x, []any{i}, []int{size}) }

func dynamicUpdate(x, u, i A) A { return lax.DynamicUpdateSlice(x, u, []any{i}) }

// normalized is x with the mean and variance of its rows taken out.
func normalized(x A, eps float64) A {
	rows := jnp.Reduction{KeepDims: true}
	return x.Sub(rows.Mean(x, -1)).Div(jnp.Sqrt(rows.Var(x, -1).Add(eps)))
}

// maxPool is the maximum of windows of 2 by 2.
func maxPool(x A, strides []int) A {
	return lax.ReduceWindow(x, math.Inf(-1), lax.Max, []int{2, 2}, strides, lax.PadValid())
}
