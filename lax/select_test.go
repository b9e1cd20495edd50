package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestSelect(t *testing.T) {
	p, yes := jnp.FromSlice([]bool{true, false, true}, 3), jnp.AsArray(true)
	x, y, lo := numbers(1, 1, 3), numbers(-1, -1, 3), jnp.AsArray(float32(1.5))
	weak := func(v float64) V { return jnp.Full([]int{3}, v).TraceValue() }
	checkForms(t,
		of3("Select", lax.Select, ops.Select, p, x, y),
		of3("Select by one bool", lax.Select, ops.Select, yes, x, y),
		of2("Select of a number", func(p, x A) A { return lax.Select(p, x, 0) },
			func(p, x V) V { return ops.Select(p, x, like(x, 0)) }, p, x),
		of2("Select of a number by one bool", func(p, x A) A { return lax.Select(p, 2.5, x) },
			func(p, x V) V { return ops.Select(p, like(x, 2.5), x) }, yes, x),
		of1("Select of numbers", func(p A) A { return lax.Select(p, 1.0, -1.0) },
			func(p V) V { return ops.Select(p, weak(1), weak(-1)) }, p),
		form{"SelectN", []A{ints(0, 2, 1), x, y, x}, func(x []A) []A { return []A{lax.SelectN(x[0], x[1:]...)} },
			func(x []V) []V { return []V{ops.SelectN(x[0], x[1:]...)} }},
		of3("Clamp", lax.Clamp, ops.Clamp, lo, x, x),
		of1("Clamp between numbers", func(x A) A { return lax.Clamp(0, x, 1.5) },
			func(x V) V { return ops.Clamp(like(x, 0), x, like(x, 1.5)) }, y),
	)
	checkMistakes(t,
		mistake{"lax.Select", func() { lax.Select(x, x, y) }, []string{"bool", "float32"}},
		mistake{"lax.Select", func() { lax.Select(p, x, ints(1, 2, 3)) }, []string{"float32", "int32"}},
		mistake{"lax.Select", func() { lax.Select(p, ints(1, 2, 3), 0.5) }, []string{"float64 0.5", "int32"}},
		mistake{"lax.Select", func() { lax.Select(A{}, x, y) }, []string{"never set"}},
		mistake{"lax.SelectN", func() { lax.SelectN(p, x, y, x) }, []string{"two cases"}},
		mistake{"lax.SelectN", func() { lax.SelectN(p) }, []string{"at least one"}},
		mistake{"lax.Clamp", func() { lax.Clamp(0, x, numbers(0, 1, 2)) }, []string{"float32[3]"}},
		mistake{"lax.Clamp", func() { lax.Clamp(0.5, ints(1), 2) }, []string{"float64 0.5", "int32"}})
}
