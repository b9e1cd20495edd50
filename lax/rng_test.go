package lax_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestRandomBits(t *testing.T) {
	key := jnp.FromSlice([]uint32{1, 2, 3, 4}, 4)
	f := func(key A) []A { // under Vmap XLA makes the bits of all rows from one of the keys, as in JAX
		k, b := lax.RngBitGenerator(key, []int{3})
		l, c := lax.RngBitGenerator(key, []int{3}, lax.RngOptions{DType: jnp.Uint8, Algorithm: lax.RngPhilox})
		return []A{k, b, l, c}
	}
	k, b := ops.RngBitGenerator(key.TraceValue(), []int{3}, jnp.Uint32, ops.RngDefault)
	l, c := ops.RngBitGenerator(key.TraceValue(), []int{3}, jnp.Uint8, ops.RngPhilox)
	want := wrapped([]V{k, b, l, c})
	same(t, "RngBitGenerator", f(key), want, 0)
	same(t, "Jit of RngBitGenerator", gojax.Jit(f)(key), want, 0)
	checkMistakes(t,
		mistake{"lax.RngBitGenerator", func() { lax.RngBitGenerator(ints(1), nil) }, []string{"int32[1]", "uint32[4]"}},
		mistake{
			"lax.RngBitGenerator",
			func() { lax.RngBitGenerator(key, nil, lax.RngOptions{DType: jnp.Int32}) },
			[]string{"unsigned"},
		},
		mistake{
			"lax.RngBitGenerator",
			func() { lax.RngBitGenerator(key, nil, lax.RngOptions{Algorithm: 9}) },
			[]string{"9"},
		},
		mistake{"lax.RngUniform", func() { lax.RngUniform(0, 1.5, 3) }, []string{"int32", "float32"}},
		mistake{"lax.RngUniform", func() { lax.RngUniform(numbers(0, 1, 2), 1, 3) }, []string{"float32[2]"}},
		mistake{"lax.RngUniform", func() { lax.RngUniform(int8(0), int8(9), 3) }, []string{"32 or 64 bits", "int8"}},
		mistake{"lax.RngUniform", func() { lax.RngUniform(false, true, 3) }, []string{"bool"}},
		mistake{"lax.RngUniform", func() { lax.RngUniform(0, 1, -3) }, []string{"-3"}},
	)
}

func TestRngUniform(t *testing.T) {
	f := func(lo A) []A {
		return []A{lax.RngUniform(lo, 3, 2, 3), lax.RngUniform(2.0, 3.0, 2, 3), lax.RngUniform(2, 4, 2, 3)}
	}
	lo := jnp.Asarray(float32(2))
	for mode, y := range map[string][]A{"eager": f(lo), "jit": gojax.Jit(f)(lo)} {
		for i, d := range []jnp.DType{jnp.Float32, jnp.Float32, jnp.Int32} {
			outside := func(x complex128) bool { return real(x) < 2 || real(x) > 3 }
			if x := y[i]; x.DType() != d || !slices.Equal(x.Shape(), []int{2, 3}) ||
				slices.ContainsFunc(host(x), outside) {
				t.Errorf("%s: %v of %v, want six numbers from 2 to 3", mode, x, x.DType())
			}
		}
	}
}
