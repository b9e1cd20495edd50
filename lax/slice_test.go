package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestSlices(t *testing.T) {
	x, i := numbers(0, 1, 3, 4), jnp.AsArray(int32(1))
	drop := lax.IndexOptions{DropAxis: true}
	checkForms(t,
		of1("Slice", func(x A) A { return lax.Slice(x, []int{0, 1}, []int{2, 4}, nil) },
			func(x V) V { return ops.Slice(x, []int{0, 1}, []int{2, 4}, nil) }, x),
		of1("Slice by strides", func(x A) A { return lax.Slice(x, []int{0, 1}, []int{3, 4}, []int{2, 3}) },
			func(x V) V { return ops.Slice(x, []int{0, 1}, []int{3, 4}, []int{2, 3}) }, x),
		of1("SliceInDim", func(x A) A { return lax.SliceInDim(x, 1, -1, 1, -1) },
			func(x V) V { return ops.SliceInDim(x, 1, 3, 1, 1) }, x),
		of1("IndexInDim", func(x A) A { return lax.IndexInDim(x, -1, 1) },
			func(x V) V { return ops.IndexInDim(x, 3, 1, true) }, x),
		of1("IndexInDim without the axis", func(x A) A { return lax.IndexInDim(x, 1, 0, drop) },
			func(x V) V { return ops.IndexInDim(x, 1, 0, false) }, x),
		form{"IndexTake", []A{x, ints(0, -1)}, func(x []A) []A { return []A{lax.IndexTake(x[0], x[1:], []int{1})} },
			func(x []V) []V { return []V{ops.IndexTake(x[0], x[1:], []int{1})} }},
	)
	checkMistakes(t,
		mistake{"lax.Slice", func() { lax.Slice(x, []int{0, 0}, []int{4, 4}, nil) }, []string{"float32[3,4]"}},
		mistake{"lax.SliceInDim", func() { lax.SliceInDim(x, 0, 9, 1, 0) }, []string{"limit 9", "size 3"}},
		mistake{"lax.IndexInDim", func() { lax.IndexInDim(x, 3, 0) }, []string{"index 3"}},
		mistake{"lax.IndexTake", func() { lax.IndexTake(x, []A{i}, []int{0}) }, []string{"vectors"}})
}

// Positions are arrays, Go integers of any type, or some of each; negative ones count from the end.
func TestDynamicSlices(t *testing.T) {
	x, u, i, j := numbers(0, 1, 3, 4), numbers(-1, -1, 1, 2), jnp.AsArray(int32(1)), jnp.AsArray(uint8(2))
	at := func(i V, n float64) V { return ops.Add(i, like(i, n-1)) } // n, made of i, which is 1
	drop := lax.IndexOptions{DropAxis: true}
	checkForms(t,
		form{
			"DynamicSlice of arrays",
			[]A{x, i, j},
			func(x []A) []A { return []A{lax.DynamicSlice(x[0], []any{x[1], x[2]}, []int{1, 2})} },
			func(x []V) []V { return []V{ops.DynamicSlice(x[0], x[1:], []int{1, 2})} },
		},
		form{
			"DynamicSlice of a Go int",
			[]A{x, i},
			func(x []A) []A { return []A{lax.DynamicSlice(x[0], []any{x[1], -2}, []int{1, 2})} },
			func(x []V) []V { return []V{ops.DynamicSlice(x[0], []V{x[1], at(x[1], 2)}, []int{1, 2})} },
		},
		form{
			"DynamicSlice of Go ints",
			[]A{x},
			func(x []A) []A { return []A{lax.DynamicSlice(x[0], []any{uint8(2), int64(-3)}, []int{1, 2})} },
			func(x []V) []V { return []V{ops.Slice(x[0], []int{2, 1}, []int{3, 3}, nil)} },
		},
		form{
			"DynamicUpdateSlice",
			[]A{x, u, i},
			func(x []A) []A { return []A{lax.DynamicUpdateSlice(x[0], x[1], []any{x[2], 2})} },
			func(x []V) []V { return []V{ops.DynamicUpdateSlice(x[0], x[1], []V{x[2], at(x[2], 2)})} },
		},
		form{"DynamicSliceInDim", []A{x, i}, func(x []A) []A {
			return []A{lax.DynamicSliceInDim(x[0], x[1], 2, -1), lax.DynamicSliceInDim(x[0], 1, 2, 1)}
		}, func(x []V) []V { y := ops.DynamicSliceInDim(x[0], x[1], 2, 1); return []V{y, y} }},
		form{"DynamicIndexInDim", []A{x, i}, func(x []A) []A {
			return []A{lax.DynamicIndexInDim(x[0], x[1], 0), lax.DynamicIndexInDim(x[0], -2, 0, drop)}
		}, func(x []V) []V {
			return []V{ops.DynamicIndexInDim(x[0], x[1], 0, true), ops.DynamicIndexInDim(x[0], x[1], 0, false)}
		}},
		form{"DynamicUpdateSliceInDim", []A{x, numbers(9, 1, 3, 1), i}, func(x []A) []A {
			return []A{lax.DynamicUpdateSliceInDim(x[0], x[1], x[2], 1), lax.DynamicUpdateSliceInDim(x[0], x[1], 1, -1)}
		}, func(x []V) []V { y := ops.DynamicUpdateSliceInDim(x[0], x[1], x[2], 1); return []V{y, y} }},
		form{"DynamicUpdateIndexInDim", []A{x, numbers(9, 1, 4), i}, func(x []A) []A {
			return []A{lax.DynamicUpdateIndexInDim(x[0], x[1], x[2], 0), lax.DynamicUpdateIndexInDim(x[0], x[1], -2, 0)}
		}, func(x []V) []V { y := ops.DynamicUpdateIndexInDim(x[0], x[1], x[2], 0); return []V{y, y} }},
	)
	checkMistakes(t,
		mistake{
			"lax.DynamicSlice",
			func() { lax.DynamicSlice(x, []any{1}, []int{1, 1}) },
			[]string{"one start", "2 axes"},
		},
		mistake{
			"lax.DynamicSlice",
			func() { lax.DynamicSlice(x, []any{1, 1.5}, []int{1, 1}) },
			[]string{"position", "float64"},
		},
		mistake{"lax.DynamicSlice", func() { lax.DynamicSlice(x, []any{1, "a"}, []int{1, 1}) }, []string{"string"}},
		mistake{
			"lax.DynamicSlice",
			func() { lax.DynamicSlice(x, []any{1, []int{1}}, []int{1, 1}) },
			[]string{"position", "[]int"},
		},
		mistake{
			"lax.DynamicSlice",
			func() { lax.DynamicSlice(x, []any{1, x}, []int{1, 1}) },
			[]string{"integer scalar"},
		},
		mistake{"lax.DynamicSlice", func() { lax.DynamicSlice(x, []any{1, 1 << 40}, []int{1, 1}) }, []string{"int32"}},
		mistake{"lax.DynamicSlice", func() { lax.DynamicSlice(x, []any{1, 1}, []int{1, 5}) }, []string{"float32[3,4]"}},
		mistake{
			"lax.DynamicUpdateSlice",
			func() { lax.DynamicUpdateSlice(x, u, []any{A{}, 1}) },
			[]string{"never set"},
		},
		mistake{"lax.DynamicSliceInDim", func() { lax.DynamicSliceInDim(x, 1, 2, 2) }, []string{"axis 2"}},
		mistake{"lax.DynamicIndexInDim", func() { lax.DynamicIndexInDim(A{}, 1, 2) }, []string{"never set"}},
		mistake{"lax.DynamicUpdateSliceInDim", func() { lax.DynamicUpdateSliceInDim(x, u, 1, 2) }, []string{"axis 2"}},
		mistake{"lax.DynamicUpdateIndexInDim", func() { lax.DynamicUpdateIndexInDim(x, u, 1, 2) }, []string{"axis 2"}},
	)
}
