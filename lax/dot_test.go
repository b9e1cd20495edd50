package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestProducts(t *testing.T) {
	x, y := numbers(-1, 0.5, 2, 3), numbers(2, -1, 3, 4)
	bx, by := numbers(0, 1, 2, 2, 3), numbers(1, 1, 2, 3, 1)
	groups, matrices := ints(1, 1), numbers(0, 1, 2, 3, 2)
	dims := lax.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}
	ragged := lax.RaggedDims{Dot: dims, LHSRagged: 0, RHSGroups: []int{0}}
	ragged.Dot.RHSContract = []int{1}
	wide := lax.DotOptions{Precision: lax.PrecisionHighest, PreferredType: jnp.Float32}
	checkForms(t,
		of2("DotGeneral", func(x, y A) A { return lax.DotGeneral(x, y, dims) },
			func(x, y V) V { return ops.DotGeneral(x, y, dims, ops.DotOptions{}) }, x, y),
		of2("DotGeneral with options", func(x, y A) A { return lax.DotGeneral(x, y, dims, wide) },
			func(x, y V) V { return ops.DotGeneral(x, y, dims, ops.DotOptions(wide)) }, x.AsType(jnp.Float16),
			y.AsType(jnp.Float16)),
		of2("Dot", func(x, y A) A { return lax.Dot(x, y) }, func(x, y V) V { return ops.Dot(x, y) }, x, y),
		of2("BatchMatMul", func(x, y A) A { return lax.BatchMatMul(x, y) },
			func(x, y V) V { return ops.BatchMatMul(x, y) }, bx, by),
		of3("RaggedDot", func(x, y, g A) A { return lax.RaggedDot(x, y, g) },
			func(x, y, g V) V { return ops.RaggedDot(x, y, g, ops.DotOptions{}) }, x, matrices, groups),
		of3("RaggedDotGeneral", func(x, y, g A) A { return lax.RaggedDotGeneral(x, y, g, ragged) },
			func(x, y, g V) V { return ops.RaggedDotGeneral(x, y, g, ragged, ops.DotOptions{}) }, x, matrices, groups),
	)
	checkMistakes(t,
		mistake{"lax.DotGeneral", func() { lax.DotGeneral(x, x, dims) }, []string{"float32[2,3], float32[2,3]"}},
		mistake{"lax.Dot", func() { lax.Dot(x, A{}) }, []string{"never set"}},
		mistake{"lax.Dot", func() { lax.Dot(x, y, wide, wide) }, []string{"one lax.DotOptions, not 2"}},
		mistake{"lax.BatchMatMul", func() { lax.BatchMatMul(x, by) }, []string{"float32[2,3], float32[2,3,1]"}},
		mistake{"lax.RaggedDot", func() { lax.RaggedDot(x, matrices, x) }, []string{"integer"}},
		mistake{"lax.RaggedDotGeneral", func() { lax.RaggedDotGeneral(x, y, A{}, ragged) }, []string{"never set"}})
}
