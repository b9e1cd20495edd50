package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestJoining(t *testing.T) {
	x, y := numbers(0, 1, 2, 3), numbers(10, 1, 2, 3)
	pad := [][3]int{{1, 0, 0}, {0, -1, 1}}
	low, high, interior := []int{1, 0}, []int{0, -1}, []int{0, 1}
	checkForms(t,
		of2("Concatenate", func(x, y A) A { return lax.Concatenate([]A{x, y}, 1) },
			func(x, y V) V { return ops.Concatenate([]V{x, y}, 1) }, x, y),
		of2("Stack", func(x, y A) A { return lax.Stack([]A{x, y}, 1) },
			func(x, y V) V { return ops.Stack([]V{x, y}, 1) }, x, y),
		form{
			"Split",
			[]A{x},
			func(x []A) []A { return lax.Split(x[0], []int{1, 2}, 1) },
			func(x []V) []V { return ops.Split(x[0], []int{1, 2}, 1) },
		},
		form{
			"Unstack",
			[]A{x},
			func(x []A) []A { return lax.Unstack(x[0], 1) },
			func(x []V) []V { return ops.Unstack(x[0], 1) },
		},
		of2("Pad", func(x, v A) A { return lax.Pad(x, v, pad) },
			func(x, v V) V { return ops.Pad(x, v, low, high, interior) }, x, jnp.Ones()),
		of1("Pad with a number", func(x A) A { return lax.Pad(x, 7, pad) },
			func(x V) V {
				return ops.Pad(x, ops.Reshape(ops.FullLike(ops.Slice(x, []int{0, 0}, []int{1, 1}, nil), 7), nil), low,
					high, interior)
			}, x),
	)
	checkMistakes(t,
		mistake{"lax.Concatenate", func() { lax.Concatenate(nil, 0) }, []string{"at least one"}},
		mistake{"lax.Concatenate", func() { lax.Concatenate([]A{x, ints(1)}, 0) }, []string{"int32"}},
		mistake{"lax.Stack", func() { lax.Stack([]A{x, {}}, 0) }, []string{"never set"}},
		mistake{"lax.Split", func() { lax.Split(x, []int{1, 1}, 1) }, []string{"add up to 2"}},
		mistake{"lax.Unstack", func() { lax.Unstack(x, 2) }, []string{"axis 2"}},
		mistake{"lax.Pad", func() { lax.Pad(ints(1), 0.5, [][3]int{{1, 1, 0}}) }, []string{"float64 0.5", "int32"}},
		mistake{"lax.Pad", func() { lax.Pad(x, 0, [][3]int{{1, 1, 0}}) }, []string{"float32[2,3]"}},
		mistake{"lax.Pad", func() { lax.Pad(x, y, pad) }, []string{"float32[2,3]", "scalar"}})
}
