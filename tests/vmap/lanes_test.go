package vmap_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// A mapped loop over many rows of a few numbers has the rows' axis last, one over few rows has it first: both give the
// same numbers, and the same derivatives, wherever the rows' axis is outside.
func TestLanes(t *testing.T) {
	near := jnp.Tolerance{RTol: 1e-4, ATol: 1e-5}
	eight := lax.ScanOptions{Length: 8}
	turn := func(v jnp.Array) jnp.Array { // of shape (3)
		x, y, z := v.Index(0), v.Index(1), v.Index(2)
		return jnp.Stack([]jnp.Array{y.Sub(x).Mul(0.1), x.Mul(jnp.Sub(1, z)), x.Mul(y).Sub(z.Mul(0.3))})
	}
	for name, f := range map[string]func(v jnp.Array) jnp.Array{
		"scan": func(v jnp.Array) jnp.Array {
			last, all := lax.Scan(func(v jnp.Array, _ struct{}) (jnp.Array, jnp.Array) {
				return v.Add(turn(v).Mul(0.1)), v.Sum()
			}, v, struct{}{}, eight)
			return jnp.Append(last, all)
		},
		"scan of elements": func(v jnp.Array) jnp.Array {
			xs := jnp.Outer(jnp.Arange(5).Mul(0.1), v) // (5, 3)
			last, all := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
				return jnp.Flip(jnp.Tanh(c.Add(x))), jnp.Outer(c, x).T().Reshape(9).Slice(2, 5)
			}, v, xs, lax.ScanOptions{Reverse: true})
			return jnp.Append(last, all)
		},
		"some of the carry": func(v jnp.Array) jnp.Array {
			type state struct{ V, N jnp.Array }
			s := lax.ForiLoop(0, 6, func(i jnp.Array, s state) state {
				return state{s.V.Add(s.N.Mul(0.01)).Mul(jnp.Where(s.V.Max().Gt(0), 1, 0.5)), s.N.Add(i)}
			}, state{v, jnp.Zeros(3)})
			return s.V.Add(s.N)
		},
		"rows that end apart": func(v jnp.Array) jnp.Array {
			return lax.WhileLoop(func(v jnp.Array) jnp.Array { return v.Mul(v).Sum().Gt(0.5) },
				func(v jnp.Array) jnp.Array { return jnp.Roll(v, 1).Mul(0.8).Add(turn(v).Mul(0.05)) }, v)
		},
		"rows that end together": func(v jnp.Array) jnp.Array {
			type state struct{ N, V jnp.Array }
			return lax.WhileLoop(func(s state) jnp.Array { return s.N.Lt(5) },
				func(s state) state { return state{s.N.Add(1), jnp.Sin(s.V).Sub(turn(s.V).Mul(0.1))} },
				state{jnp.Zeros(), v}).V
		},
	} {
		forward := name[:4] == "rows"
		slope := func(v jnp.Array) jnp.Array {
			if forward {
				_, dy := gojax.JVP(f, v, jnp.Cos(v))
				return dy
			}
			return gojax.Grad(func(v jnp.Array) jnp.Array { return f(v).Mul(f(v)).Sum() })(v)
		}
		x := jnp.Sin(jnp.Arange(3*80).Reshape(80, 3))
		for what, g := range map[string]func(v jnp.Array) jnp.Array{"values": f, "derivative": slope} {
			few := gojax.Vmap(g)
			want := jnp.Concatenate([]jnp.Array{few(x.Slice(0, 40)), few(x.Slice(40, 80))})
			all := map[string]jnp.Array{"first": gojax.Vmap(g)(x)}
			if what == "values" {
				all["last"] = gojax.Vmap(g, gojax.InAxes(1))(x.T())
				all["twice"] = gojax.Vmap(gojax.Vmap(g))(x.Reshape(1, 80, 3)).Reshape(80, -1)
			}
			for axes, y := range all {
				if !slices.Equal(want.Shape(), y.Shape()) || near.AllClose(y, want).Item() != 1 {
					t.Errorf("%s, %s, mapped axis %s: %v, want %v", name, what, axes, y, want)
				}
			}
		}
	}
}
