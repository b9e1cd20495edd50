package ops

import (
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// svd gives the singular values and, with Vectors, u and vᴴ after them; Full makes both square.
type svd struct{ Full, Vectors bool }

func (svd) Name() string { return "svd" }

// SVD is the singular value decomposition x = u·diag(s)·vh of each m by n matrix on the last two axes, float or
// complex: s real, not negative and falling, k = min(m, n) of them, u m by k and vh k by n with orthonormal columns and
// rows, or with full both square (lax.linalg.svd). Of a matrix that holds NaN or infinities everything is NaN. It can
// be differentiated where the singular values differ, but not with full, unless the matrices are square.
func SVD(x *Value, full bool) (u, s, vh *Value) {
	y := trace.Bind(svd{full, true}, x)
	return y[1], y[0], y[2]
}

// SingularValues is s of SVD alone.
func SingularValues(x *Value) *Value { return one(svd{}, x) }

func (o svd) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOneMatrix(in); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(in[0].Shape)
	k := min(m, n)
	s := in[0].As(in[0].DType.Real())
	s.Shape = slices.Concat(batch, []int{k})
	if !o.Vectors {
		return []ir.Aval{s}, nil
	}
	u, vh := in[0], in[0]
	u.Shape, vh.Shape = matrixShape(batch, m, k), matrixShape(batch, k, n)
	if o.Full {
		u.Shape, vh.Shape = matrixShape(batch, m, m), matrixShape(batch, n, n)
	}
	return []ir.Aval{s, u, vh}, nil
}

func (o svd) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y := c.Self(front(c, x, d)...)
	return y, make([]int, len(y))
}

func (o svd) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return widenedAll(e, x, e.Out(), func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		if gesdd := o.gesdd(); gesdd.there(e, x[0].Aval.DType) && x[0].Aval.Size() > 0 {
			return o.call(e, gesdd, x, out)
		}
		return lowerFun(e, x, func(v []*Value) []*Value { return o.compute(v[0]) })
	})
}

// gesdd is LAPACK's routine, whose results are a matrix that it destroyed, s, u, vᴴ and info.
func (o svd) gesdd() lapack {
	mode := byte('N')
	switch {
	case o.Vectors && o.Full:
		mode = 'A'
	case o.Vectors:
		mode = 'S'
	}
	return lapack{"gesdd", "0", option("mode", mode) + ", " + orNaN}
}

func (o svd) call(e trace.Emitter, gesdd lapack, x []trace.Operand, out []ir.Aval) []trace.Operand {
	a := x[0].Aval
	batch, m, n := matrixSize(a.Shape)
	u, vh := a.With(matrixShape(batch, m, min(m, n))), a.With(matrixShape(batch, min(m, n), n))
	if o.Vectors {
		u, vh = out[1], out[2]
	}
	return gesdd.call(e, x, a, out[0], u, vh, batchOf(a, ir.Int32))[1 : 1+len(out)]
}

// compute is the decomposition by the one-sided method of Jacobi: rotations from the right make the columns of a
// triangular factor of x orthogonal to each other. Their norms are then the singular values, to nearly full precision
// even the small ones (Z. Drmač and K. Veselić, New fast and accurate Jacobi SVD algorithm, 2008).
func (o svd) compute(x *Value) []*Value {
	batch, m, n := matrixSize(x.Shape())
	if m < n {
		y := o.compute(matrixAdjoint(x))
		if o.Vectors {
			y[1], y[2] = matrixAdjoint(y[2]), matrixAdjoint(y[1])
		}
		return y
	}
	if x.Aval().Size() == 0 {
		return o.empty(x)
	}
	a := Reshape(x, []int{ir.SizeOf(batch), m, n})
	size := ReduceMax(Abs(a), []int{1, 2})
	bad := Not(IsFinite(size))
	a = Select(BroadcastInDim(bad, a.Shape(), []int{0}), ZerosLike(a), a)
	scale := safeScale(size)
	a = Div(a, broadcastRows(Convert(scale, a.DType()), a.Shape()))

	var q, r *Value
	if o.Vectors {
		q, r = QR(a, o.Full)
		r = firstRows(r, n)
	} else {
		packed, _ := Geqrf(a)
		r = triangle(firstRows(packed, n), false, 0)
	}
	// The columns of rᴴ lie as rows, so that each is one run of memory; behind each lies one of the identity, which
	// becomes that of the rotations.
	cols := conjugate(r)
	if o.Vectors {
		cols = Concatenate([]*Value{cols, eyeLike(cols, n)}, 2)
	}
	cols = orthogonalized(cols, n)
	s := Sqrt(rowSquares(SliceInDim(cols, 0, n, 1, 2)))
	nan := func(v *Value) *Value {
		return Select(BroadcastInDim(bad, v.Shape(), []int{0}), FullLike(v, math.NaN()), v)
	}
	if !o.Vectors {
		s = Rev(Sort([]*Value{s}, 1, false, 1)[0], []int{1})
		s = nan(Mul(s, broadcastRows(scale, s.Shape())))
		return []*Value{Reshape(s, slices.Concat(batch, []int{n}))}
	}
	key := BroadcastInDim(Neg(s), cols.Shape(), []int{0, 1})
	sorted := Sort([]*Value{key, cols}, 1, true, 1)
	s = nan(Mul(Neg(SliceInDim(sorted[0], 0, 1, 1, 2)), broadcastRows(scale, []int{s.Shape()[0], n, 1})))
	cols = matrixTranspose(sorted[1])
	w, j := firstRows(cols, n), restRows(cols, n)
	// rᴴ·j = w, so x = (q·j)·(w's columns as the rows of vh, to length 1). Those of length 0 are completed by a QR
	// decomposition.
	v, t := QR(w, false)
	diagonal := ReduceSum(triangle(triangle(t, true, 0), false, 0), []int{1})
	phase := Sign(diagonal)
	phase = Select(Eq(diagonal, ZerosLike(diagonal)), FullLike(phase, 1), phase)
	v = Mul(v, BroadcastInDim(phase, v.Shape(), []int{0, 2}))
	u := matmul(firstColumns(q, n), j)
	if o.Full {
		u = Concatenate([]*Value{u, restColumns(q, n)}, 2)
	}
	return []*Value{
		Reshape(s, slices.Concat(batch, []int{n})),
		Reshape(nan(u), matrixShape(batch, m, u.Shape()[2])),
		Reshape(nan(matrixAdjoint(v)), matrixShape(batch, n, n)),
	}
}

// empty is the decomposition of matrices of no elements with no fewer rows than columns.
func (o svd) empty(x *Value) []*Value {
	batch, m, n := matrixSize(x.Shape())
	s := Zeros(ir.Aval{Shape: slices.Concat(batch, []int{n}), DType: x.DType().Real()})
	if !o.Vectors {
		return []*Value{s}
	}
	u := eyeLike(x, m)
	if !o.Full {
		u = firstColumns(u, n)
	}
	return []*Value{s, u, eyeLike(x, n)}
}

// broadcastRows gives x, one number a matrix, the shape of matrices, or of a row of them.
func broadcastRows(x *Value, shape []int) *Value { return BroadcastInDim(x, shape, []int{0}) }

// safeScale is what matrices whose largest elements are size must be divided by so that squares of theirs neither
// overflow nor vanish: 1 for all but extreme ones.
func safeScale(size *Value) *Value {
	limit, most := 0x1p32, 0x1p125 // XLA divides by larger numbers by multiplying by 0
	if size.DType() == ir.Float64 {
		limit, most = 0x1p256, 0x1p1021
	}
	extreme := Or(Gt(size, FullLike(size, limit)), Lt(size, FullLike(size, 1/limit)))
	extreme = And(extreme, And(IsFinite(size), Gt(size, FullLike(size, 0))))
	return Select(extreme, Min(size, FullLike(size, most)), FullLike(size, 1))
}

// rowSquares are the sums of |x|² over the last axis.
func rowSquares(x *Value) *Value { return ReduceSum(squares(x), []int{x.Rank() - 1}) }

func squares(x *Value) *Value {
	if x.DType().IsComplex() {
		return Add(Square(Real(x)), Square(Imag(x)))
	}
	return Square(x)
}

// maxSweeps ends a loop that rounding keeps going. Ten are many.
const maxSweeps = 40

// orthogonalized makes the rows of x, over their first n elements, orthogonal to each other, by rotations of pairs of
// whole rows. In every round each row meets another, as in a tournament: the first stays and the others go round.
func orthogonalized(x *Value, n int) *Value {
	b, rows, width := x.Shape()[0], x.Shape()[1], x.Shape()[2]
	if rows == 1 {
		return x
	}
	half := (rows + 1) / 2
	if rows%2 == 1 { // a row of zeros sits one out
		x = Pad(x, zeroOf(x), []int{0, 0, 0}, []int{0, 1, 0}, []int{0, 0, 0})
	}
	top, bottom := SliceInDim(x, 0, half, 1, 1), SliceInDim(x, half, 2*half, 1, 1)
	count := func(i int64) *Value { return ScalarLit(ir.IntLit(i, ir.Int32)) }
	rounds := 2*half - 1
	// Carried: the two halves, rounds done, whether this sweep has rotated anything, whether to go on.
	out := While("svd", []*Value{top, bottom, count(0), Full(nil, ir.BoolLit(false)), Full(nil, ir.BoolLit(true))},
		func(c []*Value) *Value { return c[4] },
		func(c []*Value) []*Value {
			p, q, turned := rotated(c[0], c[1], n)
			turned = Or(turned, c[3])
			if half > 1 {
				p, q = Concatenate([]*Value{SliceInDim(p, 0, 1, 1, 1), SliceInDim(q, 0, 1, 1, 1),
					SliceInDim(p, 1, half-1, 1, 1)}, 1),
					Concatenate([]*Value{SliceInDim(q, 1, half, 1, 1), SliceInDim(p, half-1, half, 1, 1)}, 1)
			}
			k := Add(c[2], count(1))
			ends := Eq(Rem(k, count(int64(rounds))), count(0))
			more := Or(Not(ends), And(turned, Lt(k, count(int64(maxSweeps*rounds)))))
			return []*Value{p, q, k, And(turned, Not(ends)), more}
		})
	y := Concatenate(out[:2], 1)
	return Reshape(SliceInDim(y, 0, rows, 1, 1), []int{b, rows, width})
}

// rotated turns each row of p against the one of q so that they become orthogonal over their first n elements; turned
// says whether any were not.
func rotated(p, q *Value, n int) (pr, qr, turned *Value) {
	ph, qh := SliceInDim(p, 0, n, 1, 2), SliceInDim(q, 0, n, 1, 2)
	alpha, beta := rowSquares(ph), rowSquares(qh)
	gamma := ReduceSum(Mul(conjugate(ph), qh), []int{2}) // pᴴq
	size := Abs(gamma)
	tol := FullLike(alpha, epsilon(alpha.DType())*math.Sqrt(float64(n)))
	off := Gt(size, Mul(tol, Mul(Sqrt(alpha), Sqrt(beta))))
	one, zero := FullLike(alpha, 1), FullLike(alpha, 0)
	safe := Select(off, size, one)
	zeta := Div(Sub(beta, alpha), Mul(FullLike(safe, 2), safe))
	t := Div(one, Add(Abs(zeta), Sqrt(Add(one, Square(zeta)))))
	t = Select(Lt(zeta, zero), Neg(t), t)
	t = Select(off, t, zero)
	c := Rsqrt(Add(one, Square(t)))
	s := Mul(c, t)
	wide := func(v *Value) *Value { return BroadcastInDim(Convert(v, p.DType()), p.Shape(), []int{0, 1}) }
	// q is turned so that the product is real and positive.
	phase := Div(conjugate(gamma), Convert(safe, gamma.DType()))
	phase = Select(off, phase, FullLike(phase, 1))
	q = Mul(q, BroadcastInDim(phase, q.Shape(), []int{0, 1}))
	c, s = wide(c), wide(s)
	return Sub(Mul(c, p), Mul(s, q)), Add(Mul(s, p), Mul(c, q)), ReduceOr(off, []int{0, 1})
}

// JVP after J. Townsend, Differentiating the singular value decomposition (2016).
func (o svd) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	_, m, n := matrixSize(x[0].Shape())
	if o.Vectors && o.Full && m != n {
		trace.Fail("svd", trace.Avals(x), "there is no derivative of the columns that complete u or v to a square, "+
			"which are any; take the decomposition without FullMatrices")
	}
	if t[0] == nil {
		y := c.Self(x...)
		return y, make([]*Value, len(y))
	}
	y := trace.Bind(svd{false, true}, x[0])
	s, u, vh := y[0], y[1], y[2]
	uh, v := matrixAdjoint(u), matrixAdjoint(vh)
	d, last := x[0].DType(), x[0].Rank()-1
	ds := matmul(matmul(uh, t[0]), v)
	diagonal := func(a *Value) *Value { return triangle(triangle(a, true, 0), false, 0) }
	dsigma := ReduceSum(diagonal(realPart(ds)), []int{last})
	if !o.Vectors {
		return y[:1], []*Value{dsigma}
	}
	k := min(m, n)
	row := BroadcastInDim(s, ds.Shape(), append(arange(0, last-1), last))
	col := matrixTranspose(row)
	eye := eyeLike(row, k)
	f := Convert(Sub(Div(FullLike(row, 1), Add(Mul(Add(row, col), Sub(row, col)), eye)), eye), d)
	rowC, colC := Convert(row, d), Convert(col, d)
	dss, sds := Mul(rowC, ds), Mul(colC, ds)
	isZero := Convert(Eq(row, ZerosLike(row)), row.DType())
	inverse := Sub(Div(FullLike(row, 1), Add(row, isZero)), isZero)
	skew := Mul(Sub(ds, matrixAdjoint(ds)), FullLike(ds, 0.5))
	du := matmul(u, Add(Mul(f, Add(dss, matrixAdjoint(dss))), Mul(skew, Convert(diagonal(inverse), d))))
	dv := matmul(v, Mul(f, Add(sds, matrixAdjoint(sds))))
	over := func(a *Value) *Value { // a's columns over the singular values
		return Div(a, Convert(BroadcastInDim(s, a.Shape(), append(arange(0, last-1), last)), d))
	}
	if m > n {
		w := matmul(t[0], v)
		du = Add(du, over(Sub(w, matmul(u, matmul(uh, w)))))
	}
	if n > m {
		w := matmul(matrixAdjoint(t[0]), u)
		dv = Add(dv, over(Sub(w, matmul(v, matmul(vh, w)))))
	}
	return y, []*Value{dsigma, du, matrixAdjoint(dv)}
}

// LeastSquares is the x that makes |a·x - b|² least, of least norm where several do, for m by n matrices a and m by k
// matrices b, with the residuals |a·x - b|² of each column, the rank of a and its singular values. Singular values
// below rcond times the largest, a scalar of their dtype, count as zero.
func LeastSquares(a, b, rcond *Value) (x, residuals, rank, s *Value) {
	if r := a.Rank(); r != 2 || b.Rank() != 2 || a.Shape()[0] != b.Shape()[0] {
		trace.Fail("lax.LeastSquares", trace.Avals([]*Value{a, b}), "takes two matrices with the same number of rows")
	}
	n, k := a.Shape()[1], b.Shape()[1]
	if a.Aval().Size() == 0 {
		x = Zeros(ir.Aval{Shape: []int{n, k}, DType: a.DType()})
		s = Zeros(ir.Aval{Shape: []int{0}, DType: a.DType().Real()})
		rank = Full(nil, ir.IntLit(0, ir.Int32))
	} else {
		var u, vh *Value
		u, s, vh = SVD(a, false)
		largest := BroadcastInDim(SliceInDim(s, 0, 1, 1, 0), s.Shape(), []int{0})
		zero, one := ZerosLike(s), FullLike(s, 1)
		counts := And(Gt(s, zero), Ge(s, Mul(BroadcastInDim(rcond, s.Shape(), nil), largest)))
		rank = ReduceSum(Convert(counts, ir.Int32), []int{0})
		inverse := Select(counts, Div(one, Select(counts, s, one)), zero)
		y := matmul(matrixAdjoint(u), b)
		y = Mul(Convert(BroadcastInDim(inverse, y.Shape(), []int{0}), y.DType()), y)
		x = matmul(matrixAdjoint(vh), y)
	}
	return x, ReduceSum(squares(Sub(b, matmul(a, x))), []int{0}), rank, s
}
