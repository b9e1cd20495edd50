package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExamplePad() {
	x := jnp.AsArray([]int32{1, 2, 3})
	fmt.Println(jnp.Pad(x, [2]int{1, 2}))
	fmt.Println(jnp.Padding{Mode: jnp.PadReflect}.Pad(x, [2]int{2, 2}))
	// Output:
	// [0 1 2 3 0 0]
	// [3 2 1 2 3 2 1]
}
