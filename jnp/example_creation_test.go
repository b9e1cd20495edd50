package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleZeros() {
	fmt.Println(jnp.Creation{DType: jnp.Int32}.Zeros(2, 3))
	// Output:
	// [[0 0 0]
	//  [0 0 0]]
}

func ExampleOnes() {
	fmt.Println(jnp.Ones(3))
	// Output:
	// [1. 1. 1.]
}

func ExampleEmpty() {
	fmt.Println(jnp.Empty(2))
	// Output:
	// [0. 0.]
}

func ExampleFull() {
	fmt.Println(jnp.Full([]int{2, 2}, 1.5))
	// Output:
	// [[1.5 1.5]
	//  [1.5 1.5]]
}

func ExampleZerosLike() {
	fmt.Println(jnp.ZerosLike(jnp.Arange(3)))
	// Output:
	// [0 0 0]
}

func ExampleOnesLike() {
	fmt.Println(jnp.OnesLike(jnp.Arange(3)))
	// Output:
	// [1 1 1]
}

func ExampleEmptyLike() {
	fmt.Println(jnp.EmptyLike(jnp.Arange(3)))
	// Output:
	// [0 0 0]
}

func ExampleFullLike() {
	fmt.Println(jnp.FullLike(jnp.Arange(3), 7))
	// Output:
	// [7 7 7]
}

func ExampleAsarray() {
	fmt.Println(jnp.Asarray([][]int{{1, 2}, {3, 4}}))
	// Output:
	// [[1 2]
	//  [3 4]]
}

func ExampleFromSlice() {
	fmt.Println(jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, -1))
	// Output:
	// [[1. 2. 3.]
	//  [4. 5. 6.]]
}

func ExampleFromFunc() {
	fmt.Println(jnp.FromFunc([]int{2, 3}, func(i []int) int32 { return int32(10*i[0] + i[1]) }))
	// Output:
	// [[ 0  1  2]
	//  [10 11 12]]
}

func ExampleArange() {
	fmt.Println(jnp.Arange(0, 1, 0.25))
	// Output:
	// [0.   0.25 0.5  0.75]
}

func ExampleLinspace() {
	fmt.Println(jnp.Linspace(0, 1, 5))
	// Output:
	// [0.   0.25 0.5  0.75 1.  ]
}

func ExampleLogspace() {
	fmt.Println(jnp.Logspace(0, 2, 3))
	// Output:
	// [  1.  10. 100.]
}

func ExampleGeomspace() {
	fmt.Println(jnp.Geomspace(1, 8, 4).Round(2))
	// Output:
	// [1. 2. 4. 8.]
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

func ExampleBartlett() {
	fmt.Println(jnp.Bartlett(5))
	// Output:
	// [0.  0.5 1.  0.5 0. ]
}

func ExampleHanning() {
	fmt.Println(jnp.Hanning(5).Round(3))
	// Output:
	// [0.  0.5 1.  0.5 0. ]
}

func ExampleHamming() {
	fmt.Println(jnp.Hamming(5))
	// Output:
	// [0.08 0.54 1.   0.54 0.08]
}

func ExampleBlackman() {
	fmt.Println(jnp.Blackman(5).Round(2).Abs())
	// Output:
	// [0.   0.34 1.   0.34 0.  ]
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

func ExampleToSlice() {
	fmt.Println(jnp.ToSlice[float32](jnp.Ones(2).Mul(3)))
	// Output:
	// [3 3]
}

func ExampleItemOf() {
	fmt.Println(jnp.ItemOf[int](jnp.Arange(5).Sum()))
	// Output:
	// 10
}

func ExamplePromoteTypes() {
	fmt.Println(jnp.PromoteTypes(jnp.Int8, jnp.Uint8))
	// Output:
	// int16
}

func ExampleResultType() {
	fmt.Println(jnp.ResultType(jnp.Int8, 2.5))
	// Output:
	// float32
}

func ExampleCanCast() {
	fmt.Println(jnp.CanCast(jnp.Int64, jnp.Float32))
	// Output:
	// false
}
