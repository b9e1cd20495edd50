package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

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
