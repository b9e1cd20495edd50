package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// elements are the ScatterDims of single elements of a vector.
var elements = lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}

func TestScatter(t *testing.T) {
	x, at, u := numbers(1, 1, 4), jnp.FromSlice([]int32{2, 0, 9}, 3, 1), numbers(10, -4, 3)
	type scatter struct {
		name string
		lax  func(x, indices, updates A, dims lax.ScatterDims, options ...lax.ScatterOptions) A
		ops  func(x, indices, updates *trace.Value, dims ops.ScatterDims, o ops.ScatterOptions) *trace.Value
	}
	scatters := []scatter{{"Scatter", lax.Scatter, ops.Scatter}, {"ScatterAdd", lax.ScatterAdd, ops.ScatterAdd},
		{"ScatterSub", lax.ScatterSub, ops.ScatterSub}, {"ScatterMul", lax.ScatterMul, ops.ScatterMul},
		{"ScatterMin", lax.ScatterMin, ops.ScatterMin}, {"ScatterMax", lax.ScatterMax, ops.ScatterMax}}
	forms := []form{of2("ScatterApply",
		func(x, i A) A {
			return lax.ScatterApply(x, i, func(v A) A { return lax.Mul(v, 3) }, []int{3}, elements)
		},
		func(x, i V) V {
			return ops.ScatterApply(x, i, func(v V) V { return ops.Mul(v, like(v, 3)) }, []int{3}, elements,
				ops.ScatterOptions{})
		}, x, at)}
	for _, s := range scatters {
		forms = append(
			forms,
			of3(s.name, func(x, i, u A) A { return s.lax(x, i, u, elements) },
				func(x, i, u V) V { return s.ops(x, i, u, elements, ops.ScatterOptions{}) }, x, at, u),
			of3(s.name+" clipping",
				func(x, i, u A) A { return s.lax(x, i, u, elements, lax.ScatterOptions{Mode: lax.Clip}) },
				func(x, i, u V) V { return s.ops(x, i, u, elements, ops.ScatterOptions{Mode: ops.Clip}) }, x, at, u),
		)
	}
	checkForms(t, forms...)
	for _, s := range scatters {
		checkMistakes(t,
			mistake{
				"lax." + s.name,
				func() { s.lax(x, at, ints(1, 2, 3), elements) },
				[]string{"float32[4]", "int32[3]"},
			},
			mistake{"lax." + s.name, func() { s.lax(x, at, A{}, elements) }, []string{"never set"}},
			mistake{
				"lax." + s.name,
				func() { s.lax(x, at, u, elements, lax.ScatterOptions{}, lax.ScatterOptions{}) },
				[]string{"one lax.ScatterOptions"},
			},
		)
	}
	checkMistakes(t, mistake{"lax.ScatterApply", func() { lax.ScatterApply(x, at, nil, []int{3}, elements) },
		[]string{"nil"}})
}
