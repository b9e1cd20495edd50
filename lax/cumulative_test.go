package lax_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestCumulative(t *testing.T) {
	x := numbers(0.5, 0.5, 2, 3)
	type cumulative struct {
		name string
		lax  func(x A, axis int, options ...lax.CumulativeOptions) A
		ops  func(x *trace.Value, axis int, reverse bool) *trace.Value
	}
	var forms []form
	for _, c := range []cumulative{{"CumSum", lax.CumSum, ops.CumSum}, {"CumProd", lax.CumProd, ops.CumProd},
		{"CumMax", lax.CumMax, ops.CumMax},
		{"CumMin", lax.CumMin, ops.CumMin}, {"CumLogSumExp", lax.CumLogSumExp, ops.CumLogSumExp}} {
		forms = append(forms,
			of1(c.name, func(x A) A { return c.lax(x, 0) }, func(x V) V { return c.ops(x, 0, false) }, x),
			of1(c.name+" from the end", func(x A) A { return c.lax(x, -1, lax.CumulativeOptions{Reverse: true}) },
				func(x V) V { return c.ops(x, 1, true) }, x))
		checkMistakes(t,
			mistake{"lax." + c.name, func() { c.lax(x, 2) }, []string{"2"}},
			mistake{"lax." + c.name, func() { c.lax(A{}, 2) }, []string{"never set"}},
			mistake{"lax." + c.name, func() { c.lax(lax.Lt(x, 1), 0) }, []string{"bool"}})
	}
	checkForms(t, forms...)
}

// Cumulative extrema tell subnormal numbers from 0, and let NaN through.
func TestCumulativeExtremaOfSubnormals(t *testing.T) {
	tiny := math.Float32frombits(3)
	less := math.Float32frombits(1)
	nan := float32(math.NaN())
	x := jnp.FromSlice([]float32{0, less, tiny, -tiny, 1, nan, 2})
	for what, y := range map[string][2]A{
		"CumMax": {lax.CumMax(x, 0), jnp.FromSlice([]float32{0, less, tiny, tiny, 1, nan, nan})},
		"CumMin": {lax.CumMin(x, 0), jnp.FromSlice([]float32{0, 0, 0, -tiny, -tiny, nan, nan})},
		"reversed": {lax.CumMax(x.Index(jnp.S(0, 4)), 0, lax.CumulativeOptions{Reverse: true}),
			jnp.FromSlice([]float32{tiny, tiny, tiny, -tiny})},
	} {
		if (jnp.Tolerance{EqualNaN: true}).ArrayEqual(y[0], y[1]).Item() != 1 {
			t.Errorf("%s of %v: %v", what, x, y[0])
		}
	}
}
