package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

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

func ExampleLogSumExp() {
	x := jnp.FromSlice([]float32{1000, 1000})
	fmt.Println(nn.LogSumExp(x)) // exp(1000) is beyond the range of float32
	// Output: 1000.6932
}
