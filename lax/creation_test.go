package lax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func TestCreation(t *testing.T) {
	x := ints(4, 5)
	full := func(x A) map[string]A {
		return map[string]A{
			"Full of an int":       lax.Full([]int{2}, 3),
			"Full of a float":      lax.Full([]int{2}, 1.5),
			"Full of a sized type": lax.Full([]int{2}, int8(3)),
			"Full with a dtype":    lax.Full([]int{2}, 1.5, lax.FullOptions{DType: jnp.Int32}),
			"Full of an array":     lax.Full([]int{1, 2}, jnp.Sum(x)),
			"FullLike":             lax.FullLike(x, 7),
			"FullLike cuts":        lax.FullLike(x, 7.5),
			"FullLike of an array": lax.FullLike(x, x.Index(1)),
			"FullLike otherwise":   lax.FullLike(x, 2, lax.FullOptions{DType: jnp.Float32, Shape: []int{1, 1}}),
			"Iota":                 lax.Iota(jnp.Float32, []int{2, 2}, 1),
			"Empty":                lax.Empty([]int{2}, jnp.Uint8),
		}
	}
	want := map[string]string{
		"Full of an int":       "~int32[2] [3 3]",
		"Full of a float":      "~float32[2] [1.5 1.5]",
		"Full of a sized type": "int8[2] [3 3]",
		"Full with a dtype":    "int32[2] [1 1]",
		"Full of an array":     "int32[1,2] [[9 9]]",
		"FullLike":             "int32[2] [7 7]",
		"FullLike cuts":        "int32[2] [7 7]",
		"FullLike of an array": "int32[2] [5 5]",
		"FullLike otherwise":   "float32[1,1] [[2.]]",
		"Iota":                 "float32[2,2] [[0. 1.]\n [0. 1.]]",
		"Empty":                "uint8[2] [0 0]",
	}
	for mode, got := range map[string]map[string]A{"eager": full(x), "jit": gojax.Jit(full)(x)} {
		for name, w := range want {
			if g := got[name].TraceValue().Aval().String() + " " + got[name].String(); g != w {
				t.Errorf("%s, %s: %s, want %s", name, mode, g, w)
			}
		}
	}
	checkMistakes(t,
		mistake{"lax.Full", func() { lax.Full([]int{-1}, 1) }, []string{"negative"}},
		mistake{"lax.Full", func() { lax.Full([]int{2}, x) }, []string{"int32[2]", "without axes"}},
		mistake{"lax.Full", func() { lax.Full([]int{2}, A{}) }, []string{"never set"}},
		mistake{"lax.Full", func() { lax.Full([]int{2}, 1, lax.FullOptions{Shape: []int{2}}) }, []string{"Shape"}},
		mistake{"lax.FullLike", func() { lax.FullLike(A{}, 1) }, []string{"never set"}},
		mistake{"lax.FullLike", func() { lax.FullLike(x, x) }, []string{"int32[2]", "without axes"}},
		mistake{"lax.FullLike", func() { lax.FullLike(x, 1, lax.FullOptions{Shape: []int{-2}}) }, []string{"negative"}},
		mistake{"lax.Iota", func() { lax.Iota(jnp.Bool, []int{2}, 0) }, []string{"bool"}},
		mistake{"lax.Iota", func() { lax.Iota(jnp.Int32, []int{2}, 1) }, []string{"axis 1"}},
		mistake{"lax.Empty", func() { lax.Empty([]int{-2}, jnp.Int32) }, []string{"negative"}})
}
