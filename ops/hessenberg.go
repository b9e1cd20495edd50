package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type hessenberg struct{}

func (hessenberg) Name() string { return "hessenberg" }

// Hessenberg reduces each square matrix on the last two axes to h = qᴴ·x·q, zero below the diagonal's neighbour, as
// LAPACK's gehrd leaves it (lax.linalg.hessenberg): h on and above that, below it in column i the vector v of the i-th
// reflector I - tau·v·vᴴ (without its leading 1), whose product is q, and the n - 1 numbers tau. float16 and bfloat16
// are computed in float32.
func Hessenberg(x *Value) (packed, taus *Value) {
	y := trace.Bind(hessenberg{}, x)
	return y[0], y[1]
}

func (hessenberg) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOneMatrix(in), squareMatrices(in[0])); err != nil {
		return nil, err
	}
	return []ir.Aval{in[0], oneLess(in[0])}, nil
}

// oneLess is the type of vectors of one number less than matrices have rows.
func oneLess(a ir.Aval) ir.Aval {
	batch, _, n := matrixSize(a.Shape)
	a.Shape = append(own(batch), max(n-1, 0))
	return a
}

func (hessenberg) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0}
}

func (hessenberg) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[1].Size() == 0 {
		return []trace.Operand{x[0], e.Const(ir.FloatLit(0, out[1].DType), out[1].Shape)}
	}
	return widenedAll(e, x, out, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		n := out[0].Shape[out[0].Rank()-1]
		gehrd := lapack{"gehrd", "0", fmt.Sprintf("low = 1 : i32, high = %d : i32", n)}
		if gehrd.there(e, out[0].DType) {
			r := gehrd.call(e, x, out[0], out[1], batchOf(out[0], ir.Int32))
			return r[:2]
		}
		return lowerFun(e, x, reduced)
	})
}

// reduced is gehrd in operations of XLA's: a reflector for each column, applied from both sides.
func reduced(x []*Value) []*Value {
	shape := x[0].Shape()
	batch, n, _ := matrixSize(shape)
	b := ir.SizeOf(batch)
	a := Reshape(x[0], []int{b, n, n})
	taus := Zeros(a.Aval().With([]int{b, n - 1}))
	row, column := Iota(ir.Int32, a.Shape(), 1), Iota(ir.Int32, a.Shape(), 2)
	at := Iota(ir.Int32, []int{b, n, 1}, 1)
	out := ForiN("hessenberg", n-1, []*Value{a, taus}, func(i *Value, c []*Value) []*Value {
		a, taus := c[0], c[1]
		i = Convert(i, ir.Int32)
		next := Add(i, ScalarLit(ir.IntLit(1, ir.Int32)))
		v, tau, beta := reflector(DynamicSliceInDim(a, i, 1, 2), at, next)
		wide := func(x *Value) *Value { return BroadcastInDim(x, a.Shape(), arange(0, 3)) }
		is := func(x, y *Value) *Value { return Eq(x, BroadcastInDim(y, x.Shape(), nil)) }
		behind := Gt(column, BroadcastInDim(i, column.Shape(), nil))
		vh := matrixAdjoint(v)
		tv := matrixAdjoint(Mul(BroadcastInDim(conjugate(tau), v.Shape(), arange(0, 3)), v))
		y := Sub(a, Mul(wide(matmul(a, v)), wide(tv))) // from the right
		y = Sub(y, Mul(wide(matrixAdjoint(tv)), wide(matmul(vh, y))))
		y = Select(behind, y, a)
		inColumn := And(is(column, i), Gt(row, BroadcastInDim(i, row.Shape(), nil)))
		kept := Select(is(row, next), wide(beta), wide(v))
		return []*Value{Select(inColumn, kept, y), DynamicUpdateSliceInDim(taus, Reshape(tau, []int{b, 1}), i, 1)}
	})
	return []*Value{Reshape(out[0], shape), Reshape(out[1], append(own(batch), n-1))}
}

// reflector is the reflector I - tau·v·vᴴ of each column, [b, n, 1], whose adjoint leaves beta, real, in row next and
// zeros after it (LAPACK larfg). at counts the rows; v is 1 in row next and 0 before it.
func reflector(column, at, next *Value) (v, tau, beta *Value) {
	as := func(x *Value) *Value { return Convert(x, column.DType()) }
	zero := ZerosLike(column)
	row := BroadcastInDim(next, column.Shape(), nil)
	one, sum := []int{column.Shape()[0], 1, 1}, func(x *Value) *Value { return ReduceSum(x, []int{1}) }
	size := pivotSize(column)
	scale := Reshape(ReduceMax(Select(Ge(at, row), size, ZerosLike(size)), []int{1}), one)
	scale = Select(Eq(scale, ZerosLike(scale)), FullLike(scale, 1), scale)
	x := Div(column, BroadcastInDim(as(scale), column.Shape(), arange(0, 3)))
	alpha := Reshape(sum(Select(Eq(at, row), x, zero)), one)
	rest := Select(Gt(at, row), x, zero)
	norm := Reshape(realPart(sum(Mul(rest, conjugate(rest)))), one)
	beta = Sqrt(Add(realPart(Mul(alpha, conjugate(alpha))), norm))
	beta = Select(Lt(realPart(alpha), ZerosLike(beta)), beta, Neg(beta))
	none := And(Eq(norm, ZerosLike(norm)), Eq(alpha, as(realPart(alpha))))
	by := Select(none, FullLike(alpha, 1), Sub(alpha, as(beta)))
	tau = Select(none, ZerosLike(alpha), Sub(FullLike(alpha, 1), Div(alpha, as(Select(none, FullLike(beta, 1), beta)))))
	v = Add(Div(rest, BroadcastInDim(by, rest.Shape(), arange(0, 3))), as(Eq(at, row)))
	return v, tau, as(Mul(Select(none, realPart(alpha), beta), scale))
}

// tridiagonal reads the lower triangle, or with Upper the upper one.
type tridiagonal struct{ Upper bool }

func (tridiagonal) Name() string { return "tridiagonal" }

// Tridiagonal reduces each symmetric or Hermitian matrix on the last two axes, of which it reads the lower triangle or,
// with upper, the upper one, to qᴴ·x·q with elements on three diagonals, as LAPACK's sytrd and hetrd leave it
// (lax.linalg.tridiagonal): d is the diagonal and e the one below (above), both real. packed has them too, and beyond
// them the vectors of the reflectors of which q is the product, taus their factors; its other triangle means nothing.
// float16 and bfloat16 are computed in float32.
func Tridiagonal(x *Value, upper bool) (packed, d, e, taus *Value) {
	y := trace.Bind(tridiagonal{upper}, x)
	return y[0], y[1], y[2], y[3]
}

func (tridiagonal) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := firstError(wantOneMatrix(in), squareMatrices(in[0])); err != nil {
		return nil, err
	}
	taus := oneLess(in[0])
	e := taus.As(taus.DType.Real())
	d := e
	d.Shape = own(in[0].Shape[:in[0].Rank()-1])
	return []ir.Aval{in[0], d, e, taus}, nil
}

func (tridiagonal) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), make([]int, 4)
}

func (o tridiagonal) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[0].Size() == 0 {
		return append([]trace.Operand{x[0]}, zerosOf(e, out[1:])...)
	}
	return widenedAll(e, x, out, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		side := byte('L')
		if o.Upper {
			side = 'U'
		}
		if sytrd := (lapack{"sytrd hetrd", "0", option("uplo", side)}); sytrd.there(e, out[0].DType) {
			return sytrd.call(e, x, append(slices.Clone(out), batchOf(out[0], ir.Int32))...)[:4]
		}
		return lowerFun(e, x, o.compose)
	})
}

// compose makes of the triangle a whole matrix, of which the Hessenberg form has three diagonals. The upper triangle is
// the lower one of the matrix with rows and columns in reverse order, and LAPACK begins there.
func (o tridiagonal) compose(x []*Value) []*Value {
	last := x[0].Rank() - 1
	turn := func(v *Value, axes ...int) *Value {
		if o.Upper {
			return Rev(v, axes)
		}
		return v
	}
	packed, taus := Hessenberg(turn(Symmetrize(x[0], true, o.Upper), last-1, last))
	if packed.DType().IsComplex() { // what rounding left on the diagonal is no part of it
		onIt := triangle(triangle(packed, true, 0), false, 0)
		packed = Sub(packed, Complex(ZerosLike(Imag(onIt)), Imag(onIt)))
	}
	n := x[0].Shape()[last]
	diagonal := func(k int) *Value { // the k-th below
		y := realPart(ReduceSum(triangle(triangle(packed, true, -k), false, -k), []int{last}))
		return turn(SliceInDim(y, k, n, 1, last-1), last-1)
	}
	read, rest := triangle(turn(packed, last-1, last), !o.Upper, 0), triangle(x[0], false, 1)
	if o.Upper {
		rest = triangle(x[0], true, -1)
	}
	return []*Value{Add(read, rest), diagonal(0), diagonal(1), turn(taus, last-1)}
}
