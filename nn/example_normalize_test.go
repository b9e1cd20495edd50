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
	fmt.Println(nn.Normalization{Epsilon: 0, Stable: true}.Standardize(x).Round(4))
	// Output: [-1.2247  0.      1.2247]
}

func ExampleSumOfExp_LogSumExp() {
	x := jnp.FromSlice([]float32{0, 0, 1, 1}, 2, 2)
	fmt.Println(nn.SumOfExp{B: 0.5, KeepDims: true}.LogSumExp(x, 1).Round(4))
	// Output:
	// [[0.]
	//  [1.]]
}

func ExampleSumOfExp_LogSumExpSign() {
	// log|exp(1) - exp(2)|
	b := jnp.FromSlice([]float32{1, -1})
	log, sign := nn.SumOfExp{B: b}.LogSumExpSign(jnp.FromSlice([]float32{1, 2}))
	fmt.Println(log, sign)
	// Output: 1.5413249 -1.0
}

func ExampleLogMeanExp() {
	fmt.Println(nn.LogMeanExp(jnp.FromSlice([]float32{500, 500, 500})))
	// Output: 500.0
}

func ExampleSumOfExp_LogMeanExp() {
	keep := jnp.FromSlice([]bool{true, true, false})
	fmt.Println(nn.SumOfExp{Where: keep}.LogMeanExp(jnp.FromSlice([]float32{1, 1, 50})))
	// Output: 1.0
}

func ExampleOneHots_OneHot() {
	first := 0
	fmt.Println(nn.OneHots{DType: jnp.Int32, Axis: &first}.OneHot(jnp.FromSlice([]int32{2, 0}), 3))
	// Output:
	// [[0 1]
	//  [0 0]
	//  [1 0]]
}

func ExampleAttention_DotProductAttention() {
	// Of three keys, the second sentence has one; each query may look one position back.
	q := jnp.Zeros(2, 3, 1, 1)
	v := jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, 3, 1, 1)
	o := nn.Attention{KeyLengths: jnp.FromSlice([]int32{3, 1}), Window: &[2]int{1, 0}}
	fmt.Println(o.DotProductAttention(q, q, v).Squeeze())
	// Output:
	// [[1.  1.5 2.5]
	//  [4.  4.  5. ]]
}

func ExampleAttention_DotProductAttentionResidual() {
	q := jnp.Zeros(2, 1, 1)
	v := jnp.FromSlice([]float32{1, 3}, 2, 1, 1)
	y, logs := nn.Attention{Causal: true}.DotProductAttentionResidual(q, q, v)
	fmt.Println(y.Ravel(), jnp.Exp(logs).Ravel())
	// Output: [1. 2.] [1. 2.]
}
