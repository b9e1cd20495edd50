package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

func ExampleLayerNorm() {
	x := jnp.FromSlice([]float32{1, 2, 3, 6}, 2, 2)
	fmt.Println(nn.LayerNorm(nn.NewNorm(2), x).Round(3))
	p := nn.NormParams{Scale: jnp.FromSlice([]float32{10, 20})}
	fmt.Println(nn.Normalization{Epsilon: 1e-3}.LayerNorm(p, x).Round(2))
	// Output:
	// [[-1.  1.]
	//  [-1.  1.]]
	// [[ -9.98  19.96]
	//  [-10.    20.  ]]
}

func ExampleRMSNorm() {
	x := jnp.FromSlice([]float32{1, 7})
	fmt.Println(nn.RMSNorm(nn.NormParams{}, x).Round(3))
	fmt.Println(nn.Normalization{Epsilon: 11}.RMSNorm(nn.NormParams{Scale: jnp.Full([]int{2}, float32(6))}, x).Round(3))
	// Output:
	// [0.2 1.4]
	// [1. 7.]
}

func ExampleGroupNorm() {
	x := jnp.FromSlice([]float32{1, 2, 10, 30}, 1, 4)
	fmt.Println(nn.GroupNorm(nn.NewNorm(4), x, 2).Round(3))
	fmt.Println(nn.Normalization{Epsilon: 0.75}.GroupNorm(nn.NormParams{}, x, 2).Round(3))
	// Output:
	// [[-1.  1. -1.  1.]]
	// [[-0.5    0.5   -0.996  0.996]]
}

// A step of training, and then the network as it is used.
func ExampleBatchNorm() {
	x := jnp.FromSlice([]float32{1, 10, 3, 30}, 2, 2)
	p, stats := nn.NewNorm(2), nn.NewBatchStats(2)
	y, stats := nn.BatchNormTrain(p, stats, x)
	fmt.Println(y.Round(3))
	fmt.Println(stats.Mean.Round(3), stats.Var.Round(3))
	fmt.Println(nn.BatchNorm(p, stats, x).Round(2))
	// Output:
	// [[-1. -1.]
	//  [ 1.  1.]]
	// [0.02 0.2 ] [1.   1.99]
	// [[ 0.98  6.95]
	//  [ 2.98 21.12]]
}

func ExampleBatchNormalization_BatchNormTrain() {
	x := jnp.FromSlice([]float32{1, 3, 10, 30}, 2, 2)
	rows := 0
	o := nn.BatchNormalization{Momentum: 0.5, Axis: &rows}
	y, stats := o.BatchNormTrain(nn.NormParams{}, nn.NewBatchStats(2), x)
	fmt.Println(y.Round(3), stats.Mean)
	fmt.Println(nn.BatchNormalization{Axis: &rows, Epsilon: 1}.BatchNorm(nn.NormParams{}, stats, x).Index(0).Round(3))
	// Output:
	// [[-1.  1.]
	//  [-1.  1.]] [ 1. 10.]
	// [0.    1.414]
}
