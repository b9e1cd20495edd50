package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The QR decomposition, in the form of LAPACK: reflectors below the diagonal of R. XLA's compiler for CPUs expands
// these custom calls into loops.

type geqrf struct{}

func (geqrf) Name() string { return "geqrf" }

// Geqrf is the QR decomposition of each m by n matrix on the last two axes as LAPACK's geqrf leaves it, float or
// complex: R on and above the diagonal, below it in column i the vector v of the i-th reflector I - tau·v·vᴴ (without
// its leading 1), and the k = min(m, n) numbers tau. float16 and bfloat16 are computed in float32.
func Geqrf(x *Value) (packed, taus *Value) {
	y := trace.Bind(geqrf{}, x)
	return y[0], y[1]
}

func (geqrf) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOneMatrix(in); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(in[0].Shape)
	taus := in[0]
	taus.Shape = slices.Concat(batch, []int{min(m, n)})
	return []ir.Aval{in[0], taus}, nil
}

func (geqrf) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[1].Size() == 0 {
		return []trace.Operand{x[0], e.Const(ir.FloatLit(0, out[1].DType), out[1].Shape)}
	}
	return widenedAll(e, x, out, func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		if geqrf := (lapack{"geqrf", "0", ""}); geqrf.there(e, out[0].DType) {
			return geqrf.call(e, x, out...)
		}
		return e.Op("stablehlo.custom_call", x, `call_target_name = "Qr"`, out...)
	})
}

func (geqrf) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0}
}

type householderProduct struct{}

func (householderProduct) Name() string { return "householder_product" }

// HouseholderProduct is the first n columns of the product of the reflectors that Geqrf leaves in the m by n matrices
// packed, m no less than n, and taus: Q with orthonormal columns (lax.linalg.householder_product).
func HouseholderProduct(packed, taus *Value) *Value { return one(householderProduct{}, packed, taus) }

func (householderProduct) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	a, t := in[0], in[1]
	if err := firstError(wantKind(a, kInexact), wantMatrices(a), oneDType(in)); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(a.Shape)
	r := a.Rank() - 1
	switch {
	case m < n:
		return nil, fmt.Errorf("the matrices must have no more columns than rows, not %d by %d", m, n)
	case t.Rank() != r || !slices.Equal(t.Shape[:r-1], batch):
		return nil, fmt.Errorf("the axes before the last differ: the matrices are %s and the factors %s",
			ir.ShapeString(a.Shape), ir.ShapeString(t.Shape))
	case t.Shape[r-1] > n:
		return nil, fmt.Errorf("there are %d factors for matrices of %d columns", t.Shape[r-1], n)
	}
	a.Weak = a.Weak && t.Weak
	return []ir.Aval{a}, nil
}

func (householderProduct) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if e.Out()[0].Size() == 0 {
		return x[:1]
	}
	return widenedAll(e, x, e.Out(), func(x []trace.Operand, out []ir.Aval) []trace.Operand {
		if orgqr := (lapack{"orgqr ungqr", "0", ""}); orgqr.there(e, out[0].DType) {
			return orgqr.call(e, x, out...)
		}
		return e.Op("stablehlo.custom_call", x, `call_target_name = "ProductOfElementaryHouseholderReflectors"`, out...)
	})
}

func (householderProduct) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return batchMatrices(c, x, d)
}

// qr gives Q and R; Full makes Q square.
type qr struct{ Full bool }

func (qr) Name() string { return "qr" }

// QR is the decomposition x = q·r of each m by n matrix on the last two axes, float or complex, q with orthonormal
// columns and r upper triangular: q is m by k and r is k by n for k = min(m, n), or with full m by m and m by n
// (lax.linalg.qr). The signs are LAPACK's: where a column has anything to be zeroed, the diagonal of r gets the sign
// that is not its own.
func QR(x *Value, full bool) (q, r *Value) {
	y := trace.Bind(qr{full}, x)
	return y[0], y[1]
}

func (o qr) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOneMatrix(in); err != nil {
		return nil, err
	}
	batch, m, n := matrixSize(in[0].Shape)
	k := min(m, n)
	if o.Full {
		k = m
	}
	q, r := in[0], in[0]
	q.Shape, r.Shape = matrixShape(batch, m, k), matrixShape(batch, k, n)
	return []ir.Aval{q, r}, nil
}

func (o qr) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		batch, m, n := matrixSize(v[0].Shape())
		k := min(m, n)
		if k == 0 {
			q := eyeLike(v[0], m)
			if !o.Full {
				q = firstColumns(q, 0)
			}
			size := 0
			if o.Full {
				size = m
			}
			return []*Value{q, Zeros(ir.Aval{Shape: matrixShape(batch, size, n), DType: v[0].DType()})}
		}
		packed, taus := Geqrf(v[0])
		reflectors, r := firstColumns(packed, k), packed
		if o.Full {
			high := repeated(0, packed.Rank())
			high[len(high)-1] = m - k
			zeros := repeated(0, packed.Rank())
			reflectors = Pad(reflectors, zeroOf(packed), zeros, high, zeros)
		} else {
			r = firstRows(r, k)
		}
		return []*Value{HouseholderProduct(reflectors, taus), triangle(r, false, 0)}
	})
}

func (qr) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(front(c, x, d)...), []int{0, 0}
}

// JVP after J. Townsend, Differentiating the QR decomposition (2018). A wide matrix is a square one and more columns,
// which are q times theirs of r; for the columns that complete q see S. F. Walter, L. Lehmann and R. Lamour, and
// Roberts and Roberts (2024).
func (o qr) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil, nil}
	}
	q, r, dx := y[0], y[1], t[0]
	_, m, n := matrixSize(x[0].Shape())
	if m < n {
		dq, dr := thinQRTangent(q, firstColumns(r, m), firstColumns(dx, m))
		more := Add(matmul(matrixAdjoint(dq), restColumns(x[0], m)), matmul(matrixAdjoint(q), restColumns(dx, m)))
		return y, []*Value{dq, Concatenate([]*Value{dr, more}, x[0].Rank()-1)}
	}
	if !o.Full || m == n {
		dq, dr := thinQRTangent(q, r, dx)
		return y, []*Value{dq, dr}
	}
	thin, more := firstColumns(q, n), restColumns(q, n)
	dq, dr := thinQRTangent(thin, firstRows(r, n), dx)
	// The completing columns are a function of the first n: the identity's, reflected by (q - I) over its first n rows.
	top, bottom := firstRows(thin, n), restRows(thin, n)
	s := Sub(top, eyeLike(top, n))
	zh := SolveQR(matrixAdjoint(s), matrixAdjoint(bottom))
	z := matrixAdjoint(zh)
	turned := Sub(restRows(dq, n), matmul(z, firstRows(dq, n)))
	dmore := Sub(matmul(dq, zh), matmul(Add(thin, matmul(more, z)), matrixAdjoint(turned)))
	zero := Zeros(ir.Aval{Shape: restRows(r, n).Shape(), DType: r.DType()})
	last := x[0].Rank() - 1
	return y, []*Value{Concatenate([]*Value{dq, dmore}, last), Concatenate([]*Value{dr, zero}, last-1)}
}

// thinQRTangent are the tangents of q and r for a matrix with no fewer rows than columns.
func thinQRTangent(q, r, dx *Value) (dq, dr *Value) {
	byR := TriangularSolve(r, dx, TriangularOptions{})
	w := matmul(matrixAdjoint(q), byR)
	lower := triangle(w, true, -1)
	skew := Sub(lower, matrixAdjoint(lower))
	if w.DType().IsComplex() { // the diagonal turns too, so that r's stays real
		diagonal := triangle(triangle(w, true, 0), false, 0)
		skew = Add(skew, Sub(diagonal, Convert(Real(diagonal), w.DType())))
	}
	dq = Add(matmul(q, Sub(skew, w)), byR)
	return dq, matmul(Sub(w, skew), r)
}

// SolveQR is x with a·x = b for each pair of a square matrix and a matrix on the last two axes, by a QR decomposition.
func SolveQR(a, b *Value) *Value {
	q, r := QR(a, false)
	return TriangularSolve(r, matmul(matrixAdjoint(q), b), TriangularOptions{LeftSide: true})
}
