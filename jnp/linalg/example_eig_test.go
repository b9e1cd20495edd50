package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func ExampleEig() {
	a := jnp.FromSlice([]float32{1, 2, 0, 3}, 2, 2)
	w, v := linalg.Eig(a)
	fmt.Println(w)
	fmt.Println(jnp.Round(a.MatMul(v).Sub(v.Mul(w)), 5))
	// Output:
	// [1.+0.j 3.+0.j]
	// [[0.+0.j 0.+0.j]
	//  [0.+0.j 0.+0.j]]
}

func ExampleEigVals() {
	fmt.Println(jnp.Round(linalg.EigVals(jnp.FromSlice([]float32{0, 1, -4, 0}, 2, 2)), 3))
	// Output: [0.+2.j 0.-2.j]
}
