package lax_test

import (
	"testing"

	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestOptimizationBarrier(t *testing.T) {
	type pair struct{ X, Y A }
	x, i := numbers(0, 1, 3), ints(1, 2)
	checkForms(t,
		of1("of an array", lax.OptimizationBarrier, func(x V) V { return x }, x),
		form{
			"of a tree",
			[]A{x, i},
			func(x []A) []A { y := lax.OptimizationBarrier(pair{x[0], x[1]}); return []A{y.X, y.Y} },
			func(x []V) []V { return ops.OptimizationBarrier(x...) },
		},
	)
	if n := lax.OptimizationBarrier(3); n != 3 {
		t.Errorf("of a tree without arrays: %d", n)
	}
}
