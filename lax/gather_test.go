package lax_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestGather(t *testing.T) {
	x, rows := numbers(0, 1, 3, 4), jnp.FromSlice([]int32{2, 0, 5}, 3, 1)
	dims := lax.GatherDims{OffsetDims: []int{1}, CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
	row := func(name string, o ops.GatherOptions, options ...lax.GatherOptions) form {
		return of2(name, func(x, i A) A { return lax.Gather(x, i, dims, []int{1, 4}, options...) },
			func(x, i V) V { return ops.Gather(x, i, dims, []int{1, 4}, o) }, x, rows)
	}
	seven := ir.FloatLit(7, ir.Float32)
	checkForms(t,
		row("Gather", ops.GatherOptions{}), // the position that is not there gives NaN
		row("Gather clipping", ops.GatherOptions{Mode: ops.Clip}, lax.GatherOptions{Mode: lax.Clip}),
		row("Gather filling", ops.GatherOptions{FillValue: &seven}, lax.GatherOptions{FillValue: 7}),
		row("Gather with promises", ops.GatherOptions{IndicesAreSorted: true, UniqueIndices: true},
			lax.GatherOptions{UniqueIndices: true}),
	)
	checkMistakes(t,
		mistake{"lax.Gather", func() { lax.Gather(x, x, dims, []int{1, 4}) }, []string{"integer", "float32"}},
		mistake{"lax.Gather", func() { lax.Gather(x, rows, dims, []int{1}) }, []string{"float32[3,4]"}},
		mistake{
			"lax.Gather",
			func() { lax.Gather(x, rows, dims, []int{1, 4}, lax.GatherOptions{FillValue: "7"}) },
			[]string{"string"},
		},
		mistake{
			"lax.Gather",
			func() { lax.Gather(x, rows, dims, []int{1, 4}, lax.GatherOptions{FillValue: x}) },
			[]string{"FillValue", "jnp.Array"},
		},
		mistake{"lax.Gather", func() { lax.Gather(x, A{}, dims, []int{1, 4}) }, []string{"never set"}},
	)
}
