package ode_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ode"
)

// Exponential decay, and how the state at the end depends on the rate.
func ExampleOdeint() {
	ts := jnp.LinSpace(0, 2, 3)
	ys := func(rate jnp.Array) jnp.Array {
		f := func(y, t jnp.Array) jnp.Array { return rate.Mul(y).Neg() }
		return ode.Odeint(f, jnp.AsArray(1.0), ts, ode.OdeintOptions{RTol: 1e-6, ATol: 1e-6})
	}
	rate := jnp.AsArray(0.5)
	fmt.Printf("%.4f\n", jnp.ToSlice[float64](ys(rate)))
	last := func(rate jnp.Array) jnp.Array { return ys(rate).Index(-1) }
	fmt.Printf("%.4f\n", gojax.Grad(last)(rate).Item())
	// Output:
	// [1.0000 0.6065 0.3679]
	// -0.7358
}

// A pendulum, whose state is a struct.
func ExampleOdeintWith() {
	type pendulum struct{ Angle, Speed jnp.Array }
	f := func(y pendulum, t, gravity jnp.Array) pendulum {
		return pendulum{y.Speed, gravity.Mul(jnp.Sin(y.Angle)).Neg()}
	}
	y := ode.OdeintWith(f, pendulum{jnp.AsArray(0.1), jnp.AsArray(0.0)}, jnp.LinSpace(0, 1, 3), jnp.AsArray(9.81),
		ode.OdeintOptions{RTol: 1e-6, ATol: 1e-6})
	fmt.Printf("%.3f\n", jnp.ToSlice[float64](y.Angle))
	// Output: [0.100 0.001 -0.100]
}
