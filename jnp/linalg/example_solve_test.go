package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleSolve() {
	a := jnp.FromSlice([]float32{2, 1, 4, 4}, 2, 2)
	x := linalg.Solve(a, jnp.FromSlice([]float32{4, 12}))
	fmt.Println(x, a.Dot(x))
	// Output: [1. 2.] [ 4. 12.]
}

func ExampleInv() {
	fmt.Println(linalg.Inv(jnp.FromSlice([]float32{2, 1, 4, 4}, 2, 2)))
	// Output:
	// [[ 1.   -0.25]
	//  [-1.    0.5 ]]
}

func ExampleDet() {
	fmt.Println(linalg.Det(jnp.FromSlice([]float32{2, 1, 4, 4}, 2, 2)))
	// Output: 4.0
}

func ExampleSLogDet() {
	sign, log := linalg.SLogDet(jnp.FromSlice([]float32{0, 1, 1, 0}, 2, 2))
	fmt.Println(sign, log)
	// Output: -1.0 0.0
}

func ExampleEigh() {
	a := jnp.FromSlice([]float32{2, 1, 1, 2}, 2, 2)
	w, v := linalg.Eigh(a)
	fmt.Println(jnp.Round(w), jnp.Round(jnp.Abs(a.MatMul(v).Sub(v.Mul(w))), 5))
	// Output:
	// [1. 3.] [[0. 0.]
	//  [0. 0.]]
}

func ExampleEigValsH() {
	fmt.Println(linalg.EigValsH(jnp.Diag(jnp.FromSlice([]float32{3, -1, 2}))))
	// Output: [-1.  2.  3.]
}

func ExampleHermitian_Eigh() {
	a := jnp.FromSlice([]float32{1, 0, 99, 1}, 2, 2) // 99 is not read
	w, _ := linalg.Hermitian{OneTriangle: true, Upper: true}.Eigh(a)
	fmt.Println(w, linalg.Hermitian{OneTriangle: true, Upper: true}.EigValsH(a))
	// Output: [1. 1.] [1. 1.]
}

func ExampleTensorSolve() {
	a := jnp.Eye(4).Mul(2).Reshape(2, 2, 4)
	fmt.Println(linalg.TensorSolve(a, jnp.Arange(4.0).Reshape(2, 2)))
	// Output: [0.  0.5 1.  1.5]
}

func ExampleTensorInv() {
	a := jnp.Eye(4).Mul(2).Reshape(2, 2, 4)
	fmt.Println(linalg.TensorInv(a).Shape(), linalg.TensorInv(a).Index(1))
	// Output:
	// [4 2 2] [[0.  0.5]
	//  [0.  0. ]]
}
