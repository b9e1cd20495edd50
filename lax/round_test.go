package lax_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestRounding(t *testing.T) {
	x := jnp.FromSlice([]float32{-2.5, -0.5, 0.5, 1.5, 2.7, float32(math.Inf(1)), float32(math.NaN())}, 7)
	checkForms(t,
		of1("Floor", lax.Floor, ops.Floor, x),
		of1("Ceil", lax.Ceil, ops.Ceil, x),
		of1("IsFinite", lax.IsFinite, ops.IsFinite, x),
		of1("Round", func(x A) A { return lax.Round(x) }, func(x V) V { return ops.Round(x, ops.AwayFromZero) }, x),
		of1("Round to even", func(x A) A { return lax.Round(x, lax.RoundOptions{Method: lax.ToNearestEven}) },
			func(x V) V { return ops.Round(x, ops.ToNearestEven) }, x),
		of1("ReducePrecision", func(x A) A { return lax.ReducePrecision(x, 5, 2) },
			func(x V) V { return ops.ReducePrecision(x, 5, 2) }, x),
	)
	i := ints(1)
	checkMistakes(t,
		mistake{
			"lax.Floor",
			func() { lax.Floor(i) },
			[]string{"int32"},
		},
		mistake{"lax.Ceil", func() { lax.Ceil(i) }, []string{"int32"}},
		mistake{
			"lax.IsFinite",
			func() { lax.IsFinite(i) },
			[]string{"int32"},
		},
		mistake{"lax.Round", func() { lax.Round(i) }, []string{"int32"}},
		mistake{"lax.Round", func() { lax.Round(x, lax.RoundOptions{Method: 9}) }, []string{"9"}},
		mistake{
			"lax.Round",
			func() { lax.Round(x, lax.RoundOptions{}, lax.RoundOptions{}) },
			[]string{"one lax.RoundOptions, not 2"},
		},
		mistake{"lax.ReducePrecision", func() { lax.ReducePrecision(x, 0, 2) }, []string{"exponent"}},
		mistake{"lax.ReducePrecision", func() { lax.ReducePrecision(A{}, 5, 2) }, []string{"never set"}},
	)
}
