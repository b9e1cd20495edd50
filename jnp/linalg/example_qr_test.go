package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleQR() {
	a := jnp.FromSlice([]float32{3, 1, 4, 2, 0, 2}, 3, 2)
	q, r := linalg.QR(a)
	fmt.Println(jnp.Less(linalg.Norm(q.MatMul(r).Sub(a)), 1e-5),
		jnp.Less(linalg.Norm(q.T().MatMul(q).Sub(jnp.Eye(2))), 1e-5))
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
