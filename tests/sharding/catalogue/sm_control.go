package catalogue

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// counted is the carry of a loop that counts.
type counted struct{ X, N A }

var smControl = map[string]Body{
	"scan_mean": f1(func(p P, x A) any {
		x, _ = lax.ScanN(p.Steps, func(c A) (A, struct{}) {
			return jnp.Sin(c).Add(lax.PMean(c, p.Axis...)), struct{}{}
		}, x)
		return x
	}),
	"scan_rows": f1(func(p P, x A) any {
		_, y := lax.Scan(func(c, row A) (A, A) {
			c = jnp.Mul(0.5, c).Add(lax.PSum(row, p.Axis...))
			return c, jnp.Tanh(c).Add(row)
		}, jnp.ZerosLike(x.Row(0)), x)
		return y
	}),
	"scan_nested": f1(func(p P, x A) any {
		c, s := lax.ScanN(2, func(c A) (A, A) {
			c, s := lax.Scan(func(c, r A) (A, A) {
				return c.Add(lax.PMean(r, p.Axis...).Mul(0.1)), r.Mul(c).Sum()
			}, c, x)
			return jnp.Tanh(c), s
		}, jnp.OnesLike(x.Row(0)))
		return tuple(c, s)
	}),
	"while_norm": f1(func(p P, x A) any {
		c := lax.WhileLoop(
			func(c counted) A { return lax.PSum(c.X.Abs().Sum(), p.Axis...).Gt(p.Limit) },
			func(c counted) counted { return counted{c.X.Mul(0.5), c.N.Add(1)} },
			counted{x, jnp.AsArray(0)})
		return tuple(c.X, c.N)
	}),
	"cond_sum": f1(func(p P, x A) any {
		return lax.CondWith(lax.PSum(x.Sum(), p.Axis...).Gt(0),
			func(v A) A { return v.Mul(2).Add(lax.PSum(v, p.Axis...)) },
			func(v A) A { return v.Neg().Add(lax.PMax(v, p.Axis...)) }, x)
	}),
	"cond_index": f1(func(p P, x A) any {
		return lax.CondWith(lax.AxisIndex(p.Axis...).Mod(2).Eq(0), jnp.Sin, func(v A) A { return v.Mul(3) }, x)
	}),
	"switch_index": f1(func(p P, x A) any {
		return lax.Switch(lax.AxisIndex(p.Axis...).Mod(3), func() A { return x }, func() A { return x.Mul(x) },
			func() A { return x.CumSum(0) })
	}),
	"local_while": f1(func(p P, x A) any {
		return lax.WhileLoop(
			func(c counted) A { return c.N.Lt(lax.AxisIndex(p.Axis...)) },
			func(c counted) counted { return counted{c.X.Mul(1.5).Add(1), c.N.Add(1)} },
			counted{x, jnp.AsArray(0)}).X
	}),
	"remat_tanh": f1(func(p P, x A) any {
		return gojax.Checkpoint(func(v A) A { return jnp.Tanh(lax.PSum(v, p.Axis...)).Mul(v) })(x)
	}),
}

// smVmap map within the body; the mapped axis is "v".
var smVmap = map[string]Body{
	"vmap_psum": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return lax.PSum(r, p.Axis...) })(x)
	}),
	"vmap_center": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return r.Sub(lax.PMean(r.Mean(), p.Axis...)) }, gojax.InAxes(1),
			gojax.OutAxes(1))(x)
	}),
	"vmap_both": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return r.Sub(lax.PSum(r, append([]string(p.Axis), "v")...).Div(8)) },
			gojax.AxisName("v"))(x)
	}),
	"vmap_named": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A {
			return lax.PSum(r, "v").Mul(lax.AxisIndex(p.Axis...)).Add(lax.AxisIndex("v"))
		}, gojax.AxisName("v"))(x)
	}),
	"vmap_gather": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return lax.AllGather(r, []string(p.Axis), 0, tiled) }, gojax.InAxes(1),
			gojax.OutAxes(1))(x)
	}),
	"vmap_gather_new": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return lax.AllGather(r, []string(p.Axis), 0) }, gojax.OutAxes(1))(x)
	}),
	"vmap_scatter": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return lax.PSumScatter(r, []string(p.Axis), 0, tiled) })(x)
	}),
	"vmap_a2a": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return lax.AllToAll(r, []string(p.Axis), 0, 0, tiled) })(x)
	}),
	"vmap_ring": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return ring(r, p.Axis, 1) })(x)
	}),
	"vmap_scale": f2(func(p P, x, s A) any {
		return gojax.Vmap(func(r, k A) A { return lax.PMean(r, p.Axis...).Mul(k) }, gojax.InAxes(0, nil))(x, s)
	}),
	"vmap_grad": f1(func(p P, x A) any {
		return gojax.Vmap(gojax.Grad(func(r A) A { return jnp.Sin(r).Mul(lax.AxisIndex(p.Axis...)).Sum() }))(x)
	}),
	"vmap_cond": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A {
			y := lax.CondWith(r.Sum().Gt(0), func(v A) A { return v }, func(v A) A { return jnp.Mul(-2, v) }, r)
			return y.Add(lax.PSum(r, p.Axis...))
		})(x)
	}),
}

// smInside are losses whose gradient is taken within the body.
var smInside = map[string]Body{
	"in_square":       f1(func(p P, x A) any { return lax.PSum(x.Pow(2).Sum(), p.Axis...) }),
	"in_mean":         f1(func(p P, x A) any { return lax.PMean(jnp.Sin(x).Sum(), p.Axis...) }),
	"in_local":        f1(func(p P, x A) any { return x.Pow(3).Sum() }),
	"in_weight":       f2(func(p P, w, x A) any { return lax.PSum(jnp.Tanh(x.MatMul(w)).Sum(), p.Axis...) }),
	"in_weight_mean":  f2(func(p P, w, x A) any { return lax.PMean(x.MatMul(w).Pow(2).Mean(), p.Axis...) }),
	"in_weight_local": f2(func(p P, w, x A) any { return jnp.Tanh(x.MatMul(w)).Sum() }),
	"in_gather": f1(func(p P, x A) any {
		return jnp.Cos(lax.AllGather(x, []string(p.Axis), 0, tiled)).Mul(0.5).Sum()
	}),
	"in_scatter": f1(func(p P, x A) any {
		return lax.PSumScatter(x, []string(p.Axis), 0, tiled).Pow(2).Sum()
	}),
	"in_ring": f1(func(p P, x A) any { return x.Mul(ring(x, p.Axis, 1)).Sum() }),
	"in_a2a": f1(func(p P, x A) any {
		return jnp.Sin(lax.AllToAll(x, []string(p.Axis), 0, 0, tiled)).Mul(x).Sum()
	}),
	"in_mlp": f3(func(p P, w1, w2, x A) any {
		return lax.PMean(jnp.Tanh(x.MatMul(w1)).MatMul(w2).Pow(2).Mean(), p.Axis...)
	}),
	"in_varying": f2(func(p P, w, x A) any { return lax.PCast(w, p.Axis...).Mul(x).Sum() }),
	"vary":       f1(func(p P, x A) any { return lax.PSum(lax.PCast(x, p.Axis...).Mul(2), p.Axis...) }),
	"gather_loss": f1(func(p P, x A) any {
		return lax.PMean(lax.AllGather(x, []string(p.Axis), 0).Pow(2).Sum(), p.Axis...)
	}),
}
