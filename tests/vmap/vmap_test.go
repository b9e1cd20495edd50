package vmap_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func standardize(v jnp.Array) jnp.Array { return v.Sub(v.Mean()).Div(v.Std()) }

// text is an array as it prints, on one line.
func text(x jnp.Array) string { return strings.Join(strings.Fields(x.String()), " ") }

func TestVmapAndJit(t *testing.T) {
	x := jnp.FromSlice([]float32{1, 2, 6, 3, 2, 12, 5, 8, 0}, 3, 3)
	byHand := make([]jnp.Array, 3)
	for i := range byHand {
		byHand[i] = standardize(x.Index(jnp.All, i))
	}
	columns := []gojax.VmapOption{gojax.InAxes(1), gojax.OutAxes(1)}
	want := jnp.Stack(byHand, 1)
	for name, f := range map[string]func(jnp.Array) jnp.Array{
		"Vmap":                gojax.Vmap(standardize, columns...),
		"Jit(Vmap)":           gojax.Jit(gojax.Vmap(standardize, columns...)),
		"Vmap(Jit)":           gojax.Vmap(gojax.Jit(standardize), columns...),
		"Jit(Vmap(Jit))":      gojax.Jit(gojax.Vmap(gojax.Jit(standardize), columns...)),
		"Vmap, negative axes": gojax.Vmap(standardize, gojax.InAxes(-1), gojax.OutAxes(-1)),
		"transposed":          func(x jnp.Array) jnp.Array { return gojax.Vmap(standardize)(x.T()).T() },
	} {
		for range 2 {
			if y := f(x); jnp.AllClose(y, want).Item() != 1 {
				t.Errorf("%s gives\n%v\nwant\n%v", name, y, want)
			}
		}
	}
}

func TestVmapTwoArguments(t *testing.T) {
	x := jnp.FromSlice([]float32{0, 1, 2, 3, 4, 5}, 2, 3)
	w := jnp.FromSlice([]float32{1, 10}, 2)
	dot := func(a, b jnp.Array) jnp.Array { return jnp.Dot(a, b) }
	for _, c := range []struct {
		what string
		got  jnp.Array
		want string
	}{
		{"columns with columns", gojax.Vmap(dot, gojax.InAxes(1, 1))(x, x), "[ 9. 17. 29.]"},
		{"columns with one vector", gojax.Vmap(dot, gojax.InAxes(1, gojax.None))(x, w), "[30. 41. 52.]"},
		{"rows with rows", gojax.Jit(gojax.Vmap(dot))(x, x), "[ 5. 50.]"},
		{"all pairs", gojax.Vmap(gojax.Vmap(dot, gojax.InAxes(nil, 0)), gojax.InAxes(0, nil))(x, x),
			"[[ 5. 14.] [14. 50.]]"},
		{"no rows", gojax.Vmap(dot)(jnp.Zeros(0, 3), jnp.Zeros(0, 3)), "[]"},
		{"one row", gojax.Vmap(dot)(jnp.Ones(1, 3), jnp.Ones(1, 3)), "[3.]"},
	} {
		if got := text(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestVmapControlFlow(t *testing.T) {
	// Newton's method to a tolerance: rows need different numbers of steps, and the negative ones another branch.
	root := func(a jnp.Array) jnp.Array {
		return lax.Cond(a.Lt(0), func() jnp.Array { return jnp.FullLike(a, -1) }, func() jnp.Array {
			return lax.WhileLoop(
				func(x jnp.Array) jnp.Array { return jnp.Abs(x.Mul(x).Sub(a)).Gt(jnp.Mul(1e-5, a)) },
				func(x jnp.Array) jnp.Array { return x.Add(a.Div(x)).Mul(0.5) },
				jnp.OnesLike(a))
		})
	}
	x := jnp.FromSlice([]float32{4, -3, 1, 100, 2.25, -1}, 6)
	want := jnp.FromSlice([]float32{2, -1, 1, 10, 1.5, -1}, 6)
	for name, f := range map[string]func(jnp.Array) jnp.Array{
		"Vmap": gojax.Vmap(root), "Jit(Vmap)": gojax.Jit(gojax.Vmap(root)), "Vmap(Jit)": gojax.Vmap(gojax.Jit(root)),
	} {
		if y := f(x); jnp.AllClose(y, want).Item() != 1 {
			t.Errorf("%s gives %v, want %v", name, y, want)
		}
	}
	// The index of a ForiLoop is an int array, weakly typed: it takes part in float arithmetic.
	powers := gojax.Vmap(func(n, x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, n, func(i, y jnp.Array) jnp.Array { return y.Mul(x).Add(i) }, jnp.OnesLike(x))
	})
	if got := text(
		powers(jnp.FromSlice([]int32{0, 1, 2, 4}, 4),
			jnp.FromSlice([]float32{2, 2, 2, 3}, 4))); got != "[ 1. 2. 5. 99.]" {
		t.Errorf("powers are %s", got)
	}
}

func TestVmapErrors(t *testing.T) {
	x := jnp.Zeros(2, 3)
	add := func(a, b jnp.Array) jnp.Array { return a.Add(b) }
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { gojax.Vmap(add)(x, jnp.Zeros(3)) }, "args[1], float32[3], over axis 0 of size 3"},
		{func() { gojax.Vmap(add, gojax.InAxes(0, 5))(x, x) }, "axis 5 of args[1] is out of range"},
		{func() { gojax.Vmap(add, gojax.InAxes(gojax.None, gojax.None))(x, x) }, "no argument is mapped"},
		{func() { gojax.Vmap(add, gojax.OutAxes(gojax.None))(x, x) }, "results[0] is mapped"},
		{func() { gojax.Vmap(add, gojax.InAxes()) }, "gojax.InAxes: gives no axes"},
		{func() { gojax.Vmap(add, gojax.AxisSize(-1)) }, "gojax.AxisSize: -1 is not a size"},
		{func() { gojax.Vmap(3) }, "gojax.Vmap: want a function, not int"},
		{func() { gojax.Vmap(func(a jnp.Array) jnp.Array { return a.Add(jnp.Zeros(4)) })(x) },
			"jnp.Add(float32[3], float32[4])"},
		{func() { gojax.Vmap(func(a jnp.Array) float64 { return a.Item() })(jnp.Zeros(3)) }, "Item"},
	} {
		err := gojax.Try(c.f)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "vmap_test.go:") {
			t.Errorf("got %v\nwant %q and the line", err, c.want)
		}
	}
}

// Goroutines may map one function at once, jitted or not.
func TestVmapConcurrent(t *testing.T) {
	f := gojax.Vmap(standardize, gojax.InAxes(1), gojax.OutAxes(1))
	g := gojax.Jit(f)
	x := jnp.Arange(12).AsType(jnp.Float32).Reshape(3, 4)
	want := text(f(x))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if a, b := text(f(x)), text(g(x)); a != want || b != want {
					t.Errorf("got %s and %s, want %s", a, b, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// A closure over a Go number that changes at every call compiles once, also where the number is used inside control
// flow.
func TestVmapClosureOverNumber(t *testing.T) {
	x := jnp.Arange(6).AsType(jnp.Float32).Reshape(2, 3)
	branch := func(v jnp.Array, rate float64) jnp.Array {
		return lax.Cond(v.Mean().Gt(2), func() jnp.Array { return v.Mul(rate) }, func() jnp.Array {
			return lax.ForiLoop(0, 2, func(_, c jnp.Array) jnp.Array { return c.Add(rate) }, v)
		})
	}
	for name, step := range map[string]func(rate float64) jnp.Array{
		"Vmap": func(rate float64) jnp.Array {
			return gojax.Vmap(func(v jnp.Array) jnp.Array { return v.Sub(jnp.Mul(rate, v)).Add(v.Mean()) })(x)
		},
		"Vmap with control flow": func(rate float64) jnp.Array {
			return gojax.Vmap(func(v jnp.Array) jnp.Array { return branch(v, rate) })(x)
		},
		"eager control flow": func(rate float64) jnp.Array { return branch(x, rate) },
	} {
		step(0.1)
		before := gojax.Compilations()
		for i := range 5 {
			step(float64(i) / 3)
		}
		if n := gojax.Compilations() - before; n != 0 {
			t.Errorf("%s: 5 calls with new numbers compiled %d programs", name, n)
		}
	}
	if got := text(
		gojax.Vmap(func(v jnp.Array) jnp.Array { return branch(v, 0.5) })(x)); got != "[[1. 2. 3. ] [1.5 2. 2.5]]" {
		t.Errorf("the branches give %s", got)
	}
}
