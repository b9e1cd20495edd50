package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
)

func ExampleNewDense() {
	p := nn.NewDense(random.Key(0), 2, 3)
	fmt.Println(p.Kernel.Round(4), p.Bias)
	o := nn.Weights{Kernel: initializers.Ones, NoBias: true}
	fmt.Println(o.NewDense(random.Key(0), 1, 2).Kernel)
	// Output:
	// [[ 1.1704  1.3784 -0.3317]
	//  [-0.0603  0.1351 -0.7336]] [0. 0. 0.]
	// [[1. 1.]]
}

// A network with two convolutions; key has one for each of the layers.
func ExampleNewConv() {
	type params struct{ First, Second nn.ConvParams }
	keys := random.Split(random.Key(0))
	p := params{nn.NewConv(keys.Index(0), 3, 8, 5, 5), nn.Weights{Groups: 2}.NewConv(keys.Index(1), 8, 16, 3, 3)}
	network := func(p params, x jnp.Array) jnp.Array {
		x = nn.Pooling{Strides: []int{2, 2}}.MaxPool(nn.Relu(nn.Conv(p.First, x)), 2, 2)
		return nn.Convolution{Groups: 2}.Conv(p.Second, x)
	}
	fmt.Println(network(p, jnp.Zeros(10, 32, 32, 3)).Shape())
	// Output: [10 12 12 16]
}

func ExampleNewEmbedding() {
	p := nn.NewEmbedding(random.Key(0), 1000, 64)
	fmt.Println(p.Table.Shape(), p.Table.Std().Round(2))
	half := nn.Weights{DType: jnp.BFloat16}.NewEmbedding(random.Key(0), 10, 4)
	fmt.Println(half.Table.DType())
	// Output:
	// [1000 64] 0.13
	// bfloat16
}

func ExampleNewNorm() {
	fmt.Println(nn.NewNorm(3).Scale, nn.NewNorm(3).Bias)
	fmt.Println(nn.Weights{NoBias: true, DType: jnp.Float16}.NewNorm(2).Scale)
	// Output:
	// [1. 1. 1.] [0. 0. 0.]
	// [1. 1.]
}

func ExampleNewBatchStats() {
	s := nn.NewBatchStats(2)
	fmt.Println(s.Mean, s.Var, nn.Weights{DType: jnp.BFloat16}.NewBatchStats(2).Var.DType())
	// Output: [0. 0.] [1. 1.] bfloat16
}

func ExampleNewMultiHead() {
	p := nn.NewMultiHead(random.Key(0), 16, 4)
	fmt.Println(p.Query.Kernel.Shape(), p.Out.Kernel.Shape(), p.Out.Bias.Shape())
	shared := nn.Weights{KeyHeads: 1, HeadSize: 8}.NewMultiHead(random.Key(0), 16, 4)
	fmt.Println(shared.Query.Kernel.Shape(), shared.Key.Kernel.Shape())
	// Output:
	// [16 4 4] [4 4 16] [16]
	// [16 4 8] [16 1 8]
}
