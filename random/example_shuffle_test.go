package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

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
	fmt.Println(random.Choice(k, jnp.AsArray([]int32{10, 20, 30}), 5))
	fmt.Println(random.Choosing{WithoutReplacement: true, P: []float32{0.1, 0.1, 0.8}}.Choice(k, 3, 2))
	// Output:
	// [20 10 30 20 30]
	// [1 0]
}

func ExampleCategorical() {
	k := random.Key(0)
	logits := jnp.Log(jnp.AsArray([]float32{0.1, 0.2, 0.7}))
	fmt.Println(random.Categorical(k, logits, 8))
	fmt.Println(random.Choosing{WithoutReplacement: true}.Categorical(k, logits, 2))
	// Output:
	// [1 2 2 1 2 2 2 2]
	// [1 0]
}
