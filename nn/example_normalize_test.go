package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

func ExampleLogSoftmax() {
	fmt.Println(nn.LogSoftmax(jnp.FromSlice([]float32{0, 0, 1000})).Round(4))
	// Output: [-1000. -1000.     0.]
}

func ExampleNormalization_Softmax() {
	keep := jnp.FromSlice([]bool{true, true, false})
	fmt.Println(nn.Normalization{Where: keep}.Softmax(jnp.FromSlice([]float32{1, 1, 5})).Round(4))
	// Output: [0.5 0.5 0. ]
}

func ExampleNormalization_LogSoftmax() {
	keep := jnp.FromSlice([]bool{true, true, false})
	fmt.Println(nn.Normalization{Where: keep}.LogSoftmax(jnp.FromSlice([]float32{1, 1, 5})).Round(4))
	// Output: [-0.6931 -0.6931    -inf]
}

func ExampleStandardize() {
	x := jnp.FromSlice([]float32{1, 2, 3, 10, 20, 30}, 2, 3)
	fmt.Println(nn.Standardize(x).Round(4))
	// Output:
	// [[-1.2247  0.      1.2247]
	//  [-1.2247  0.      1.2247]]
}

func ExampleNormalization_Standardize() {
	x := jnp.FromSlice([]float32{1, 2, 3})
	fmt.Println(nn.Normalization{Epsilon: 0}.Standardize(x).Round(4))
	// Output: [-1.2247  0.      1.2247]
}

func ExampleOneHots_OneHot() {
	first := 0
	fmt.Println(nn.OneHots{DType: jnp.Int32, Axis: &first}.OneHot(jnp.FromSlice([]int32{2, 0}), 3))
	// Output:
	// [[0 1]
	//  [0 0]
	//  [1 0]]
}

func ExampleSoftmax() {
	x := jnp.FromSlice([]float32{0, 0, 0, 0}, 2, 2)
	fmt.Println(nn.Softmax(x))
	// Output:
	// [[0.5 0.5]
	//  [0.5 0.5]]
}

func ExampleOneHot() {
	fmt.Println(nn.OneHot(jnp.FromSlice([]int32{2, 0, 5}), 3))
	// Output:
	// [[0. 0. 1.]
	//  [1. 0. 0.]
	//  [0. 0. 0.]]
}
