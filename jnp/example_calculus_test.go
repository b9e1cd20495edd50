package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleTrapezoid() {
	y := jnp.AsArray([]float32{0, 1, 4, 9})
	fmt.Println(jnp.Trapezoid(y), jnp.Integration{Dx: 0.5}.Trapezoid(y),
		jnp.Integration{X: jnp.AsArray([]float32{0, 1, 3, 4})}.Trapezoid(y))
	// Output: 9.5 4.75 12.0
}

func ExampleGradient() {
	x := jnp.AsArray([]float32{0, 1, 4, 9})
	fmt.Println(jnp.Gradient(x), jnp.Gradients{Spacing: []any{2}}.Gradient(x))
	// Output: [[1. 2. 4. 5.]] [[0.5 1.  2.  2.5]]
}
