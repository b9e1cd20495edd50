package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleSelect() {
	x := jnp.FromSlice([]int32{3, -4}, 2)
	fmt.Println(lax.Select(lax.Gt(x, 0), x, 0))
	// Output: [3 0]
}

func ExampleSelectN() {
	a, b, c := jnp.FromSlice([]int32{1, 2, 3}, 3), jnp.FromSlice([]int32{10, 20, 30}, 3),
		jnp.FromSlice([]int32{100, 200, 300}, 3)
	fmt.Println(lax.SelectN(jnp.FromSlice([]int32{0, 2, 1}, 3), a, b, c))
	// Output: [  1 200  30]
}

func ExampleClamp() {
	fmt.Println(lax.Clamp(0, jnp.FromSlice([]int32{-5, 1, 7}, 3), 3))
	// Output: [0 1 3]
}
