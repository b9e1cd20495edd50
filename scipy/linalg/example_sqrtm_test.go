package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/linalg"
)

func ExampleSqrtm() {
	fmt.Println(jnp.Round(linalg.Sqrtm(jnp.FromSlice([]float32{5, 4, 4, 5}, 2, 2)).Real(), 3))
	// Output:
	// [[2. 1.]
	//  [1. 2.]]
}

func ExampleFunm() {
	a := jnp.FromSlice([]float32{0, 1, 1, 0}, 2, 2)
	fmt.Println(jnp.Round(linalg.Funm(a, jnp.Cosh).Real(), 3))
	// Output:
	// [[1.543 0.   ]
	//  [0.    1.543]]
}

func ExampleFunmError() {
	y, err := linalg.FunmError(jnp.Diag(jnp.FromSlice([]float32{1, 4})), jnp.Sqrt)
	fmt.Println(y.Real(), err.Item() < 1e-6)
	// Output:
	// [[1. 0.]
	//  [0. 2.]] true
}

func ExampleSolveSylvester() {
	a := jnp.Diag(jnp.FromSlice([]float32{1, 2}))
	fmt.Println(jnp.Round(linalg.SolveSylvester(a, a, jnp.FromSlice([]float32{2, 3, 3, 4}, 2, 2)), 3))
	// Output:
	// [[1. 1.]
	//  [1. 1.]]
}

func ExampleSylvester_SolveSylvester() {
	a := jnp.Diag(jnp.FromSlice([]float32{1, 2}))
	fmt.Println(linalg.Sylvester{Tol: 1e-3}.SolveSylvester(a, a.Mul(-1.0001), jnp.Eye(2)))
	// Output:
	// [[nan nan]
	//  [nan nan]]
}
