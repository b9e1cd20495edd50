package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleQR() {
	a := jnp.FromSlice([]float32{3, 1, 4, 2, 0, 2}, 3, 2)
	q, r := linalg.QR(a)
	fmt.Println(jnp.Less(linalg.Norm(q.MatMul(r).Sub(a)), 1e-5), jnp.Less(linalg.Norm(q.T().MatMul(q).Sub(jnp.Eye(2))), 1e-5))
	full, _ := linalg.Factors{Complete: true}.QR(a)
	fmt.Println(q.Shape(), r.Shape(), full.Shape())
	// Output:
	// True True
	// [3 2] [2 2] [3 3]
}

func ExampleQRTriangle() {
	fmt.Println(jnp.PrintOptions{Precision: 3}.String(linalg.QRTriangle(jnp.FromSlice([]float32{3, 5, 4, 5}, 2, 2))))
	// Output:
	// [[-5. -7.]
	//  [ 0. -1.]]
}

func ExampleQRReflectors() {
	h, tau := linalg.QRReflectors(jnp.FromSlice([]float32{3, 4}, 2, 1))
	fmt.Println(h, tau)
	// Output: [[-5.   0.5]] [1.6]
}

func ExampleSVD() {
	a := jnp.FromSlice([]float32{3, 0, 4, 5}, 2, 2)
	u, s, vh := linalg.SVD(a)
	fmt.Println(jnp.Round(jnp.Square(s)), jnp.Less(linalg.Norm(jnp.Mul(u, s).MatMul(vh).Sub(a)), 1e-5))
	tall, _, _ := linalg.SVDs{Reduced: true}.SVD(jnp.Ones(5, 2))
	fmt.Println(tall.Shape())
	// Output:
	// [45.  5.] True
	// [5 2]
}

func ExampleSVDVals() {
	fmt.Println(linalg.SVDVals(jnp.Diag(jnp.FromSlice([]float32{2, -7, 0}))))
	// Output: [7. 2. 0.]
}

func ExampleMatrixRank() {
	a := jnp.Diag(jnp.FromSlice([]float32{2, 1e-3, 0}))
	fmt.Println(linalg.MatrixRank(a), linalg.Tolerance{RTol: 0.01}.MatrixRank(a))
	// Output: 2 1
}

func ExamplePInv() {
	a := jnp.FromSlice([]float32{2, 0, 0, 0, 0, 0.01}, 2, 3)
	fmt.Println(linalg.PInv(a))
	fmt.Println(linalg.Tolerance{RTol: 0.1}.PInv(a))
	// Output:
	// [[  0.5   0. ]
	//  [  0.    0. ]
	//  [  0.  100. ]]
	// [[0.5 0. ]
	//  [0.  0. ]
	//  [0.  0. ]]
}

func ExampleLstSq() {
	a := jnp.FromSlice([]float32{0, 1, 1, 1, 2, 1, 3, 1}, 4, 2) // a line through four points
	s := linalg.LstSq(a, jnp.FromSlice([]float32{-1, 0.25, 1, 2}))
	o := jnp.PrintOptions{Precision: 3}
	fmt.Println(o.String(s.X), o.String(s.Residuals), s.Rank)
	one := linalg.Tolerance{RTol: 0.9}.LstSq(a, jnp.FromSlice([]float32{-1, 0.25, 1, 2}))
	fmt.Println(one.Rank)
	// Output:
	// [ 0.975 -0.9  ] [0.044] 2
	// 1
}

func ExampleCond() {
	a := jnp.FromSlice([]float32{4, 0, 0, 0.5}, 2, 2)
	fmt.Println(linalg.Cond(a), linalg.Norms{Order: linalg.Ord(1)}.Cond(a))
	// Output: 8.0 8.0
}

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

func ExampleSolveCholesky() {
	a := jnp.FromSlice([]float32{4, 2, 2, 5}, 2, 2)
	fmt.Println(linalg.SolveCholesky(linalg.Cholesky(a), jnp.FromSlice([]float32{8, 12})))
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
