package ops_test

import (
	"math/bits"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// solvedBack has real equations of order n solved, and the matrix multiplied by what comes out.
func solvedBack(bench *bench, o ops.TriangularOptions, n int) {
	a, b := mixed(ir.Float64, 3, 2, n, n), mixed(ir.Float64, 5, 2, 5, n)
	if o.LeftSide {
		b.shape = []int{2, n, 5}
	}
	a = mapMatrix(a, false, func(i, j int, v complex128) complex128 {
		if i == j {
			return 20
		}
		return v / 4
	})
	used := mapMatrix(a, o.Transpose, func(_, _ int, v complex128) complex128 { return v })
	lower := o.Lower != o.Transpose
	used = mapMatrix(used, false, func(i, j int, v complex128) complex128 {
		switch {
		case i == j && o.UnitDiagonal:
			return 1
		case lower && j > i, !lower && j < i:
			return 0
		}
		return v
	})
	f := f2(func(a, b *trace.Value) *trace.Value { return ops.TriangularSolve(a, b, o) })
	bench.values(f, []arr{a, b}, func(got []arr) {
		x, y := got[0], used
		if o.LeftSide {
			x, y = used, got[0]
		}
		if s := mmul(x, y).closeTo(b, 1e-10); s != "" {
			bench.t.Errorf("%+v, order %d: the product is not b: %s", o, n, s)
		}
	})
}

func TestTriangularSolve(t *testing.T) {
	bench := newBench(t)
	for word := range 32 {
		if bits.OnesCount(uint(word))%2 != 0 {
			continue // half of the words have every four of the five options in all combinations
		}
		o := ops.TriangularOptions{LeftSide: word&1 != 0, Lower: word&2 != 0, Transpose: word&4 != 0,
			Conjugate: word&8 != 0, UnitDiagonal: word&16 != 0}
		a, b := someMatrices(ir.Complex128, 2, 3, 3), someMatrices(ir.Complex128, 2, 2, 3)
		if o.LeftSide {
			b = someMatrices(ir.Complex128, 2, 3, 2)
		}
		f := f2(func(a, b *trace.Value) *trace.Value { return ops.TriangularSolve(a, b, o) })
		for _, n := range []int{3, 12} { // kernels of our own have small ones
			if word&8 == 0 {
				solvedBack(bench, o, n)
			}
		}
		used := mapMatrix(a, false, func(i, j int, v complex128) complex128 {
			switch {
			case i == j && o.UnitDiagonal:
				return 1
			case o.Lower && j > i, !o.Lower && j < i:
				return 0
			}
			return v
		})
		used = mapMatrix(used, o.Transpose, func(_, _ int, v complex128) complex128 {
			if o.Conjugate {
				return cmplx.Conj(v)
			}
			return v
		})
		some := word%5 == 0 // each option with each other one, and by default all that is run
		bench.valuesIf(some || sample.All(), f, []arr{a, b}, func(got []arr) {
			back := mmul(got[0], used)
			if o.LeftSide {
				back = mmul(used, got[0])
			}
			if s := back.closeTo(b, 1e-10); s != "" {
				t.Errorf("%+v: the product is not b: %s", o, s)
			}
		})
		if some {
			bench.again = word != 15
			bench.jvp(f, []arr{a, b})
			bench.transpose(f, []arr{a, b}, 1)
		}
	}
	for _, left := range []bool{false, true} {
		f := f2(func(a, b *trace.Value) *trace.Value {
			return ops.TriangularSolve(a, b, ops.TriangularOptions{LeftSide: left, Lower: true, UnitDiagonal: true})
		})
		if left || sample.All() {
			bench.vmap(f, []arr{someMatrices(ir.Float64, 2, 2), someMatrices(ir.Float64, 2, 2)})
		}
		if !left || sample.All() {
			bench.vmap(f, []arr{someMatrices(ir.Float32, 2, 2, 2), someMatrices(ir.Float32, 2, 2, 2)})
		}
		for _, d := range sampleOf(floats) {
			a := someMatrices(d, 2, 2)
			bench.values(f, []arr{a, a}, func([]arr) {})
		}
		bench.values(f, []arr{nums(ir.Float32, []int{0, 2, 2}), nums(ir.Float32, []int{0, 2, 2})}, func([]arr) {})
	}
	bench.run()
	a, b := someMatrices(ir.Float32, 3, 3).put(), someMatrices(ir.Float32, 2, 3).put()
	fails.With(t, func() { ops.TriangularSolve(a, b, ops.TriangularOptions{LeftSide: true}) },
		"ops.TriangularSolve(float32[3,3], float32[2,3])", "left", "axis 0", "size 3")
	fails.With(t, func() { ops.TriangularSolve(b, b, ops.TriangularOptions{}) }, "square")
	fails.With(t, func() { ops.TriangularSolve(a, someMatrices(ir.Float64, 2, 3).put(), ops.TriangularOptions{}) },
		"float32", "float64")
}
