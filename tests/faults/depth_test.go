package faults

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// within are the ways to put a function into another.
var within = map[string]func(f func(arr) arr) func(arr) arr{
	"Jit":        func(f func(arr) arr) func(arr) arr { return gojax.Jit(func(x arr) arr { return f(x).Add(1) }) },
	"Checkpoint": func(f func(arr) arr) func(arr) arr { return gojax.Checkpoint(f) },
	"Grad":       func(f func(arr) arr) func(arr) arr { return gojax.Grad(func(x arr) arr { return f(x).Sum() }) },
	"Cond": func(f func(arr) arr) func(arr) arr {
		return func(x arr) arr {
			return lax.Cond(x.Sum().Gt(0), func() arr { return f(x) }, func() arr { return x })
		}
	},
	"ForiLoop": func(f func(arr) arr) func(arr) arr {
		return func(x arr) arr { return lax.ForiLoop(0, 1, func(_, c arr) arr { return f(c) }, x) }
	},
	"Scan": func(f func(arr) arr) func(arr) arr {
		return func(x arr) arr {
			_, y := lax.Scan(func(c, x arr) (arr, arr) { return c, f(x) }, jnp.Zeros(), x.Reshape(1, -1))
			return y.Reshape(x.Shape()...)
		}
	},
	"Vmap": func(f func(arr) arr) func(arr) arr { return gojax.Vmap(f) },
	"PureCallback": func(f func(arr) arr) func(arr) arr {
		return func(x arr) arr { return gojax.PureCallback(f, x, x) }
	},
}

// Functions within functions, deeper than anyone means: refused, or right.
func TestDepth(t *testing.T) {
	for name, in := range within {
		t.Run(name, func(t *testing.T) {
			child(t, limits{memory: 64 << 30}, func(t *testing.T) {
				f := func(x arr) arr { return jnp.Sin(x) }
				for range 3000 {
					f = in(f)
				}
				survives(t, name, func() { f(jnp.Ones(2)) })
				survives(t, name+" in Jit", func() { gojax.Jit(f)(jnp.Ones(2)) })
				if jnp.Ones(2).Add(1).Sum().Item() != 4 {
					t.Error("afterwards nothing works")
				}
			})
		})
	}
	t.Run("compiled", func(t *testing.T) {
		child(t, limits{}, func(t *testing.T) {
			f := func(x arr) arr { return x }
			for range 300 {
				f = within["Jit"](f)
			}
			if y := f(jnp.Zeros(2)).Index(1).Item(); y != 300 {
				t.Error(y)
			}
		})
	})
	t.Run("one after another", func(t *testing.T) {
		child(t, limits{}, func(t *testing.T) { // each is traced when the one before has been
			f := gojax.Jit(func(x arr) arr { return x })
			refuses(t, "Jit", func() {
				for range 3000 {
					f = within["Jit"](f)
					gojax.MakeProgram(f)(jnp.Zeros(2))
				}
			}, "1000 deep")
		})
	})
	t.Run("without end", func(t *testing.T) {
		child(t, limits{}, func(t *testing.T) {
			var f func(x arr) arr
			f = gojax.Jit(func(x arr) arr { return f(x) })
			refuses(t, "Jit", func() { f(jnp.Ones()) }, "without end")
		})
	})
	t.Run("doubled", func(t *testing.T) { // 2^60 operations
		child(t, limits{}, func(t *testing.T) {
			f := func(x arr) arr { return x }
			for range 60 {
				g := gojax.Jit(f)
				f = func(x arr) arr { return g(x).Add(g(x.Mul(2))) }
			}
			refuses(t, "Jit", func() { gojax.Jit(f)(jnp.Ones()) }, "operations")
		})
	})
}

func TestRank(t *testing.T) {
	child(t, limits{}, func(t *testing.T) {
		many := slices.Repeat([]int{1}, 5000)
		x := jnp.Ones(2)
		for name, f := range map[string]func(){
			"Ones":        func() { jnp.Ones(many...) },
			"Reshape":     func() { x.Reshape(append(many, 2)...) },
			"lax.Reshape": func() { lax.Reshape(x, append(many, 2)...) },
			"BroadcastTo": func() { jnp.BroadcastTo(x, append(many, 2)...) },
			"ExpandDims": func() {
				axes := make([]int, 5000)
				for i := range axes {
					axes[i] = i
				}
				jnp.ExpandDims(x, axes...)
			},
			"Tile":      func() { jnp.Tile(x, many...) },
			"Index":     func() { x.Index(slices.Repeat([]any{jnp.NewAxis}, 5000)...) },
			"AsArray":   func() { jnp.AsArray(doubled([]any{}, 400)) },
			"FromSlice": func() { jnp.FromSlice([]float32{1}, many...) },
			"Indices":   func() { jnp.Indices(many...) },
			"Vmap": func() {
				gojax.Vmap(func(x arr) arr { return x.Reshape(slices.Repeat([]int{1}, 256)...) })(x)
			},
		} {
			refuses(t, name, f)
		}
		if y := jnp.Ones(many[:256]...); y.Add(y).Sum().Item() != 2 {
			t.Error("an array of 256 axes is of no use")
		}
	})
}
