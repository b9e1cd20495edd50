package linalg

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// SVDs holds the keyword arguments of SVD.
type SVDs struct {
	// Reduced makes u [..., m, k] and vh [..., k, n], k = min(m, n), in place of square ones: NumPy's
	// full_matrices=False.
	Reduced bool
}

// SVD is the singular value decomposition A = U·diag(s)·Vᴴ of matrices, NumPy's linalg.svd: for [..., m, n] U is [...,
// m, m], s the min(m, n) singular values, real and falling, and vh [..., n, n]. Float or complex; integers are
// converted. Of a matrix that holds NaN or infinities all is NaN. It can be differentiated where the singular values
// differ, but for the columns of U and rows of Vᴴ beyond the k-th: set Reduced.
//
// Options: SVDs (Reduced).
func SVD(a jnp.Array) (u, s, vh jnp.Array) { return SVDs{}.SVD(a) }

// SVD is linalg.SVD with options.
func (o SVDs) SVD(a jnp.Array) (u, s, vh jnp.Array) {
	const op = "linalg.SVD"
	v := kit.Value(op, a)
	matrices(op, v, false)
	y := wholeAll(op, o, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		u, s, vh := ops.SVD(strongInexact(op, x[0])[0], !o.Reduced)
		return []*trace.Value{u, s, vh}
	})
	return y[0], y[1], y[2]
}

// SVDVals is the singular values of matrices, falling, NumPy's linalg.svdvals: [..., m, n] to [..., min(m, n)], real.
func SVDVals(a jnp.Array) jnp.Array {
	const op = "linalg.SVDVals"
	v := kit.Value(op, a)
	matrices(op, v, false)
	return whole(op, nil, []*trace.Value{v},
		func(x []*trace.Value) *trace.Value { return ops.SingularValues(strongInexact(op, x[0])[0]) })
}

// Tolerance holds the keyword arguments of the functions that take small singular values for zero: PInv, MatrixRank and
// LstSq.
type Tolerance struct {
	// RTol is a Go number or an Array; unset, it is a small multiple of the dtype's epsilon. For PInv and LstSq it is
	// relative to the largest singular value (NumPy's rcond); MatrixRank compares with RTol itself, as JAX does. For
	// PInv and MatrixRank it may have the axes before the matrices'.
	RTol any
}

// operands are x and RTol after them, if set.
func (o Tolerance) operands(op string, x ...*trace.Value) []*trace.Value {
	if o.RTol == nil {
		return x
	}
	return append(x, kit.Lift(op, o.RTol))
}

// MatrixRank is the number of singular values of matrices that are greater than a tolerance, NumPy's
// linalg.matrix_rank: unless given, the largest of them times max(m, n) times the dtype's epsilon. [..., m, n] to an
// integer [...]; of a vector or a number it is 1 where anything is not 0.
//
// Options: Tolerance (RTol).
func MatrixRank(a jnp.Array) jnp.Array { return Tolerance{}.MatrixRank(a) }

// MatrixRank is linalg.MatrixRank with options.
func (o Tolerance) MatrixRank(a jnp.Array) jnp.Array {
	const op = "linalg.MatrixRank"
	v := kit.Value(op, a)
	return whole(op, nil, o.operands(op, v), func(x []*trace.Value) *trace.Value {
		a := strongInexact(op, x[0])[0]
		if a.Rank() < 2 {
			return ops.Convert(jnp.Any(jnp.Wrap(ops.Ne(a, ops.ZerosLike(a)))).TraceValue(), ir.Int32)
		}
		s := jnp.Wrap(ops.SingularValues(a))
		d := s.TraceValue().DType()
		last := s.NDim() - 1
		var tol jnp.Array
		if len(x) > 1 {
			tol = jnp.Wrap(kit.As(x[1], d))
		} else {
			m, n := v.Shape()[v.Rank()-2], v.Shape()[v.Rank()-1]
			if min(m, n) == 0 {
				trace.Fail(op, []ir.Aval{v.Aval()},
					"a matrix without elements has no largest singular value; set Tolerance.RTol")
			}
			tol = jnp.Mul(jnp.Max(s, last), jnp.Wrap(trace.FromLit(ir.FloatLit(float64(max(m, n))*epsilon(d), d))))
		}
		tol = jnp.ExpandDims(tol, tol.NDim())
		return jnp.Sum(jnp.Greater(s, tol), last).TraceValue()
	})
}

// epsilon is the distance from 1 to the next number of dtype d.
func epsilon(d ir.DType) float64 { return jnp.FInfo(d).Eps }

// PInv is the pseudo-inverse of matrices by Moore and Penrose, NumPy's linalg.pinv: [..., m, n] to [..., n, m].
// Singular values no greater than the tolerance, unless given 10·max(m, n)·epsilon, times the largest count as zero.
//
// Options: Tolerance (RTol).
func PInv(a jnp.Array) jnp.Array { return Tolerance{}.PInv(a) }

// PInv is linalg.PInv with options.
func (o Tolerance) PInv(a jnp.Array) jnp.Array {
	const op = "linalg.PInv"
	v := kit.Value(op, a)
	matrices(op, v, false)
	return whole(op, nil, o.operands(op, v), func(x []*trace.Value) *trace.Value {
		a := strongInexact(op, x[0])[0]
		d := a.DType()
		var tol *trace.Value
		m, n := a.Shape()[a.Rank()-2], a.Shape()[a.Rank()-1]
		if len(x) > 1 {
			tol = kit.As(x[1], d.Real())
		} else {
			tol = trace.FromLit(ir.FloatLit(10*float64(max(m, n))*epsilon(d.Real()), d.Real()))
		}
		if m == 0 || n == 0 {
			return transposed(a)
		}
		return kit.Derived1(op, func(x []*trace.Value) *trace.Value { return pseudoInverse(x[0], x[1]) },
			pseudoInverseTangent, a, tol)
	})
}

func pseudoInverse(a, tol *trace.Value) *trace.Value {
	u, s, vh := ops.SVD(a, false)
	sv := jnp.Wrap(s)
	t := jnp.Wrap(tol)
	t = jnp.ExpandDims(t, t.NDim())
	cutoff := jnp.Mul(t, jnp.Wrap(ops.SliceInDim(s, 0, 1, 1, s.Rank()-1)))
	inverse := jnp.Where(jnp.Greater(sv, cutoff), jnp.Div(1, sv), 0.0)
	inverse = jnp.ExpandDims(inverse, inverse.NDim())
	uh := jnp.Mul(jnp.Wrap(ops.Convert(inverse.TraceValue(), a.DType())), jnp.Wrap(adjoint(u)))
	return product(adjoint(vh), uh.TraceValue())
}

// pseudoInverseTangent is the tangent of the pseudo-inverse p of x[0], after G. H. Golub and V. Pereyra, The
// differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate (1973): unlike that
// of the decomposition it exists where singular values are equal.
func pseudoInverseTangent(x []*trace.Value, p *trace.Value, t []*trace.Value) *trace.Value {
	a, da := x[0], t[0]
	ph, dah := adjoint(p), adjoint(da)
	var s, u, d *trace.Value
	if m, n := a.Shape()[a.Rank()-2], a.Shape()[a.Rank()-1]; m >= n { // the smaller products first
		s, u = product(product(p, ph), dah), product(product(dah, ph), p)
		d = ops.Neg(product(product(p, da), p))
	} else {
		s, u = product(p, product(ph, dah)), product(dah, product(ph, p))
		d = ops.Neg(product(p, product(da, p)))
	}
	d = ops.Add(d, ops.Sub(s, product(s, product(a, p))))
	return ops.Add(d, ops.Sub(u, product(p, product(a, u))))
}

// product multiplies matrices of one batch in full precision.
func product(x, y *trace.Value) *trace.Value {
	return ops.BatchMatMul(x, y, ops.DotOptions{Precision: ops.PrecisionHighest})
}

// Solution is what LstSq returns.
type Solution struct {
	X              jnp.Array // [n] or [n, k]
	Residuals      jnp.Array // |A·x - b|² of each column of b: [1] or [k]
	Rank           jnp.Array // of A, an integer
	SingularValues jnp.Array // of A
}

// LstSq is the x that makes |A·x - b|² least, of least norm where there are several: NumPy's linalg.lstsq. A is [m, n],
// b is [m] or [m, k]. Singular values below the tolerance, unless given max(m, n)·epsilon, times the largest count as
// zero; a negative one is taken as epsilon. Residuals are given always, as JAX does.
//
// Options: Tolerance (RTol).
func LstSq(a, b jnp.Array) Solution { return Tolerance{}.LstSq(a, b) }

// LstSq is linalg.LstSq with options.
func (o Tolerance) LstSq(a, b jnp.Array) Solution {
	const op = "linalg.LstSq"
	va, vb := kit.Value(op, a), kit.Value(op, b)
	in := []ir.Aval{va.Aval(), vb.Aval()}
	switch {
	case va.Rank() != 2:
		trace.Fail(op, in, "takes one matrix, not %d axes; map over more with gojax.Vmap", va.Rank())
	case vb.Rank() != 1 && vb.Rank() != 2:
		trace.Fail(op, in, "the right-hand side has one or two axes, not %d", vb.Rank())
	case va.Shape()[0] != vb.Shape()[0]:
		trace.Fail(op, in, "the matrix has %d rows and the right-hand side %d; they must be equal", va.Shape()[0],
			vb.Shape()[0])
	}
	y := wholeAll(op, nil, o.operands(op, va, vb), func(x []*trace.Value) []*trace.Value {
		ab := strongInexact(op, x[:2]...)
		a, b := ab[0], ab[1]
		d := a.DType().Real()
		eps := epsilon(d)
		var tol *trace.Value
		if len(x) > 2 {
			tol = kit.As(x[2], d)
			if tol.Rank() != 0 {
				trace.Fail(op, trace.Avals(x), "RTol must be one number")
			}
			tol = ops.Select(ops.Lt(tol, ops.ZerosLike(tol)), ops.FullLike(tol, eps), tol)
		} else {
			tol = trace.FromLit(ir.FloatLit(float64(max(a.Shape()[0], a.Shape()[1]))*eps, d))
		}
		vector := b.Rank() == 1
		if vector {
			b = ops.Reshape(b, append(slices.Clone(b.Shape()), 1))
		}
		z, residuals, rank, s := ops.LeastSquares(a, b, tol)
		if vector {
			z = ops.Reshape(z, z.Shape()[:1])
		}
		return []*trace.Value{z, residuals, ops.Convert(rank, ir.Int64.Canonical(trace.X64())), s}
	})
	return Solution{y[0], y[1], y[2], y[3]}
}

// Cond is the condition number of matrices in the norm of order 2, NumPy's linalg.cond: the largest singular value over
// the smallest. [..., m, n] to [...]. With an order, Norms{Order: ...}.Cond, it is the norm of the matrix times that of
// its inverse.
//
// Options: Norms (Order).
func Cond(x jnp.Array) jnp.Array { return Norms{}.Cond(x) }

// Cond is linalg.Cond with options: Order is a norm of matrices, KeepDims is not used. Orders but 2 and -2 take square
// matrices.
func (o Norms) Cond(x jnp.Array) jnp.Array {
	const op = "linalg.Cond"
	v := kit.Value(op, x)
	in := []ir.Aval{v.Aval()}
	byValues := !o.Order.set || o.Order.kind == numbered && math.Abs(o.Order.p) == 2
	matrices(op, v, !byValues)
	if v.Shape()[v.Rank()-1] == 0 || v.Shape()[v.Rank()-2] == 0 {
		trace.Fail(op, in, "a matrix without elements has no condition number")
	}
	if o.KeepDims {
		trace.Fail(op, in, "KeepDims is not an option of Cond; put the axes back with jnp.ExpandDims")
	}
	n := Norms{Order: o.Order}
	if !byValues {
		n.checkMatrixOrder(op, in)
	}
	return whole(op, o.Order, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		a := strongInexact(op, x[0])[0]
		var r jnp.Array
		if byValues {
			s := jnp.Wrap(ops.SingularValues(a))
			last := s.NDim() - 1
			k := s.Shape()[last] - 1
			first, end := jnp.Wrap(ops.IndexInDim(s.TraceValue(), 0, last, false)),
				jnp.Wrap(ops.IndexInDim(s.TraceValue(), k, last, false))
			if !o.Order.set || o.Order.p > 0 {
				return jnp.Div(first, end).TraceValue()
			}
			r = jnp.Div(end, first)
		} else {
			r = jnp.Mul(n.MatrixNorm(jnp.Wrap(a)), n.MatrixNorm(jnp.Wrap(inverse(a))))
		}
		nan := jnp.Any(jnp.IsNaN(jnp.Wrap(a)), -2, -1)
		return jnp.Where(jnp.LogicalAnd(jnp.IsNaN(r), jnp.LogicalNot(nan)), math.Inf(1), r).TraceValue()
	})
}
