package ops_test

import (
	"fmt"
	"math/cmplx"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// matrix products for references.
func mmul(x, y arr) arr {
	r := len(x.shape)
	b := others(r, []int{r - 2, r - 1})
	return refDot(x, y, ops.DotDims{LHSContract: []int{r - 1}, RHSContract: []int{r - 2}, LHSBatch: b, RHSBatch: b},
		x.d)
}

// mapMatrix makes a new array from the elements of matrices, by row and column; swap exchanges the two.
func mapMatrix(x arr, swap bool, f func(i, j int, v complex128) complex128) arr {
	out := arr{d: x.d, shape: x.shape}
	r := len(x.shape)
	counter(x.shape, func(at []int) {
		from := slices.Clone(at)
		if swap {
			from[r-1], from[r-2] = at[r-2], at[r-1]
		}
		out.e = append(out.e, ir.ComplexLit(f(at[r-2], at[r-1], x.e[flat(x.shape, from)].Complex()), x.d))
	})
	return out
}

func adjoint(x arr) arr {
	return mapMatrix(x, true, func(_, _ int, v complex128) complex128 { return cmplx.Conj(v) })
}

// someMatrices have a large diagonal.
func someMatrices(d ir.DType, shape ...int) arr {
	a := ramp(d, 0, 0, shape...).direction()
	return mapMatrix(a, false, func(i, j int, v complex128) complex128 {
		if i == j {
			return v + 3
		}
		return v
	})
}

// diagonal is a 3 by 3 matrix with v on its diagonal.
func diagonal(v float64, d ir.DType) *trace.Value {
	n := []int{3, 3}
	on := ops.Eq(ops.Iota(ir.Int32, n, 0), ops.Iota(ir.Int32, n, 1))
	return ops.Select(on, ops.Full(n, ir.FloatLit(v, d)), ops.Full(n, ir.FloatLit(0, d)))
}

// unitary checks that the columns of x are orthonormal.
func unitary(t *testing.T, what string, x arr) {
	t.Helper()
	y := mmul(swapped(x), x)
	want := mapMatrix(y, false, func(i, j int, _ complex128) complex128 {
		if i == j {
			return 1
		}
		return 0
	})
	if s := y.closeTo(want, 30*tolOf(x.d)); s != "" {
		t.Errorf("%s is not unitary: %s", what, s)
	}
}

// swapped is the adjoint of matrices that need not be square.
func swapped(x arr) arr {
	out := arr{d: x.d, shape: slices.Clone(x.shape)}
	r := len(x.shape)
	out.shape[r-2], out.shape[r-1] = x.shape[r-1], x.shape[r-2]
	counter(out.shape, func(at []int) {
		from := slices.Clone(at)
		from[r-1], from[r-2] = at[r-2], at[r-1]
		out.e = append(out.e, ir.ComplexLit(cmplx.Conj(x.e[flat(x.shape, from)].Complex()), x.d))
	})
	return out
}

// decomposed are the types that the decompositions are tried on: square, tall, wide, vectors, batches. Each is a
// program or two of some hundred operations, so not every dtype has every shape.
var decomposed = []struct {
	d     ir.DType
	shape []int
}{
	{ir.Float32, []int{1, 1}}, {ir.Float32, []int{4, 2}}, {ir.Float32, []int{2, 5}}, {ir.Float64, []int{2, 3, 2}},
	{ir.Float64, []int{7, 7}},
	{ir.Complex128, []int{2, 2, 3}}, {ir.Complex64, []int{3, 2}}, {ir.Float16, []int{2, 3}}, {ir.BFloat16, []int{2, 2}},
}

// decompositions calls f for each of decomposed, and for all columns too where they are more (full). By default that is
// once for each family of dtypes, with leading axes and without, and for each form of matrix, all columns or not.
func decompositions(f func(d ir.DType, shape []int, full bool)) {
	var kinds sample.Kinds
	for _, c := range decomposed {
		r := len(c.shape)
		n, m := c.shape[r-2], c.shape[r-1]
		for _, full := range []bool{false, true}[:1+btoi(n != m)] {
			if kinds.Add(fmt.Sprint("rank ", r), fmt.Sprint(n < m, n > m, full),
				fmt.Sprint(c.d.Kind(), c.d.Bits() < 32, c.d == ir.Float32)) {
				f(c.d, c.shape, full)
			}
		}
	}
}

func ExampleBatchMatMul() {
	x := ops.Full([]int{2, 1, 3}, ir.FloatLit(2, ir.Float32))
	y := ops.Iota(ir.Float32, []int{2, 3, 1}, 1)
	show(ops.Reshape(ops.BatchMatMul(x, y), []int{2}))
	// Output: [6. 6.]
}
