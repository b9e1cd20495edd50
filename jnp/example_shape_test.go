package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Reshape() {
	x := jnp.Arange(6)
	fmt.Println(x.Reshape(2, -1))
	fmt.Println(x.Reshape(3, 2).T().Ravel(), x.Reshape(1, 6, 1).Squeeze().Shape(), x.Reshape(2, 3).Flatten().Shape())
	fmt.Println(jnp.Zeros(2, 3, 4).Transpose(1, 0, 2).Shape(), jnp.Zeros(2, 3, 4).SwapAxes(0, -1).Shape(),
		jnp.Zeros(2, 3, 4).MT().Shape())
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [0 2 4 1 3 5] [6] [6]
	// [3 2 4] [4 3 2] [2 4 3]
}

func ExampleSize() {
	x := jnp.Zeros(2, 3, 4)
	fmt.Println(jnp.Size(x), jnp.Size(x, 1), jnp.Shape(x), jnp.NDim(x))
	// Output: 24 3 [2 3 4] 3
}

func ExampleShape() {
	x := jnp.Zeros(2, 3)
	fmt.Println(jnp.Shape(x))
	// Output: [2 3]
}

func ExampleNDim() {
	fmt.Println(jnp.NDim(jnp.Zeros(2, 3)))
	// Output: 2
}

func ExampleReshape() {
	x := jnp.Arange(6)
	fmt.Println(x.Reshape(2, -1))
	fmt.Println(jnp.Layout{ColumnMajor: true}.Reshape(x, 2, 3))
	fmt.Println(x.Reshape(2, 3).T())
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [[0 2 4]
	//  [1 3 5]]
	// [[0 3]
	//  [1 4]
	//  [2 5]]
}

func ExampleMoveAxis() {
	x := jnp.Zeros(2, 3, 4)
	fmt.Println(jnp.MoveAxis(x, 0, -1).Shape(), x.Transpose(1, 0, 2).Shape(), jnp.ExpandDims(x, 1).Shape())
	// Output: [3 4 2] [3 2 4] [2 1 3 4]
}

func ExampleRavel() {
	x := jnp.AsArray([][]int32{{1, 2}, {3, 4}})
	fmt.Println(jnp.Ravel(x), jnp.Layout{ColumnMajor: true}.Ravel(x), jnp.Reshape(x, -1, 1).Shape())
	// Output: [1 2 3 4] [1 3 2 4] [4 1]
}

func ExampleTranspose() {
	x := jnp.Zeros(2, 3, 4)
	fmt.Println(jnp.Transpose(x).Shape(), jnp.Transpose(x, 0, 2, 1).Shape(), jnp.PermuteDims(x, 2, 0, 1).Shape())
	fmt.Println(jnp.MatrixTranspose(x).Shape(), jnp.SwapAxes(x, 0, 1).Shape(), jnp.RollAxis(x, 2).Shape())
	fmt.Println(jnp.MoveAxes(x, []int{0, 1}, []int{-1, -2}).Shape())
	// Output:
	// [4 3 2] [2 4 3] [4 2 3]
	// [2 4 3] [3 2 4] [4 2 3]
	// [4 3 2]
}

func ExampleSqueeze() {
	x := jnp.Zeros(1, 3, 1)
	fmt.Println(jnp.Squeeze(x).Shape(), jnp.Squeeze(x, 0).Shape(), jnp.ExpandDims(jnp.Zeros(3), 0, 2).Shape())
	// Output: [3] [3 1] [1 3 1]
}

func ExampleBroadcastTo() {
	fmt.Println(jnp.BroadcastTo(jnp.Arange(3), 2, 3))
	fmt.Println(jnp.BroadcastShapes([]int{2, 1}, []int{3}))
	for _, x := range jnp.BroadcastArrays(jnp.Zeros(2, 1), jnp.Zeros(3)) {
		fmt.Print(x.Shape(), " ")
	}
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
	// [2 3]
	// [2 3] [2 3]
}

func ExampleAtLeast1D() {
	x := jnp.AsArray(7)
	fmt.Println(jnp.AtLeast1D(x).Shape(), jnp.AtLeast2D(x).Shape(), jnp.AtLeast3D(jnp.Arange(2)).Shape())
	// Output: [1] [1 1] [1 2 1]
}
