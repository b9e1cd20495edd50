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
		form{"ScanN", []A{x}, func(x []A) []A {
			c, ys := lax.ScanN(3, func(c A) (A, A) { c = lax.Add(c, c); return c, c }, x[0])
			return []A{c, ys}
		}, func(x []V) []V {
			y := []V{ops.Mul(x[0], like(x[0], 2)), ops.Mul(x[0], like(x[0], 4)), ops.Mul(x[0], like(x[0], 8))}
			for i, v := range y {
				y[i] = ops.ExpandDims(v, []int{0})
			}
			return []V{ops.Mul(x[0], like(x[0], 8)), ops.Concatenate(y, 0)}
		}},
		of1("Fold", func(x A) A { return lax.Fold(lax.Add[A, A], zero, x) },
			func(x V) V { return ops.ReduceSum(x, []int{0}) }, x),
		of1("Fold from the end", func(x A) A {
			twice := func(c, x A) A { return lax.Add(lax.Mul(c, 2), x) }
			return lax.Fold(twice, zero, x, lax.ScanOptions{Reverse: true})
		}, func(x V) V {
			return ops.ReduceSum(ops.Mul(x, jnp.FromSlice([]float32{1, 2, 4, 8}).TraceValue()), []int{0})
		}, x),
		of1("Map", func(x A) A { return lax.Map(lax.Square, x) }, ops.Square, x),
		of1("Map of batches", func(x A) A { return lax.Map(lax.Square, x, lax.MapOptions{BatchSize: 3}) }, ops.Square,
			x),
		of1("AssociativeScan", func(x A) A { return lax.AssociativeScan(lax.Max, x) },
			func(x V) V { return ops.CumMax(x, 0, false) }, x),
		of1("AssociativeScan from the end", func(x A) A {
			return lax.AssociativeScan(lax.Add, x, lax.AssociativeScanOptions{Reverse: true, Axis: -1})
		}, func(x V) V { return ops.CumSum(x, 0, true) }, x),
	)
	if c, ys := lax.ScanN(0, func(c A) (A, A) { return c, c }, x); ys.Shape()[0] != 0 || c.Len() != 4 {
		t.Errorf("no steps: %v, %v", c, ys)
	}
	checkMistakes(t,
		mistake{"lax.ScanN", func() { lax.ScanN(-1, func(c A) (A, A) { return c, c }, x) }, []string{"-1 steps"}},
		mistake{"lax.ScanN", func() { lax.ScanN[A, A](1, nil, x) }, []string{"nil"}},
		mistake{
			"lax.ScanN",
			func() { lax.ScanN(2, func(c A) (A, A) { return c, c }, x, lax.ScanOptions{Length: 3}) },
			[]string{"3", "2 steps"},
		},
		mistake{"lax.Fold", func() { lax.Fold[A, A](nil, zero, x) }, []string{"nil"}},
		mistake{"lax.Fold", func() { lax.Fold(func(c, x A) A { return x }, zero, zero) }, []string{"float32[]"}},
		mistake{"lax.Fold", func() { lax.Fold(func(c, x A) A { return numbers(0, 1, 2) }, zero, x) },
			[]string{"the carry enters as float32[]", "float32[2]"}},
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
