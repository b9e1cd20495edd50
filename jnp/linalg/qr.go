package linalg

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Factors holds the keyword arguments of QR.
type Factors struct {
	// Complete makes Q square: [..., m, m], and R [..., m, n] (NumPy's mode "complete").
	Complete bool
}

// QR is the decomposition A = Q·R of matrices into Q with orthonormal columns and upper triangular R, NumPy's
// linalg.qr: for [..., m, n] and k = min(m, n) they are [..., m, k] and [..., k, n]. Float or complex; integers are
// converted. The signs are LAPACK's.
//
// Options: Factors (Complete).
func QR(a jnp.Array) (q, r jnp.Array) { return Factors{}.QR(a) }

// QR is linalg.QR with options.
func (f Factors) QR(a jnp.Array) (q, r jnp.Array) {
	y := qrOf("linalg.QR", a, f, func(a *trace.Value) []*trace.Value {
		q, r := ops.QR(a, f.Complete)
		return []*trace.Value{q, r}
	})
	return y[0], y[1]
}

// QRTriangle is R of QR alone, NumPy's linalg.qr with mode "r".
func QRTriangle(a jnp.Array) jnp.Array {
	return qrOf("linalg.QRTriangle", a, nil, func(a *trace.Value) []*trace.Value {
		_, r := ops.QR(a, false)
		return []*trace.Value{r}
	})[0]
}

// QRReflectors is the decomposition as LAPACK's geqrf leaves it, NumPy's linalg.qr with mode "raw": the transpose of
// the matrix that has R on and above the diagonal and the vectors of the reflectors below it, and their factors tau,
// [..., k].
func QRReflectors(a jnp.Array) (h, tau jnp.Array) {
	y := qrOf("linalg.QRReflectors", a, nil, func(a *trace.Value) []*trace.Value {
		h, tau := ops.Geqrf(a)
		return []*trace.Value{transposed(h), tau}
	})
	return y[0], y[1]
}

func qrOf(op string, a jnp.Array, params any, f func(a *trace.Value) []*trace.Value) []jnp.Array {
	v := kit.Value(op, a)
	matrices(op, v, false)
	return wholeAll(op, params, []*trace.Value{v},
		func(x []*trace.Value) []*trace.Value { return f(strongInexact(op, x[0])[0]) })
}
