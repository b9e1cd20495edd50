package deriv_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// tripled is sin with a derivative that is three times too large, to tell that the rule was used.
func tripled(calls *int) func(jnp.Array) jnp.Array {
	return gojax.CustomJVP(jnp.Sin, func(x, t jnp.Array) (jnp.Array, jnp.Array) {
		*calls++
		return jnp.Sin(x), jnp.Mul(3, jnp.Cos(x)).Mul(t)
	})
}

func TestCustomJVP(t *testing.T) {
	calls := 0
	f := tripled(&calls)
	d := func(x float64) float64 { return 3 * math.Cos(x) }
	x := vec(0, 1, 2)
	one := jnp.AsArray(1.0)
	near(t, "value", f(x), 0, math.Sin(1), math.Sin(2))
	near(t, "jitted value", gojax.Jit(f)(x), 0, math.Sin(1), math.Sin(2))
	if calls != 0 {
		t.Errorf("the rule ran %d times with nothing differentiated", calls)
	}
	near(t, "grad", gojax.Grad(f)(one), d(1))
	near(t, "grad of jit", gojax.Grad(gojax.Jit(f))(one), d(1))
	near(t, "jit of grad", gojax.Jit(gojax.Grad(f))(one), d(1))
	near(t, "vmap of grad", gojax.Vmap(gojax.Grad(f))(x), d(0), d(1), d(2))
	near(t, "grad of vmap", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(f)(x)) })(x), d(0), d(1),
		d(2))
	near(t, "grad of vmap of vmap",
		gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(gojax.Vmap(f))(x)) })(x.Reshape(1, 3)), d(0),
		d(1), d(2))
	near(t, "grad of grad", gojax.Grad(gojax.Grad(f))(one), -3*math.Sin(1))
	_, yt := gojax.JVP(f, one, jnp.AsArray(2.0))
	near(t, "JVP", yt, 2*d(1))
	near(t, "Hessian", gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(vec(1)), -3*math.Sin(1))
	near(t, "in a scan", gojax.Grad(func(x jnp.Array) jnp.Array {
		y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return f(c), struct{}{} }, x, jnp.Zeros(2))
		return y
	})(one), 9*math.Cos(1)*math.Cos(math.Sin(1)))
	near(t, "in a checkpoint", gojax.Grad(gojax.Checkpoint(f))(one), d(1))
	// A rule that calls the function itself, an integer that has no tangent, and a tangent left unset.
	type in struct{ X, N jnp.Array }
	var g func(in) []jnp.Array
	g = gojax.CustomJVP(func(p in) []jnp.Array { return []jnp.Array{p.X.Mul(p.N), p.X} },
		func(p, d in) ([]jnp.Array, []jnp.Array) {
			if d.N.TraceValue() != nil {
				t.Error("an integer has a tangent")
			}
			return g(p), []jnp.Array{d.X.Mul(10), {}}
		})
	near(t, "trees",
		gojax.Grad(func(p in) jnp.Array { r := g(p); return r[0].Add(r[1]) },
			gojax.AllowInt())(in{one, jnp.AsArray(2)}).X, 10)
	// Different rules for one computation are not merged.
	h := gojax.CustomJVP(jnp.Sin, func(x, t jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(x), t })
	near(t, "two rules", gojax.Grad(gojax.Jit(func(x jnp.Array) jnp.Array { return f(x).Add(h(x)) }))(one), d(1)+1)
	// Values can be read in the rule as in the function.
	branch := gojax.CustomJVP(jnp.Abs, func(x, t jnp.Array) (jnp.Array, jnp.Array) {
		if x.Item() < 0 {
			return x.Mul(-1), t.Mul(-7)
		}
		return x, t
	})
	near(t, "reading", gojax.Grad(branch)(jnp.AsArray(-2.0)), -7)
	n := gojax.Compilations()
	for i := range 3 { // rules made anew do not make new programs
		k := float64(i + 4)
		h := gojax.CustomJVP(jnp.Sin, func(x, t jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(x), t.Mul(k) })
		near(t, "made anew", gojax.Grad(h)(one), k)
		if i == 0 {
			n = gojax.Compilations()
		}
	}
	if m := gojax.Compilations(); m != n {
		t.Errorf("%d programs for new rules", m-n)
	}
}

func TestCustomVJP(t *testing.T) {
	// Identity whose cotangent is cut to a limit, which has no gradient.
	type in struct{ X, Lim jnp.Array }
	var clip func(in) jnp.Array
	clip = gojax.CustomVJP(func(p in) jnp.Array { return p.X.Mul(1) },
		func(p in) (jnp.Array, map[string]jnp.Array) { return clip(p), map[string]jnp.Array{"lim": p.Lim} },
		func(res map[string]jnp.Array, ct jnp.Array) in {
			return in{X: jnp.Clip(ct, jnp.Neg(res["lim"]), res["lim"])}
		})
	f := func(x, lim jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(clip(in{x, lim}))) }
	lim := jnp.AsArray(float32(2.5))
	x := vec(0, 1, 2)
	g := func(x jnp.Array) jnp.Array { return f(x, lim) }
	near(t, "grad", gojax.Grad(g)(x), 0, 2, 2.5)
	near(t, "jit", gojax.Jit(gojax.Grad(gojax.Jit(g)))(x), 0, 2, 2.5)
	near(t, "vmap of grad", gojax.Vmap(gojax.Grad(g))(x), 0, 2, 2.5)
	near(t, "grad of vmap", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(g)(x)) })(x), 0, 2, 2.5)
	near(t, "limits mapped", gojax.Grad(func(x jnp.Array) jnp.Array {
		return jnp.Sum(gojax.Vmap(func(l jnp.Array) jnp.Array { return f(x, l) })(vec(1, 2)))
	})(x), 0, 3, 3) // the sum over the limits
	near(t, "of the limit", gojax.Grad(func(l jnp.Array) jnp.Array { return f(x, l) })(lim), 0)
	near(t, "in a scan", gojax.Grad(func(x jnp.Array) jnp.Array {
		y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return clip(in{c.Mul(3), lim}), struct{}{} }, x,
			jnp.Zeros(2))
		return y
	})(jnp.AsArray(1.0)), 7.5)
	// The second derivative is that of the rule.
	cube := gojax.CustomVJP(func(x jnp.Array) jnp.Array { return jnp.Power(x, 3) },
		func(x jnp.Array) (jnp.Array, jnp.Array) { return jnp.Power(x, 3), x },
		func(x, ct jnp.Array) jnp.Array { return jnp.Square(x).Mul(ct) })
	near(t, "grad of grad", gojax.Grad(gojax.Grad(cube))(jnp.AsArray(3.0)), 6)
	near(t, "VJP, mapped pullback",
		func() jnp.Array { _, pull := gojax.VJP(cube, vec(1, 2)); return gojax.Vmap(pull)(jnp.Eye(2)) }(), 1, 0, 0, 4)
	if err := gojax.Try(func() { gojax.JVP(cube, vec(1), vec(1)) }); err == nil ||
		!strings.Contains(err.Error(), "CustomJVP") || !strings.HasPrefix(err.Error(), "custom_test.go:") {
		t.Errorf("forward mode: %v", err)
	}
}

// TestCustomRulesTakeArrays: what rules take from outside reaches them wherever the function is called.
func TestCustomRulesTakeArrays(t *testing.T) {
	w := vec(2, 3)
	f := gojax.CustomJVP(func(x jnp.Array) jnp.Array { return x.Mul(w) },
		func(x, d jnp.Array) (jnp.Array, jnp.Array) { return x.Mul(w), d.Mul(w).Mul(10) })
	b := gojax.CustomVJP(func(x jnp.Array) jnp.Array { return x.Mul(w) },
		func(x jnp.Array) (jnp.Array, struct{}) { return x.Mul(w), struct{}{} },
		func(_ struct{}, d jnp.Array) jnp.Array { return d.Mul(w).Mul(10) })
	for name, f := range map[string]func(jnp.Array) jnp.Array{"JVP": f, "VJP": b} {
		sum := func(f func(jnp.Array) jnp.Array) func(jnp.Array) jnp.Array {
			return func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) }
		}
		loop := func(x jnp.Array) jnp.Array {
			y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, struct{}) { return f(c), struct{}{} }, x, jnp.Zeros(2))
			return y
		}
		x := vec(1, 1)
		near(t, name, gojax.Grad(sum(f))(x), 20, 30)
		near(t, name+" of jit", gojax.Grad(sum(gojax.Jit(f)))(x), 20, 30)
		near(t, name+" in a scan", gojax.Grad(sum(loop))(x), 400, 900)
		near(t, name+" in a jitted scan, mapped", gojax.Grad(sum(gojax.Vmap(gojax.Jit(loop))))(jnp.Ones(2, 2)), 400,
			900, 400, 900)
		near(t, name+" in a checkpoint", gojax.Jit(gojax.Grad(sum(gojax.Checkpoint(f))))(x), 20, 30)
		_, pull := gojax.VJP(f, x)
		near(t, name+", pullback", pull(x), 20, 30)
	}
}

func TestCustomErrors(t *testing.T) {
	one := jnp.AsArray(1.0)
	for _, c := range []struct {
		name, says string
		rule       func(x, t jnp.Array) (jnp.Array, jnp.Array)
	}{
		{"value of another shape", "the function itself returns float32[]",
			func(x, t jnp.Array) (jnp.Array, jnp.Array) { return vec(1), t }},
		{"tangent of another shape", "must be",
			func(x, t jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(x), vec(1, 2) }},
		{"value that depends on the tangent", "depends on the tangent",
			func(x, t jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(x).Add(t), t }},
		{"not linear", "linear", func(x, t jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(x), t.Mul(t) }},
	} {
		f := gojax.CustomJVP(jnp.Sin, c.rule)
		if err := gojax.Try(func() { gojax.Grad(f)(jnp.AsArray(float32(1))) }); err == nil ||
			!strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "custom_test.go:") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	err := gojax.Try(func() {
		gojax.Grad(func(x jnp.Array) jnp.Array {
			return gojax.CustomJVP(func(y jnp.Array) jnp.Array { return y.Mul(x) },
				func(y, d jnp.Array) (jnp.Array, jnp.Array) { return y, d })(x)
		})(one)
	})
	if err == nil || !strings.Contains(err.Error(), "pass it to the function as an argument") {
		t.Errorf("closing over a differentiated value: %v", err)
	}
}

func TestCheckpoint(t *testing.T) {
	m := vec(.1, .2, .3, .4).Reshape(2, 2)
	f := func(x jnp.Array) jnp.Array {
		for range 2 {
			x = jnp.Sin(jnp.Sin(jnp.MatMul(m, x)))
		}
		return x
	}
	x := vec(1, 2)
	want := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(x)
	h := gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(x)
	kept := map[gojax.Policy]int{}
	for _, p := range []gojax.Policy{gojax.SaveNothing, gojax.SaveDots, gojax.SaveEverything} {
		k := gojax.Checkpoint(f, p)
		l := func(x jnp.Array) jnp.Array { return jnp.Sum(k(x)) }
		for name, g := range map[string]jnp.Array{
			"grad": gojax.Grad(l)(x), "jit": gojax.Jit(gojax.Grad(gojax.Jit(l)))(x),
			"twice":     gojax.Grad(gojax.Checkpoint(l, p))(x),
			"vmap":      gojax.Vmap(gojax.Grad(l))(x.Reshape(1, 2)).Reshape(2),
			"of a vmap": gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(k)(x.Reshape(1, 2))) })(x),
		} {
			if !gojaxAllClose(g, want) {
				t.Errorf("policy %q, %s: %v, want %v", p, name, g, want)
			}
		}
		if g := gojax.Hessian(l)(x); !gojaxAllClose(g, h) {
			t.Errorf("policy %q: Hessian %v, want %v", p, g, h)
		}
		// What is kept between the two ways: the argument and the matrix; the matrix and two products; the matrix and
		// four cosines.
		_, lin := grad.Linearized("test", []*trace.Value{x.TraceValue()}, []bool{true},
			func(v []*trace.Value) []*trace.Value {
				return []*trace.Value{k(jnp.Wrap(v[0])).TraceValue()}
			})
		kept[p] = len(lin.Res)
	}
	if kept[gojax.SaveNothing] != 2 || kept[gojax.SaveDots] != 1+2 || kept[gojax.SaveEverything] != 1+4 {
		t.Errorf("values kept: %v", kept)
	}
	text := func(p gojax.Policy) string {
		return gojax.MakeProgram(gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Checkpoint(f, p)(x)) }))(
			x).String()
	}
	for p, want := range map[gojax.Policy][2]int{gojax.SaveNothing: {1, 4 + 3}, gojax.SaveDots: {1, 4 + 2},
		gojax.SaveEverything: {0, 4}} {
		s := text(p)
		if b, n := strings.Count(s, "optimization_barrier"), strings.Count(s, "= sin "); b != want[0] || n != want[1] {
			t.Errorf("policy %q: %d barriers and %d sines, want %v:\n%s", p, b, n, want, s)
		}
	}
}

// Policies with names keep what has them: the matrix, and the argument or what makes it unnecessary.
func TestCheckpointNames(t *testing.T) {
	m := vec(1, 2, 3, 4).Reshape(2, 2)
	f := func(x jnp.Array) jnp.Array {
		x = gojax.CheckpointName(jnp.MatMul(m, x), "product")
		return jnp.Sin(gojax.CheckpointName(jnp.Sin(x), "sine")).Sum()
	}
	x := vec(0.5, -1)
	want := gojax.Grad(f)(x)
	for _, c := range []struct {
		name     string
		policies []gojax.Policy
		kept     int
	}{
		{"nothing", nil, 2},
		{"one", []gojax.Policy{gojax.SaveOnlyTheseNames("product", "none")}, 2},
		{"the other", []gojax.Policy{gojax.SaveOnlyTheseNames("sine")}, 3},
		{"others", []gojax.Policy{gojax.SaveAnyNamesButThese("product")}, 3},
		{"both", []gojax.Policy{gojax.SaveOnlyTheseNames("sine"), gojax.SaveOnlyTheseNames("product")}, 3},
		{"all but", []gojax.Policy{gojax.SaveAnythingExceptTheseNames("product", "sine")}, 3},
		{"products", []gojax.Policy{gojax.SaveDotsWithNoBatchDims}, 2},
		{"everything", []gojax.Policy{gojax.SaveDots, gojax.SaveEverything}, 3},
	} {
		k := gojax.Checkpoint(f, c.policies...)
		if got := gojax.Grad(k)(x); !gojaxAllClose(got, want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
		rows := gojax.Vmap(gojax.Grad(k))(jnp.Stack([]jnp.Array{x, x}))
		if !gojaxAllClose(rows.Index(1), want) {
			t.Errorf("%s, mapped: %v, want %v", c.name, rows, want)
		}
		_, lin := grad.Linearized("test", []*trace.Value{x.TraceValue()}, []bool{true},
			func(v []*trace.Value) []*trace.Value { return []*trace.Value{k(jnp.Wrap(v[0])).TraceValue()} })
		if len(lin.Res) != c.kept {
			t.Errorf("%s: %d values are kept, want %d", c.name, len(lin.Res), c.kept)
		}
	}
}
