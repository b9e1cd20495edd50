package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleCreation() {
	int16s := jnp.Creation{DType: jnp.Int16}
	fmt.Println(int16s.Zeros(2), int16s.Ones(2), int16s.Empty(2), int16s.Full([]int{2}, 7), int16s.Asarray([]int{1, 2}), int16s.Arange(1, 7, 2))
	fmt.Println(int16s.Eye(2, 3, 1), int16s.Identity(2), int16s.Tri(2))
	// Output:
	// [0 0] [1 1] [0 0] [7 7] [1 2] [1 3 5]
	// [[0 1 0]
	//  [0 0 1]] [[1 0]
	//  [0 1]] [[1 0]
	//  [1 1]]
}

func ExampleCreation_ZerosLike() {
	x := jnp.Zeros(2)
	c := jnp.Creation{DType: jnp.Int8, Shape: []int{3}}
	fmt.Println(c.ZerosLike(x), c.OnesLike(x), c.EmptyLike(x), c.FullLike(x, 5))
	// Output: [0 0 0] [1 1 1] [0 0 0] [5 5 5]
}

func ExampleCreation_FromFunction() {
	fmt.Println(jnp.FromFunction(func(i ...jnp.Array) jnp.Array { return i[0].Mul(10).Add(i[1]) }, 2, 3))
	fmt.Println(jnp.Creation{DType: jnp.Float32}.FromFunction(func(i ...jnp.Array) jnp.Array { return i[0].Div(2) }, 3))
	// Output:
	// [[ 0.  1.  2.]
	//  [10. 11. 12.]]
	// [0.  0.5 1. ]
}

func ExampleMesh() {
	x, y := jnp.Arange(3), jnp.Asarray([]int32{10, 20})
	for _, m := range (jnp.Mesh{Sparse: true, IJ: true}).Meshgrid(x, y) {
		fmt.Println(m.Shape())
	}
	fmt.Println(jnp.Mesh{DType: jnp.Float32}.Indices(2, 2))
	fmt.Println(jnp.Mesh{}.SparseIndices(2, 3))
	// Output:
	// [3 1]
	// [1 2]
	// [[[0. 0.]
	//   [1. 1.]]
	//
	//  [[0. 1.]
	//   [0. 1.]]]
	// [[[0]
	//  [1]] [[0 1 2]]]
}

func ExampleSpace() {
	fmt.Println(jnp.Space{NoEndpoint: true}.Linspace(0, 1, 4))
	fmt.Println(jnp.Space{}.LinspaceStep(0, 1, 5))
	fmt.Println(jnp.Space{Base: 2}.Logspace(0, 4, 5), jnp.Space{DType: jnp.Int32}.Geomspace(1, 1000, 4))
	// Output:
	// [0.   0.25 0.5  0.75]
	// [0.   0.25 0.5  0.75 1.  ] 0.25
	// [ 1.  2.  4.  8. 16.] [   1   10  100 1000]
}
