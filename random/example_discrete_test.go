package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleBernoulli() {
	k := random.Key(1)
	fmt.Println(random.Bernoulli(k, 0.3, 5), random.Dist{Range: random.High}.Bernoulli(k, 0.3, 5).DType())
	// Output: [False False False False False] bool
}

func ExampleRademacher() {
	k := random.Key(0)
	fmt.Println(random.Rademacher(k, 6), random.Dist{DType: jnp.Int8}.Rademacher(k, 6).DType())
	// Output: [-1 -1  1  1 -1  1] int8
}

func ExampleRandInt() {
	k := random.Key(0)
	fmt.Println(random.RandInt(k, 1, 7, 8)) // a die
	fmt.Println(random.Dist{DType: jnp.Uint8}.RandInt(k, 0, 256, 4))
	// Output:
	// [2 1 3 2 6 4 1 6]
	// [101  80 200  61]
}

func ExampleBits() {
	k := random.Key(0)
	fmt.Println(random.Bits(k, 2), random.Dist{DType: jnp.Uint8}.Bits(k, 4))
	// Output: [4070199207 4202968722] [167 146  40  53]
}

func ExampleGeometric() {
	k := random.Key(0)
	fmt.Println(random.Geometric(k, 0.3, 8), random.Dist{DType: jnp.Int16}.Geometric(k, 0.3).DType())
	// Output: [1 1 4 3 2 6 4 2] int16
}

func ExamplePoisson() {
	k := random.Key(0)
	fmt.Println(random.Poisson(k, 3, 8), random.Dist{DType: jnp.Int16}.Poisson(k, 3).DType())
	// Output: [0 0 4 4 1 2 2 6] int16
}

func ExampleBinomial() {
	k := random.Key(0)
	fmt.Println(random.Binomial(k, 10, 0.5, 6), random.Dist{DType: jnp.Float16}.Binomial(k, 10, 0.5).DType())
	// Output: [6. 7. 5. 6. 7. 3.] float16
}

func ExampleMultinomial() {
	k := random.Key(0)
	fmt.Println(random.Multinomial(k, 100, jnp.FromSlice([]float32{0.2, 0.5, 0.3}))) // how often each outcome, of 100
	fmt.Println(random.Dist{DType: jnp.Float16}.Multinomial(k, 100, []float32{0.2, 0.8}).DType())
	// Output:
	// [14. 61. 25.]
	// float16
}

func ExamplePermutation() {
	k := random.Key(1)
	fmt.Println(random.Permutation(k, 6))
	columns := random.Choosing{Axis: 1}
	fmt.Println(columns.Permutation(k, jnp.Arange(6).Reshape(2, 3)))
	// Output:
	// [3 2 0 1 5 4]
	// [[2 0 1]
	//  [5 3 4]]
}

func ExampleChoice() {
	k := random.Key(0)
	fmt.Println(random.Choice(k, jnp.Asarray([]int32{10, 20, 30}), 5))
	fmt.Println(random.Choosing{WithoutReplacement: true, P: []float32{0.1, 0.1, 0.8}}.Choice(k, 3, 2))
	// Output:
	// [20 10 30 20 30]
	// [1 0]
}

func ExampleCategorical() {
	k := random.Key(0)
	logits := jnp.Log(jnp.Asarray([]float32{0.1, 0.2, 0.7}))
	fmt.Println(random.Categorical(k, logits, 8))
	fmt.Println(random.Choosing{WithoutReplacement: true}.Categorical(k, logits, 2))
	// Output:
	// [1 2 2 1 2 2 2 2]
	// [1 0]
}
