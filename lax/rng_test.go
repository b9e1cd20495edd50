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
		k, b := lax.RNGBitGenerator(key, []int{3})
		l, c := lax.RNGBitGenerator(key, []int{3}, lax.RNGOptions{DType: jnp.Uint8, Algorithm: lax.RNGPhilox})
		return []A{k, b, l, c}
	}
	k, b := ops.RNGBitGenerator(key.TraceValue(), []int{3}, jnp.Uint32, ops.RNGDefault)
	l, c := ops.RNGBitGenerator(key.TraceValue(), []int{3}, jnp.Uint8, ops.RNGPhilox)
	want := wrapped([]V{k, b, l, c})
	same(t, "RNGBitGenerator", f(key), want, 0)
	same(t, "Jit of RNGBitGenerator", gojax.Jit(f)(key), want, 0)
	checkMistakes(t,
		mistake{"lax.RNGBitGenerator", func() { lax.RNGBitGenerator(ints(1), nil) }, []string{"int32[1]", "uint32[4]"}},
		mistake{
			"lax.RNGBitGenerator",
			func() { lax.RNGBitGenerator(key, nil, lax.RNGOptions{DType: jnp.Int32}) },
			[]string{"unsigned"},
		},
		mistake{
			"lax.RNGBitGenerator",
			func() { lax.RNGBitGenerator(key, nil, lax.RNGOptions{Algorithm: 9}) },
			[]string{"9"},
		},
		mistake{"lax.RNGUniform", func() { lax.RNGUniform(0, 1.5, 3) }, []string{"int32", "float32"}},
		mistake{"lax.RNGUniform", func() { lax.RNGUniform(numbers(0, 1, 2), 1, 3) }, []string{"float32[2]"}},
		mistake{"lax.RNGUniform", func() { lax.RNGUniform(int8(0), int8(9), 3) }, []string{"32 or 64 bits", "int8"}},
		mistake{"lax.RNGUniform", func() { lax.RNGUniform(false, true, 3) }, []string{"bool"}},
		mistake{"lax.RNGUniform", func() { lax.RNGUniform(0, 1, -3) }, []string{"-3"}},
	)
}

func TestRNGUniform(t *testing.T) {
	f := func(lo A) []A {
		return []A{lax.RNGUniform(lo, 3, 2, 3), lax.RNGUniform(2.0, 3.0, 2, 3), lax.RNGUniform(2, 4, 2, 3)}
	}
	lo := jnp.AsArray(float32(2))
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
