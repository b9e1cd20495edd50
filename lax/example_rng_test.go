package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleRngBitGenerator() {
	key := jnp.FromSlice([]uint32{1, 2, 3, 4}, 4)
	next, bits := lax.RngBitGenerator(key, []int{2}, lax.RngOptions{DType: jnp.Uint16, Algorithm: lax.RngThreeFry})
	fmt.Println(next, bits)
	// Output: [1 2 4 4] [13292  6542]
}

func ExampleRngUniform() {
	x := lax.RngUniform(2.0, 3.0, 4, 5)
	fmt.Println(x.Shape(), jnp.All(x.Ge(2).And(x.Le(3))))
	// Output: [4 5] True
}
