package linalg

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Det is the determinant of square matrices, NumPy's linalg.det: [..., n, n] to [...]. Float or complex; integers are
// converted, and float16 and bfloat16 are computed in float32. Its first derivative is right for singular matrices too,
// unless columns before the last depend on each other: then it is 0 for four rows and more, as JAX's is.
func Det(a jnp.Array) jnp.Array {
	const op = "linalg.Det"
	return ofSquare(op, a, func(x *trace.Value) []*trace.Value {
		a := jnp.Wrap(x)
		row := func(i int) jnp.Array { return a.Index(jnp.Ellipsis, i, jnp.All) }
		at := func(i, j int) jnp.Array { return a.Index(jnp.Ellipsis, i, j) }
		var y jnp.Array
		switch a.Shape()[a.NDim()-1] {
		case 2:
			y = at(0, 0).Mul(at(1, 1)).Sub(at(0, 1).Mul(at(1, 0)))
		case 3:
			y = jnp.Sum(row(0).Mul(jnp.Cross(row(1), row(2))), -1)
		default:
			return kit.Derived(op, []*trace.Value{x}, func(x []*trace.Value) []*trace.Value {
				return values(determinant(jnp.Wrap(x[0])))
			}, func(x, _, t []*trace.Value) []*trace.Value {
				return values(Trace(cofactorSolve(jnp.Wrap(x[0]), jnp.Wrap(t[0]))))
			})
		}
		return values(y)
	})[0]
}

// SLogDet is the sign of the determinant of square matrices and the logarithm of its absolute value, NumPy's
// linalg.slogdet: [..., n, n] to [...] twice. Of complex matrices the sign is a number of absolute value 1 and the
// logarithm real; of singular ones the sign is 0 and the logarithm -Inf. The derivative of a real sign is 0.
func SLogDet(a jnp.Array) (sign, logAbsDet jnp.Array) {
	const op = "linalg.SLogDet"
	y := ofSquare(op, a, func(x *trace.Value) []*trace.Value {
		return kit.Derived(op, []*trace.Value{x}, func(x []*trace.Value) []*trace.Value {
			d, parity := diagonalLU(jnp.Wrap(x[0]))
			return values(signAndLog(d, parity))
		}, func(x, y, t []*trace.Value) []*trace.Value {
			share := Trace(jnp.Wrap(solve(x[0], t[0])))
			if !x[0].DType().IsComplex() {
				return []*trace.Value{ops.ZerosLike(y[0]), share.TraceValue()}
			}
			turn := lax.Complex(0, share.Imag())
			return values(jnp.Wrap(y[0]).Mul(turn), share.Real())
		})
	})
	return y[0], y[1]
}

// ofSquare is f of a, square matrices of an inexact dtype, float32 for narrower ones, run as one program.
func ofSquare(op string, a jnp.Array, f func(x *trace.Value) []*trace.Value) []jnp.Array {
	v := kit.Value(op, a)
	matrices(op, v, true)
	return wholeAll(op, nil, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		return widely(strongInexact(op, x[0]), func(x []*trace.Value) []*trace.Value { return f(x[0]) })
	})
}

// diagonalLU is the diagonal of U in P·A = L·U, and P's determinant.
func diagonalLU(a jnp.Array) (d, parity jnp.Array) {
	packed, pivots, _ := ops.LU(a.TraceValue())
	d = jnp.Diagonal(jnp.Wrap(packed), 0, -2, -1)
	return d, parityOf(jnp.Wrap(pivots)).AsType(d.DType())
}

// parityOf is 1 for an even number of exchanges of rows, otherwise -1.
func parityOf(pivots jnp.Array) jnp.Array {
	n := jnp.Sum(pivots.Ne(jnp.Arange(pivots.Shape()[pivots.NDim()-1])), -1)
	return jnp.Sub(1, n.And(1).Mul(2))
}

// signAndLog are those of the product of d, times parity.
func signAndLog(d, parity jnp.Array) (sign, log jnp.Array) {
	size := jnp.Abs(d)
	singular := jnp.Any(d.Eq(0), -1)
	unit := jnp.Sign(d)
	sign = jnp.Where(singular, 0, jnp.Prod(unit, -1).Mul(parity))
	return sign, jnp.Sum(jnp.Log(size), -1)
}

// determinant is the product of U's diagonal; where that overflows or vanishes, the exponential of the logarithms.
func determinant(a jnp.Array) jnp.Array {
	d, parity := diagonalLU(a)
	y := jnp.Prod(d, -1).Mul(parity)
	sign, log := signAndLog(d, parity)
	lost := y.Eq(0).Or(jnp.LogicalNot(jnp.IsFinite(y)))
	return jnp.Where(lost, sign.Mul(jnp.Exp(log)), y)
}

// cofactorSolve is det(a)·a⁻¹·b without a division by the last element of U's diagonal, which is 0 where a has rank
// n - 1. Where the rank is less, it is 0.
func cofactorSolve(a, b jnp.Array) jnp.Array {
	n := a.Shape()[a.NDim()-1]
	if n < 2 {
		return b
	}
	lu, pivots, permutation := ops.LU(a.TraceValue())
	packed := jnp.Wrap(lu)
	parity := parityOf(jnp.Wrap(pivots)).AsType(a.DType())
	partial := jnp.CumProd(jnp.Diagonal(packed, 0, -2, -1), -1).Mul(jnp.ExpandDims(parity, -1))
	all := partial.Index(jnp.Ellipsis, n-1, jnp.NewAxis, jnp.NewAxis)
	rest := partial.Index(jnp.Ellipsis, n-2, jnp.NewAxis, jnp.NewAxis)
	last := jnp.Arange(n).Eq(n - 1)
	corner := last.And(jnp.ExpandDims(last, 1))
	packed = jnp.Where(corner, jnp.Div(1, rest), packed)

	upper := ops.TriangularOptions{LeftSide: true}
	back := func(x jnp.Array) jnp.Array {
		return jnp.Wrap(ops.TriangularSolve(packed.TraceValue(), x.TraceValue(), upper))
	}
	ones := jnp.OnesLike(b.Index(jnp.Ellipsis, jnp.S(0, 1)))
	lost := jnp.ExpandDims(jnp.LogicalNot(jnp.All(jnp.IsFinite(back(ones)), -2, -1)), -1, -2)
	x := jnp.Where(lost, 0, b)
	x = jnp.Wrap(ops.PermuteRows(x.TraceValue(), permutation))
	x = jnp.Wrap(ops.TriangularSolve(packed.TraceValue(), x.TraceValue(),
		ops.TriangularOptions{LeftSide: true, Lower: true, UnitDiagonal: true}))
	x = jnp.Where(jnp.ExpandDims(last, 1), x, x.Mul(all))
	return jnp.Where(lost, 0, back(x))
}

// values are arrays as values.
func values(x ...jnp.Array) []*trace.Value { return kit.Map(x, jnp.Array.TraceValue) }
