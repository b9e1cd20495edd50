package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

func ExampleCholesky() {
	x := jnp.FromSlice([]float32{4, 2, 2, 5}, 2, 2)
	l := lax.Cholesky(x)
	fmt.Println(l)
	fmt.Println(lax.TriangularSolve(l, jnp.FromSlice([]float32{2, 5}, 2, 1),
		lax.TriangularOptions{LeftSide: true, Lower: true}))
	// Output:
	// [[2. 0.]
	//  [1. 2.]]
	// [[1.]
	//  [2.]]
}

func ExampleQR() {
	x := jnp.FromSlice([]float32{3, 1, 4, 2}, 2, 2)
	q, r := lax.QR(x)
	fmt.Println(jnp.Round(lax.Dot(q, r)))
	fmt.Println(jnp.Abs(jnp.Round(lax.Dot(lax.Transpose(q, 1, 0), q))))
	// Output:
	// [[3. 1.]
	//  [4. 2.]]
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleSVD() {
	u, s, vh := lax.SVD(jnp.FromSlice([]float32{3, 0, 0, 4, 0, 0}, 3, 2), lax.DecompositionOptions{Reduced: true})
	fmt.Println(s, u.Shape(), vh.Shape())
	// Output: [4. 3.] [3 2] [2 2]
}

func ExampleHouseholderProduct() {
	h, taus := linalg.QRReflectors(jnp.FromSlice([]float32{3, 1, 4, 2}, 2,
		2)) // as numpy.linalg.qr gives them, transposed
	q := lax.HouseholderProduct(lax.Transpose(h, 1, 0), taus)
	fmt.Println(jnp.Abs(jnp.Round(lax.Dot(lax.Transpose(q, 1, 0), q))))
	// Output:
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleLU() {
	lu, pivots, permutation := lax.LU(jnp.FromSlice([]float32{1, 2, 4, 4}, 2, 2))
	fmt.Println(lu)
	fmt.Println(pivots, permutation, lax.LUPivotsToPermutation(pivots, 2))
	// Output:
	// [[4.   4.  ]
	//  [0.25 1.  ]]
	// [1 1] [1 0] [1 0]
}

func ExampleEigh() {
	_, w := lax.Eigh(jnp.FromSlice([]float32{2, 1, 1, 2}, 2, 2))
	fmt.Println(jnp.Round(w))
	// Output: [1. 3.]
}

func ExampleTridiagonalSolve() {
	lower, diagonal, upper := jnp.Zeros(3), jnp.Full([]int{3}, 2.0), jnp.Full([]int{3}, 4.0)
	fmt.Println(lax.TridiagonalSolve(lower, diagonal, upper, jnp.Arange(3.0).Reshape(3, 1)))
	// Output:
	// [[ 3. ]
	//  [-1.5]
	//  [ 1. ]]
}

func ExampleOrmqr() {
	a := jnp.FromSlice([]float32{3, 1, 4, 2}, 2, 2)
	h, taus := linalg.QRReflectors(a)
	r := jnp.Triu(linalg.MatrixTranspose(h))
	fmt.Println(jnp.Round(lax.Ormqr(linalg.MatrixTranspose(h), taus, r), 3)) // Q·R
	// Output:
	// [[3. 1.]
	//  [4. 2.]]
}

func ExampleCholeskyUpdate() {
	r := jnp.FromSlice([]float32{3, 0, 0, 5}, 2, 2)
	fmt.Println(jnp.Round(lax.CholeskyUpdate(r, jnp.FromSlice([]float32{4, 0})), 3))
	// Output:
	// [[5. 0.]
	//  [0. 5.]]
}

func ExampleSymmetricProduct() {
	a := jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2)
	fmt.Println(lax.SymmetricProduct(a, jnp.Eye(2), lax.SymmetricProductOptions{Beta: 10}))
	// Output:
	// [[15. 11.]
	//  [11. 35.]]
}
