package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleEig() {
	x := jnp.FromSlice([]float32{0, 1, -4, 0}, 2, 2)
	w, _, vr := lax.Eig(x, lax.EigOptions{NoLeft: true})
	fmt.Println(jnp.Round(w, 3))
	fmt.Println(jnp.Round(jnp.Abs(jnp.MatMul(x, vr).Sub(vr.Mul(w)))))
	// Output:
	// [0.+2.j 0.-2.j]
	// [[0. 0.]
	//  [0. 0.]]
}

func ExampleSchur() {
	t, q := lax.Schur(jnp.FromSlice([]float32{1, 2, 0, 3}, 2, 2))
	fmt.Println(t)
	fmt.Println(q)
	// Output:
	// [[1. 2.]
	//  [0. 3.]]
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleHessenberg() {
	a, taus := lax.Hessenberg(jnp.FromSlice([]float32{1, 2, 3, 3, 1, 0, 4, 0, 1}, 3, 3))
	fmt.Println(jnp.Round(jnp.Triu(a, -1), 3))
	fmt.Println(jnp.Round(taus, 3))
	// Output:
	// [[ 1.  -3.6  0.2]
	//  [-5.   1.   0. ]
	//  [ 0.   0.   1. ]]
	// [1.6 0. ]
}

func ExampleTridiagonal() {
	_, d, e, _ := lax.Tridiagonal(jnp.FromSlice([]float32{1, 3, 4, 3, 1, 0, 4, 0, 1}, 3, 3))
	fmt.Println(jnp.Round(d, 3), jnp.Round(e, 3))
	// Output: [1. 1. 1.] [-5.  0.]
}
