package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

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
