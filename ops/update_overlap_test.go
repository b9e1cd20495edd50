package ops_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// overlapping are functions of a vector of 1000 that write over a part of it what is computed of another part.
var overlapping = map[string]func(x jnp.Array) jnp.Array{
	"added":    func(x jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Add(x.Slice(697, 939)) },
	"copied":   func(x jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Set(x.Slice(697, 939)) },
	"scaled":   func(x jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Set(x.Slice(710, 952).Mul(2)) },
	"flipped":  func(x jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Set(jnp.Flip(x.Slice(707, 949))) },
	"in place": func(x jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Mul(2) },
	"rows": func(x jnp.Array) jnp.Array {
		y := x.Reshape(10, 100)
		return y.At(jnp.S(2, 7)).Add(y.Slice(1, 6)).Ravel()
	},
	"at a number": func(x jnp.Array) jnp.Array {
		i := x.Index(10).AsType(jnp.Int32)
		return lax.DynamicUpdateSliceInDim(x, lax.DynamicSliceInDim(x, i, 300, 0), i.Add(10), 0)
	},
	"jitted": func(x jnp.Array) jnp.Array {
		f := func(x, u jnp.Array) jnp.Array { return x.At(jnp.S(707, 949)).Set(u) }
		return gojax.Jit(f)(x, x.Slice(697, 939).Mul(2))
	},
	"updated before": func(x jnp.Array) jnp.Array {
		y := x.At(jnp.S(5, 9)).Set(1)
		return y.At(jnp.S(707, 949)).Set(x.Slice(697, 939)).Add(y)
	},
}

// An update is computed of what an array was before it is written, however the array came about: XLA writes it in
// place, and once read some elements after they were written where the array had another shape before.
func TestUpdatesOfOverlappingParts(t *testing.T) {
	n := 1000
	apart := lax.OptimizationBarrier[jnp.Array]
	x := jnp.Arange(n).AsType(jnp.Float32)
	for name, f := range overlapping {
		want := f(x)
		got := gojax.Jit(func(x jnp.Array) []jnp.Array {
			_, ys := lax.Scan(func(c, x jnp.Array) (jnp.Array, []jnp.Array) {
				y := f(x)
				return c, []jnp.Array{y, y}
			}, jnp.Zeros(), x.Reshape(1, n))
			return []jnp.Array{
				f(apart(x.Mul(1))),
				f(apart(x.Reshape(1, n).Mul(1)).Reshape(n)),
				f(lax.Sort(x.Reshape(1, n), 1).Ravel()),
				f(apart(x.Reshape(n, 1).Mul(1)).T().Ravel()),
				ys[0].Ravel(), ys[1].Ravel(),
			}
		})(x)
		for i, y := range got {
			if jnp.ArrayEqual(y, want).Item() == 0 {
				t.Errorf("%s, of source %d: other numbers than step by step", name, i)
			}
		}
	}
}
