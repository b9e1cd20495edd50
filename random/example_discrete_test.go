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

func ExampleGeometric() {
	k := random.Key(0)
	fmt.Println(random.Geometric(k, 0.3, 8), random.Dist{DType: jnp.Int16}.Geometric(k, 0.3).DType())
	// Output: [1 1 4 3 2 6 4 2] int16
}
