package shard_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	sparse "github.com/gojax/gojax/scipy/sparse/linalg"
	"github.com/gojax/gojax/tests/fails"
)

func weights() A { return jnp.FromSlice([]float32{0.5, -1, 2}) }
func rows() A    { return jnp.Arange(24.0).Reshape(8, 3).Div(8).Sub(1) }

func local(w, x A) A { return jnp.Tanh(x.MatMul(w)).Square().Sum() }
func loss(w, x A) A  { return lax.PMean(local(w, x), "x") }
func sum(x A) A      { return lax.PSum(x.Sum(), "x") }
func vary(x A) A     { return lax.PCast(x, "x") }

// wrt is the gradient with respect to w, with x from outside of the function.
func wrt(f func(w, x A) A) func(w, x A) []A {
	return func(w, x A) []A { return []A{gojax.Grad(func(w A) A { return f(w, x) })(w)} }
}

type pair struct{ A, B A }

// inside are functions of weights that all devices have and rows that are cut along "x", and what jax.shard_map with
// check_vma=True returns for them.
var inside = []struct {
	name string
	f    func(w, x A) []A
	want string
}{
	{"grad of mean", func(w, x A) []A { return []A{gojax.Grad2(loss)(w, x)} }, "0.44132 0.452334 0.463348"},
	{"grad of local", func(w, x A) []A { return []A{gojax.Grad2(local)(w, x)} }, "1.76528 1.80934 1.85339"},
	{"grad twice", wrt(func(w, x A) A { return gojax.Grad2(loss)(w, x).Square().Sum() }),
		"-0.962666 -1.0389 -1.11513"},
	{"hessian", func(w, x A) []A { return []A{gojax.Hessian(func(w A) A { return loss(w, x) })(w)} },
		"-0.323383 -0.354203 -0.385022 -0.354203 -0.382334 -0.410466 -0.385022 -0.410466 -0.43591"},
	{"jvp of grad", func(w, x A) []A {
		_, t := gojax.JVP(func(w A) A { return gojax.Grad2(loss)(w, x) }, w, jnp.Cos(w))
		return []A{t}
	}, "-0.314946 -0.346604 -0.378262"},
	{"jacobians", func(w, x A) []A {
		f := func(w A) A { return lax.PSum(w.Mul(x.Sum(0)), "x") }
		return []A{gojax.JacRev(f)(w), gojax.JacFwd(f)(w)}
	}, "2.5 0 0 0 3.5 0 0 0 4.5 2.5 0 0 0 3.5 0 0 0 4.5"},
	{"pull", func(w, x A) []A {
		_, pull := gojax.VJP(func(w A) A { return x.MatMul(w) }, w)
		return []A{pull(x.Sum(1))}
	}, "21 22.3125 23.625"},
	{"descent", func(w, x A) []A {
		w, l := lax.ScanN(3, func(w A) (A, A) {
			l, g := gojax.ValueAndGrad2(loss)(w, x)
			return w.Sub(g.Mul(0.1)), l
		}, w)
		return []A{w, l}
	}, "0.351189 -1.15372 1.84136 1.16101 1.09593 1.01339"},
	{"scan", wrt(func(w, x A) A {
		c, _ := lax.Scan(func(c, r A) (A, struct{}) { return jnp.Tanh(c.Mul(w).Add(r)), struct{}{} }, jnp.Zeros(3), x)
		return sum(c)
	}), "-0.343057 0.12069 -0.0648861"},
	{"scan of sums", wrt(func(w, x A) A {
		c, ys := lax.Scan(func(c, r A) (A, A) {
			return jnp.Tanh(c.Mul(w).Add(lax.PSum(r.Mul(w), "x"))), c.Sum()
		}, w, x)
		return c.Sum().Add(ys.Sum())
	}), "3.06334 0.0930724 1.00002"},
	{"loop", wrt(func(w, x A) A { // the carry varies after the first step: JAX wants it cast
		return sum(lax.ForiLoop(0, 3, func(i, c A) A { return jnp.Sin(c.Mul(x.Sum(0)).Add(w.Mul(i))) }, w))
	}), "-2.30035 -0.0788051 27.958"},
	{"cond that differs", wrt(func(w, x A) A {
		return sum(lax.Cond(lax.AxisIndex("x").Mod(2).Eq(0), func() A { return jnp.Sin(w) },
			func() A { return w.Square().Mul(3) }))
	}), "7.75517 -10.9194 23.1677"},
	{"cond of which one branch varies", wrt(func(w, x A) A {
		return sum(lax.Cond(sum(x).Gt(0), func() A { return jnp.Sin(w) }, func() A { return w.Mul(x.Sum(0)) }))
	}), "3.51033 2.16121 -1.66459"},
	{"checkpoint", func(w, x A) []A {
		f := gojax.Checkpoint(func(w A) A { return loss(w, x) })
		return []A{gojax.Grad(f)(w), gojax.Jit(gojax.Grad2(loss))(w, x), gojax.Grad2(gojax.Jit(loss))(w, x)}
	}, "0.44132 0.452334 0.463348 0.44132 0.452334 0.463348 0.44132 0.452334 0.463348"},
	{"one function on both", wrt(func(w, x A) A {
		f := gojax.Jit(func(a, b A) A { return jnp.Sin(a.Mul(b)).Sum() })
		return lax.PSum(f(w, x), "x").Add(f(w, w))
	}), "2.78154 -0.959338 -6.34481"},
	{"vmap of grad", func(w, x A) []A {
		return []A{gojax.Vmap(gojax.Grad2(loss), gojax.InAxes(0, nil))(jnp.Stack([]A{w, w.Mul(2)}), x)}
	}, "0.44132 0.452334 0.463348 0.138985 0.139311 0.139636"},
	{"grad of vmap", wrt(func(w, x A) A {
		return sum(gojax.Vmap(func(r A) A { return jnp.Sin(r.MatMul(w)) })(x))
	}), "-3.31345 -3.08054 -2.84763"},
	{"CustomJVP", wrt(func(w, x A) A {
		f := gojax.CustomJVP(func(p pair) A { return p.A.Mul(p.B) }, func(p, t pair) (A, A) {
			return p.A.Mul(p.B), p.B.Mul(t.A).Mul(2).Add(p.A.Mul(t.B).Mul(3))
		})
		return sum(f(pair{w, x}))
	}), "5 7 9"},
	{"CustomVJP", wrt(func(w, x A) A { return sum(scaled(true)(pair{w, x})) }), "5 7 9"},
	{"CustomVJP that does not sum", wrt(func(w, x A) A { return sum(scaled(false)(pair{w, x})) }), "5 7 9"},
	{"sum of the same", wrt(func(w, x A) A { return sum(w) }), "4 4 4"},
	{"sum of sums", wrt(func(w, x A) A { return sum(sum(w.Mul(x)).Mul(w)) }), "42 48 54"},
	{"gather", wrt(func(w, x A) A { return sum(lax.AllGather(w.Mul(x), "x", 0).Square()) }), "26.75 -59.5 135"},
	{"gather of the same", wrt(func(w, x A) A { return sum(lax.AllGather(w, "x", 0).Mul(x.Sum(0))) }), "10 14 18"},
	{"scatter", wrt(func(w, x A) A {
		return sum(lax.PSumScatter(jnp.Tile(w, 4).Mul(x.Sum()), "x", 0, lax.CollectiveOptions{Tiled: true}).Square())
	}), "441 -882 1764"},
	{"ring", wrt(func(w, x A) A {
		return sum(lax.PPermute(w, "x", [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 0}}).Mul(x.Sum(0)))
	}), "2.5 3.5 4.5"},
	{"LogSumExp", wrt(func(w, x A) A { return sum(nn.LogSumExp(x.Mul(w), -1)) }), "0.0196415 -0.829155 4.68638"},
	{"Relu", wrt(func(w, x A) A { return sum(nn.Relu(x.Mul(w))) }), "4.375 -1.5 5.625"},
	{"where", wrt(func(w, x A) A { return sum(jnp.Where(x.Gt(0), w, w.Mul(2))) }), "11 11 11"},
	{"index", wrt(func(w, x A) A { return sum(w.Index(lax.AxisIndex("x").Mod(3)).Square()) }), "2 -2 4"},
	{"scatter add", wrt(func(w, x A) A {
		return sum(jnp.Zeros(3).At(lax.AxisIndex("x").Mod(3)).Add(w.Sum()).Mul(x.Sum(0)))
	}), "3.25 3.25 3.25"},
	{"value and grad", func(w, x A) []A {
		l, g := gojax.ValueAndGrad2(loss)(w, x)
		return []A{l, g}
	}, "1.16101 0.44132 0.452334 0.463348"},
	{"concatenate", wrt(func(w, x A) A {
		return sum(jnp.Power(jnp.Concatenate([]A{w.Reshape(1, 3), x}, 0), 3))
	}), "3 12 48"},
	{"solve", wrt(func(w, x A) A {
		return sum(linalg.Solve(jnp.Diag(w).Add(jnp.Outer(x.Row(0), x.Row(0)).Mul(0.1)), x.Row(1)))
	}), "-6.11831 -1.90123 -0.568024"},
	{"max", wrt(func(w, x A) A { return lax.PSum(x.Mul(w).Max(-1).Sum().Mul(w.Sum()), "x") }), "12.75 10.5 21.1875"},
	{"associative scan", wrt(func(w, x A) A { return sum(lax.AssociativeScan(jnp.Mul, x.Mul(w))) }),
		"3.5625 -5.875 17.25"},
	{"hessian of scan", func(w, x A) []A { return []A{gojax.Hessian(func(w A) A { return looped(w, x) })(w)} },
		"14.1158 0 0 0 4.49788 0 0 0 -1.29277"},
	{"grad of grad of scan", wrt(func(w, x A) A { return gojax.Grad2(looped)(w, x).Square().Sum() }),
		"121.703 52.2706 -22.1002"},
	{"grad through descent", wrt(func(w, x A) A {
		return lax.ForiLoop(0, 3, func(_, w A) A { return w.Sub(gojax.Grad2(loss)(w, x).Mul(0.1)) }, w).Square().Sum()
	}), "1.02572 -1.95894 4.0564"},
	{"checkpoint in scan", wrt(func(w, x A) A {
		step := gojax.Checkpoint(func(c pair) A { return jnp.Tanh(c.A.Mul(w).Add(c.B)) })
		c, _ := lax.Scan(func(c, r A) (A, struct{}) { return step(pair{c, r}), struct{}{} }, vary(w), x)
		return sum(c)
	}), "0.686884 4.67335 0.19576"},
	{"scan in scan", wrt(func(w, x A) A {
		_, ys := lax.ScanN(2, func(c A) (A, A) {
			c, _ = lax.Scan(func(c, r A) (A, struct{}) { return jnp.Tanh(c.Mul(w).Add(r)), struct{}{} }, c, x)
			return c, c.Sum()
		}, w)
		return sum(ys)
	}), "0.643573 9.35219 0.742348"},
	{"cond in scan", wrt(func(w, x A) A {
		c, _ := lax.Scan(func(c, r A) (A, struct{}) {
			c = lax.Cond(r.Sum().Gt(0), func() A { return c.Mul(w) }, func() A { return jnp.Sin(c.Add(w)) })
			return c, struct{}{}
		}, w, x)
		return sum(c)
	}), "3.35474 5.86731 20.5297"},
	{"both arguments", func(w, x A) []A {
		gw, gx := gojax.Grads2(func(w, x A) A { return sum(w.Mul(x)).Add(w.Square().Sum()) })(w, x)
		return []A{gw, sum(gx)}
	}, "3.5 1.5 8.5 12"},
	{"cumsum", wrt(func(w, x A) A { return sum(jnp.CumSum(w, 0).Mul(jnp.CumSum(x, 0))) }), "13.5 10.5 6"},
	{"sort", wrt(func(w, x A) A { return sum(jnp.Sort(w.Add(x.Row(0)), 0).Mul(jnp.Arange(3.0))) }), "4 0 8"},
	{"einsum", wrt(func(w, x A) A { return lax.PSum(jnp.Einsum("i,bj,bk->", w, x, x), "x") }),
		"66.9375 66.9375 66.9375"},
	{"maximum", wrt(func(w, x A) A {
		return sum(jnp.Exp(w.Mul(x).Sub(lax.PMax(gojax.StopGradient(w.Mul(x)), "x"))))
	}), "3.23342 -0.623995 3.79954"},
	{"cross entropy", wrt(func(w, x A) A {
		return lax.PMean(nn.LogSoftmax(x.Mul(w), -1).Index(jnp.All, 0).Mean().Neg(), "x")
	}), "-0.310045 -0.103644 0.585797"},
	{"map", wrt(func(w, x A) A {
		return sum(lax.Map(func(r A) A { return jnp.Sin(r.MatMul(w)) }, x, lax.MapOptions{BatchSize: 1}))
	}), "-3.31345 -3.08054 -2.84763"},
	{"linear maps of loops", func(w, x A) []A {
		_, push := gojax.Linearize(func(w A) A {
			return rounds(w, func(c A) A { return jnp.Sin(c.Mul(w)).Add(x.Sum(0)) })
		}, w)
		_, t := gojax.JVP(func(w A) A {
			return rounds(w, func(c A) A { return c.Sub(gojax.Grad2(loss)(c, x).Mul(0.1)) })
		}, w, jnp.Cos(w))
		return []A{lax.PSum(push(jnp.Cos(w)), "x"), t}
	}, "-0.756183 -3.10269 -1.14977 0.992422 0.670555 -0.270481"},
	{"linear solves", func(w, x A) []A { // JAX's fails; these are numbers of one device
		return []A{
			gojax.Grad(func(w A) A { return solved(w, x).Mul(jnp.Arange(3.0)).Sum() })(w),
			gojax.Grad(func(w A) A { return sum(solved(w, x).Mul(x.Row(0))) })(w),
		}
	}, "0.020971477 0.5461844 -0.23429832 " +
		"0.009316981 0.33263168 -0.11486438"},
	{"vmap with a name", wrt(func(w, x A) A { // JAX refuses the two axes in one sum
		f := func(r A) A { return jnp.Sin(lax.PSum(r.Mul(w), "x", "v").Mul(r)) }
		return sum(gojax.Vmap(f, gojax.AxisName("v"))(x))
	}), "-1.9449252 5.516206 -3.1704865"},
}

// rounds is f three times, in a loop of which the number is found out on the way.
func rounds(w A, f func(c A) A) A {
	type state struct{ N, C A }
	return lax.WhileLoop(func(s state) A { return s.N.Lt(3) }, func(s state) state { return state{s.N.Add(1), f(s.C)} },
		state{jnp.AsArray(0), w}).C
}

// solved is a solution that all devices find together.
func solved(w, x A) A {
	product := func(v A) A { return lax.PSum(x.T().MatMul(x.MatMul(v)), "x").Add(v.Mul(jnp.Exp(w))) }
	return sparse.Krylov[A]{Tol: 1e-7}.CG(product, w)
}

// looped is the loss of a scan over the rows.
func looped(w, x A) A {
	c, ys := lax.Scan(func(c, r A) (A, A) {
		d := jnp.Tanh(c.Mul(w).Add(r))
		return d, d.Mul(w).Sum()
	}, vary(w), x)
	return sum(c).Add(sum(ys))
}

// scaled is a product whose backward rule doubles the gradient of A, and may sum it over the devices.
func scaled(sums bool) func(pair) A {
	return gojax.CustomVJP(func(p pair) A { return p.A.Mul(p.B) },
		func(p pair) (A, pair) { return p.A.Mul(p.B), p },
		func(p pair, ct A) pair {
			a := ct.Mul(p.B).Sum(0).Mul(2)
			if sums {
				a = lax.PSum(a, "x")
			}
			return pair{a, ct.Mul(p.A)}
		})
}

// Derivatives taken inside, by all devices together.
func TestInside(t *testing.T) {
	m := grid()
	for _, c := range inside {
		f := gojax.ShardMap(c.f, m, tuple(p(), p("x")), p(), gojax.CheckVMA())
		if err := gojax.Try(func() { near(t, c.name, f(weights(), rows()), c.want) }); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// descent goes three steps down, with the gradient of the mean of f over all devices.
func descent(f func(w, x A) A) func(w, x A) A {
	return func(w, x A) A {
		return lax.ForiLoop(0, 3, func(_, w A) A { return w.Sub(gojax.Grad2(f)(w, x).Mul(0.1)) }, w)
	}
}

// Derivatives of the whole do not depend on the option, and are right though others are taken inside; so are those of a
// ShardMap within another.
func TestOutsideOfCasts(t *testing.T) {
	m, check := grid(), gojax.CheckVMA()
	whole := descent(func(w, x A) A { return local(w, x).Div(4) })
	in := tuple(p(), p("x"))
	twice := func(w, x A) A {
		inner := gojax.ShardMap(func(w, x A) A {
			return gojax.Grad2(func(w, x A) A { return lax.PMean(local(w, x), "x", "y") })(w, x)
		}, m, tuple(p(), p("y")), p(), gojax.ManualAxes("y"), check)
		return inner(w, x)
	}
	for name, c := range map[string]struct{ f, want func(w, x A) A }{
		"descent": {gojax.ShardMap(descent(loss), m, in, p(), check), whole},
		"within": {gojax.ShardMap(twice, m, in, p(), gojax.ManualAxes("x"), check),
			gojax.Grad2(func(w, x A) A { return local(w, x).Div(8) })},
	} {
		grad := func(f func(w, x A) A) func(w, x A) (A, A) {
			return gojax.Grads2(func(w, x A) A { return jnp.Cos(f(w, x)).Mul(jnp.Arange(3.0)).Sum() })
		}
		w, x := weights(), rows()
		gw, gx := grad(c.f)(w, x)
		ww, wx := grad(c.want)(w, x)
		vs := func(f func(w, x A) A) A {
			return gojax.Vmap(f, gojax.InAxes(0, nil))(jnp.Stack([]A{w, w.Mul(2)}), x)
		}
		close := jnp.Tolerance{ATol: 1e-5}.AllClose
		if !close(c.f(w, x), c.want(w, x)).Bool() || !close(gw, ww).Bool() || !close(gx, wx).Bool() ||
			!close(vs(c.f), vs(c.want)).Bool() {
			t.Errorf("%s: %v, want %v; gradients %v and %v, want %v and %v; mapped %v, want %v", name, c.f(w, x),
				c.want(w, x), gw, gx, ww, wx, vs(c.f), vs(c.want))
		}
	}
}

// One jitted function has other derivatives with and without the option, and is not taken for the other.
func TestJittedInside(t *testing.T) {
	f := gojax.Jit(gojax.Grad2(func(w, x A) A { return lax.PSum(local(w, x), "x") }))
	m, in := grid(), tuple(p(), p("x"))
	for range 2 {
		near(t, "without", []A{gojax.ShardMap(f, m, in, p("x"))(weights(), rows()).Head(3)},
			"4.120434 3.463888 2.807342")
		near(t, "with", []A{gojax.ShardMap(f, m, in, p(), gojax.CheckVMA())(weights(), rows())},
			"1.76528 1.80934 1.85339")
	}
}

// Results that may differ between devices.
func TestVarying(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	call := func(f func(A) A, in, out gojax.Spec, opts ...gojax.ShardMapOption) func() {
		return func() { gojax.ShardMap(f, m, in, out, append(opts, gojax.CheckVMA())...)(x) }
	}
	index := func(x A) A { return x.Add(lax.AxisIndex("x")) }
	early := func(x A) A {
		return lax.WhileLoop(func(c A) A { return c.Sum().Lt(lax.AxisIndex("x")) }, func(c A) A { return c.Add(1) },
			x.Mul(0))
	}
	chosen := func(x A) A {
		return lax.Cond(lax.AxisIndex("x").Eq(0), func() A { return x }, func() A { return x.Mul(2) })
	}
	gather := func(x A) A { return lax.AllGather(x, "x", 0, lax.CollectiveOptions{Tiled: true}) }
	halved := func(x A) A {
		more := func(c A) A { return lax.PMax(c.Max(), "x", "y").Gt(1) }
		return lax.WhileLoop(more, func(c A) A { return c.Mul(0.5) }, lax.PMax(x, "x"))
	}
	for name, f := range map[string]func(){
		"same": call(same, p("x"), p()), "index": call(index, p(), p()), "while": call(early, p(), p()),
		"cond": call(chosen, p(), p()), "gather": call(gather, p("x"), p()),
		"one of two axes": call(func(x A) A { return lax.PSum(x, "y") }, p([]string{"x", "y"}), p()),
		"groups":          call(func(x A) A { return lax.PSumGroups(x, "x", [][]int{{0, 1}, {2, 3}}) }, p("x"), p()),
		"cast":            call(vary, p(), p()), // integers too
		"jitted":          call(gojax.Jit(same), p("x"), p()),
	} {
		t.Run(name, func(t *testing.T) {
			fails.With(t, f, "vma_test.go:", "gojax.ShardMap", "results[0] may differ", `axis "x"`, "P()", "lax.PSum")
		})
	}
	for name, f := range map[string]func(){
		"named": call(same, p("x"), p("x")), "given": call(same, p(), p()), "while": call(halved, p("x"), p()),
		"sum of two":     call(func(x A) A { return lax.PSum(x, "x", "y") }, p([]string{"x", "y"}), p()),
		"one manual":     call(func(x A) A { return lax.PMean(x, "x") }, p("x"), p(), gojax.ManualAxes("x")),
		"wider":          call(same, p(), p("x")),
		"index, reduced": call(func(x A) A { return lax.PMin(index(x), "x") }, p(), p()),
	} {
		if err := gojax.Try(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func near(t *testing.T, name string, got []A, want string) {
	t.Helper()
	var flat []float64
	for _, a := range got {
		flat = append(flat, jnp.ToSlice[float64](a)...)
	}
	words := strings.Fields(want)
	ok := len(words) == len(flat)
	for i := 0; ok && i < len(flat); i++ {
		w, err := strconv.ParseFloat(words[i], 64)
		d := flat[i] - w
		ok = err == nil && d*d <= 1e-8*(1+w*w)
	}
	if !ok {
		t.Errorf("%s: %v, want %s", name, fmt.Sprint(flat), want)
	}
}
