package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Dot() {
	x := jnp.AsArray([][]float32{{1, 2}, {3, 4}})
	fmt.Println(x.Dot([]float32{1, -1}), x.MatMul(x))
	// Output:
	// [-1. -1.] [[ 7. 10.]
	//  [15. 22.]]
}

func ExampleMatMul() {
	x := matrix()
	fmt.Println(x.MatMul(x.T()))
	fmt.Println(x.Dot(jnp.AsArray([]float32{1, 0, -1})), jnp.VDot(x, x), jnp.Trace(x))
	fmt.Println(jnp.MatMul(jnp.Zeros(5, 1, 2, 3), jnp.Zeros(4, 3, 7)).Shape())
	// Output:
	// [[21.  9.]
	//  [ 9. 35.]]
	// [-1. -2.] 56.0 0.0
	// [5 4 2 7]
}

func ExampleDot() {
	x, y := jnp.AsArray([][]float32{{1, 2}, {3, 4}}), jnp.AsArray([]float32{1, -1})
	fmt.Println(jnp.Dot(x, y), jnp.Dot(x, 2), jnp.Inner(x, y), jnp.Outer(y, y))
	// Output:
	// [-1. -1.] [[2. 4.]
	//  [6. 8.]] [-1. -1.] [[ 1. -1.]
	//  [-1.  1.]]
}

func ExampleVecDot() {
	x, y := jnp.AsArray([][]float32{{1, 2}, {3, 4}}), jnp.AsArray([]float32{1, -1})
	fmt.Println(jnp.VecDot(x, y), jnp.MatVec(x, y), jnp.VecMat(y, x))
	// Output: [-1. -1.] [-1. -1.] [-2. -2.]
}

func ExampleTensorDot() {
	x, y := jnp.Ones(2, 3, 4), jnp.Ones(4, 3, 5)
	fmt.Println(jnp.TensorDot(x, y, [2][]int{{1, 2}, {1, 0}}).Shape(), jnp.TensorDot(x, y, 0).NDim())
	// Output: [2 5] 6
}

func ExampleKron() {
	fmt.Println(jnp.Kron(jnp.AsArray([]int32{1, 10}), jnp.AsArray([]int32{1, 2, 3})))
	// Output: [ 1  2  3 10 20 30]
}

func ExampleCross() {
	fmt.Println(jnp.Cross(jnp.AsArray([]float32{1, 0, 0}), jnp.AsArray([]float32{0, 1, 0})))
	// Output: [0. 0. 1.]
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
