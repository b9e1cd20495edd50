package ode_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ode"
)

func ExampleRK4() {
	f := func(y, t jnp.Array) jnp.Array { return y.Neg() }
	y := ode.RK4(f, jnp.AsArray(1.0), jnp.LinSpace(0, 2, 3), ode.StepOptions{Steps: 10})
	fmt.Printf("%.4f\n", jnp.ToSlice[float64](y))
	// Output: [1.0000 0.3679 0.1353]
}

func ExampleHeun() {
	f := func(y, t jnp.Array) jnp.Array { return y.Neg() }
	fmt.Println(ode.Heun(f, jnp.AsArray(1.0), jnp.LinSpace(0, 1, 3)))
	// Output: [1.       0.625    0.390625]
}

func ExampleEuler() {
	f := func(y, t jnp.Array) jnp.Array { return y.Neg() }
	fmt.Println(ode.Euler(f, jnp.AsArray(1.0), jnp.LinSpace(0, 1, 3)))
	// Output: [1.   0.5  0.25]
}
