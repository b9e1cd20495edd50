package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleRNGBitGenerator() {
	key := jnp.FromSlice([]uint32{1, 2, 3, 4}, 4)
	next, bits := lax.RNGBitGenerator(key, []int{2}, lax.RNGOptions{DType: jnp.Uint16, Algorithm: lax.RNGThreeFry})
	fmt.Println(next, bits)
	// Output: [1 2 4 4] [13292  6542]
}

func ExampleRNGUniform() {
	x := lax.RNGUniform(2.0, 3.0, 4, 5)
	fmt.Println(x.Shape(), jnp.All(x.Ge(2).And(x.Le(3))))
	// Output: [4 5] True
}
