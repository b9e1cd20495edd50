package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestSort(t *testing.T) {
	keys, x := jnp.FromSlice([]int32{2, 1, 2, 0, 5, 5}, 2, 3), jnp.FromSlice([]float32{3, -1, 2, 9, 7, 8}, 2, 3)
	type table struct{ Key, Value A }
	checkForms(t,
		of1("Sort", func(x A) A { return lax.Sort(x, -1) }, func(x V) V { return ops.Sort([]V{x}, 1, true, 1)[0] }, x),
		form{
			"Sort of a slice",
			[]A{keys, x},
			func(x []A) []A { return lax.Sort(x, 0) },
			func(x []V) []V { return ops.Sort(x, 0, true, 1) },
		},
		form{"Sort of a struct by two keys", []A{keys, x}, func(x []A) []A {
			y := lax.Sort(table{x[0], x[1]}, 1, lax.SortOptions{NumKeys: 2, Unstable: true})
			return []A{y.Key, y.Value}
		}, func(x []V) []V { return ops.Sort(x, 1, false, 2) }},
		form{"SortKeyVal", []A{keys, x}, func(x []A) []A { k, v := lax.SortKeyVal(x[0], x[1], -1); return []A{k, v} },
			func(x []V) []V { return ops.Sort(x, 1, true, 1) }},
		form{
			"TopK",
			[]A{x},
			func(x []A) []A { v, i := lax.TopK(x[0], 2); return []A{v, i} },
			func(x []V) []V { v, i := ops.TopK(x[0], 2); return []V{v, i} },
		},
		form{"TopK along an axis", []A{x}, func(x []A) []A { v, i := lax.TopK(x[0], 1, 0); return []A{v, i} },
			func(x []V) []V { v, i := ops.TopK(x[0], 1, 0); return []V{v, i} }},
		form{"ApproxMaxK", []A{x}, func(x []A) []A { v, i := lax.ApproxMaxK(x[0], 2, -1); return []A{v, i} },
			func(x []V) []V { v, i := ops.ApproxMaxK(x[0], 2, 1); return []V{v, i} }},
		form{"ApproxMinK", []A{x}, func(x []A) []A {
			v, i := lax.ApproxMinK(x[0], 2, 1, lax.ApproxOptions{Recall: 0.9})
			return []A{v, i}
		}, func(x []V) []V { v, i := ops.ApproxMinK(x[0], 2, 1, ops.ApproxOptions{Recall: 0.9}); return []V{v, i} }},
	)
	checkMistakes(t,
		mistake{"lax.Sort", func() { lax.Sort(struct{}{}, 0) }, []string{"no arrays"}},
		mistake{"lax.Sort", func() { lax.Sort(x, 2) }, []string{"2"}},
		mistake{"lax.Sort", func() { lax.Sort([]A{x, ints(1)}, 0) }, []string{"one shape"}},
		mistake{"lax.Sort", func() { lax.Sort(x, 0, lax.SortOptions{NumKeys: 2}) }, []string{"keys"}},
		mistake{"lax.Sort", func() { lax.Sort(x, 0, lax.SortOptions{NumKeys: -1}) }, []string{"keys"}},
		mistake{"lax.SortKeyVal", func() { lax.SortKeyVal(keys, A{}, 0) }, []string{"never set"}},
		mistake{
			"lax.SortKeyVal",
			func() { lax.SortKeyVal(keys, x, 0, lax.SortOptions{NumKeys: 2}) },
			[]string{"lax.Sort"},
		},
		mistake{"lax.TopK", func() { lax.TopK(x, 9) }, []string{"k is 9"}},
		mistake{"lax.TopK", func() { lax.TopK(x, 1, 0, 1) }, []string{"one axis"}},
		mistake{"lax.ApproxMaxK", func() { lax.ApproxMaxK(x, 9, 0) }, []string{"k is 9"}},
		mistake{"lax.ApproxMinK", func() { lax.ApproxMinK(keys, 1, 0) }, []string{"int32"}},
	)
}
