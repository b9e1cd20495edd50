package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the operations on matrices share. The last two axes of an array are those of a matrix, the others count
// matrices.

// wantOneMatrix checks that there is one operand: a matrix, or a batch of them, float or complex.
func wantOneMatrix(in []ir.Aval) error {
	if err := wantOperands(in, 1); err != nil {
		return err
	}
	return firstError(wantKind(in[0], kInexact), wantMatrices(in[0]))
}

// wantMatrices checks that there are two axes.
func wantMatrices(a ir.Aval) error {
	if a.Rank() < 2 {
		return fmt.Errorf("takes matrices on the last two axes, not %s", ir.ShapeString(a.Shape))
	}
	return nil
}

// squareMatrices checks the last two axes.
func squareMatrices(a ir.Aval) error {
	r := a.Rank()
	if r < 2 || a.Shape[r-1] != a.Shape[r-2] {
		return fmt.Errorf("takes square matrices on the last two axes, not %s", ir.ShapeString(a.Shape))
	}
	return nil
}

// matrixSize are the sizes of the last two axes.
func matrixSize(shape []int) (batch []int, m, n int) {
	r := len(shape) - 2
	return shape[:r:r], shape[r], shape[r+1]
}

// matrixShape is shape with its last two axes made m by n.
func matrixShape(batch []int, m, n int) []int { return slices.Concat(batch, []int{m, n}) }

// batchMatrices is the Batch of an operation on matrices on the last two axes: the mapped axis comes before them.
func batchMatrices(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0}
}

// widened is widenedAll for one output.
func widened(e trace.Emitter, x []trace.Operand, out ir.Aval,
	f func(x []trace.Operand, out ir.Aval) trace.Operand) []trace.Operand {
	return widenedAll(e, x, []ir.Aval{out}, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		return []trace.Operand{f(x, out[0])}
	})
}

// widenedAll writes f of the operands in float32 where they are float16 or bfloat16, which no solver takes.
func widenedAll(e trace.Emitter, x []trace.Operand, out []ir.Aval,
	f func(x []trace.Operand, out []ir.Aval) []trace.Operand) []trace.Operand {
	d := x[0].Aval.DType
	if d != ir.Float16 && d != ir.BFloat16 {
		return f(x, out)
	}
	w := writer{e}
	y, wide := make([]trace.Operand, len(x)), make([]ir.Aval, len(out))
	for i, o := range x {
		y[i] = w.to("stablehlo.convert", o, ir.Float32)
	}
	for i, t := range out {
		wide[i] = t.As(ir.Float32)
	}
	r := f(y, wide)
	for i := range r {
		r[i] = w.to("stablehlo.convert", r[i], d)
	}
	return r
}

// triangle keeps what is on or below the k-th diagonal of matrices (lower), or on or above it, and zeroes the rest.
func triangle(x *Value, lower bool, k int) *Value {
	r := x.Rank()
	shape := x.Shape()[r-2:]
	row, col := Iota(ir.Int32, shape, 0), Iota(ir.Int32, shape, 1)
	row = Add(row, Full(shape, ir.IntLit(int64(k), ir.Int32)))
	keep := Ge(row, col)
	if !lower {
		keep = Le(row, col)
	}
	return Select(BroadcastInDim(keep, x.Shape(), []int{r - 2, r - 1}), x, ZerosLike(x))
}

// BatchMatMul multiplies stacks of matrices of the same number of axes, two or more: the last of x with the one before
// the last of y, and the others, which are equal, go along (lax.batch_matmul).
func BatchMatMul(x, y *Value, options ...DotOptions) *Value {
	const op = "batch_matmul"
	o := oneOption(op, options, x, y)
	r := x.Rank()
	if r < 2 || y.Rank() != r {
		trace.Fail(op, []ir.Aval{x.Aval(), y.Aval()}, "takes arrays of the same number of axes, two or more, not %d "+
			"and %d", r, y.Rank())
	}
	batch := arange(0, r-2)
	return DotGeneral(x, y, DotDims{LHSContract: []int{r - 1}, RHSContract: []int{r - 2}, LHSBatch: batch,
		RHSBatch: batch}, o)
}

// matmul is BatchMatMul as exact as the dtype.
func matmul(x, y *Value) *Value { return BatchMatMul(x, y, DotOptions{Precision: PrecisionHighest}) }

// firstColumns and firstRows are the first n of matrices, restColumns and restRows what comes after.
func firstColumns(x *Value, n int) *Value { return SliceInDim(x, 0, n, 1, x.Rank()-1) }

func firstRows(x *Value, n int) *Value { return SliceInDim(x, 0, n, 1, x.Rank()-2) }

func restColumns(x *Value, n int) *Value {
	a := x.Rank() - 1
	return SliceInDim(x, n, x.Shape()[a], 1, a)
}

func restRows(x *Value, n int) *Value {
	a := x.Rank() - 2
	return SliceInDim(x, n, x.Shape()[a], 1, a)
}

// eyeLike is the n by n identity in the dtype and batch of matrices x.
func eyeLike(x *Value, n int) *Value {
	batch, _, _ := matrixSize(x.Shape())
	one := Full(matrixShape(batch, n, n), oneOf(x.Aval()))
	return triangle(triangle(one, true, 0), false, 0)
}

// matrixTranspose and matrixAdjoint swap the last two axes, matrixAdjoint with the conjugate.
func matrixTranspose(x *Value) *Value {
	r := x.Rank()
	perm := arange(0, r)
	perm[r-1], perm[r-2] = r-2, r-1
	return Transpose(x, perm)
}

func matrixAdjoint(x *Value) *Value {
	if x.DType().IsComplex() {
		x = Conj(x)
	}
	return matrixTranspose(x)
}

func conjugate(x *Value) *Value {
	if x.DType().IsComplex() {
		return Conj(x)
	}
	return x
}

func realPart(x *Value) *Value {
	if x.DType().IsComplex() {
		return Real(x)
	}
	return x
}

// Symmetrize makes square matrices symmetric, or Hermitian: the mean of x and xᴴ or, from one triangle, the lower
// unless upper is asked for, that and its mirror image.
func Symmetrize(x *Value, oneTriangle, upper bool) *Value {
	if !oneTriangle {
		return Mul(Add(x, matrixAdjoint(x)), FullLike(x, 0.5))
	}
	k := -1
	if upper {
		k = 1
	}
	side, diagonal := triangle(x, !upper, k), triangle(triangle(x, true, 0), false, 0)
	return Add(Add(side, matrixAdjoint(side)), Convert(realPart(diagonal), x.DType()))
}

// pivotSize is by what LAPACK compares candidates for a pivot: of a complex number the sum of its parts' sizes.
func pivotSize(x *Value) *Value {
	if x.DType().IsComplex() {
		return Add(Abs(Real(x)), Abs(Imag(x)))
	}
	return Abs(x)
}
