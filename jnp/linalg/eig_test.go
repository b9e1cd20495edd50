package linalg_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
)

// byVectors is V·diag(w)·V⁻¹.
func byVectors(w, v jnp.Array) jnp.Array { return v.Mul(jnp.ExpandDims(w, -2)).MatMul(Inv(v)) }

// eigRows give NumPy 2.4.6's figures; TestLinalg runs them.
var eigRows = []row{
	{"Eig", "t", func(a []jnp.Array) jnp.Array { return byVectors(Eig(a[0])) }, "complex64[3,3]",
		[]complex128{2, -1, 0.5, 1, 3, -2, 0.25, 1, 4}},
	{"Eig complex", "h", func(a []jnp.Array) jnp.Array { return byVectors(Eig(a[0])) }, "complex64[2,2]",
		[]complex128{3, 1 - 1i, 1 + 1i, 4}},
	{"EigVals of a rotation", "v", func(a []jnp.Array) jnp.Array {
		return EigVals(jnp.FromSlice([]int32{0, 1, -1, 0}, 2, 2)).Add(a[0].Sum().Mul(0))
	}, "complex64[2]", []complex128{1i, -1i}},
	{"EigVals in bfloat16", "v", func(a []jnp.Array) jnp.Array {
		return EigVals(jnp.Diag(a[0]).AsType(jnp.BFloat16)).Mul(0)
	}, "complex64[3]", []complex128{0, 0, 0}},
	{"Eig of nothing", "v", func(a []jnp.Array) jnp.Array {
		_, v := Eig(jnp.Zeros(2, 0, 0))
		return v.Add(a[0].Sum())
	}, "complex64[2,0,0]", nil},
	{"Eig of NaN", "v", func(a []jnp.Array) jnp.Array {
		w, _ := Eig(jnp.Diag(a[0]).At(1, 1).Set(a[0].Sum().Mul(inf).Mul(0)))
		return jnp.IsNaN(w).AsType(jnp.Int32)
	}, "int32[3]", []complex128{1, 1, 1}},
}

func TestEigGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.5, -1, 2, 3, -2, 4, 0.25, 1, -0.5}, 3, 3)
		values := func(a []jnp.Array) jnp.Array { w := EigVals(a[0]); return w.Mul(w).Sum() }
		if err := grads.Check(values, []jnp.Array{x}, 2); err != nil {
			t.Error(err)
		}
		fails.With(t, func() {
			gojax.Grad(func(a jnp.Array) jnp.Array { _, v := Eig(a); return v.Real().Sum() })(x)
		}, "eig_test.go", "EnableEigVecDerivs")
	})()
}
