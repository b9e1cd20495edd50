package jnp_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
)

// Vmap over operands, positions and values, alone and together, is the loop. By default each case is mapped over all,
// and over one of them.
func TestVmapIndex(t *testing.T) {
	x := jnp.Arange(24.0).Reshape(2, 3, 4)
	i := jnp.FromSlice([]int32{2, -1})
	rows := jnp.FromSlice([]int32{2, 0, 1, 1}, 2, 2)
	v := jnp.FromSlice([]float32{100, 200})
	type fn = func(x, i, v jnp.Array) jnp.Array
	type mapping struct {
		name string
		f    fn
		in   []any
		args []jnp.Array
	}
	var mappings []mapping
	for n, c := range []struct {
		name string
		pos  jnp.Array
		f    fn
	}{
		{"scalar", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(i) }},
		{"scalar and slice", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(jnp.S(nil, nil, -2), i) }},
		{"window", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(jnp.DS(i, 1), 0) }},
		{"array", rows, func(x, i, v jnp.Array) jnp.Array { return x.Index(i) }},
		{"array and scalar", rows, func(x, i, v jnp.Array) jnp.Array { return x.Index(i, 1) }},
		{"fill", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i.Mul(2)).FillValue(-1).Get() }},
		{"set", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i, 1).Set(v) }},
		{"set apart", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i, jnp.S(nil, nil, 2)).Set(v) }},
		{"add", rows, func(x, i, v jnp.Array) jnp.Array { return x.At(i).Add(v) }},
		{"drop", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i.Mul(2)).Set(v) }},
		{"mask", i, func(x, i, v jnp.Array) jnp.Array { return x.At(x.Gt(5)).Mul(v) }},
		{"take", rows, func(x, i, v jnp.Array) jnp.Array { return jnp.Take(x, i, 1) }},
		{"along", rows, func(x, i, v jnp.Array) jnp.Array { return jnp.TakeAlongAxis(x, i.Reshape(1, 2), 1) }},
	} {
		for axes := 1; axes < 8; axes++ {
			if !sample.All() && axes != 7 && axes != 1<<(n%3) {
				continue
			}
			in := []any{nil, nil, nil}
			pick := func(j int, a jnp.Array, b int) jnp.Array {
				if axes>>j&1 == 1 {
					in[j] = 0
					return a
				}
				return a.Index(0)
			}
			args := []jnp.Array{pick(0, x, 0), pick(1, c.pos, 0), pick(2, v, 0)}
			mappings = append(mappings, mapping{c.name, c.f, in, args})
		}
	}
	for some := range slices.Chunk(mappings, together) {
		in := make([][]jnp.Array, len(some))
		for k, m := range some {
			in[k] = m.args
		}
		got := gojax.Jit(func(in [][]jnp.Array) []jnp.Array {
			out := make([]jnp.Array, len(some))
			for k, m := range some {
				a := in[k]
				out[k] = gojax.Vmap(m.f, gojax.InAxes(m.in...), gojax.AxisSize(2))(a[0], a[1], a[2])
			}
			return out
		})(in)
		for k, m := range some {
			for b := range 2 {
				at := func(j int) jnp.Array {
					if m.in[j] != nil {
						return m.args[j].Index(b)
					}
					return m.args[j]
				}
				want := m.f(at(0), at(1), at(2))
				g := got[k].Index(b)
				if !slices.Equal(g.Shape(), want.Shape()) ||
					!slices.Equal(jnp.ToSlice[float32](g), jnp.ToSlice[float32](want)) {
					t.Errorf("%s, mapped %v, element %d: %v, want %v", m.name, m.in, b, g, want)
				}
			}
		}
	}
}
