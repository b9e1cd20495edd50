package lax_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestReduceWindow(t *testing.T) {
	x, i := numbers(-3, 1, 4, 4), jnp.FromSlice([]int32{5, 3, -1, 7}, 4)
	two, by := []int{2, 2}, []int{1, 2}
	none := func(f float64) V { return ops.ScalarLit(ir.FloatLit(f, ir.Float32)) }
	dilated := lax.WindowOptions{BaseDilation: []int{1, 2}, WindowDilation: []int{2, 1}}
	type pair struct{ Sum, Max A }
	both := func(a, b pair) pair { return pair{lax.Add(a.Sum, b.Sum), lax.Max(a.Max, b.Max)} }
	checkForms(t,
		of1("ReduceWindow by Add", func(x A) A { return lax.ReduceWindow(x, 0, lax.Add, two, by, lax.PadSame()) },
			func(x V) V { return ops.ReduceWindow(x, none(0), ops.Add, two, by, ops.PadSame) }, x),
		of1("ReduceWindow by Max",
			func(x A) A { return lax.ReduceWindow(x, math.Inf(-1), lax.Max, two, nil, lax.PadValid()) },
			func(x V) V { return ops.ReduceWindow(x, none(math.Inf(-1)), ops.Max, two, nil, ops.PadValid) }, x),
		of1("ReduceWindow by Min",
			func(x A) A { return lax.ReduceWindow(x, math.Inf(1), lax.Min, two, nil, lax.PadSameLower()) },
			func(x V) V { return ops.ReduceWindow(x, none(math.Inf(1)), ops.Min, two, nil, ops.PadSameLower) }, x),
		of1("ReduceWindow by Or",
			func(x A) A { return lax.ReduceWindow(x, 0, lax.BitwiseOr, []int{2}, nil, lax.PadValid()) },
			func(x V) V {
				return ops.ReduceWindow(x, ops.ScalarLit(ir.IntLit(0, ir.Int32)), ops.Or, []int{2}, nil, ops.PadValid)
			}, i),
		of2("ReduceWindow from an array", func(x, init A) A {
			return lax.ReduceWindow(x, init, lax.Mul, two, by, lax.PadWith([2]int{1, 0}, [2]int{0, 1}))
		}, func(x, init V) V {
			return ops.ReduceWindow(x, init, ops.Mul, two, by, ops.PadWith([2]int{1, 0}, [2]int{0, 1}))
		}, x, jnp.Ones()),
		of1("ReduceWindow by a function", func(x A) A {
			return lax.ReduceWindow(x, 0, func(a, b A) A { return a.Add(b).Sub(a.Mul(b)) }, two, by, lax.PadSame(),
				dilated)
		}, func(x V) V {
			f := func(a, b V) V { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) }
			return ops.ReduceWindow(x, none(0), f, two, by, ops.PadSame, ops.WindowOptions(dilated))
		}, x),
		form{"ReduceWindowTree", []A{x}, func(x []A) []A {
			init := pair{jnp.AsArray(0), jnp.AsArray(math.Inf(-1))}
			y := lax.ReduceWindowTree(pair{x[0], x[0]}, init, both, two, by, lax.PadValid())
			return []A{y.Sum, y.Max}
		}, func(x []V) []V {
			return []V{ops.ReduceWindow(x[0], none(0), ops.Add, two, by, ops.PadValid),
				ops.ReduceWindow(x[0], none(math.Inf(-1)), ops.Max, two, by, ops.PadValid)}
		}},
	)
	checkMistakes(t,
		mistake{"lax.ReduceWindow", func() { lax.ReduceWindow(x, 0, nil, two, by, lax.PadValid()) }, []string{"nil"}},
		mistake{
			"lax.ReduceWindow",
			func() { lax.ReduceWindow(x, 0, lax.Add, []int{2}, nil, lax.PadValid()) },
			[]string{"float32[4,4]"},
		},
		mistake{
			"lax.ReduceWindow",
			func() { lax.ReduceWindow(i, 0.5, lax.Add, []int{2}, nil, lax.PadValid()) },
			[]string{"float64 0.5", "int32"},
		},
		mistake{
			"lax.ReduceWindow",
			func() { lax.ReduceWindow(x, jnp.Zeros(2), lax.Add, two, nil, lax.PadValid()) },
			[]string{"scalar", "float32[2]"},
		},
		mistake{
			"lax.ReduceWindow",
			func() { lax.ReduceWindow(A{}, 0, lax.Add, two, nil, lax.PadValid()) },
			[]string{"never set"},
		},
		mistake{"lax.ReduceWindowTree", func() {
			lax.ReduceWindowTree([]A{x}, nil, func(a, b []A) []A { return a }, two, nil, lax.PadValid())
		}, []string{"structure"}},
		mistake{"lax.ReduceWindowTree", func() {
			lax.ReduceWindowTree([]A{x}, []A{jnp.Zeros()}, func(a, b []A) []A { return nil }, two, nil, lax.PadValid())
		}, []string{"f returns another structure"}},
	)
	want := lax.ReduceWindow(x, 0, lax.Add, two, by, lax.PadSame(), dilated).Shape()
	if got := lax.ReduceWindowShape(x.Shape(), two, by, lax.PadSame(), dilated); !slices.Equal(got, want) {
		t.Errorf("ReduceWindowShape: %v, want %v", got, want)
	}
}
