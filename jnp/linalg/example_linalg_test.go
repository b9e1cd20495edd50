package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleFactor_Cholesky() {
	a := jnp.FromSlice([]float32{4, 2, 2, 5}, 2, 2)
	fmt.Println(linalg.Factor{Upper: true}.Cholesky(a))
	// Output:
	// [[2. 1.]
	//  [0. 2.]]
}

func ExampleSolveTriangular() {
	u := jnp.FromSlice([]float32{2, 1, 0, 4}, 2, 2)
	fmt.Println(linalg.SolveTriangular(u, jnp.FromSlice([]float32{4, 8})))
	// Output: [1. 2.]
}

func ExampleChoSolve() {
	a := jnp.FromSlice([]float32{4, 2, 2, 5}, 2, 2)
	fmt.Println(linalg.ChoSolve(linalg.Cholesky(a), jnp.FromSlice([]float32{8, 12})))
	// Output: [1. 2.]
}

func ExampleMatrixTranspose() {
	fmt.Println(linalg.MatrixTranspose(jnp.Arange(6).Reshape(2, 3)))
	// Output:
	// [[0 3]
	//  [1 4]
	//  [2 5]]
}

func ExampleTrace() {
	fmt.Println(linalg.Trace(jnp.Arange(8).Reshape(2, 2, 2)))
	// Output: [ 3 11]
}

func ExampleMultiDot() {
	a, b, x := jnp.Ones(2, 100), jnp.Ones(100, 100), jnp.Ones(100)
	fmt.Println(linalg.MultiDot(a, b, x)) // b·x first
	// Output: [10000. 10000.]
}

func ExampleMatrixPower() {
	fibonacci := jnp.FromSlice([]int32{1, 1, 1, 0}, 2, 2)
	fmt.Println(linalg.MatrixPower(fibonacci, 10))
	// Output:
	// [[89 55]
	//  [55 34]]
}

func ExampleCholesky() {
	a := jnp.AsArray([][]float32{{4, 2}, {2, 5}})
	l := linalg.Cholesky(a)
	fmt.Println(l)
	fmt.Println(l.MatMul(l.T()))
	// Output:
	// [[2. 0.]
	//  [1. 2.]]
	// [[4. 2.]
	//  [2. 5.]]
}

func ExampleTriangular_SolveTriangular() {
	l := jnp.AsArray([][]float32{{2, 0}, {1, 2}})
	x := linalg.Triangular{Lower: true}.SolveTriangular(l, jnp.AsArray([]float32{4, 8}))
	fmt.Println(x, l.Dot(x))
	// Output: [2. 3.] [4. 8.]
}
