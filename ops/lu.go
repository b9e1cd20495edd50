package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type lu struct{}

func (lu) Name() string { return "lu" }

// LU is the decomposition p·x = l·u of each m by n matrix on the last two axes with partial pivoting, float or complex
// (LAPACK getrf, lax.linalg.lu): packed has u on and above the diagonal, and l, whose diagonal is 1, below it. Row i
// was exchanged with row pivots[i] in step i, k = min(m, n) of them, int32, so that row i of p·x is row permutation[i]
// of x. Of a singular matrix u has a zero on its diagonal. float16 and bfloat16 are computed in float32.
func LU(x *Value) (packed, pivots, permutation *Value) {
	y := trace.Bind(lu{}, x)
	return y[0], y[1], y[2]
}

func (lu) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOneMatrix(in); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(in[0].Shape)
	vector := func(n int) ir.Aval { return ir.Aval{Shape: append(own(batch), n), DType: ir.Int32} }
	return []ir.Aval{in[0], vector(min(m, n)), vector(m)}, nil
}

func (lu) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0, 0}
}

func (lu) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	var exchanges []trace.Operand
	packed := widened(e, x, out[0], func(x []trace.Operand, t ir.Aval) trace.Operand {
		var r []trace.Operand
		getrf := lapack{"getrf", "0", ""}
		if writtenOut(e, t) {
			r = lowerFun(e, x, func(v []*Value) []*Value { return smallLU(v[0]) })
		} else if getrf.there(e, t.DType) && t.Size() > 0 {
			r = getrf.call(e, x, t, out[1], batchOf(t, ir.Int32))
			w := writer{e}
			one := w.Const(ir.IntLit(1, ir.Int32), out[1].Shape)
			r[1] = w.bin("stablehlo.subtract", r[1], one) // LAPACK counts from 1
			r[2] = callKernel(e, permutationKernel, r[1:2], "", out[2])[0]
		} else {
			r = lowerFun(e, x, func(v []*Value) []*Value { return blockedLU(v[0]) })
		}
		exchanges = r[1:]
		return r[0]
	})
	return append(packed, exchanges...)
}

// luBlock is how many columns are decomposed one by one before the others follow in a product of matrices.
const luBlock = 32

// blockedLU is the decomposition in operations of XLA's: blocks of columns from left to right, each with its own
// exchanges of rows, then the rows on its right solved for, and what is left of the matrix brought up to date.
func blockedLU(x *Value) []*Value {
	batch, m, n := matrixSize(x.Shape())
	k := min(m, n)
	b := ir.SizeOf(batch)
	rows := Iota(ir.Int32, []int{b, m}, 1)
	if k == 0 || b == 0 {
		pivots := Zeros(ir.Aval{Shape: append(own(batch), k), DType: ir.Int32})
		return []*Value{x, pivots, Reshape(rows, append(own(batch), m))}
	}
	block := min(luBlock, k)
	blocks := (k + block - 1) / block
	a := Reshape(x, []int{b, m, n})
	wide := blocks * block // zeros beside and below, which are exchanged with nothing
	high := []int{0, max(0, wide-m), max(0, wide-n)}
	a = Pad(a, zeroOf(a), []int{0, 0, 0}, high, []int{0, 0, 0})
	pm := a.Shape()[1]
	rows = Iota(ir.Int32, []int{b, pm}, 1)
	pivots := Zeros(ir.Aval{Shape: []int{b, wide}, DType: ir.Int32})
	out := ForiN("lu", blocks, []*Value{a, pivots, rows}, func(i *Value, c []*Value) []*Value {
		a, pivots, order := c[0], c[1], c[2]
		start := Mul(Convert(i, ir.Int32), ScalarLit(ir.IntLit(int64(block), ir.Int32)))
		panel, chosen, moved := panelLU(DynamicSliceInDim(a, start, block, 2), start)
		a = takeRows(a, moved)
		order = takeAlong(order, moved, 1)
		a = DynamicUpdateSliceInDim(a, panel, start, 2)
		column := Iota(ir.Int32, []int{b, block, a.Shape()[2]}, 2)
		right := Ge(column, BroadcastInDim(Add(start, FullLike(start, float64(block))), column.Shape(), nil))
		band := DynamicSliceInDim(a, start, block, 1)
		l := DynamicSliceInDim(panel, start, block, 1)
		solved := TriangularSolve(l, band, TriangularOptions{LeftSide: true, Lower: true, UnitDiagonal: true})
		band = Select(right, solved, band)
		a = DynamicUpdateSliceInDim(a, band, start, 1)
		below := Ge(Iota(ir.Int32, panel.Shape(), 1), BroadcastInDim(Add(start, FullLike(start, float64(block))),
			panel.Shape(), nil))
		update := matmul(Select(below, panel, ZerosLike(panel)), Select(right, band, ZerosLike(band)))
		return []*Value{Sub(a, update), DynamicUpdateSliceInDim(pivots, chosen, start, 1), order}
	})
	cut := func(v *Value, size, axis int) *Value { return SliceInDim(v, 0, size, 1, axis) }
	return []*Value{
		Reshape(cut(cut(out[0], m, 1), n, 2), x.Shape()),
		Reshape(cut(out[1], k, 1), append(own(batch), k)),
		Reshape(cut(out[2], m, 1), append(own(batch), m)),
	}
}

// panelLU decomposes columns of which the first has its diagonal in row start: the columns with their rows exchanged,
// the row that was exchanged in each step, and the rows that now lie in each place.
func panelLU(panel, start *Value) (packed, pivots, order *Value) {
	b, m, w := panel.Shape()[0], panel.Shape()[1], panel.Shape()[2]
	rows := Iota(ir.Int32, []int{b, m}, 1)
	out := ForiN("lu", w, []*Value{panel, Zeros(ir.Aval{Shape: []int{b, w}, DType: ir.Int32}), rows},
		func(j *Value, c []*Value) []*Value {
			a, pivots, order := c[0], c[1], c[2]
			j = Convert(j, ir.Int32)
			k := BroadcastInDim(Add(start, j), []int{b, m}, nil)
			column := Reshape(DynamicSliceInDim(a, j, 1, 2), []int{b, m})
			size := pivotSize(column)
			size = Select(Lt(rows, k), FullLike(size, -1), size)
			p := ArgMax(size, 1, ir.Int32)
			at := BroadcastInDim(p, []int{b, m}, []int{0})
			swap := Select(Eq(rows, k), at, Select(Eq(rows, at), k, rows))
			a, order = takeRows(a, swap), takeAlong(order, swap, 1)
			pivots = DynamicUpdateSliceInDim(pivots, Reshape(p, []int{b, 1}), j, 1)
			column = Reshape(DynamicSliceInDim(a, j, 1, 2), []int{b, m})
			pivot := takeAlong(column, SliceInDim(k, 0, 1, 1, 1), 1)
			pivot = BroadcastInDim(Reshape(pivot, []int{b}), []int{b, m}, []int{0})
			divides := And(Gt(rows, k), Ne(pivot, ZerosLike(pivot)))
			column = Select(divides, Div(column, Select(divides, pivot, FullLike(pivot, 1))), column)
			a = DynamicUpdateSliceInDim(a, Reshape(column, []int{b, m, 1}), j, 2)
			row := takeRows(a, SliceInDim(k, 0, 1, 1, 1))
			columns := Iota(ir.Int32, []int{b, 1, w}, 2)
			row = Select(Gt(columns, BroadcastInDim(j, columns.Shape(), nil)), row, ZerosLike(row))
			below := Select(Gt(rows, k), column, ZerosLike(column))
			wide := func(v *Value, dims ...int) *Value { return BroadcastInDim(v, a.Shape(), dims) }
			a = Sub(a, Mul(wide(below, 0, 1), wide(Reshape(row, []int{b, w}), 0, 2)))
			return []*Value{a, pivots, order}
		})
	return out[0], out[1], out[2]
}

// takeRows has row rows[b, i] of each matrix a[b] in place i.
func takeRows(a, rows *Value) *Value {
	if rows.Aval().Size() == 0 {
		return Zeros(a.Aval().With([]int{a.Shape()[0], rows.Shape()[1], a.Shape()[2]}))
	}
	dims := GatherDims{OffsetDims: []int{2}, CollapsedSliceDims: []int{1}, StartIndexMap: []int{1},
		OperandBatchingDims: []int{0}, StartIndicesBatchingDims: []int{0}}
	return Gather(a, ExpandDims(rows, []int{2}), dims, []int{1, 1, a.Shape()[2]},
		GatherOptions{Mode: PromiseInBounds, UniqueIndices: true})
}

// JVP as JAX's: with p·x = l·u, dl = l·tril(l⁻¹·p·dx·u⁻¹, -1) and du = triu(l⁻¹·p·dx·u⁻¹)·u.
func (lu) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, 3)
	}
	batch, m, n := matrixSize(x[0].Shape())
	k := min(m, n)
	b := ir.SizeOf(batch)
	flat := func(v *Value, rows, cols int) *Value { return Reshape(v, []int{b, rows, cols}) }
	packed := flat(y[0], m, n)
	l := Add(paddedTo(triangle(firstColumns(packed, k), true, -1), m, m), eyeLike(packed, m))
	u := triangle(firstRows(packed, k), false, 0)
	u = paddedTo(u, n, n)
	if n > k {
		ones := Sub(eyeLike(packed, n), paddedTo(eyeLike(packed, k), n, n))
		u = Add(u, ones)
	}
	moved := flat(PermuteRows(t[0], y[2]), m, n)
	w := TriangularSolve(l, moved, TriangularOptions{LeftSide: true, Lower: true, UnitDiagonal: true})
	w = TriangularSolve(u, w, TriangularOptions{})
	dl, du := matmul(l, triangle(w, true, -1)), matmul(triangle(w, false, 0), u)
	return y, []*Value{Reshape(Add(dl, du), x[0].Shape()), nil, nil}
}

// paddedTo is matrices with zeros below and on the right.
func paddedTo(x *Value, m, n int) *Value {
	zeros := repeated(0, x.Rank())
	high := slices.Clone(zeros)
	_, h, w := matrixSize(x.Shape())
	high[len(high)-2], high[len(high)-1] = m-h, n-w
	return Pad(x, zeroOf(x), zeros, high, zeros)
}

// PermuteRows has row order[..., i] of each matrix on the last two axes of x in place i; order, of integers, has each
// row once.
func PermuteRows(x, order *Value) *Value {
	batch, m, n := matrixSize(x.Shape())
	b := ir.SizeOf(batch)
	return Reshape(takeRows(Reshape(x, []int{b, m, n}), Reshape(order, []int{b, m})), x.Shape())
}

// SolveLU is x with a·x = b, or with transpose aᵀ·x = b and with conjugate too aᴴ·x = b, for a that LU has decomposed
// into packed and permutation: square matrices, and as many right sides b on the last two axes.
func SolveLU(packed, permutation, b *Value, transpose, conjugate bool) *Value {
	l := TriangularOptions{LeftSide: true, Lower: true, UnitDiagonal: true, Transpose: transpose, Conjugate: conjugate}
	u := TriangularOptions{LeftSide: true, Transpose: transpose, Conjugate: conjugate}
	if !transpose {
		return TriangularSolve(packed, TriangularSolve(packed, PermuteRows(b, permutation), l), u)
	}
	last := permutation.Rank() - 1
	_, back := SortKeyVal(permutation, Iota(ir.Int32, permutation.Shape(), last), last, false)
	return PermuteRows(TriangularSolve(packed, TriangularSolve(packed, b, u), l), back)
}

type luPivotsToPermutation struct{ Size int }

func (luPivotsToPermutation) Name() string { return "lu_pivots_to_permutation" }

// LUPivotsToPermutation is the order of size rows after each row i was exchanged, in turn, with row pivots[..., i],
// int32, of which LU's are not before i (lax.linalg.lu_pivots_to_permutation).
func LUPivotsToPermutation(pivots *Value, size int) *Value {
	return one(luPivotsToPermutation{size}, pivots)
}

func (o luPivotsToPermutation) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	r := in[0].Rank() - 1
	if in[0].DType != ir.Int32 || r < 0 || o.Size < in[0].Shape[r] {
		return nil, fmt.Errorf("takes int32 numbers of rows on the last axis, no more than the %d rows", o.Size)
	}
	return []ir.Aval{{Shape: append(own(in[0].Shape[:r]), o.Size), DType: ir.Int32}}, nil
}

func (luPivotsToPermutation) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0}
}

const permutationKernel = "gojax_lapack_permutation"

func (o luPivotsToPermutation) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if out := e.Out()[0]; out.Size() > 0 && onCPU(e, permutationKernel) {
		return callKernel(e, permutationKernel, x, "", out)
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		shape := e.Out()[0].Shape
		b, k := ir.SizeOf(shape[:len(shape)-1]), v[0].Shape()[len(shape)-1]
		pivots, rows := Reshape(v[0], []int{b, k}), Iota(ir.Int32, []int{b, o.Size}, 1)
		if b > 0 && k > 0 {
			rows = ForiN("lu_pivots_to_permutation", k, []*Value{rows}, func(i *Value, c []*Value) []*Value {
				order := c[0]
				here := BroadcastInDim(Convert(i, ir.Int32), order.Shape(), nil)
				there := DynamicSliceInDim(pivots, i, 1, 1)
				at := Iota(ir.Int32, order.Shape(), 1)
				wide := func(v *Value) *Value { return BroadcastInDim(v, order.Shape(), []int{0, 1}) }
				first := wide(DynamicSliceInDim(order, i, 1, 1))
				second := wide(takeAlong(order, there, 1))
				order = Select(Eq(at, wide(there)), first, order)
				return []*Value{Select(Eq(at, here), second, order)}
			})[0]
		}
		return []*Value{Reshape(rows, shape)}
	})
}
