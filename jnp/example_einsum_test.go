package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleEinsum() {
	x := matrix()
	fmt.Println(jnp.Einsum("ij,kj->ik", x, x)) // x·xᵀ
	fmt.Println(jnp.Einsum("ij->j", x))        // column sums
	fmt.Println(jnp.Einsum("i,ij,ij->", x.Sum(1), x, x))
	fmt.Println(jnp.Einsum("...ij,jk->...ik", jnp.Zeros(5, 4, 2, 3), x.T()).Shape())
	// Output:
	// [[21.  9.]
	//  [ 9. 35.]]
	// [4. 3. 7.]
	// 392.0
	// [5 4 2 2]
}

func ExampleContraction() {
	x, y := jnp.AsArray([]int8{100, 100}), jnp.AsArray([]int8{1, 1})
	wide := jnp.Contraction{PreferredType: jnp.Int32} // int8 would overflow
	fmt.Println(jnp.Dot(x, y), wide.Dot(x, y), wide.VDot(x, y), wide.VecDot(x, y), wide.Inner(x, y))
	fmt.Println(wide.MatMul(x, y), wide.TensorDot(x, y, 1), wide.Einsum("i,i", x, y))
	// Output:
	// -56 200 200 200 200
	// 200 200 200
}
