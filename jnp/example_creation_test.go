package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleZeros() {
	fmt.Println(jnp.Creation{DType: jnp.Int32}.Zeros(2, 3))
	// Output:
	// ?
}

func ExampleOnes() {
	fmt.Println(jnp.Ones(3))
	// Output:
	// ?
}

func ExampleEmpty() {
	fmt.Println(jnp.Empty(2))
	// Output:
	// ?
}

func ExampleFull() {
	fmt.Println(jnp.Full([]int{2, 2}, 1.5))
	// Output:
	// ?
}

func ExampleZerosLike() {
	fmt.Println(jnp.ZerosLike(jnp.Arange(3)))
	// Output:
	// ?
}

func ExampleOnesLike() {
	fmt.Println(jnp.OnesLike(jnp.Arange(3)))
	// Output:
	// ?
}

func ExampleEmptyLike() {
	fmt.Println(jnp.EmptyLike(jnp.Arange(3)))
	// Output:
	// ?
}

func ExampleFullLike() {
	fmt.Println(jnp.FullLike(jnp.Arange(3), 7))
	// Output:
	// ?
}

func ExampleAsarray() {
	fmt.Println(jnp.Asarray([][]int{{1, 2}, {3, 4}}))
	// Output:
	// ?
}

func ExampleFromSlice() {
	fmt.Println(jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, -1))
	// Output:
	// ?
}

func ExampleFromFunc() {
	fmt.Println(jnp.FromFunc([]int{2, 3}, func(i []int) int32 { return int32(10*i[0] + i[1]) }))
	// Output:
	// ?
}

func ExampleArange() {
	fmt.Println(jnp.Arange(0, 1, 0.25))
	// Output:
	// ?
}

func ExampleLinspace() {
	fmt.Println(jnp.Linspace(0, 1, 5))
	// Output:
	// ?
}

func ExampleLogspace() {
	fmt.Println(jnp.Logspace(0, 2, 3))
	// Output:
	// ?
}

func ExampleGeomspace() {
	fmt.Println(jnp.Geomspace(1, 8, 4).Round(2))
	// Output:
	// ?
}

func ExampleEye() {
	fmt.Println(jnp.Eye(2, 3))
	// Output:
	// ?
}

func ExampleIdentity() {
	fmt.Println(jnp.Identity(2))
	// Output:
	// ?
}

func ExampleTri() {
	fmt.Println(jnp.Tri(3))
	// Output:
	// ?
}

func ExampleTril() {
	fmt.Println(jnp.Tril(jnp.Ones(3, 3)))
	// Output:
	// ?
}

func ExampleTriu() {
	fmt.Println(jnp.Triu(jnp.Ones(3, 3), 1))
	// Output:
	// ?
}

func ExampleDiag() {
	fmt.Println(jnp.Diag(jnp.Arange(1, 4)))
	// Output:
	// ?
}

func ExampleDiagFlat() {
	fmt.Println(jnp.DiagFlat(jnp.Ones(1, 2)))
	// Output:
	// ?
}

func ExampleDiagonal() {
	fmt.Println(jnp.Diagonal(jnp.Arange(9).Reshape(3, 3)))
	// Output:
	// ?
}

func ExampleMeshgrid() {
	fmt.Println(jnp.Meshgrid(jnp.Arange(3), jnp.Arange(2))[0])
	// Output:
	// ?
}

func ExampleIndices() {
	fmt.Println(jnp.Indices(2, 2))
	// Output:
	// ?
}

func ExampleTrilIndices() {
	fmt.Println(jnp.TrilIndices(2))
	// Output:
	// ?
}

func ExampleTriuIndices() {
	fmt.Println(jnp.TriuIndices(2))
	// Output:
	// ?
}

func ExampleToSlice() {
	fmt.Println(jnp.ToSlice[float32](jnp.Ones(2).Mul(3)))
	// Output:
	// ?
}

func ExampleItemOf() {
	fmt.Println(jnp.ItemOf[int](jnp.Arange(5).Sum()))
	// Output:
	// ?
}

func ExamplePromoteTypes() {
	fmt.Println(jnp.PromoteTypes(jnp.Int8, jnp.Uint8))
	// Output:
	// ?
}

func ExampleResultType() {
	fmt.Println(jnp.ResultType(jnp.Int8, 2.5))
	// Output:
	// ?
}

func ExampleCanCast() {
	fmt.Println(jnp.CanCast(jnp.Int64, jnp.Float32))
	// Output:
	// ?
}
