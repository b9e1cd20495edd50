package initializers_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
)

func ExampleZeros() {
	fmt.Println(initializers.Zeros(random.Key(0), 2, 2))
	// Output:
	// [[0. 0.]
	//  [0. 0.]]
}

func ExampleOnes() {
	fmt.Println(initializers.Ones(random.Key(0), 3))
	// Output: [1. 1. 1.]
}

func ExampleOptions_Zeros() {
	fmt.Println(initializers.Options{DType: jnp.Int32}.Zeros(random.Key(0), 3))
	// Output: [0 0 0]
}

func ExampleOptions_Ones() {
	fmt.Println(initializers.Options{DType: jnp.Int32}.Ones(random.Key(0), 3))
	// Output: [1 1 1]
}

func ExampleConstant() {
	fmt.Println(initializers.Constant(2.5)(random.Key(0), 2, 2))
	// Output:
	// [[2.5 2.5]
	//  [2.5 2.5]]
}

func ExampleOptions_Constant() {
	row := jnp.FromSlice([]float32{1, 2})
	fmt.Println(initializers.Options{DType: jnp.BFloat16}.Constant(row)(random.Key(0), 2, 2))
	// Output:
	// [[1 2]
	//  [1 2]]
}

func ExampleUniform() {
	fmt.Println(initializers.Uniform()(random.Key(0), 4).Round(4))
	fmt.Println(initializers.Uniform(10)(random.Key(0), 4).Round(4))
	// Output:
	// [0.0095 0.0098 0.0033 0.0047]
	// [9.4767 9.7858 3.3229 4.6867]
}

func ExampleOptions_Uniform() {
	w := initializers.Options{DType: jnp.BFloat16}.Uniform(1)(random.Key(0), 4)
	fmt.Println(w, w.DType())
	// Output: [0.648438 0.570312 0.15625 0.203125] bfloat16
}

func ExampleNormal() {
	fmt.Println(initializers.Normal(1)(random.Key(0), 4).Round(4))
	// Output: [ 1.6226  2.0253 -0.4336 -0.0786]
}

func ExampleOptions_Normal() {
	w := initializers.Options{DType: jnp.Complex64}.Normal(1)(random.Key(0), 2)
	fmt.Println(w.Round(4))
	// Output: [ 0.7099-1.7271j -0.6409-1.4394j]
}

func ExampleTruncatedNormal() {
	fmt.Println(initializers.TruncatedNormal(1)(random.Key(0), 4).Round(4))
	// Output: [ 1.456   1.7147 -0.4127 -0.075 ]
}

func ExampleOptions_TruncatedNormal() {
	w := initializers.Options{Lower: 0, Upper: 3}.TruncatedNormal(1)(random.Key(0), 4)
	fmt.Println(w.Round(4))
	// Output: [1.9197 2.2561 0.4281 0.624 ]
}
