package lax_test

import (
	"testing"

	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestShapes(t *testing.T) {
	x, thin := numbers(0, 1, 2, 3), numbers(0, 1, 2, 1)
	checkForms(t,
		of1("BroadcastInDim", func(x A) A { return lax.BroadcastInDim(x, []int{2, 4, 3}, []int{0, 2}) },
			func(x V) V { return ops.BroadcastInDim(x, []int{2, 4, 3}, []int{0, 2}) }, x),
		of1("BroadcastInDim of a scalar", func(x A) A { return lax.BroadcastInDim(x.Sum(), []int{2}, nil) },
			func(x V) V { return ops.BroadcastInDim(ops.ReduceSum(x, []int{0, 1}), []int{2}, nil) }, x),
		of1("Broadcast", func(x A) A { return lax.Broadcast(x, 4, 1) },
			func(x V) V { return ops.Broadcast(x, []int{4, 1}) }, x),
		of2("BroadcastLike", lax.BroadcastLike, ops.BroadcastLike, thin, x),
		of1("BroadcastToRank", func(x A) A { return lax.BroadcastToRank(x, 4) },
			func(x V) V { return ops.BroadcastToRank(x, 4) }, x),
		of1("ExpandDims", func(x A) A { return lax.ExpandDims(x, 0, -1) },
			func(x V) V { return ops.ExpandDims(x, []int{0, -1}) }, x),
		of1("ExpandDims by none", func(x A) A { return lax.ExpandDims(x) }, func(x V) V { return x }, x),
		of1("Squeeze", func(x A) A { return lax.Squeeze(x, -1) }, func(x V) V { return ops.Squeeze(x, []int{1}) },
			thin),
		of1("Squeeze of none", func(x A) A { return lax.Squeeze(x) }, func(x V) V { return x }, thin),
		of1("Reshape", func(x A) A { return lax.Reshape(x, 3, 2) }, func(x V) V { return ops.Reshape(x, []int{3, 2}) },
			x),
		of1("Collapse", func(x A) A { return lax.Collapse(x, 0, 2) }, func(x V) V { return ops.Collapse(x, 0, 2) }, x),
		of1("Transpose", func(x A) A { return lax.Transpose(x, 1, 0) },
			func(x V) V { return ops.Transpose(x, []int{1, 0}) }, x),
		of1("Rev", func(x A) A { return lax.Rev(x, 0, 1) }, func(x V) V { return ops.Rev(x, []int{0, 1}) }, x),
		of1("Tile", func(x A) A { return lax.Tile(x, 2, 1) }, func(x V) V { return ops.Tile(x, []int{2, 1}) }, x),
	)
	checkMistakes(t,
		mistake{
			"lax.BroadcastInDim",
			func() { lax.BroadcastInDim(x, []int{2, 4}, []int{0, 1}) },
			[]string{"float32[2,3]"},
		},
		mistake{"lax.Broadcast", func() { lax.Broadcast(A{}, 2) }, []string{"never set"}},
		mistake{"lax.BroadcastLike", func() { lax.BroadcastLike(x, thin) }, []string{"[2,1]"}},
		mistake{"lax.BroadcastToRank", func() { lax.BroadcastToRank(x, 1) }, []string{"float32[2,3]"}},
		mistake{"lax.ExpandDims", func() { lax.ExpandDims(x, 5) }, []string{"5"}},
		mistake{"lax.Squeeze", func() { lax.Squeeze(x, 0) }, []string{"float32[2,3]", "size"}},
		mistake{"lax.Reshape", func() { lax.Reshape(x, 4) }, []string{"float32[2,3]", "[4]"}},
		mistake{"lax.Reshape", func() { lax.Reshape(x, -1) }, []string{"-1"}},
		mistake{"lax.Collapse", func() { lax.Collapse(x, 1, 0) }, []string{"axis 0"}},
		mistake{"lax.Transpose", func() { lax.Transpose(x) }, []string{"float32[2,3]"}},
		mistake{"lax.Transpose", func() { lax.Transpose(x, 0, 0) }, []string{"float32[2,3]"}},
		mistake{"lax.Rev", func() { lax.Rev(x, 2) }, []string{"2"}},
		mistake{"lax.Tile", func() { lax.Tile(x, 2) }, []string{"2 axes"}},
	)
}
