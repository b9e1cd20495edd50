package gonum_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/gojax/gojax/interop/gonum"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// show prints a matrix of gonum.
func show(m mat.Matrix) { fmt.Println(mat.Formatted(m)) }

func ExampleFromMatrix() {
	a := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	fmt.Println(gonum.FromMatrix(a.Slice(0, 2, 1, 3)))
	// Output:
	// [[2. 3.]
	//  [5. 6.]]
}

func ExampleFromVector() {
	a := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6})
	fmt.Println(gonum.FromVector(a.ColView(1)))
	// Output: [2. 5.]
}

func ExampleFromCMatrix() {
	a := mat.NewCDense(1, 2, []complex128{1, 2i})
	fmt.Println(gonum.FromCMatrix(a.H()).Shape())
	// Output: [2 1]
}

func ExampleToDense() {
	show(gonum.ToDense(jnp.Arange(6).Reshape(2, 3)))
	// Output:
	// ⎡0  1  2⎤
	// ⎣3  4  5⎦
}

func ExampleToVecDense() {
	show(gonum.ToVecDense(jnp.Arange(2)))
	// Output:
	// ⎡0⎤
	// ⎣1⎦
}

func ExampleToCDense() {
	fmt.Println(gonum.ToCDense(jnp.FromSlice([]complex64{1, 2i}, 1, 2)).At(0, 1))
	// Output: (0+2i)
}

func ExampleToSymDense() {
	x := jnp.Arange(6).AsType(jnp.Float32).Reshape(3, 2)
	show(gonum.ToSymDense(x.T().MatMul(x)))
	// Output:
	// ⎡20  26⎤
	// ⎣26  35⎦
}

func ExampleToTriDense() {
	a := jnp.FromSlice([]float32{4, 2, 2, 2}, 2, 2)
	show(gonum.ToTriDense(linalg.Cholesky(a), mat.Lower))
	// Output:
	// ⎡2  0⎤
	// ⎣1  1⎦
}
