package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

func ExampleSoftmax() {
	x := jnp.FromSlice([]float32{0, 0, 0, 0}, 2, 2)
	fmt.Println(nn.Softmax(x))
	// Output:
	// [[0.5 0.5]
	//  [0.5 0.5]]
}

func ExampleLogSumExp() {
	x := jnp.FromSlice([]float32{1000, 1000})
	fmt.Println(nn.LogSumExp(x)) // exp(1000) is beyond the range of float32
	// Output: 1000.6932
}

func ExampleOneHot() {
	fmt.Println(nn.OneHot(jnp.FromSlice([]int32{2, 0, 5}), 3))
	// Output:
	// [[0. 0. 1.]
	//  [1. 0. 0.]
	//  [0. 0. 0.]]
}

func ExampleRelu() {
	x := jnp.FromSlice([]float32{-2, 0, 3})
	fmt.Println(nn.Relu(x), nn.LeakyRelu(x, 0.5))
	// Output: [0. 0. 3.] [-1.  0.  3.]
}

func ExampleGlu() {
	fmt.Println(nn.Glu(jnp.FromSlice([]float32{3, 4, 0, 0})))
	// Output: [1.5 2. ]
}

func ExampleDotProductAttention() {
	// Two positions, one head; the second attends to itself alone.
	q := jnp.FromSlice([]float32{0, 0, 100, 0}, 2, 1, 2)
	k := jnp.FromSlice([]float32{0, 1, 1, 0}, 2, 1, 2)
	v := jnp.FromSlice([]float32{2, -2, 4, -4}, 2, 1, 2)
	fmt.Println(nn.DotProductAttention(q, k, v).Squeeze())
	fmt.Println(nn.Attention{Causal: true}.DotProductAttention(q, k, v).Squeeze())
	// Output:
	// [[ 3. -3.]
	//  [ 4. -4.]]
	// [[ 2. -2.]
	//  [ 4. -4.]]
}
