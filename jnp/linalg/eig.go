package linalg

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Eig is the eigenvalues w and in columns the eigenvectors V of square matrices, A·V = V·diag(w), NumPy's linalg.eig:
// of [..., n, n] w is [..., n] and V [..., n, n], complex always, in no order (LAPACK geev). Each vector has norm 1,
// and its largest element is real. Float or complex; integers are converted, and float16 and bfloat16 are computed in
// float32. Of a matrix that holds NaN or infinities all is NaN. EigVals can be differentiated; so can the vectors of
// lax.Eig, where they have derivatives. Of symmetric matrices Eigh is faster and closer. There is no such routine on
// GPUs.
func Eig(a jnp.Array) (w, v jnp.Array) {
	y := eigen("linalg.Eig", a, ops.EigOptions{Right: true})
	return y[0], y[1]
}

// EigVals is the eigenvalues of square matrices, NumPy's linalg.eigvals: [..., n, n] to [..., n], complex. They can be
// differentiated where they differ.
func EigVals(a jnp.Array) jnp.Array { return eigen("linalg.EigVals", a, ops.EigOptions{})[0] }

func eigen(op string, a jnp.Array, o ops.EigOptions) []jnp.Array {
	v := kit.Value(op, a)
	matrices(op, v, true)
	return wholeAll(op, o, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		return ops.Eig(strongInexact(op, x[0])[0], o)
	})
}
