package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestReductions(t *testing.T) {
	x, i, p := numbers(-2, 1, 2, 3), jnp.FromSlice([]int32{5, 3, -1, 7, 6, 2}, 2, 3),
		jnp.FromSlice([]bool{true, false, true, true}, 2, 2)
	type reduction struct {
		name string
		lax  func(x A, axes ...int) A
		ops  func(x *trace.Value, axes []int) *trace.Value
		in   []A
	}
	var forms []form
	for _, r := range []reduction{
		{"ReduceSum", lax.ReduceSum, ops.ReduceSum, []A{x, i}},
		{"ReduceProd", lax.ReduceProd, ops.ReduceProd, []A{x, i}},
		{"ReduceMax", lax.ReduceMax, ops.ReduceMax, []A{x, i}}, {"ReduceMin", lax.ReduceMin, ops.ReduceMin, []A{x, i}},
		{"ReduceAnd", lax.ReduceAnd, ops.ReduceAnd, []A{i, p}}, {"ReduceOr", lax.ReduceOr, ops.ReduceOr, []A{i, p}},
		{"ReduceXor", lax.ReduceXor, ops.ReduceXor, []A{i, p}},
	} {
		for _, x := range r.in {
			forms = append(forms,
				of1(r.name, func(x A) A { return r.lax(x, 0) }, func(x V) V { return r.ops(x, []int{0}) }, x),
				of1(r.name+" over the last axis", func(x A) A { return r.lax(x, -1) },
					func(x V) V { return r.ops(x, []int{1}) }, x),
				of1(r.name+" over all axes", func(x A) A { return r.lax(x) },
					func(x V) V { return r.ops(x, []int{0, 1}) }, x))
		}
		checkMistakes(t,
			mistake{"lax." + r.name, func() { r.lax(r.in[0], 2) }, []string{"2"}},
			mistake{"lax." + r.name, func() { r.lax(r.in[0], 0, -2) }, []string{"twice"}},
			mistake{"lax." + r.name, func() { r.lax(A{}) }, []string{"never set"}})
	}
	checkForms(t, forms...)
	checkMistakes(t,
		mistake{"lax.ReduceSum", func() { lax.ReduceSum(p) }, []string{"bool"}},
		mistake{"lax.ReduceXor", func() { lax.ReduceXor(x) }, []string{"float32"}})
}

func TestReduce(t *testing.T) {
	x, i := numbers(-2, 1, 2, 3), jnp.FromSlice([]int32{5, 3, -1, 7, 6, 2}, 2, 3)
	either := func(a, b A) A { return lax.Sub(lax.Add(a, b), lax.Mul(a, b)) }
	reduce := func(x V, init V, axes []int, f func(a, b V) V) V {
		return ops.Reduce([]V{x}, []V{init}, func(a, b []V) []V { return []V{f(a[0], b[0])} }, axes)[0]
	}
	type pair struct{ Sum, Max A }
	both := func(a, b pair) pair { return pair{lax.Add(a.Sum, b.Sum), lax.Max(a.Max, b.Max)} }
	zero := jnp.AsArray(float32(0))
	checkForms(t,
		of1("Reduce by name", func(x A) A { return lax.Reduce(x, 0, lax.Add, 1) },
			func(x V) V { return ops.ReduceSum(x, []int{1}) }, i),
		of2("Reduce from an array", func(x, init A) A { return lax.Reduce(x, init, lax.Max, -1) },
			func(x, init V) V { return reduce(x, init, []int{1}, ops.Max) }, x, zero),
		of2("Reduce by a function", func(x, init A) A { return lax.Reduce(x, init, either) }, func(x, init V) V {
			return reduce(x, init, []int{0, 1}, func(a, b V) V { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) })
		}, x, zero),
		form{"ReduceTree", []A{x}, func(x []A) []A {
			y := lax.ReduceTree(pair{x[0], x[0]}, pair{jnp.AsArray(0), jnp.AsArray(-9.5)}, both, 0)
			return []A{y.Sum, y.Max}
		}, func(x []V) []V { return []V{ops.ReduceSum(x[0], []int{0}), ops.ReduceMax(x[0], []int{0})} }})
	checkMistakes(t,
		mistake{"lax.Reduce", func() { lax.Reduce(x, 0, nil, 0) }, []string{"nil"}},
		mistake{"lax.Reduce", func() { lax.Reduce(i, 0.5, lax.Add, 0) }, []string{"float64 0.5", "int32"}},
		mistake{"lax.Reduce", func() { lax.Reduce(x, 0, lax.Add, 5) }, []string{"5"}},
		mistake{"lax.Reduce", func() { lax.Reduce(x, x, lax.Add, 0) }, []string{"float32[2,3]"}},
		mistake{"lax.ReduceTree", func() { lax.ReduceTree([]A{x, x}, []A{zero}, nil) }, []string{"structure"}},
		mistake{"lax.ReduceTree", func() { lax.ReduceTree(x, zero, nil) }, []string{"nil"}},
		mistake{"lax.ReduceTree", func() {
			lax.ReduceTree([]A{x}, []A{zero}, func(a, b []A) []A { return nil })
		}, []string{"f returns another structure"}})
}

func TestArgExtrema(t *testing.T) {
	x := jnp.FromSlice([]float32{1, 5, 5, -2, 7, 0}, 2, 3)
	checkForms(t,
		of1("ArgMax", func(x A) A { return lax.ArgMax(x, 1) }, func(x V) V { return ops.ArgMax(x, 1, jnp.Int32) }, x),
		of1("ArgMin", func(x A) A { return lax.ArgMin(x, -2) }, func(x V) V { return ops.ArgMin(x, 0, jnp.Int32) }, x),
		of1("ArgMax in a dtype", func(x A) A { return lax.ArgMax(x, 0, lax.ArgOptions{DType: jnp.Uint8}) },
			func(x V) V { return ops.ArgMax(x, 0, jnp.Uint8) }, x))
	checkMistakes(t,
		mistake{"lax.ArgMax", func() { lax.ArgMax(x, 2) }, []string{"2"}},
		mistake{
			"lax.ArgMin",
			func() { lax.ArgMin(x, 0, lax.ArgOptions{DType: jnp.Float32}) },
			[]string{"integer", "float32"},
		},
		mistake{"lax.ArgMin", func() { lax.ArgMin(numbers(0, 0, 0), 0) }, []string{"empty"}},
	)
}
