package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/linalg"
)

func ExampleSchur() {
	t, z := linalg.Schur(jnp.FromSlice([]float32{1, 2, 0, 3}, 2, 2))
	fmt.Println(t)
	fmt.Println(z)
	// Output:
	// [[1. 2.]
	//  [0. 3.]]
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleForm_Schur() {
	t, _ := linalg.Form{Complex: true}.Schur(jnp.FromSlice([]float32{0, 2, -2, 0}, 2, 2))
	fmt.Println(jnp.Round(jnp.Sort(jnp.Diag(t).Imag()), 3))
	// Output: [-2.  2.]
}

func ExampleRSF2CSF() {
	a := jnp.FromSlice([]float32{0, 2, -2, 0}, 2, 2)
	t, z := linalg.RSF2CSF(linalg.Schur(a))
	fmt.Println(jnp.Round(jnp.Diag(t), 3))
	fmt.Println(jnp.Round(z.MatMul(t).MatMul(jnp.Conj(z.T())).Real(), 3))
	// Output:
	// [0.+2.j 0.-2.j]
	// [[ 0.  2.]
	//  [-2.  0.]]
}

func ExampleHessenberg() {
	a := jnp.FromSlice([]float32{1, 2, 3, 3, 1, 0, 4, 0, 1}, 3, 3)
	fmt.Println(jnp.Round(linalg.Hessenberg(a), 3))
	// Output:
	// [[ 1.  -3.6  0.2]
	//  [-5.   1.   0. ]
	//  [ 0.   0.   1. ]]
}

func ExampleHessenbergQ() {
	a := jnp.FromSlice([]float32{1, 2, 3, 3, 1, 5, 4, 5, 1}, 3, 3)
	h, q := linalg.HessenbergQ(a)
	fmt.Println(jnp.Round(q, 3))
	fmt.Println(jnp.Round(q.MatMul(h).MatMul(q.T()), 3))
	// Output:
	// [[ 1.   0.   0. ]
	//  [ 0.  -0.6 -0.8]
	//  [ 0.  -0.8  0.6]]
	// [[1. 2. 3.]
	//  [3. 1. 5.]
	//  [4. 5. 1.]]
}
