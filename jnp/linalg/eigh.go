package linalg

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Hermitian holds the keyword arguments of Eigh and EigValsH.
type Hermitian struct {
	// OneTriangle takes the matrix from one triangle alone, the lower one; by default the mean of A and Aᴴ is
	// decomposed.
	OneTriangle bool
	// Upper makes that the upper one.
	Upper bool
}

// Eigh is the decomposition A = V·diag(w)·Vᴴ of symmetric or Hermitian matrices, NumPy's linalg.eigh: of [..., n, n] w
// is [..., n], the eigenvalues, real and rising, and V [..., n, n] with orthonormal columns. Float or complex; integers
// are converted, and float16 and bfloat16 are computed in float32. Of a matrix that holds NaN or infinities all is NaN.
// V can be differentiated where the eigenvalues differ.
//
// Options: Hermitian (OneTriangle, Upper).
func Eigh(a jnp.Array) (w, v jnp.Array) { return Hermitian{}.Eigh(a) }

// Eigh is linalg.Eigh with options.
func (o Hermitian) Eigh(a jnp.Array) (w, v jnp.Array) {
	y := o.decomposed("linalg.Eigh", a, func(x *trace.Value) []*trace.Value {
		w, v := ops.Eigh(x)
		return []*trace.Value{w, v}
	})
	return y[0], y[1]
}

// EigValsH is the eigenvalues of symmetric or Hermitian matrices, real and rising, NumPy's linalg.eigvalsh: [..., n, n]
// to [..., n].
//
// Options: Hermitian (OneTriangle, Upper).
func EigValsH(a jnp.Array) jnp.Array { return Hermitian{}.EigValsH(a) }

// EigValsH is linalg.EigValsH with options.
func (o Hermitian) EigValsH(a jnp.Array) jnp.Array {
	return o.decomposed("linalg.EigValsH", a,
		func(x *trace.Value) []*trace.Value { return []*trace.Value{ops.EigValsH(x)} })[0]
}

func (o Hermitian) decomposed(op string, a jnp.Array, f func(x *trace.Value) []*trace.Value) []jnp.Array {
	v := kit.Value(op, a)
	matrices(op, v, true)
	return wholeAll(op, o, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		return f(ops.Symmetrize(strongInexact(op, x[0])[0], o.OneTriangle, o.Upper))
	})
}
