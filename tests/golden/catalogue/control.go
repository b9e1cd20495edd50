package catalogue

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	sparse "github.com/gojax/gojax/scipy/sparse/linalg"
)

var controlFunctions = map[string]Func{
	"c_cond": f2(func(x, p A) any {
		return lax.CondWith(p, func(a A) A { return a.Mul(2) }, func(a A) A { return a.Sub(1) }, x)
	}),
	"c_cond_multi": f3(func(x, y, p A) any {
		r := lax.CondWith(p,
			func(a [2]A) [2]A { return [2]A{a[0].Add(a[1]), a[0]} },
			func(a [2]A) [2]A { return [2]A{a[0].Mul(a[1]), a[1]} },
			[2]A{x, y})
		return tuple(r[0], r[1])
	}),
	"c_cond_noarg": f2(func(x, p A) any {
		return lax.Cond(p.Gt(0), func() A { return x.Sum() }, func() A { return x.Max() })
	}),
	"c_switch": f2(func(x, i A) any {
		return lax.Switch(i.Sub(1), func() A { return jnp.Sin(x) }, func() A { return jnp.Cos(x) },
			func() A { return x.Mul(0) })
	}),
	"c_while": f1(func(x A) any {
		c := lax.WhileLoop(
			func(c counted) A { return c.X.Lt(10) },
			func(c counted) counted { return counted{c.X.Mul(2), c.N.Add(1)} },
			counted{x, number(0)})
		return tuple(c.X, c.N)
	}),
	"c_while_dict": f2(func(x, k A) any {
		type state = map[string]A
		s := lax.WhileLoop(
			func(s state) A { return s["i"].Lt(k) },
			func(s state) state { return state{"i": s["i"].Add(1), "v": s["v"].Mul(1.1)} },
			state{"i": number(0), "v": x})
		return dict{"i": s["i"], "v": s["v"]}
	}),
	"c_while_zero_trip": f1(func(x A) any {
		return lax.WhileLoop(func(c A) A { return jnp.AsArray(false) }, func(c A) A { return c.Add(1) }, x)
	}),
	"c_gcd": f2(func(a, b A) any {
		return lax.WhileLoop(
			func(c [2]A) A { return c[1].Ne(0) },
			func(c [2]A) [2]A { return [2]A{c[1], c[0].Mod(c[1])} },
			[2]A{a, b})[0]
	}),
	"c_fori": f1(func(x A) any {
		return lax.ForiLoop(0, 5, func(i, c A) A { return c.Mul(0.9).Add(i) }, x)
	}),
	"c_fori_dyn": f3(func(x, lo, hi A) any {
		return lax.ForiLoop(lo, hi, func(i, c A) A { return c.Add(i) }, x)
	}),
	"c_fori_at": f1(func(x A) any {
		return lax.ForiLoop(1, x.Len(), func(i, a A) A { return a.At(i).Add(a.Index(i.Sub(1))) }, x)
	}),
	"c_fori_power": f1(func(a A) any {
		return lax.ForiLoop(0, 10, func(i, v A) A {
			w := a.MatMul(v)
			return w.Div(linalg.Norm(w))
		}, jnp.Ones(a.Len()))
	}),

	"c_scan": f1(func(xs A) any {
		return scanned(lax.Scan(func(c, x A) (A, A) { return c.Add(x), c.Mul(x) }, jnp.Zeros(xs.Shape()[1]), xs))
	}),
	"c_scan_rev": f1(scanReverse),
	"c_scan_length": f1(func(x A) any {
		return scanned(
			lax.Scan(func(c A, _ struct{}) (A, A) { return c.Mul(1.5), c }, x, struct{}{}, lax.ScanOptions{Length: 4}))
	}),
	"c_scan_tuple": f2(func(a, b A) any {
		c, ys := lax.Scan(func(c, x [2]A) ([2]A, map[string]A) {
			return [2]A{c[0].Add(x[0]), c[1].Mul(0.5).Add(x[1])}, map[string]A{"p": c[0], "q": x[1].Sum()}
		}, [2]A{number(0.0), jnp.Ones(b.Shape()[1])}, [2]A{a, b})
		return tuple(tuple(c[0], c[1]), dict{"p": ys["p"], "q": ys["q"]})
	}),
	"c_scan_unroll": f1(func(xs A) any {
		return scanned(
			lax.Scan(func(c, x A) (A, A) { return jnp.Sin(c).Add(x), c }, number(0.1), xs, lax.ScanOptions{Unroll: 2}))
	}),
	"c_scan_empty": f1(func(xs A) any {
		return scanned(lax.Scan(func(c, x A) (A, A) { return c.Add(x), x.Mul(2) }, jnp.Ones(3), xs))
	}),
	"c_scan_fib": f1(func(xs A) any {
		_, ys := lax.Scan(func(c [2]A, _ A) ([2]A, A) { return [2]A{c[1], c[0].Add(c[1])}, c[0] },
			[2]A{number(0), number(1)}, xs)
		return ys
	}),
	"c_scan_cond": f1(func(xs A) any {
		return scanned(lax.Scan(func(c, x A) (A, A) {
			return lax.Cond(x.Sum().Gt(0), func() A { return c.Add(1) }, func() A { return c }), c
		}, number(0), xs))
	}),
	"c_scan_nested": f1(func(a A) any {
		return scanned(lax.Scan(func(c, row A) (A, A) {
			return lax.Scan(func(d, e A) (A, A) { return d.Add(e), d }, c, row)
		}, number(0.0), a))
	}),

	"c_map": f1(func(xs A) any { return lax.Map(func(x A) A { return jnp.CumSum(x) }, xs) }),
	"c_map_batched": f1(func(xs A) any {
		return lax.Map(func(x A) A { return x.Mul(x.Sum()) }, xs, lax.MapOptions{BatchSize: 2})
	}),
	"c_map_tuple": f2(func(a, b A) any {
		return lax.Map(func(t [2]A) A { return t[0].Mul(t[1]) }, [2]A{a, b})
	}),
	"c_assoc_add": f1(func(x A) any { return lax.AssociativeScan(add, x) }),
	"c_assoc_max_axis": f1(func(a A) any {
		return lax.AssociativeScan(func(x, y A) A { return jnp.Maximum(x, y) }, a, lax.AssociativeScanOptions{Axis: 1})
	}),
	"c_assoc_rev": f1(func(x A) any { return lax.AssociativeScan(add, x, lax.AssociativeScanOptions{Reverse: true}) }),
	"c_assoc_linrec": f2(func(a, b A) any {
		r := lax.AssociativeScan(func(p, q [2]A) [2]A {
			return [2]A{p[0].Mul(q[0]), p[1].Mul(q[0]).Add(q[1])}
		}, [2]A{a, b})
		return tuple(r[0], r[1])
	}),
	"c_assoc_matmul": f1(func(m A) any { return lax.AssociativeScan(jnp.MatMul, m) }),

	"c_jit_static": f1(func(x A) any {
		return gojax.Jit(func(a A, k int) A { return a.Pow(k) })(x, 3)
	}),
	"c_custom_root": f1(func(x A) any {
		return gojax.CustomRoot(
			func(y A) A { return y.Pow(3).Sub(x.Mul(x).Add(1)) },
			jnp.OnesLike(x),
			func(f func(A) A, y A) A {
				return lax.ForiLoop(0, 40, func(i, y A) A { return y.Sub(f(y).Div(jnp.Mul(3, y.Pow(2)))) }, y)
			},
			func(g func(A) A, y A) A { return y.Div(g(jnp.OnesLike(y))) })
	}),
	"c_cg": f2(func(a, b A) any {
		return sparse.Krylov[A]{MaxIter: 50}.CG(func(v A) A { return a.MatMul(v) }, b)
	}),
	"c_newton": f1(func(x A) any {
		type state struct{ Y, N, Target A }
		return lax.WhileLoop(
			func(s state) A { return jnp.Any(jnp.Abs(s.Y.Pow(2).Sub(s.Target)).Gt(1e-5)).And(s.N.Lt(50)) },
			func(s state) state {
				return state{jnp.Mul(0.5, s.Y.Add(s.Target.Div(s.Y))), s.N.Add(1), s.Target}
			},
			state{jnp.OnesLike(x), number(0), jnp.Abs(x).Add(1)}).Y
	}),
	"c_odeint_euler": f2(func(y, k A) any {
		return scanned(lax.Scan(func(y, t A) (A, A) {
			return y.Add(jnp.Mul(0.1, k.Neg().Mul(y).Add(t))), y
		}, y, jnp.Arange(5.0)))
	}),
	"c_cond_in_while": f1(func(x A) any {
		return lax.WhileLoop(
			func(c counted) A { return c.N.Lt(4) },
			func(c counted) counted {
				y := lax.CondWith(c.N.Mod(2).Eq(0), func(a A) A { return a.Add(1) }, func(a A) A { return a.Mul(2) },
					c.X)
				return counted{y, c.N.Add(1)}
			},
			counted{x, number(0)}).X
	}),
	"c_select": f1(func(x A) any {
		return tuple(lax.Select(x.Gt(0), x, x.Neg()), lax.Clamp(-1, x, 1))
	}),
	"c_scan_rng": f1(func(kd A) any {
		_, ys := lax.Scan(func(k random.KeyArray, _ struct{}) (random.KeyArray, A) {
			ks := random.Split(k)
			return ks.Index(0), random.Normal(ks.Index(1))
		}, random.WrapKeyData(kd), struct{}{}, lax.ScanOptions{Length: 3})
		return ys
	}),
	"c_sgd": f1(func(x A) any {
		return lax.ForiLoop(0, 20, func(i, w A) A {
			g := gojax.Grad(func(w A) A { return squareSum(w.Sub(x)) })(w)
			return w.Sub(jnp.Mul(0.1, g))
		}, jnp.ZerosLike(x))
	}),
}

// errorFunctions fail.
var errorFunctions = map[string]Func{
	"ce_cond_mismatch": f1(func(x A) any {
		return lax.CondWith(x.Index(0).Gt(0), func(a A) A { return a }, func(a A) A { return a.Index(jnp.S(nil, 1)) },
			x)
	}),
	"ce_cond_dtype": f1(func(x A) any {
		return lax.CondWith(x.Index(0).Gt(0), func(a A) A { return a }, func(a A) A { return a.AsType(jnp.Int32) }, x)
	}),
	"ce_while_carry": f1(func(x A) any {
		return lax.WhileLoop(func(c A) A { return c.Sum().Lt(3) }, func(c A) A { return c.Index(jnp.S(nil, 1)) }, x)
	}),
	"ce_while_pred": f1(func(x A) any {
		return lax.WhileLoop(func(c A) A { return c }, func(c A) A { return c }, x)
	}),
	"ce_scan_carry": f1(func(x A) any {
		return scanned(lax.Scan(func(c, v A) (A, A) { return c.AsType(jnp.Int32), v }, x.Index(0), x))
	}),
	"ce_scan_len": f1(func(x A) any {
		return scanned(lax.Scan(func(c, v A) (A, A) { return c, v }, number(0.0), x, lax.ScanOptions{Length: 99}))
	}),
	"ce_scan_xs": f1(func(x A) any {
		c, v := lax.Scan(func(c A, v [2]A) (A, [2]A) { return c, v }, number(0.0), [2]A{x, x.Index(jnp.S(nil, 1))})
		return tuple(c, tuple(v[0], v[1]))
	}),
	"ce_switch_empty": f1(func(x A) any { return lax.Switch[A](number(0)) }),
	"ce_bool_tracer": f1(func(x A) any {
		return gojax.Jit(func(a A) A {
			if jnp.ItemOf[bool](a.Sum().Gt(0)) {
				return a
			}
			return a.Neg()
		})(x)
	}),
	"ce_float_tracer": f1(func(x A) any {
		return gojax.Jit(func(a A) A { return jnp.AsArray(a.Index(0).Item()) })(x)
	}),
	"ce_nonzero_jit": f1(func(x A) any {
		return gojax.Jit(func(a A) []A { return jnp.Nonzero(a) })(x)
	}),
	"ce_dyn_shape": f1(func(x A) any {
		return gojax.Jit(func(a, k A) A { return jnp.Zeros(jnp.ItemOf[int](k)) })(x, number(3))
	}),
	"ce_leak_index": f1(func(x A) any {
		return gojax.Jit(func(a, i A) A { return number([]int{1, 2, 3}[jnp.ItemOf[int](i)]) })(x, number(1))
	}),
	"ce_np_tracer": f1(func(x A) any {
		return gojax.Jit(func(a A) A {
			s := jnp.ToSlice[float32](a)
			for i, v := range s {
				s[i] = float32(math.Sin(float64(v)))
			}
			return jnp.FromSlice(s)
		})(x)
	}),
	"ce_cond_pred_shape": f1(func(x A) any {
		return lax.CondWith(x.Gt(0), func(a A) A { return a }, func(a A) A { return a }, x)
	}),
}
