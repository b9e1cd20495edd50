package linalg_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/grads"
)

// rebuilt is V·diag(w)·Vᴴ.
func rebuilt(w, v jnp.Array) jnp.Array {
	return v.Mul(jnp.ExpandDims(w, -2)).MatMul(jnp.Conj(MatrixTranspose(v)))
}

// eighRows give NumPy 2.4.6's figures; TestLinalg runs them.
var eighRows = []row{
	{"EigValsH", "p", func(a []jnp.Array) jnp.Array { return EigValsH(a[0]) }, "float32[3]",
		[]complex128{1.58420669, 3.83933645, 6.57645685}},
	{"EigValsH complex", "h", func(a []jnp.Array) jnp.Array { return EigValsH(a[0]) }, "float32[2]",
		[]complex128{2, 5}},
	{"EigValsH of the mean", "t", func(a []jnp.Array) jnp.Array { return EigValsH(a[0]) }, "float32[3]",
		[]complex128{1.92373818, 2.81572496, 4.26053687}},
	{"EigValsH of the lower triangle", "t",
		func(a []jnp.Array) jnp.Array { return Hermitian{OneTriangle: true}.EigValsH(a[0]) }, "float32[3]",
		[]complex128{1.33818657, 2.8352752, 4.82653822}},
	{"EigValsH of the upper triangle", "t",
		func(a []jnp.Array) jnp.Array { return Hermitian{OneTriangle: true, Upper: true}.EigValsH(a[0]) }, "float32[3]",
		[]complex128{1.09652162, 2.07222395, 5.83125443}},
	{"Eigh", "p", func(a []jnp.Array) jnp.Array { return rebuilt(Eigh(a[0])) }, "float32[3,3]",
		[]complex128{4, 2, -1, 2, 5, 0.5, -1, 0.5, 3}},
	{"Eigh complex", "h", func(a []jnp.Array) jnp.Array { return rebuilt(Eigh(a[0])) }, "complex64[2,2]",
		[]complex128{3, 1 - 1i, 1 + 1i, 4}},
	{"Eigh of the upper triangle", "i",
		func(a []jnp.Array) jnp.Array { return rebuilt(Hermitian{OneTriangle: true, Upper: true}.Eigh(a[0])) },
		"float32[2,2]", []complex128{1, 2, 2, 4}},
	{"Eigh in float16", "p", func(a []jnp.Array) jnp.Array {
		w, _ := Eigh(a[0].AsType(jnp.Float16))
		return jnp.Round(w)
	}, "float16[3]", []complex128{2, 4, 7}},
	{"Eigh of nothing", "v", func(a []jnp.Array) jnp.Array {
		_, v := Eigh(jnp.Zeros(2, 0, 0))
		return v.Add(a[0].Sum())
	}, "float32[2,0,0]", nil},
	{"Eigh of NaN", "v", func(a []jnp.Array) jnp.Array {
		w, _ := Eigh(jnp.Diag(a[0]).At(1, 1).Set(a[0].Sum().Mul(inf).Mul(0)))
		return jnp.IsNaN(w).AsType(jnp.Int32)
	}, "int32[3]", []complex128{1, 1, 1}},
}

func TestEighGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.5, -1, 2, 3, -2, 4, 0.25, 1, -0.5}, 3, 3)
		z := jnp.FromSlice([]complex128{1, 2 + 1i, 1i, 3, 0.5, 1 - 1i, 2, 1i, 1}, 3, 3)
		exp := func(o Hermitian) func(a []jnp.Array) jnp.Array { // of vectors up to their signs
			return func(a []jnp.Array) jnp.Array {
				w, v := o.Eigh(a[0])
				return rebuilt(jnp.Sin(w), v).Add(w)
			}
		}
		for name, err := range map[string]error{
			"real":           grads.Check(exp(Hermitian{}), []jnp.Array{x}, 2),
			"complex":        grads.Check(exp(Hermitian{}), []jnp.Array{z}, 1),
			"upper triangle": grads.Check(exp(Hermitian{OneTriangle: true, Upper: true}), []jnp.Array{z}, 1),
			"lower triangle": grads.Check(exp(Hermitian{OneTriangle: true}), []jnp.Array{x}, 1),
			"values": grads.Check(func(a []jnp.Array) jnp.Array { return EigValsH(a[0]) },
				[]jnp.Array{jnp.Stack([]jnp.Array{x, x.Mul(x)})}, 1),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})()
}
