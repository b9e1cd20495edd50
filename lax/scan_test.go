package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestScans(t *testing.T) {
	type row struct{ X, Y A }
	x, y := numbers(1, 1, 4), numbers(0, 2, 4)
	step := func(c A, r row) (A, A) { c = lax.Add(c, lax.Mul(r.X, r.Y)); return c, c }
	zero := jnp.Zeros()
	products := func(x []V) V { return ops.Mul(x[0], x[1]) }
	checkForms(t,
		form{"Scan", []A{x, y}, func(x []A) []A { c, ys := lax.Scan(step, zero, row{x[0], x[1]}); return []A{c, ys} },
			func(x []V) []V { return []V{ops.ReduceSum(products(x), []int{0}), ops.CumSum(products(x), 0, false)} }},
		form{"Scan from the end", []A{x, y}, func(x []A) []A {
			c, ys := lax.Scan(step, zero, row{x[0], x[1]}, lax.ScanOptions{Reverse: true, Unroll: 2, Length: 4})
			return []A{c, ys}
		}, func(x []V) []V { return []V{ops.ReduceSum(products(x), []int{0}), ops.CumSum(products(x), 0, true)} }},
		of1("Map", func(x A) A { return lax.Map(lax.Square, x) }, ops.Square, x),
		of1("Map of batches", func(x A) A { return lax.Map(lax.Square, x, lax.MapOptions{BatchSize: 3}) }, ops.Square,
			x),
		of1("AssociativeScan", func(x A) A { return lax.AssociativeScan(lax.Max, x) },
			func(x V) V { return ops.CumMax(x, 0, false) }, x),
		of1("AssociativeScan from the end", func(x A) A {
			return lax.AssociativeScan(lax.Add, x, lax.AssociativeScanOptions{Reverse: true, Axis: -1})
		}, func(x V) V { return ops.CumSum(x, 0, true) }, x),
	)
	checkMistakes(t,
		mistake{"lax.Scan", func() { lax.Scan[A, A, A](nil, zero, x) }, []string{"nil"}},
		mistake{"lax.Scan", func() { lax.Scan(step, zero, row{x, zero}) }, []string{"float32[]"}},
		mistake{"lax.Scan", func() { lax.Scan(step, zero, row{x, y}, lax.ScanOptions{Length: 3}) }, []string{"3"}},
		mistake{
			"lax.Scan",
			func() { lax.Scan(step, zero, row{x, y}, lax.ScanOptions{}, lax.ScanOptions{}) },
			[]string{"one lax.ScanOptions, not 2"},
		},
		mistake{"lax.Map", func() { lax.Map(lax.Square, x, lax.MapOptions{BatchSize: -1}) }, []string{"BatchSize"}},
		mistake{
			"lax.AssociativeScan",
			func() { lax.AssociativeScan(lax.Add, x, lax.AssociativeScanOptions{Axis: 1}) },
			[]string{"no axis 1"},
		},
		mistake{
			"lax.AssociativeScan",
			func() { lax.AssociativeScan(func(a, b A) A { return jnp.Sum(a) }, x) },
			[]string{"shapes and dtypes"},
		},
	)
}
