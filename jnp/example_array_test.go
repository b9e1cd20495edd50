package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Shape() {
	x := jnp.Zeros(2, 3)
	fmt.Println(x.Shape(), x.NDim(), x.Size(), x.Len(), x.DType(), x.NBytes(), x.Weak())
	fmt.Println(jnp.Shape(x), jnp.NDim(x), jnp.Size(x), jnp.Size(x, 1))
	// Output:
	// [2 3] 2 6 2 float32 24 false
	// [2 3] 2 6 3
}
