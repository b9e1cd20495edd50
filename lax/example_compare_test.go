package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleEq() {
	x, y := jnp.FromSlice([]int32{1, 2, 3}, 3), jnp.FromSlice([]int32{3, 2, 1}, 3)
	fmt.Println(lax.Eq(x, y), lax.Ne(x, y))
	fmt.Println(lax.Lt(x, y), lax.Le(x, 2), lax.Gt(x, y), lax.Ge(2, x))
	// Output:
	// [False  True False] [ True False  True]
	// [ True False False] [ True  True False] [False False  True] [ True  True False]
}
