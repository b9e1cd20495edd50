package catalogue

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// PM are functions of gojax.Pmap, whose axis is P.Axis.
var PM = map[string]Body{
	"square": f1(func(p P, x A) any { return x.Mul(x).Add(1) }),
	"add":    f2(func(p P, x, y A) any { return x.Add(y) }),
	"scale_tree": func(p P, a []any) any {
		d, s := a[0].(dict), array(a, 1)
		u, _ := d["a"].(A) // one that is not there is an array that was never set
		v, _ := d["b"].(A)
		return dict{"p": u.Mul(s), "q": tuple(v.Add(s), u.Sub(1))}
	},
	"psum":         f1(func(p P, x A) any { return lax.PSum(x, p.Axis...) }),
	"center":       f1(func(p P, x A) any { return x.Sub(lax.PMean(x, p.Axis...)) }),
	"normalize":    f1(func(p P, x A) any { return x.Div(lax.PSum(x.Sum(), p.Axis...)) }),
	"maxmin":       f1(func(p P, x A) any { return tuple(lax.PMax(x, p.Axis...), lax.PMin(x, p.Axis...)) }),
	"ring":         f1(func(p P, x A) any { return ring(x, p.Axis, 1) }),
	"index":        f1(func(p P, x A) any { return x.Add(lax.AxisIndex(p.Axis...)) }),
	"gather":       f1(func(p P, x A) any { return lax.AllGather(x, []string(p.Axis), 0) }),
	"gather_tiled": f1(func(p P, x A) any { return lax.AllGather(x, []string(p.Axis), 0, tiled) }),
	"a2a":          f1(func(p P, x A) any { return lax.AllToAll(x, []string(p.Axis), 0, 0) }),
	"scatter":      f1(func(p P, x A) any { return lax.PSumScatter(x, []string(p.Axis), 0, tiled) }),
	"matmul":       f2(func(p P, a, b A) any { return a.MatMul(b) }),
	"matmul_psum":  f2(func(p P, a, b A) any { return lax.PSum(a.MatMul(b), p.Axis...) }),
	"softmax": f1(func(p P, x A) any {
		e := jnp.Exp(x.Sub(lax.PMax(x.Max(), p.Axis...)))
		return e.Div(lax.PSum(e.Sum(), p.Axis...))
	}),
	"power": func(p P, a []any) any { return array(a, 0).Pow(a[1]).Add(lax.AxisSize(p.Axis...)) },
	"poly": func(p P, a []any) any {
		x, k := array(a, 0), a[2]
		if a[1] == "sin" {
			return jnp.Sin(x).Mul(k)
		}
		return x.Sub(k)
	},
	"scan": f1(func(p P, x A) any {
		c, y := lax.Scan(func(c, t A) (A, A) { return jnp.Tanh(c.Add(lax.PMean(t, p.Axis...))), c },
			jnp.ZerosLike(x.Row(0)), x)
		return tuple(c, y)
	}),
	"cond": f1(func(p P, x A) any {
		return lax.CondWith(lax.AxisIndex(p.Axis...).Mod(2).Eq(0), func(v A) A { return v.Add(1) },
			func(v A) A { return v.Mul(10) }, x)
	}),
	"noise": func(p P, a []any) any {
		x := array(a, 1)
		return x.Add(random.Normal(a[0].(random.KeyArray), x.Shape()...))
	},
	"sgd": f3(func(p P, w, x, y A) any {
		l, g := gojax.ValueAndGrad(func(w A) A { return x.MatMul(w).Sub(y).Pow(2).Mean() })(w)
		return tuple(w.Sub(jnp.Mul(0.1, lax.PMean(g, p.Axis...))), lax.PMean(l, p.Axis...))
	}),
	"grad_psum": f1(func(p P, x A) any {
		return gojax.Grad(func(v A) A { return lax.PSum(v.Pow(2).Sum(), p.Axis...) })(x)
	}),
	"vmap_inner": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A { return r.Sub(lax.PSum(r.Sum(), p.Axis...)) })(x)
	}),
	"vmap_both": f1(func(p P, x A) any {
		return gojax.Vmap(func(r A) A {
			return lax.PSum(r, append([]string(p.Axis), "v")...).Add(lax.AxisIndex("v"))
		}, gojax.AxisName("v"))(x)
	}),
	"two":   f2(func(p P, x, y A) any { return tuple(lax.PSum(x, p.Axis...), y.Mul(2)) }),
	"ints":  f1(func(p P, x A) any { return lax.PSum(x, p.Axis...).Sub(x) }),
	"const": f1(func(p P, x A) any { return jnp.Ones(3) }),
}
