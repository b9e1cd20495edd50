package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleConvertElementType() {
	fmt.Println(lax.ConvertElementType(jnp.FromSlice([]float32{1.9, -1.9}, 2), jnp.Int8))
	// Output: [ 1 -1]
}

func ExampleBitcastConvertType() {
	fmt.Println(lax.BitcastConvertType(jnp.FromSlice([]float32{1}, 1), jnp.Int32))
	// Output: [1065353216]
}
