package catalogue

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// smModels are products of distributed matrices, known functions of distributed arrays, and layers.
var smModels = map[string]Body{
	"matmul_psum": f2(func(p P, a, b A) any { return lax.PSum(a.MatMul(b), p.Axis...) }),
	"matmul_gather": f2(func(p P, a, b A) any {
		return lax.AllGather(a, []string(p.Axis), 0, tiled).MatMul(b)
	}),
	"matmul_scatter": f2(func(p P, a, b A) any {
		return lax.PSumScatter(a.MatMul(b), []string(p.Axis), 0, tiled)
	}),
	"matmul_ring": f2(matmulRing),
	"mlp_tp": f3(func(p P, x, w1, w2 A) any {
		return lax.PSum(jnp.Tanh(x.MatMul(w1)).MatMul(w2), p.Axis...)
	}),
	"mlp_loss": f3(func(p P, x, w, y A) any {
		pred := lax.PSum(jnp.Tanh(x).MatMul(w), p.Model...)
		return lax.PMean(pred.Sub(y).Pow(2).Mean(), p.Data...)
	}),
	"linear_loss": f3(func(p P, w, x, y A) any {
		return lax.PMean(x.MatMul(w).Sub(y).Pow(2).Mean(), p.Axis...)
	}),
	"power_iter": f2(func(p P, a, v A) any {
		v, _ = lax.ScanN(p.Steps, func(v A) (A, struct{}) {
			w := lax.AllGather(a.MatMul(v), []string(p.Axis), 0, tiled)
			return w.Div(linalg.Norm(w)), struct{}{}
		}, v)
		return v
	}),

	"softmax": f1(func(p P, x A) any {
		m := lax.PMax(gojax.StopGradient(keep.Max(x, -1)), p.Axis...)
		e := jnp.Exp(x.Sub(m))
		return e.Div(lax.PSum(keep.Sum(e, -1), p.Axis...))
	}),
	"logsumexp": f1(func(p P, x A) any { return logSumExp(p, x) }),
	"layernorm": f3(func(p P, x, g, b A) any {
		mu := lax.PMean(keep.Mean(x, -1), p.Axis...)
		v := lax.PMean(keep.Mean(x.Sub(mu).Pow(2), -1), p.Axis...)
		return x.Sub(mu).Mul(lax.Rsqrt(v.Add(1e-5))).Mul(g).Add(b)
	}),
	"batchnorm": f1(func(p P, x A) any {
		mu := lax.PMean(x.Mean(0), p.Axis...)
		v := lax.PMean(x.Mul(x).Mean(0), p.Axis...).Sub(mu.Mul(mu))
		return x.Sub(mu).Div(jnp.Sqrt(v.Add(1e-3)))
	}),
	"cumsum": f1(func(p P, x A) any {
		t := lax.AllGather(x.Sum(0), []string(p.Axis), 0)
		column := jnp.Reshape(jnp.Arange(t.Len()), append([]int{-1}, ones(t.NDim()-1)...)...)
		return x.CumSum(0).Add(jnp.Where(column.Lt(lax.AxisIndex(p.Axis...)), t, 0).Sum(0))
	}),
	"argmax": f1(func(p P, x A) any {
		m, i := x.Max(), x.ArgMax().Add(lax.AxisIndex(p.Axis...).Mul(x.Len()))
		g := lax.PMax(m, p.Axis...)
		return tuple(g, lax.PMin(jnp.Where(m.Eq(g), i, int(jnp.IInfo(i.DType()).Max)), p.Axis...))
	}),
	"histogram": f1(func(p P, x A) any {
		return lax.PSum(jnp.Creation{DType: jnp.Int32}.Zeros(p.Bins).At(x).Add(1), p.Axis...)
	}),
	"embed": f2(func(p P, table, ids A) any {
		i, ok := mine(p, ids, table.Len())
		rows := table.Index(jnp.Where(ok, i, 0))
		return lax.PSum(jnp.Where(ok.Index(jnp.Ellipsis, jnp.NewAxis), rows, 0), p.Axis...)
	}),
	"xent": f2(func(p P, logits, labels A) any {
		i, ok := mine(p, labels, logits.Shape()[1])
		picked := jnp.TakeAlongAxis(logits, column(jnp.Where(ok, i, 0)), 1).Index(jnp.All, 0)
		return logSumExp(p, logits).Sub(lax.PSum(jnp.Where(ok, picked, 0), p.Axis...))
	}),

	"halo": f1(func(p P, x A) any { return halo(x, p.Axis) }),
	"halo_open": f1(func(p P, x A) any {
		left := shiftOpen(x.Tail(1), p.Axis)
		return x.Sub(jnp.Concatenate([]A{left, x.Slice(nil, -1)}, 0))
	}),
	"halo_steps": f1(func(p P, x A) any {
		return lax.ForiLoop(0, p.Steps, func(_, c A) A { return halo(c, p.Axis) }, x)
	}),
	"moe": f2(func(p P, x, w A) any {
		t := x.Reshape(lax.AxisSize(p.Axis...), -1, x.Shape()[1])
		t = lax.AllToAll(t, []string(p.Axis), 0, 0)
		t = jnp.Tanh(jnp.Einsum("ncd,de->nce", t, w.Row(0)))
		return lax.AllToAll(t, []string(p.Axis), 0, 0).Reshape(x.Len(), -1)
	}),
	"moe_top1": f3(func(p P, x, gate, w A) any {
		mine := x.MatMul(gate).ArgMax(-1).Eq(lax.AxisIndex(p.Axis...))
		return lax.PSum(jnp.Where(column(mine), x.MatMul(w.Row(0)), 0), p.Axis...)
	}),
	"ring_attention": f3(ringAttention),
	"pipeline":       f2(pipeline),

	"rng": func(p P, a []any) any {
		x, key := array(a, 0), a[1].(random.KeyArray)
		return x.Add(random.Normal(random.FoldIn(key, lax.AxisIndex(p.Axis...)), x.Shape()...))
	},
	"rng_same": func(p P, a []any) any {
		x, key := array(a, 0), a[1].(random.KeyArray)
		return x.Mul(random.Uniform(key, x.Shape()...))
	},
	"two_axis": f1(func(p P, x A) any { return lax.PSum(x, p.A...).Sub(lax.PMean(x, p.B...)) }),
	"sum_then_gather": f1(func(p P, x A) any {
		return lax.AllGather(lax.PSum(x, p.A...), []string(p.B), 0, tiled)
	}),
	"scatter_gather": f1(func(p P, x A) any {
		return lax.AllGather(lax.PSumScatter(x, []string(p.A), 0, tiled), []string(p.B), 1, tiled)
	}),
	"partial_mm":   f2(func(p P, x, w A) any { return lax.PSum(x.MatMul(w), p.Axis...) }),
	"partial_norm": f1(func(p P, x A) any { return x.Sub(lax.PMean(x, p.Axis...)).Add(x.Max()) }),
	"partial_tanh": f2(func(p P, x, w A) any {
		return jnp.Tanh(x.MatMul(w)).Mul(lax.AxisIndex(p.Axis...).Add(1))
	}),
}

// ones are n ones.
func ones(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// column is a vector as a matrix of one column.
func column(x A) A { return x.Index(jnp.All, jnp.NewAxis) }

// matmulRing multiplies a and b, of both of which the rows are distributed; the blocks of b go around.
func matmulRing(p P, a, b A) any {
	n, i, k := lax.AxisSize(p.Axis...), lax.AxisIndex(p.Axis...), b.Len()
	type state struct{ Sum, Block A }
	start := state{jnp.Creation{DType: a.DType()}.Zeros(a.Len(), b.Shape()[1]), b}
	return lax.ForiLoop(0, n, func(t A, s state) state {
		part := lax.DynamicSliceInDim(a, i.Sub(t).Mod(n).Mul(k), k, 1)
		return state{s.Sum.Add(part.MatMul(s.Block)), ring(s.Block, p.Axis, 1)}
	}, start).Sum
}

func logSumExp(p P, x A) A {
	m := lax.PMax(gojax.StopGradient(x.Max(-1)), p.Axis...)
	e := jnp.Exp(x.Sub(m.Index(jnp.Ellipsis, jnp.NewAxis)))
	return jnp.Log(lax.PSum(e.Sum(-1), p.Axis...)).Add(m)
}

// mine are indices into a distributed axis as indices into this block of n, and whether they are within it.
func mine(p P, ids A, n int) (i, ok A) {
	i = ids.Sub(lax.AxisIndex(p.Axis...).Mul(n))
	return i, i.Ge(0).And(i.Lt(n))
}

// halo is a stencil of three points over the first axis, which ends where it begins.
func halo(x A, axis Axes) A {
	left, right := ring(x.Tail(1), axis, 1), ring(x.Head(1), axis, -1)
	p := jnp.Concatenate([]A{left, x, right}, 0)
	return jnp.Mul(0.25, p.Slice(nil, -2)).Add(jnp.Mul(0.5, p.Slice(1, -1))).Add(jnp.Mul(0.25, p.Slice(2, nil)))
}

// ringAttention is attention where each device has a part of the queries, and keys and values go around.
func ringAttention(p P, q, k, v A) any {
	type state struct{ O, L, M, K, V A }
	like := jnp.Creation{DType: q.DType()}
	s := state{like.Zeros(q.Len(), v.Shape()[1]), like.Zeros(q.Len()), like.Full([]int{q.Len()}, -1e30), k, v}
	s, _ = lax.ScanN(lax.AxisSize(p.Axis...), func(s state) (state, struct{}) {
		z := q.MatMul(s.K.T())
		m := jnp.Maximum(s.M, gojax.StopGradient(z.Max(-1)))
		e, c := jnp.Exp(z.Sub(column(m))), jnp.Exp(s.M.Sub(m))
		return state{s.O.Mul(column(c)).Add(e.MatMul(s.V)), s.L.Mul(c).Add(e.Sum(-1)), m,
			ring(s.K, p.Axis, 1), ring(s.V, p.Axis, 1)}, struct{}{}
	}, s)
	return s.O.Div(column(s.L))
}

// pipeline sends microbatches, which every device has, through layers, of which each device has one.
func pipeline(p P, x, w A) any {
	n, i, m := lax.AxisSize(p.Axis...), lax.AxisIndex(p.Axis...), x.Len()
	last := i.Eq(n - 1)
	type state struct{ Now, Out A }
	s, _ := lax.Scan(func(s state, t A) (state, struct{}) {
		in := jnp.Where(i.Eq(0), x.Row(jnp.Clip(t, 0, m-1)), s.Now)
		y := jnp.Tanh(in.MatMul(w.Row(0)))
		j := jnp.Clip(t.Sub(n-1), 0, m-1)
		out := jnp.Where(last.And(t.Ge(n-1)), s.Out.At(j).Set(y), s.Out)
		return state{ring(y, p.Axis, 1), out}, struct{}{}
	}, state{jnp.Creation{DType: x.DType()}.Zeros(x.Shape()[1]), jnp.ZerosLike(x)}, jnp.Arange(m+n-1))
	return lax.PSum(jnp.Where(last, s.Out, 0), p.Axis...)
}
