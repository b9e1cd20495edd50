package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

// A kernel of distances, read from left to right.
func ExampleArray_Exp() {
	x, y := jnp.AsArray([]float32{1, 2, 3}), jnp.AsArray([]float32{1, 2.5, 2})
	fmt.Println(x.Sub(y).Square().Sum().Neg().Exp())
	fmt.Println(x.Sqrt(), x.Cbrt(), x.Reciprocal(), y.Sub(2).Sign())
	fmt.Println(x.Exp2(), x.Expm1(), x.Log())
	fmt.Println(x.Log2(), x.Log10(), x.Log1p())
	// Output:
	// 0.2865048
	// [1.        1.4142135 1.7320508] [1.        1.2599211 1.4422495] [1.         0.5        0.33333334] [-1.  1.  0.]
	// [2. 4. 8.] [ 1.7182817  6.389056  19.085537 ] [0.        0.6931472 1.0986123]
	// [0.        1.        1.5849625] [0.         0.30103    0.47712126] [0.6931472 1.0986123 1.3862944]
}

func ExampleArray_Sin() {
	x := jnp.AsArray([]float32{0, 0.5})
	fmt.Println(x.Sin(), x.Cos(), x.Tan())
	fmt.Println(x.Arcsin(), x.Arccos(), x.Arctan())
	fmt.Println(x.Sinh(), x.Cosh(), x.Tanh())
	fmt.Println(x.Arcsinh(), x.Add(1).Arccosh(), x.Arctanh())
	// Output:
	// [0.         0.47942555] [1.         0.87758255] [0.        0.5463025]
	// [0.        0.5235988] [1.5707964 1.0471976] [0.        0.4636476]
	// [0.        0.5210953] [1.       1.127626] [0.         0.46211717]
	// [0.         0.48121184] [0.        0.9624236] [0.         0.54930615]
}

func ExampleArray_Floor() {
	x := jnp.AsArray([]float32{-1.5, 2.5})
	fmt.Println(x.Floor(), x.Ceil(), x.Trunc())
	q := jnp.Div(x, jnp.AsArray([]float32{1, 0}))
	fmt.Println(q.IsFinite(), q.IsInf(), q.Sub(q).IsNaN())
	// Output:
	// [-2.  2.] [-1.  3.] [-1.  2.]
	// [ True False] [False  True] [False  True]
}
