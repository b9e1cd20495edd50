package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Factors and solutions of one matrix of up to 4 by 4 in a loop, written out in numbers. A routine of LAPACK's takes
// some microseconds to call, and a loop that calls out is no one function: a step of a Kalman filter takes 4.1 µs with
// it, and 0.1 without. Outside loops the call compiles faster. The arithmetic is that of the kernels for many matrices
// (backend/kernels/small.h).

const smallMatrix = 4

// writtenOut reports whether a decomposition of t, or a solution by it, is written out where e writes.
func writtenOut(e trace.Emitter, t ir.Aval) bool {
	return e.InLoop() && e.Platform() == "cpu" && len(t.Shape) == 2 && t.Shape[0] == t.Shape[1] &&
		t.Shape[0] > 0 && t.Shape[0] <= smallMatrix && (t.DType == ir.Float32 || t.DType == ir.Float64)
}

// elementsOf are the elements of a matrix, row by row.
func elementsOf(x *Value) [][]*Value {
	a := make([][]*Value, x.Shape()[0])
	for i := range a {
		row := IndexInDim(x, i, 0, false)
		for j := range x.Shape()[1] {
			a[i] = append(a[i], IndexInDim(row, j, 0, false))
		}
	}
	return a
}

func matrixFrom(a [][]*Value) *Value {
	rows := make([]*Value, len(a))
	for i, r := range a {
		rows[i] = Stack(r, 0)
	}
	return Stack(rows, 0)
}

// smallLU is getrf of a square matrix: packed, pivots, permutation. Of equal pivots the first is taken; below a pivot
// of 0 nothing changes.
func smallLU(x *Value) []*Value {
	a := elementsOf(x)
	n := len(a)
	order, pivots := make([]*Value, n), make([]*Value, n)
	for i := range order {
		order[i] = ScalarLit(ir.IntLit(int64(i), ir.Int32))
	}
	for k := range n {
		most, at := Abs(a[k][k]), ScalarLit(ir.IntLit(int64(k), ir.Int32))
		for i := k + 1; i < n; i++ {
			size := Abs(a[i][k])
			better := Gt(size, most)
			most, at = Select(better, size, most), Select(better, ScalarLit(ir.IntLit(int64(i), ir.Int32)), at)
		}
		pivots[k] = at
		for i := k + 1; i < n; i++ {
			swap := Eq(at, ScalarLit(ir.IntLit(int64(i), ir.Int32)))
			for j := range n {
				a[k][j], a[i][j] = Select(swap, a[i][j], a[k][j]), Select(swap, a[k][j], a[i][j])
			}
			order[k], order[i] = Select(swap, order[i], order[k]), Select(swap, order[k], order[i])
		}
		zero := zeroOf(most)
		divides := Ne(most, zero)
		pivot := Select(divides, a[k][k], FullLike(most, 1))
		for i := k + 1; i < n; i++ {
			l := Div(a[i][k], pivot)
			a[i][k] = Select(divides, l, a[i][k])
			for j := k + 1; j < n; j++ {
				a[i][j] = Select(divides, Sub(a[i][j], Mul(l, a[k][j])), a[i][j])
			}
		}
	}
	return []*Value{matrixFrom(a), Stack(pivots, 0), Stack(order, 0)}
}

// smallCholesky is potrf of the lower triangle: NaN where the matrix is not positive definite.
func smallCholesky(x *Value) *Value {
	a := elementsOf(x)
	zero, positive := zeroOf(a[0][0]), trace.FromLit(ir.BoolLit(true))
	for j := range a {
		d := a[j][j]
		for k := range j {
			d = Sub(d, Mul(a[j][k], a[j][k]))
		}
		positive = And(positive, Gt(d, zero))
		a[j][j] = Sqrt(d)
		for i := j + 1; i < len(a); i++ {
			v := a[i][j]
			for k := range j {
				v = Sub(v, Mul(a[i][k], a[j][k]))
			}
			a[i][j], a[j][i] = Div(v, a[j][j]), zero
		}
	}
	for i := range a {
		for j := range i + 1 {
			a[i][j] = Select(positive, a[i][j], FullLike(zero, math.NaN()))
		}
	}
	return matrixFrom(a)
}

// smallSolve is trsm.
func smallSolve(x, b *Value, o TriangularOptions) *Value {
	if !o.LeftSide { // x·a = b is aᵀ·xᵀ = bᵀ
		o.LeftSide, o.Transpose = true, !o.Transpose
		return Transpose(smallSolve(x, Transpose(b, []int{1, 0}), o), []int{1, 0})
	}
	a := elementsOf(x)
	n := len(a)
	y := make([]*Value, n)
	lower := o.Lower != o.Transpose
	for q := range n {
		row := func(q int) int {
			if lower {
				return q
			}
			return n - 1 - q
		}
		i := row(q)
		v := IndexInDim(b, i, 0, false)
		at := func(i, j int) *Value {
			if o.Transpose {
				i, j = j, i
			}
			return BroadcastInDim(a[i][j], v.Shape(), nil)
		}
		for r := range q {
			v = Sub(v, Mul(at(i, row(r)), y[row(r)]))
		}
		if y[i] = v; !o.UnitDiagonal {
			y[i] = Div(v, at(i, i))
		}
	}
	return Stack(y, 0)
}
