package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleNormal() {
	key := random.Key(42)
	fmt.Println(random.Normal(key, 3))
	// Output: [-0.02830462  0.46713185  0.29570296]
}

func ExampleDist_Normal() {
	k := random.Key(0)
	fmt.Println(random.Dist{DType: jnp.Complex64}.Normal(k, 2, 3).DType())
	// Output: complex64
}
