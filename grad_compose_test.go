package gojax_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func TestGradComposes(t *testing.T) {
	f := func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) }
	d := func(x float64) float64 { return math.Cos(x)*x + math.Sin(x) }
	d2 := func(x float64) float64 { return 2*math.Cos(x) - x*math.Sin(x) }
	x := vec(0, 1, 2)
	g := gojax.Grad(f)
	near(t, "vmap of grad", gojax.Vmap(g)(x), d(0), d(1), d(2))
	near(t, "grad of vmap", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(f)(x)) })(x), d(0), d(1), d(2))
	near(t, "jit of vmap of grad of jit", gojax.Jit(gojax.Vmap(gojax.Grad(gojax.Jit(f))))(x), d(0), d(1), d(2))
	near(t, "grad of grad of jit", gojax.Grad(gojax.Grad(gojax.Jit(f)))(jnp.Asarray(1.0)), d2(1))
	near(t, "vmap of grad of grad", gojax.Vmap(gojax.Grad(g))(x), d2(0), d2(1), d2(2))
	near(t, "grad of vmap of grad", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(gojax.Vmap(g)(x)) })(x), d2(0), d2(1), d2(2))
	_, yt := gojax.JVP(g, jnp.Asarray(1.0), jnp.Asarray(1.0))
	near(t, "forward over reverse", yt, d2(1))
	near(t, "reverse over forward", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, yt := gojax.JVP(f, x, jnp.Asarray(1.0))
		return yt
	})(jnp.Asarray(1.0)), d2(1))
	near(t, "reverse through a pullback", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, pull := gojax.VJP(f, x)
		return pull(jnp.Asarray(1.0))
	})(jnp.Asarray(1.0)), d2(1))
	near(t, "reverse through Linearize", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, push := gojax.Linearize(f, x)
		return push(jnp.Asarray(1.0))
	})(jnp.Asarray(1.0)), d2(1))
	// No confusion of perturbations: the inner derivative is of x + y by y, which is 1.
	near(t, "nested, closing over", gojax.Grad(func(x jnp.Array) jnp.Array {
		return x.Mul(gojax.Grad(func(y jnp.Array) jnp.Array { return x.Add(y) })(jnp.Asarray(1.0)))
	})(jnp.Asarray(3.0)), 1)
	near(t, "nested, closing over, JVP", gojax.Grad(func(x jnp.Array) jnp.Array {
		_, d := gojax.JVP(func(y jnp.Array) jnp.Array { return x.Mul(y) }, jnp.Asarray(1.0), jnp.Asarray(1.0))
		return d
	})(jnp.Asarray(3.0)), 1)
	// A rule that differentiates something of its tangent.
	inner := gojax.CustomJVP(jnp.Sin, func(x, d jnp.Array) (jnp.Array, jnp.Array) {
		return jnp.Sin(x), gojax.Grad(func(y jnp.Array) jnp.Array { return jnp.Sin(y).Mul(d) })(x)
	})
	near(t, "grad in a rule", gojax.Vmap(gojax.Grad(inner))(x), math.Cos(0), math.Cos(1), math.Cos(2))
	near(t, "grad in a rule, twice", gojax.Grad(gojax.Grad(inner))(jnp.Asarray(1.0)), -math.Sin(1))
	// One array in two roles: differentiated and closed over.
	a := vec(1, 2, 3)
	both := func(x jnp.Array) jnp.Array {
		return jnp.Sum(gojax.Grad(func(y jnp.Array) jnp.Array { return jnp.Sum(y.Mul(x)) })(x).Mul(x))
	}
	near(t, "argument and capture, traced", gojax.Grad(both)(a), 2, 4, 6)
	near(t, "argument and capture", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(x.Mul(a)) })(a), 1, 2, 3)
	// Control flow.
	loop := func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 4, func(i, c jnp.Array) jnp.Array { return jnp.Sin(c).Mul(x) }, x)
	}
	if err := gojax.CheckGrads(loop, jnp.Asarray(1.1), 2, gojax.CheckTolerance(2e-2, 2e-2)); err != nil {
		t.Error(err)
	}
}

func TestVJPKeepsWhatItNeeds(t *testing.T) {
	x := vec(1, 2, 3)
	y, pull := gojax.VJP(func(x jnp.Array) jnp.Array { return jnp.Exp(x).Mul(2.0) }, x)
	e := []float64{2 * math.E, 2 * math.Exp(2), 2 * math.Exp(3)}
	near(t, "value", y, e...)
	for range 2 { // it may be called again
		near(t, "pullback", pull(vec(1, 1, 1)), e...)
	}
	near(t, "mapped pullback", gojax.Vmap(pull)(jnp.Eye(3)), e[0], 0, 0, 0, e[1], 0, 0, 0, e[2])
	near(t, "jitted pullback", gojax.Jit(pull)(vec(1, 0, 1)), e[0], 0, e[2])
	near(t, "differentiated pullback", gojax.Grad(func(c jnp.Array) jnp.Array { return jnp.Sum(pull(c)) })(vec(1, 2, 3)), e...)
	_, push := gojax.Linearize(func(x jnp.Array) jnp.Array { return jnp.Exp(x).Mul(2.0) }, x)
	near(t, "mapped pushforward", gojax.Vmap(push)(jnp.Eye(3)), e[0], 0, 0, 0, e[1], 0, 0, 0, e[2])
	n := gojax.Compilations()
	for range 3 {
		pull(vec(3, 2, 1))
	}
	if m := gojax.Compilations(); m != n {
		t.Errorf("a pullback called again compiled %d programs", m-n)
	}
}

// TestGradDoesNotRecompile: neither Go floats nor arrays that f takes from outside are part of the program's key.
func TestGradDoesNotRecompile(t *testing.T) {
	x := vec(1, 2, 3)
	step := func(rate float64, w jnp.Array) jnp.Array {
		return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(x).Mul(w)).Mul(rate) })(x)
	}
	near(t, "first", step(.5, vec(1, 1, 1)), 1, 2, 3)
	n := gojax.Compilations()
	for i := range 5 {
		rate := float64(i + 2)
		near(t, "again", step(rate, vec(1, 2, float32(i))), 2*rate, 8*rate, 6*rate*float64(i))
	}
	if m := gojax.Compilations(); m != n {
		t.Errorf("%d programs were compiled for other numbers", m-n)
	}
}

// TestGradValuesCanBeRead: un-jitted, Go's if, for and printing work on values.
func TestGradValuesCanBeRead(t *testing.T) {
	var printed string
	f := func(x jnp.Array) jnp.Array {
		y := jnp.Exp(x)
		printed = y.String()
		for y.Item() > 1 {
			y = y.Mul(.5)
		}
		if s := jnp.ToSlice[float32](jnp.Stack([]jnp.Array{y, y})); s[0] != s[1] {
			t.Error(s)
		}
		return y
	}
	x := jnp.Asarray(1.0) // e/4
	near(t, "Grad", gojax.Grad(f)(x), math.E/4)
	if printed != "2.7182817" {
		t.Errorf("printed %s", printed)
	}
	near(t, "Grad of Grad", gojax.Grad(gojax.Grad(f))(x), math.E/4)
	_, yt := gojax.JVP(f, x, jnp.Asarray(2.0))
	near(t, "JVP", yt, math.E/2)
	y, pull := gojax.VJP(f, x)
	near(t, "VJP", y, math.E/4)
	near(t, "VJP", pull(jnp.Asarray(1.0)), math.E/4)
	near(t, "Jacfwd of Jacrev", gojax.Hessian(f)(x), math.E/4)
	near(t, "in a checkpoint", gojax.Grad(gojax.Checkpoint(f))(x), math.E/4)
	near(t, "a mask", gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Square(x.Index(x.Gt(1)))) })(vec(1, 2, 3)), 0, 4, 6)
	want := 1.0 // reading at every step costs no more than computing each once
	y = gojax.Grad(func(x jnp.Array) jnp.Array {
		y := x
		for range 300 {
			y = jnp.Cos(y)
			want = math.Cos(want)
			if math.Abs(y.Item()-want) > 1e-4 {
				t.Fatalf("%v, want %v", y, want)
			}
		}
		return y.Mul(0).Add(x)
	})(x)
	near(t, "after reading", y, 1)
	for _, c := range []struct {
		name, says string
		call       func()
	}{
		{"Jit", "while Jit(", func() { gojax.Jit(gojax.Grad(f))(x) }},
		{"Grad of Jit", "while Jit(", func() { gojax.Grad(gojax.Jit(f))(x) }},
		{"Vmap", "while Vmap", func() { gojax.Vmap(gojax.Grad(f))(vec(1, 2)) }},
	} {
		err := gojax.Try(c.call)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "lax.Cond") || !strings.Contains(err.Error(), "grad_compose_test.go:") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestGradErrors(t *testing.T) {
	x := vec(1, 2)
	id := func(x jnp.Array) jnp.Array { return x }
	sum := func(x jnp.Array) jnp.Array { return jnp.Sum(x) }
	var unset jnp.Array
	type pair struct{ A, B jnp.Array }
	for _, c := range []struct {
		name, says string
		call       func()
	}{
		{"not a scalar", "returns float32[2]", func() { gojax.Grad(id)(x) }},
		{"integers", "AllowInt", func() { gojax.Grad(sum)(jnp.Arange(3)) }},
		{"integers in a tree", "the argument.B holds integers", func() {
			gojax.Grad(func(p pair) jnp.Array { return jnp.Sum(p.A) })(pair{x, jnp.Asarray(3)})
		}},
		{"integer result", "returns int32[]", func() { gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.ArgMax(x) })(x) }},
		{"complex result", "Holomorphic", func() { gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(x).Mul(complex(0, 1)) })(x) }},
		{"real argument, holomorphic", "all arguments are complex", func() { gojax.Grad(sum, gojax.Holomorphic())(x) }},
		{"unset argument", "never set", func() { gojax.Grad(sum)(unset) }},
		{"unset result", "never set", func() { gojax.Grad(func(x jnp.Array) jnp.Array { return unset })(x) }},
		{"nil", "not nil", func() { gojax.Grad[jnp.Array](nil) }},
		{"tangent of another type", "the tangent is float32[3], and must be float32[2]", func() { gojax.JVP(sum, x, vec(1, 2, 3)) }},
		{"tangent of another structure", "does not have the structure", func() {
			gojax.JVP(func(x []jnp.Array) jnp.Array { return x[0] }, []jnp.Array{x}, []jnp.Array{x, x})
		}},
		{"cotangent of another type", "the cotangent is float32[2]", func() {
			_, pull := gojax.VJP(sum, x)
			pull(x)
		}},
		{"while in reverse", "reverse", func() {
			gojax.Grad(func(x jnp.Array) jnp.Array {
				return lax.WhileLoop(func(c jnp.Array) jnp.Array { return c.Lt(10) }, func(c jnp.Array) jnp.Array { return c.Mul(c) }, x)
			})(jnp.Asarray(2.0))
		}},
		{"no derivative", "nextafter", func() {
			gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.NextAfter(x, 3.0)) })(x)
		}},
		{"complex Jacobian", "Holomorphic", func() { gojax.Jacrev(func(x jnp.Array) jnp.Array { return x.Mul(complex(0, 1)) })(x) }},
		{"after its end", "has ended", func() {
			var kept jnp.Array
			gojax.Grad(func(x jnp.Array) jnp.Array { kept = x; return jnp.Sum(x) })(x)
			kept.Add(1)
		}},
	} {
		err := gojax.Try(c.call)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "grad_compose_test.go:") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestGradErrorsNameTheLine: what fails on the way back is reported at the line of the operation.
func TestGradErrorsNameTheLine(t *testing.T) {
	err := gojax.Try(func() {
		gojax.Grad(func(x jnp.Array) jnp.Array {
			return jnp.Sum(jnp.NextAfter(x, 3.0)) // line 220
		})(vec(1))
	})
	if err == nil || !strings.Contains(err.Error(), "grad_compose_test.go:220:") {
		t.Error(err)
	}
}

func TestGradFromManyGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	ps, x, net := network(3, 4)
	want := gojax.Grad2(net)(ps, x)
	for range 8 {
		wg.Go(func() {
			for range 5 {
				g := gojax.Grad2(net)(ps, x)
				if !gojaxAllClose(g[0].W, want[0].W) {
					t.Error("another gradient")
				}
			}
		})
	}
	wg.Wait()
}

func gojaxAllClose(a, b jnp.Array) bool { return jnp.ItemOf[bool](jnp.AllClose(a, b)) }
