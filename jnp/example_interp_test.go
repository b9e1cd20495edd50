package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleInterp() {
	xp := jnp.FromSlice([]float32{0, 1, 3})
	fp := jnp.FromSlice([]float32{0, 10, 20})
	fmt.Println(jnp.Interp(jnp.FromSlice([]float32{-1, 0.5, 2, 9}), xp, fp))
	fmt.Println(jnp.Interpolation{Right: jnp.Extrapolate}.Interp(4.0, xp, fp))
	// Output:
	// [ 0.  5. 15. 20.]
	// 25.0
}
