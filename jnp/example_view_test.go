package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_View() {
	x := jnp.AsArray([]float32{1, -2})
	fmt.Println(x.View(jnp.Uint32))
	fmt.Println(x.View(jnp.Uint8))
	// Output:
	// [1065353216 3221225472]
	// [  0   0 128  63   0   0   0 192]
}
