package catalogue

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	scipy "github.com/gojax/gojax/scipy/linalg"
	"github.com/gojax/gojax/scipy/special"
)

var gradFunctions = map[string]Func{
	"g_sum_sin": f1(func(x A) any { return jnp.Sum(jnp.Sin(x)) }),
	"g_poly": f1(func(x A) any {
		return jnp.Sum(x.Pow(3).Sub(jnp.Mul(2, x.Pow(2))).Add(x))
	}),
	"g_pow": f1(func(x A) any {
		return jnp.Sum(x.Pow(2.5)).Add(jnp.Sum(jnp.Power(2.0, x)))
	}),
	"g_logexp": f1(func(x A) any {
		return jnp.Sum(jnp.Log(x).Mul(jnp.Exp(x.Neg())).Add(jnp.Sqrt(x)).Add(jnp.Div(1, x)))
	}),
	"g_trig": f1(func(x A) any {
		return jnp.Sum(jnp.Tanh(x).Add(jnp.Arctan(x)).Add(jnp.Sinh(x).Mul(0.1)).Add(jnp.Cos(x).Pow(2)))
	}),
	"g_inverse_trig": f1(func(x A) any {
		return jnp.Sum(
			jnp.Arcsin(x).Add(jnp.Arccos(x).Mul(x)).Add(jnp.Arctanh(x)).Add(jnp.Arcsinh(x)).
				Add(jnp.Arccosh(jnp.Add(1, x))))
	}),
	"g_special": f1(func(x A) any {
		x1 := x.Add(1)
		return jnp.Sum(
			special.GammaLn(x1).Add(special.Erf(x)).Add(special.Digamma(x1)).Add(special.ErfInv(x)).Add(special.I0e(x)))
	}),
	"g_arctan2": f2(func(y, x A) any {
		return jnp.Sum(jnp.Arctan2(y, x.Add(4.0)).Add(jnp.Hypot(x, y)).Add(jnp.LogAddExp(x, y)))
	}),
	"g_quadratic": f2(func(a, x A) any { return squareSum(a.MatMul(x)) }),
	"g_matmul":    f2(func(a, b A) any { return jnp.Sum(jnp.Sin(a.MatMul(b))) }),
	"g_einsum":    f2(func(a, b A) any { return jnp.Einsum("ij,ij,ik->", a, b, a) }),
	"g_mlp": f3(func(x, w, b A) any {
		return squareSum(jnp.Tanh(w.MatMul(x).Add(b)))
	}),
	"g_xent":        f2(func(x, i A) any { return nn.LogSoftmax(x).Neg().Index(i) }),
	"g_softmax_ent": f1(func(x A) any { return jnp.Sum(nn.Softmax(x).Mul(nn.LogSoftmax(x))).Neg() }),
	"g_logsumexp":   f1(func(x A) any { return nn.LogSumExp(x) }),
	"g_layernorm":   f1(func(x A) any { return jnp.Sum(normalized(x, 1e-3).Pow(3)) }),

	// Ties: the gradient is split evenly.
	"g_max_ties": f1(func(x A) any { return jnp.Max(jnp.Concatenate([]A{x, x})) }),
	"g_maximum_tie": f1(func(x A) any {
		return jnp.Sum(jnp.Maximum(x, x.Mul(1.0)).Add(jnp.Minimum(x, 0.0)).Add(jnp.Maximum(jnp.Round(x), x.Mul(0))))
	}),
	"g_abs_sign": f1(func(x A) any {
		return jnp.Sum(jnp.Abs(x).Mul(jnp.Sign(x)).Add(jnp.Floor(x).Mul(x)))
	}),
	"g_relu_at0": f1(func(x A) any {
		return jnp.Sum(nn.Relu(jnp.Round(x)).Add(nn.Relu6(x.Mul(4))).Add(nn.LeakyRelu(x)))
	}),
	"g_where_nan": f1(func(x A) any {
		return jnp.Sum(jnp.Where(x.Gt(0), jnp.Log(jnp.Where(x.Gt(0), x, 1.0)), 0.0))
	}),
	"g_where_unsafe": f1(func(x A) any { return jnp.Sum(jnp.Where(x.Gt(0), jnp.Sqrt(x), 0.0)) }),
	"g_prod":         f1(func(x A) any { return jnp.Prod(x) }),
	"g_prod_zero": f1(func(x A) any {
		zeros := jnp.Concatenate([]A{x.Index(jnp.S(nil, 1)).Mul(0), x.Index(jnp.S(1, nil)).Mul(0)})
		return jnp.Prod(x.At(0).Set(0.0).Add(zeros))
	}),
	"g_cumsum_prod": f1(func(x A) any { return jnp.Sum(jnp.CumSum(x).Mul(jnp.CumProd(x))) }),
	"g_cummax": f1(func(x A) any {
		m, s := lax.CumMax(x, 0), lax.CumLogSumExp(x, 0)
		return jnp.Sum(m.Mul(jnp.Arange(1.0, float64(x.Len()+1)))).Add(jnp.Sum(s))
	}),
	"g_sort": f1(func(x A) any { return jnp.Sum(jnp.Sort(x).Mul(upTo(x.Len()))) }),
	"g_top_k": f1(func(x A) any {
		v, _ := lax.TopK(x, 2)
		return squareSum(v)
	}),

	"g_gather":      f2(func(a, i A) any { return squareSum(a.Index(i)) }),
	"g_scatter_add": f3(func(x, i, v A) any { return squareSum(x.At(i).Add(v)) }),
	"g_scatter_set": f2(func(x, v A) any { return squareSum(x.At(1).Set(v)) }),
	"g_scatter_mul_max": f1(func(x A) any {
		return jnp.Sum(x.At([]int{0, 1}).Mul(2.0)).Add(jnp.Sum(x.At(0).Max(0.5)))
	}),
	"g_slices": f1(func(a A) any {
		p := a.Index(jnp.S(1, nil), jnp.S(nil, nil, -1)).Mul(a.Index(jnp.S(nil, -1)))
		return jnp.Sum(p).Add(jnp.Sum(a.Index(jnp.Ellipsis, 0).Mul(3)))
	}),
	"g_dynamic_slice":  f2(func(x, i A) any { return squareSum(dynamicSlice(x, i, 3)) }),
	"g_dynamic_update": f3(func(x, u, i A) any { return jnp.Sum(dynamicUpdate(x, u, i).Pow(3)) }),
	"g_concat_pad": f2(func(x, y A) any {
		p := jnp.Padding{Value: 2.0}.Pad(jnp.Concatenate([]A{x, y}), [2]int{1, 2})
		return squareSum(p).Add(squareSum(jnp.Stack([]A{x, x.Mul(2)})))
	}),
	"g_shape_ops": f1(func(a A) any {
		s := squareSum(a.T().Reshape(-1).Index(jnp.S(nil, nil, 2)))
		s = s.Add(jnp.Sum(jnp.Tile(a, 2, 1).Mul(0.5)))
		return s.Add(squareSum(jnp.Roll(jnp.BroadcastTo(a, append([]int{2}, a.Shape()...)...), 1, 1)))
	}),

	"g_conv": f2(func(x, w A) any {
		return squareSum(lax.ConvGeneralDilated(x, w, []int{2, 1}, lax.PadSame()))
	}),
	"g_conv_dilated": f2(func(x, w A) any {
		o := lax.ConvOptions{LHSDilation: []int{2}, RHSDilation: []int{2}}
		return squareSum(lax.ConvGeneralDilated(x, w, []int{1}, lax.PadWith([2]int{2, 1}), o))
	}),
	"g_maxpool": f1(func(x A) any {
		s := lax.ReduceWindow(x, 0, lax.Add, []int{2, 2}, []int{2, 2}, lax.PadSame())
		return squareSum(maxPool(x, []int{1, 1})).Add(squareSum(s))
	}),

	"g_logdet_chol": f1(func(a A) any {
		return jnp.Mul(2, jnp.Sum(jnp.Log(jnp.Diag(linalg.Cholesky(a)))))
	}),
	"g_expm":  f1(func(a A) any { return jnp.Sum(scipy.Expm(a.Mul(0.3))) }),
	"g_solve": f2(func(a, b A) any { return squareSum(linalg.Solve(a, b)) }),
	"g_inv_det": f1(func(a A) any {
		_, log := linalg.SLogDet(a)
		return jnp.Sum(linalg.Inv(a)).Add(linalg.Det(a).Mul(0.1)).Add(log)
	}),
	"g_eigvalsh": f1(func(a A) any { return jnp.Sum(jnp.Power(linalg.EigValsH(a), 3)) }),
	"g_eigh_recon": f1(func(a A) any {
		w, v := linalg.Eigh(a.Add(a.T()).Div(2))
		return jnp.Sum(v.Mul(jnp.Exp(w.Mul(0.3))).MatMul(v.T()))
	}),
	"g_svdvals": f1(func(a A) any { return jnp.Sum(jnp.Power(linalg.SVDVals(a), 3)) }),
	"g_qr": f1(func(a A) any {
		_, r := linalg.QR(a.Add(jnp.Mul(3, jnp.Eye(a.Shape()[0]))))
		return jnp.Sum(jnp.Log(jnp.Abs(jnp.Diag(r))))
	}),
	"g_trisolve": f2(func(a, b A) any { return squareSum(lowerSolve(a, b)) }),
	"g_norms": f1(func(a A) any {
		columns := linalg.Norms{Order: linalg.Ord(1)}
		return linalg.Norm(a).Add(jnp.Sum(linalg.Norm(a, 1))).Add(columns.Norm(a))
	}),

	"g_cond": f2(func(x, p A) any {
		return lax.CondWith(p.Gt(0), squareSum, func(y A) A { return jnp.Sum(jnp.Sin(y)) }, x).Mul(p)
	}),
	"g_switch": f2(func(x, i A) any {
		return lax.Switch(i, func() A { return jnp.Sum(x) }, func() A { return squareSum(x) },
			func() A { return jnp.Prod(x) })
	}),
	"g_scan_rnn": f3(func(h, w, xs A) any {
		_, ys := lax.Scan(func(h, x A) (A, A) {
			h = jnp.Tanh(w.MatMul(h).Add(x))
			return h, h
		}, h, xs)
		return squareSum(ys)
	}),
	"g_scan_product": f1(func(x A) any {
		c, _ := lax.Scan(func(c, v A) (A, struct{}) { return c.Mul(v).Add(1), struct{}{} }, number(1.0), x)
		return c
	}),
	"g_fori": f1(func(x A) any {
		return jnp.Sum(lax.ForiLoop(0, 3, func(i, c A) A { return c.Mul(x).Add(i) }, jnp.OnesLike(x)))
	}),
	"g_while": f1(func(x A) any {
		return jnp.Sum(lax.WhileLoop(
			func(c counted) A { return c.N.Lt(3) },
			func(c counted) counted { return counted{c.X.Mul(jnp.Cos(x)), c.N.Add(1)} },
			counted{x, number(0)}).X)
	}),
	"g_map": f1(func(xs A) any {
		return jnp.Sum(lax.Map(func(x A) A { return jnp.Sum(x).Pow(2) }, xs))
	}),
	"g_assoc_scan": f1(func(x A) any {
		return squareSum(lax.AssociativeScan(func(a, b A) A { return a.Mul(b) }, x))
	}),

	"g_vmap_inside": f1(func(x A) any {
		return jnp.Sum(gojax.Vmap(func(a A) A {
			return gojax.Vmap(func(b A) A { return jnp.Sin(a.Mul(b)) })(x)
		})(x))
	}),
	"g_grad_inside": f1(func(x A) any {
		return squareSum(gojax.Grad(func(y A) A { return jnp.Sum(y.Pow(4)) })(x))
	}),
	"g_stop_gradient": f1(func(x A) any { return jnp.Sum(x.Mul(gojax.StopGradient(x.Pow(2)))) }),
	"g_checkpoint": f1(func(x A) any {
		return jnp.Sum(gojax.Checkpoint(func(y A) A { return jnp.Sin(jnp.Sin(y)) })(x))
	}),
	"g_custom_jvp": f1(func(x A) any { return jnp.Sum(softplusish(x)) }),
	"g_custom_vjp": f1(func(x A) any { return squareSum(clipCotangent(limited{x, number(0.5)})) }),
	"g_jit_inside": f1(func(x A) any {
		return jnp.Sum(gojax.Jit(func(y A) A { return jnp.Exp(y.Pow(2).Neg()) })(x))
	}),

	"g_interp": f2(func(x, fp A) any {
		return squareSum(jnp.Interp(x, jnp.LinSpace(-2.0, 2.0, fp.Len()), fp))
	}),
	"g_var_std": f1(func(x A) any {
		return jnp.Var(x).Add(jnp.Std(x)).Add(jnp.Mean(x.Pow(2))).Add(jnp.Median(x)).Add(jnp.Quantile(x, 0.3))
	}),
	"g_fft_power": f1(func(x A) any {
		return jnp.Sum(jnp.Abs(fft.FFT(x)).Pow(2).Mul(upTo(x.Len())))
	}),
	"g_rfft": f1(func(x A) any {
		return squareSum(jnp.Real(fft.RFFT(x))).Add(jnp.Sum(fft.IRFFT(fft.RFFT(x).Mul(2.0))))
	}),
	"g_complex_mid": f1(func(x A) any {
		z := x.Add(1i).Pow(2).Mul(jnp.Conj(x.Mul(1i)))
		return jnp.Sum(jnp.Real(z).Add(jnp.Abs(x.Add(2i))))
	}),
	"g_integer_pow_zero": f1(func(x A) any {
		return jnp.Sum(jnp.Round(x).Pow(2).Add(x.Pow(0)).Add(jnp.Power(x, 3)))
	}),
	"g_clip": f1(func(x A) any { return squareSum(jnp.Clip(x, -1.0, 1.0)) }),
	"g_mod_floor": f1(func(x A) any {
		return jnp.Sum(jnp.Mod(x, 0.7).Mul(x).Add(jnp.Fmod(x, 0.9)))
	}),
	"g_reparam": f1(func(x A) any {
		return jnp.Sum(x.Mul(random.Normal(random.Key(3), x.Shape()...)))
	}),
	"g_gamma_sample": f1(func(a A) any { return jnp.Sum(random.Gamma(random.Key(1), a)) }),
	"g_aux":          f1(func(x A) any { return tuple(squareSum(x), dict{"twice": jnp.Mul(2, x)}) }),
	"g_tree": func(args []any) any {
		w, b := params(args[0])
		return squareSum(jnp.Tanh(w.MatMul(array(args, 1)).Add(b)))
	},
}

// vectorFunctions have results that are not scalars.
var vectorFunctions = map[string]Func{
	"h_elementwise":  f1(func(x A) any { return jnp.Sin(x).Mul(x) }),
	"h_cumsum_outer": f1(func(x A) any { return jnp.Outer(jnp.CumSum(x), x) }),
	"h_roots": f1(func(x A) any {
		a, b := x.Index(0), x.Index(1)
		return jnp.Stack([]A{a.Mul(b), b.Pow(2), jnp.Exp(a)})
	}),
	"h_two": f2(func(x, y A) any {
		col := x.Index(jnp.All, jnp.NewAxis)
		return col.Mul(y.Index(jnp.NewAxis, jnp.All)).Add(jnp.Sum(y).Mul(col))
	}),
	"h_dict": f1(func(x A) any {
		return dict{"a": x.Pow(2), "b": tuple(jnp.Sum(x), jnp.Prod(x))}
	}),
	"h_softmax": f1(func(x A) any { return nn.Softmax(x) }),
	"h_scan": f1(func(x A) any {
		_, ys := lax.Scan(func(c, v A) (A, A) { return c.Mul(v), c.Add(v) }, number(1.0), x)
		return ys
	}),
	"h_solve":       f2(func(a, b A) any { return linalg.Solve(a, b) }),
	"h_cholesky":    f1(func(a A) any { return linalg.Cholesky(a) }),
	"h_sort":        f1(func(x A) any { return jnp.Sort(x) }),
	"h_matmul_self": f1(func(a A) any { return a.MatMul(a.T()) }),
}

// clipGrad is clip(x, -1, 1) with the tangent 2 t.
var clipGrad = gojax.CustomJVP(
	func(x A) A { return jnp.Clip(x, -1, 1) },
	func(x, t A) (A, A) { return clipGradOf(x), t.Mul(2.0) })

func clipGradOf(x A) A { return jnp.Clip(x, -1, 1) }

// softplusish is log(1 + exp(x)) with the tangent 3 t x.
var softplusish = gojax.CustomJVP(softplus, func(x, t A) (A, A) { return softplus(x), jnp.Mul(3.0, t).Mul(x) })

func softplus(x A) A { return jnp.Log1p(jnp.Exp(x)) }

// limited is an array, and the limit of its cotangent.
type limited struct{ X, Limit A }

// clipCotangent is X; its cotangent is cut to Limit.
var clipCotangent = gojax.CustomVJP(
	func(p limited) A { return p.X.Mul(1.0) },
	func(p limited) (A, A) { return p.X.Mul(1.0), p.Limit },
	func(limit, ct A) limited { return limited{jnp.Clip(ct, limit.Neg(), limit), jnp.ZerosLike(limit)} })
