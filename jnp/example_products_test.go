package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleDot() {
	x, y := jnp.Asarray([][]float32{{1, 2}, {3, 4}}), jnp.Asarray([]float32{1, -1})
	fmt.Println(jnp.Dot(x, y), jnp.Dot(x, 2), jnp.Inner(x, y), jnp.Outer(y, y))
	// Output:
	// [-1. -1.] [[2. 4.]
	//  [6. 8.]] [-1. -1.] [[ 1. -1.]
	//  [-1.  1.]]
}

func ExampleVecDot() {
	x, y := jnp.Asarray([][]float32{{1, 2}, {3, 4}}), jnp.Asarray([]float32{1, -1})
	fmt.Println(jnp.VecDot(x, y), jnp.MatVec(x, y), jnp.VecMat(y, x))
	// Output: [-1. -1.] [-1. -1.] [-2. -2.]
}

func ExampleTensorDot() {
	x, y := jnp.Ones(2, 3, 4), jnp.Ones(4, 3, 5)
	fmt.Println(jnp.TensorDot(x, y, [2][]int{{1, 2}, {1, 0}}).Shape(), jnp.TensorDot(x, y, 0).NDim())
	// Output: [2 5] 6
}

func ExampleKron() {
	fmt.Println(jnp.Kron(jnp.Asarray([]int32{1, 10}), jnp.Asarray([]int32{1, 2, 3})))
	// Output: [ 1  2  3 10 20 30]
}

func ExampleCross() {
	fmt.Println(jnp.Cross(jnp.Asarray([]float32{1, 0, 0}), jnp.Asarray([]float32{0, 1, 0})))
	// Output: [0. 0. 1.]
}

func ExampleContraction() {
	x, y := jnp.Asarray([]int8{100, 100}), jnp.Asarray([]int8{1, 1})
	wide := jnp.Contraction{PreferredType: jnp.Int32} // int8 would overflow
	fmt.Println(jnp.Dot(x, y), wide.Dot(x, y), wide.VDot(x, y), wide.VecDot(x, y), wide.Inner(x, y))
	fmt.Println(wide.MatMul(x, y), wide.TensorDot(x, y, 1), wide.Einsum("i,i", x, y))
	// Output:
	// -56 200 200 200 200
	// 200 200 200
}

func ExampleEinsumPath() {
	path, cost := jnp.EinsumPath("ij,jk,kl->il", jnp.Zeros(3, 100), jnp.Zeros(100, 5), jnp.Zeros(5, 100))
	fmt.Println(path)
	fmt.Println(cost)
	// Output:
	// [[0 1] [0 1]]
	//   Complete contraction:  ij,jk,kl->il
	//       Naive FLOP count:  4.500e+05
	//   Optimized FLOP count:  6.000e+03
	//    Theoretical speedup:  7.500e+01
	//   Largest intermediate:  3.000e+02 elements
	//   jk,ij->ki
	//   kl,ki->il
}

func ExampleDiagonals() {
	x := jnp.Arange(9).Reshape(3, 3)
	fmt.Println(jnp.Trace(x), jnp.Diagonals{Offset: 1, DType: jnp.Float32}.Trace(x))
	// Output: 12 6.0
}

func ExampleCross_axes() {
	x, y := jnp.Eye(3, 2), jnp.Eye(3, 2, 1) // vectors in the columns
	fmt.Println(jnp.Cross(x, y, 0))
	fmt.Println(jnp.Cross(x, y, 0, 0, -1))
	// Output:
	// [[ 0.  0.]
	//  [ 0.  0.]
	//  [ 0. -1.]]
	// [[ 0.  0.  0.]
	//  [ 0.  0. -1.]]
}
