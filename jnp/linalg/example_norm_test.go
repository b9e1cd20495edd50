package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleNorms_Norm() {
	x := jnp.FromSlice([]float32{3, 0, 0, -4}, 2, 2)
	fmt.Println(linalg.Norms{Order: linalg.Nuclear}.Norm(x), linalg.Norms{KeepDims: true}.Norm(x, 1))
	// Output:
	// 7.0 [[3.]
	//  [4.]]
}

func ExampleVectorNorm() {
	x := jnp.FromSlice([]float32{3, 0, 0, -4}, 2, 2)
	fmt.Println(linalg.VectorNorm(x), linalg.Norms{Order: linalg.Ord(1)}.VectorNorm(x, 0))
	// Output: 5.0 [3. 4.]
}

func ExampleMatrixNorm() {
	x := jnp.FromSlice([]float32{3, 0, 0, -4}, 2, 2)
	fmt.Println(linalg.MatrixNorm(x), linalg.Norms{Order: linalg.Ord(2)}.MatrixNorm(x))
	// Output: 5.0 4.0
}

func ExampleNorm() {
	x := jnp.AsArray([][]float32{{3, 4}, {6, -8}})
	fmt.Println(linalg.Norm(x, 1), linalg.Norm(x), linalg.Norms{Order: linalg.Ord(1)}.Norm(x))
	// Output: [ 5. 10.] 11.18034 12.0
}
