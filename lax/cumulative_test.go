package lax_test

import (
	"testing"

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
