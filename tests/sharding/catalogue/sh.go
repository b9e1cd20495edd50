package catalogue

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

// Constrain is lax.WithShardingConstraint of x by the constraint of the case that has this number: x itself if the case
// has none.
type Constrain func(i int, x jnp.Array) jnp.Array

// Jitted is a function of arrays, keys and trees of them, x, which is to be jitted. p are the case's static parameters.
type Jitted func(c Constrain, p Params, x []any) any

// Params are static arguments by name, as tests/golden reads them.
type Params map[string]any

func (p Params) int(name string) int { return p[name].(int) }

// ints is the list of that name, or the number; nil where it is None.
func (p Params) ints(name string) (list []int) {
	switch v := p[name].(type) {
	case int:
		return []int{v}
	case []any:
		for _, e := range v {
			list = append(list, e.(int))
		}
	}
	return list
}

// SH are the functions sh.NAME by name.
var SH = map[string]Jitted{
	"sin_mul":  sh2(func(_ Constrain, x, y jnp.Array) any { return jnp.Sin(x).Mul(y).Add(1) }),
	"affine":   sh3(func(_ Constrain, x, y, z jnp.Array) any { return x.Mul(y).Sub(z.Div(2)) }),
	"compare":  sh2(func(_ Constrain, x, y jnp.Array) any { return jnp.Where(x.Gt(y), x, y.Neg()) }),
	"add_bias": sh2(func(_ Constrain, x, b jnp.Array) any { return x.Add(b) }),

	"outer":  sh2(func(c Constrain, x, y jnp.Array) any { return c(0, jnp.Outer(x, y)) }),
	"matmul": sh2(func(c Constrain, a, b jnp.Array) any { return c(0, a.MatMul(b)) }),
	"mlp": sh3(func(c Constrain, x, w1, w2 jnp.Array) any {
		h := c(0, jnp.Tanh(x.MatMul(w1)))
		return c(1, h.MatMul(w2))
	}),
	"einsum":    sh2(func(_ Constrain, x, y jnp.Array) any { return jnp.Einsum("bij,bjk->bik", x, y) }),
	"dot_chain": sh3(func(_ Constrain, a, b, c jnp.Array) any { return a.MatMul(b).MatMul(c) }),
	"vmap_dot": sh2(func(_ Constrain, x, y jnp.Array) any {
		dot := func(x, y jnp.Array) jnp.Array { return x.Dot(y) }
		return gojax.Vmap(dot)(x, y)
	}),
	"attention": sh3(func(c Constrain, q, k, v jnp.Array) any {
		scores := jnp.Einsum("bqd,bkd->bqk", q, k).Div(math.Sqrt(float64(q.Shape()[q.NDim()-1])))
		s := c(0, nn.Softmax(scores, -1))
		return c(1, jnp.Einsum("bqk,bkd->bqd", s, v))
	}),

	"reduce": shReduce,
	"stats": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return []any{x.Mean(0), x.Var(1), x.Max()}
	}),
	"softmax":   sh1(func(c Constrain, p Params, x jnp.Array) any { return c(0, nn.Softmax(x, p.int("axis"))) }),
	"logsumexp": sh1(func(_ Constrain, p Params, x jnp.Array) any { return nn.LogSumExp(x, p.ints("axis")...) }),
	"layernorm": sh3(func(c Constrain, x, g, b jnp.Array) any {
		keep := jnp.Reduction{KeepDims: true}
		mean, variance := keep.Mean(x, -1), keep.Var(x, -1)
		return c(0, x.Sub(mean).Div(jnp.Sqrt(variance.Add(1e-5))).Mul(g).Add(b))
	}),
	"argmax": sh1(func(_ Constrain, p Params, x jnp.Array) any {
		return []any{x.ArgMax(p.int("axis")), x.ArgMin()}
	}),

	"transpose":  sh1(func(c Constrain, _ Params, x jnp.Array) any { return c(0, x.T().Mul(2)) }),
	"transpose3": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return jnp.Transpose(x, 2, 0, 1) }),
	"reshape":    sh1(func(c Constrain, p Params, x jnp.Array) any { return c(0, x.Reshape(p.ints("shape")...)) }),
	"concat": func(c Constrain, p Params, x []any) any {
		return c(0, jnp.Concatenate([]jnp.Array{x[0].(jnp.Array), x[1].(jnp.Array)}, p.int("axis")))
	},
	"stack": sh2(func(_ Constrain, x, y jnp.Array) any { return jnp.Stack([]jnp.Array{x, y, x.Add(y)}) }),
	"split_add": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		halves := jnp.Split(x, 2, 0)
		return halves[0].Sub(halves[1])
	}),
	"flip_roll": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return jnp.Roll(jnp.Flip(x, 0), 1, 1) }),
	"pad_slice": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return jnp.Pad(x, [2]int{1, 0}, [2]int{0, 2}).Index(jnp.All, jnp.S(1, nil))
	}),
	"tril": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return jnp.Tril(x).Sub(jnp.Triu(x, 1)) }),
	"tile": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return jnp.Tile(x, 2, 1) }),
	"iota_mix": sh1(func(c Constrain, _ Params, x jnp.Array) any {
		rows := jnp.Arange(x.Len()).AsType(x.DType()).Index(jnp.All, jnp.NewAxis)
		return x.Add(rows.Mul(c(0, jnp.OnesLike(x))))
	}),
	"convert": sh1(func(_ Constrain, p Params, x jnp.Array) any {
		d, err := ir.ParseDType(p["dtype"].(string))
		if err != nil {
			panic(err)
		}
		return x.AsType(d)
	}),
	"identity": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return x }),

	"take":       sh2(func(c Constrain, x, i jnp.Array) any { return c(0, x.Index(i)) }),
	"take_along": sh2(func(_ Constrain, x, i jnp.Array) any { return jnp.TakeAlongAxis(x, i, 1) }),
	"dyn_slice": func(_ Constrain, p Params, x []any) any {
		return lax.DynamicSliceInDim(x[0].(jnp.Array), x[1].(jnp.Array), p.int("size"), 0)
	},
	"dyn_update": sh3(func(_ Constrain, x, u, i jnp.Array) any {
		return lax.DynamicUpdateSliceInDim(x, u, i, 0)
	}),
	"scatter_add": sh3(func(c Constrain, x, i, u jnp.Array) any { return c(0, x.At(i).Add(u)) }),
	"segment_sum": func(_ Constrain, p Params, x []any) any {
		return jnp.SegmentSum(x[0].(jnp.Array), x[1], p.int("n"))
	},
	"one_hot": func(_ Constrain, p Params, x []any) any {
		return nn.OneHot(x[0].(jnp.Array), p.int("n")).MatMul(x[1].(jnp.Array))
	},

	"cumsum": sh1(func(c Constrain, p Params, x jnp.Array) any { return c(0, x.CumSum(p.int("axis"))) }),
	"cumprod_rev": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return lax.CumProd(x, 0, lax.CumulativeOptions{Reverse: true})
	}),
	"sort":    sh1(func(c Constrain, p Params, x jnp.Array) any { return c(0, jnp.Sort(x, p.int("axis"))) }),
	"argsort": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return x.ArgSort(0) }),
	"top_k": sh1(func(_ Constrain, p Params, x jnp.Array) any {
		values, indices := lax.TopK(x, p.int("k"))
		return []any{values, indices}
	}),

	"conv1d": sh2(func(c Constrain, x, w jnp.Array) any {
		return c(0, lax.ConvGeneralDilated(x, w, []int{1}, lax.PadSame(),
			lax.ConvOptions{Dims: lax.ConvLayout("NCH", "OIH", "NCH")}))
	}),
	"conv2d": sh2(func(c Constrain, x, w jnp.Array) any {
		return c(0, lax.ConvGeneralDilated(x, w, []int{1, 1}, lax.PadSame(),
			lax.ConvOptions{Dims: lax.ConvLayout("NHWC", "HWIO", "NHWC")}))
	}),
	"pool": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		greater := func(a, b jnp.Array) jnp.Array { return jnp.Maximum(a, b) }
		return lax.ReduceWindow(x, math.Inf(-1), greater, []int{2, 2}, []int{2, 2}, lax.PadValid())
	}),
	"fft": sh1(func(_ Constrain, _ Params, x jnp.Array) any { return jnp.Abs(fft.RFFT(x, 1)) }),
	"cholesky": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return linalg.Cholesky(x.MatMul(jnp.SwapAxes(x, -1, -2)).Add(shEye(x).Mul(3)))
	}),
	"solve": sh2(func(_ Constrain, a, b jnp.Array) any { return linalg.Solve(a.Add(shEye(a).Mul(4)), b) }),

	"scan_carry": sh2(func(c Constrain, x, w jnp.Array) any {
		last, sums := lax.Scan(func(h, t jnp.Array) (jnp.Array, jnp.Array) {
			return c(0, jnp.Tanh(h.MatMul(w))).Add(t), h.Sum()
		}, x, jnp.Arange(3.0))
		return []any{last, sums}
	}),
	"scan_rows": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		last, all := lax.Scan(func(c, row jnp.Array) (jnp.Array, jnp.Array) {
			return c.Mul(0.5).Add(row), c
		}, jnp.ZerosLike(x.Row(0)), x)
		return []any{last, all}
	}),
	"fori": sh1(func(_ Constrain, p Params, x jnp.Array) any {
		return lax.ForiLoop(0, p.int("n"), func(i, c jnp.Array) jnp.Array { return c.Add(jnp.Sin(c).Mul(i)) }, x)
	}),
	"while_sum": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return lax.WhileLoop(func(c jnp.Array) jnp.Array { return jnp.Abs(c).Sum().Gt(4) },
			func(c jnp.Array) jnp.Array { return c.Mul(0.5) }, x)
	}),
	"cond": sh1(func(_ Constrain, _ Params, x jnp.Array) any {
		return lax.Cond(x.Sum().Gt(0), func() jnp.Array { return x.Mul(2) }, func() jnp.Array { return x.Sub(1) })
	}),

	"uniform": shKey(func(c Constrain, p Params, k random.KeyArray, _ ...jnp.Array) any {
		return c(0, random.Uniform(k, p.ints("shape")...))
	}),
	"normal_add": shKey(func(c Constrain, _ Params, k random.KeyArray, x ...jnp.Array) any {
		return x[0].Add(c(0, random.Normal(k, x[0].Shape()...)))
	}),
	"bits": shKey(func(_ Constrain, p Params, k random.KeyArray, _ ...jnp.Array) any {
		return random.Bits(k, p.ints("shape")...)
	}),
	"permutation": shKey(func(_ Constrain, _ Params, k random.KeyArray, x ...jnp.Array) any {
		return random.Permutation(k, x[0])
	}),
	"dropout": shKey(func(_ Constrain, _ Params, k random.KeyArray, x ...jnp.Array) any {
		return jnp.Where(random.Bernoulli(k, 0.6, x[0].Shape()...), x[0].Div(0.6), 0)
	}),
	"split_keys": shKey(func(_ Constrain, _ Params, k random.KeyArray, x ...jnp.Array) any {
		noisy := func(k random.KeyArray, row jnp.Array) jnp.Array { return row.Add(random.Normal(k, row.Shape()...)) }
		return gojax.Vmap(noisy)(random.Split(k, x[0].Len()), x[0])
	}),

	"vmap_constraint": sh1(func(c Constrain, _ Params, x jnp.Array) any {
		f := func(r jnp.Array) jnp.Array { return c(0, jnp.Sin(r)) }
		return gojax.Vmap(f, gojax.InAxes(1), gojax.OutAxes(1))(x)
	}),
	"grad_loss": sh3(func(c Constrain, w, x, y jnp.Array) any {
		return gojax.Grad(func(w jnp.Array) jnp.Array {
			return c(0, jnp.Tanh(x.MatMul(w))).Sub(y).Pow(2).Mean()
		})(w)
	}),
	"value_grad": sh2(func(_ Constrain, w, x jnp.Array) any {
		value, grad := gojax.ValueAndGrad(func(w jnp.Array) jnp.Array {
			return nn.Softmax(x.MatMul(w), -1).Index(jnp.All, 0).Sum()
		})(w)
		return []any{value, grad}
	}),
	"jvp_constraint": sh2(func(c Constrain, x, t jnp.Array) any {
		y, ty := gojax.JVP(func(v jnp.Array) jnp.Array { return c(0, jnp.Sin(v).Mul(v)) }, x, t)
		return []any{y, ty}
	}),
	"sgd_step": shSGDStep,
}

// shReduce is the reduction of that name over axes, None being all.
func shReduce(_ Constrain, p Params, x []any) any {
	reductions := map[string]func(x jnp.Array, axes ...int) jnp.Array{
		"sum": jnp.Sum, "mean": jnp.Mean, "prod": jnp.Prod, "max": jnp.Max, "min": jnp.Min, "any": jnp.Any,
		"std": jnp.Std,
	}
	return reductions[p["op"].(string)](x[0].(jnp.Array), p.ints("axis")...)
}

// shSGDStep is a step of gradient descent with a layer of parameters.
func shSGDStep(_ Constrain, _ Params, args []any) any {
	type params struct{ W, B jnp.Array }
	d, x, y := args[0].(map[string]any), args[1].(jnp.Array), args[2].(jnp.Array)
	p := params{d["w"].(jnp.Array), d["b"].(jnp.Array)}
	loss, g := gojax.ValueAndGrad(func(p params) jnp.Array {
		return jnp.Tanh(x.MatMul(p.W)).Add(p.B).Sub(y).Pow(2).Mean()
	})(p)
	step := func(p, g jnp.Array) jnp.Array { return p.Sub(g.Mul(0.1)) }
	return []any{map[string]any{"w": step(p.W, g.W), "b": step(p.B, g.B)}, loss}
}

// shEye is the identity as large as the last two axes of x.
func shEye(x jnp.Array) jnp.Array { return jnp.Creation{DType: x.DType()}.Eye(x.Shape()[x.NDim()-1]) }

// Functions of one, two and three arrays, and of a key and arrays.

func sh1(f func(c Constrain, p Params, x jnp.Array) any) Jitted {
	return func(c Constrain, p Params, x []any) any { return f(c, p, x[0].(jnp.Array)) }
}

func sh2(f func(c Constrain, x, y jnp.Array) any) Jitted {
	return func(c Constrain, _ Params, x []any) any { return f(c, x[0].(jnp.Array), x[1].(jnp.Array)) }
}

func sh3(f func(c Constrain, x, y, z jnp.Array) any) Jitted {
	return func(c Constrain, _ Params, x []any) any {
		return f(c, x[0].(jnp.Array), x[1].(jnp.Array), x[2].(jnp.Array))
	}
}

func shKey(f func(c Constrain, p Params, k random.KeyArray, x ...jnp.Array) any) Jitted {
	return func(c Constrain, p Params, x []any) any {
		var arrays []jnp.Array
		for _, e := range x[1:] {
			arrays = append(arrays, e.(jnp.Array))
		}
		return f(c, p, x[0].(random.KeyArray), arrays...)
	}
}
