package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleMesh_Indices() {
	fmt.Println(jnp.Mesh{DType: jnp.Float32}.Indices(2, 2))
	// Output:
	// [[[0. 0.]
	//   [1. 1.]]
	//
	//  [[0. 1.]
	//   [0. 1.]]]
}

func ExampleMesh_SparseIndices() {
	i := jnp.Mesh{}.SparseIndices(2, 3)
	fmt.Println(i[0])
	fmt.Println(i[1])
	// Output:
	// [[0]
	//  [1]]
	// [[0 1 2]]
}

func ExampleMesh() {
	x, y := jnp.Arange(3), jnp.AsArray([]int32{10, 20})
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

func ExampleEye() {
	fmt.Println(jnp.Eye(2, 3))
	// Output:
	// [[1. 0. 0.]
	//  [0. 1. 0.]]
}

func ExampleIdentity() {
	fmt.Println(jnp.Identity(2))
	// Output:
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleTri() {
	fmt.Println(jnp.Tri(3))
	// Output:
	// [[1. 0. 0.]
	//  [1. 1. 0.]
	//  [1. 1. 1.]]
}

func ExampleTril() {
	fmt.Println(jnp.Tril(jnp.Ones(3, 3)))
	// Output:
	// [[1. 0. 0.]
	//  [1. 1. 0.]
	//  [1. 1. 1.]]
}

func ExampleTriu() {
	fmt.Println(jnp.Triu(jnp.Ones(3, 3), 1))
	// Output:
	// [[0. 1. 1.]
	//  [0. 0. 1.]
	//  [0. 0. 0.]]
}

func ExampleDiag() {
	fmt.Println(jnp.Diag(jnp.Arange(1, 4)))
	// Output:
	// [[1 0 0]
	//  [0 2 0]
	//  [0 0 3]]
}

func ExampleDiagFlat() {
	fmt.Println(jnp.DiagFlat(jnp.Ones(1, 2)))
	// Output:
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleDiagonal() {
	fmt.Println(jnp.Diagonal(jnp.Arange(9).Reshape(3, 3)))
	// Output:
	// [0 4 8]
}

func ExampleMeshgrid() {
	fmt.Println(jnp.Meshgrid(jnp.Arange(3), jnp.Arange(2))[0])
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
}

func ExampleIndices() {
	fmt.Println(jnp.Indices(2, 2))
	// Output:
	// [[[0 0]
	//   [1 1]]
	//
	//  [[0 1]
	//   [0 1]]]
}

func ExampleTrilIndices() {
	fmt.Println(jnp.TrilIndices(2))
	// Output:
	// [0 1 1] [0 0 1]
}

func ExampleTriuIndices() {
	fmt.Println(jnp.TriuIndices(2))
	// Output:
	// [0 0 1] [0 1 1]
}
