package ops

import (
	"fmt"
	"math/cmplx"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type tridiagonalSolve struct{}

func (tridiagonalSolve) Name() string { return "tridiagonal_solve" }

// TridiagonalSolve solves a·x = b for matrices a of three diagonals, of one float or complex dtype (LAPACK gtsv,
// lax.linalg.tridiagonal_solve): the diagonals are [..., n], the lower one's first and the upper one's last element not
// read, and b is [..., n, k]. Rows are exchanged for the larger pivot. Of a singular matrix x is NaN. float16 and
// bfloat16 are computed in float32.
func TridiagonalSolve(lower, diagonal, upper, b *Value) *Value {
	return one(tridiagonalSolve{}, lower, diagonal, upper, b)
}

func (tridiagonalSolve) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 4); err != nil {
		return nil, err
	}
	b := in[3]
	if err := firstError(wantKind(b, kInexact), wantMatrices(b), oneDType(in)); err != nil {
		return nil, err
	}
	for _, d := range in[:3] {
		if !slices.Equal(d.Shape, b.Shape[:b.Rank()-1]) {
			return nil, fmt.Errorf("the three diagonals must have the shape of the right-hand side without its last "+
				"axis, %s, not %s", ir.ShapeString(b.Shape[:b.Rank()-1]), ir.ShapeString(d.Shape))
		}
		b.Weak = b.Weak && d.Weak
	}
	return []ir.Aval{b}, nil
}

func (tridiagonalSolve) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 {
		return x[3:]
	}
	return widened(e, x, e.Out()[0], func(x []trace.Operand, out ir.Aval) trace.Operand {
		if gtsv := (lapack{"gtsv", "0123", orNaN}); gtsv.there(e, out.DType) {
			d := x[0].Aval
			return gtsv.call(e, x, d, d, d, out, batchOf(out, ir.Int32))[3]
		}
		return lowerFun(e, x, eliminate)[0]
	})
}

// eliminate is gtsv in operations of XLA's: Gaussian elimination downward, of all matrices at once, in which each row
// is exchanged with the next one where that has the larger element, and substitution upward.
func eliminate(v []*Value) []*Value {
	shape := v[3].Shape()
	batch, n, k := matrixSize(shape)
	b := ir.SizeOf(batch)
	first := func(x *Value) *Value { return Transpose(Reshape(x, []int{b, n}), []int{1, 0}) }
	row := func(x, i *Value) *Value { return DynamicSliceInDim(x, i, 1, 0) }
	set := func(x, r, i *Value) *Value { return DynamicUpdateSliceInDim(x, r, i, 0) }
	wide := func(x *Value) *Value { return BroadcastInDim(x, []int{1, b, k}, []int{0, 1}) }
	index := func(i int) *Value { return ScalarLit(ir.IntLit(int64(i), ir.Int32)) }

	lower, d, u := first(v[0]), first(v[1]), first(v[2])
	u = set(u, ZerosLike(row(u, index(n-1))), index(n-1))
	x := Transpose(Reshape(v[3], []int{b, n, k}), []int{1, 0, 2})
	out := ForiN("tridiagonal_solve", n-1, []*Value{d, u, ZerosLike(u), x}, func(i *Value, c []*Value) []*Value {
		d, u, u2, x := c[0], c[1], c[2], c[3]
		i = Convert(i, ir.Int32)
		next := Add(i, index(1))
		l, di, ui, xi := row(lower, next), row(d, i), row(u, i), row(x, i)
		dn, un, xn := row(d, next), row(u, next), row(x, next)
		swap := Lt(pivotSize(di), pivotSize(l))
		swapX := wide(swap)
		choose := func(yes, no *Value) *Value { return Select(swap, yes, no) }
		pivot, top, topX := choose(l, di), choose(dn, ui), Select(swapX, xn, xi)
		f := Div(choose(di, l), pivot)
		top2 := choose(un, ZerosLike(un))
		d = set(set(d, pivot, i), Sub(choose(ui, dn), Mul(f, top)), next)
		u = set(set(u, top, i), Sub(choose(ZerosLike(un), un), Mul(f, top2)), next)
		x = set(set(x, topX, i), Sub(Select(swapX, xi, xn), Mul(wide(f), topX)), next)
		return []*Value{d, u, set(u2, top2, i), x}
	})
	d, u, u2, x := out[0], out[1], out[2], out[3]
	zero := Zeros(ir.Aval{Shape: []int{1, b, k}, DType: x.DType()})
	out = ForiN("tridiagonal_solve", n, []*Value{x, zero, zero}, func(i *Value, c []*Value) []*Value {
		x, after, after2 := c[0], c[1], c[2]
		i = Sub(index(n-1), Convert(i, ir.Int32))
		y := Sub(Sub(row(x, i), Mul(wide(row(u, i)), after)), Mul(wide(row(u2, i)), after2))
		y = Div(y, wide(row(d, i)))
		return []*Value{set(x, y, i), y, after}
	})
	singular := ReduceOr(Eq(d, ZerosLike(d)), []int{0})
	x = out[0]
	x = Select(BroadcastInDim(singular, x.Shape(), []int{1}), Full(x.Shape(), ir.ComplexLit(cmplx.NaN(), x.DType())), x)
	return []*Value{Reshape(Transpose(x, []int{1, 0, 2}), shape)}
}

// Batch: several right sides of one matrix are one solve with more columns.
func (tridiagonalSolve) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if slices.ContainsFunc(d[:3], func(i int) bool { return i != trace.NotMapped }) {
		return c.Self(front(c, x, d)...), []int{0}
	}
	at := x[3].Rank() - 2
	b := moveTo(x[3], d[3], at)
	shape := own(b.Shape())
	joined := append(own(shape[:at]), shape[at]*shape[at+1])
	return []*Value{Reshape(c.Self(x[0], x[1], x[2], Reshape(b, joined))[0], shape)}, []int{at}
}

// JVP: linear in b; by the diagonals, the solution of the equation for -dA·x.
func (tridiagonalSolve) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)[0]
	rhs := t[3]
	at := y.Rank() - 2
	n := y.Shape()[at]
	for i, g := range t[:3] { // the elements of A's row meet those of y before, at and after it
		if g == nil || n == 0 {
			continue
		}
		wide := Mul(BroadcastInDim(g, y.Shape(), arange(0, at+1)), shiftedRows(y, i-1))
		rhs = AddTangents(rhs, Neg(wide))
	}
	if rhs == nil {
		return []*Value{y}, []*Value{nil}
	}
	return []*Value{y}, c.Self(x[0], x[1], x[2], rhs)
}

// shiftedRows has row i + by of matrices in place i, and zeros where there is none.
func shiftedRows(x *Value, by int) *Value { return shiftedAlong(x, by, x.Rank()-2) }

// shiftedAlong has the element at i + by along axis in place i, and 0 where there is none.
func shiftedAlong(x *Value, by, axis int) *Value {
	low, high := repeated(0, x.Rank()), repeated(0, x.Rank())
	low[axis], high[axis] = -by, by
	return Pad(x, zeroOf(x), low, high, repeated(0, x.Rank()))
}

// Transpose solves with the transposed matrix.
func (tridiagonalSolve) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil {
		return make([]*Value, 4)
	}
	last := ct[0].Rank() - 2
	lower, upper := shiftedAlong(x[2].X, -1, last), shiftedAlong(x[0].X, 1, last)
	return []*Value{nil, nil, nil, TridiagonalSolve(lower, x[1].X, upper, ct[0])}
}
