package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

func ExampleDense() {
	p := nn.DenseParams{
		Kernel: jnp.FromSlice([]float32{1, 0, 1, 0, 1, 1}, 2, 3),
		Bias:   jnp.FromSlice([]float32{0, 0, 10}),
	}
	fmt.Println(nn.Dense(p, jnp.FromSlice([]float32{1, 2})))
	// Output: [ 1.  2. 13.]
}

func ExampleEmbedding() {
	p := nn.EmbeddingParams{Table: jnp.Arange(6.0).Reshape(3, 2)}
	fmt.Println(nn.Embedding(p, jnp.FromSlice([]int32{2, 0})))
	// Output:
	// [[4. 5.]
	//  [0. 1.]]
}

func ExampleEmbeddingParams_Attend() {
	p := nn.EmbeddingParams{Table: jnp.Arange(6.0).Reshape(3, 2)}
	fmt.Println(p.Attend(jnp.FromSlice([]float32{1, 10})))
	// Output: [10. 32. 54.]
}

func ExampleDropout() {
	x := jnp.Arange(1.0, 9.0)
	fmt.Println(nn.Dropout(random.Key(0), x, 0.5))
	o := nn.Dropouts{BroadcastAxes: []int{1}}
	fmt.Println(o.Dropout(random.Key(1), x.Reshape(4, 2), 0.5))
	// Output:
	// [ 0.  0.  6.  8.  0. 12. 14.  0.]
	// [[ 2.  4.]
	//  [ 0.  0.]
	//  [10. 12.]
	//  [14. 16.]]
}
