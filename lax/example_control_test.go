package lax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleCond() {
	f := func(x jnp.Array) jnp.Array {
		return lax.Cond(x.Gt(0), func() jnp.Array { return jnp.Sqrt(x) }, func() jnp.Array { return jnp.Zeros() })
	}
	fmt.Println(gojax.Jit(f)(jnp.AsArray(4.0)), gojax.Jit(f)(jnp.AsArray(-4.0)))
	// Output: 2.0 0.0
}

func ExampleCondWith() {
	x := jnp.FromSlice([]float32{1, 2}, 2)
	fmt.Println(lax.CondWith(jnp.Sum(x).Gt(5), lax.Square, lax.Neg, x))
	// Output: [-1. -2.]
}

func ExampleSwitch() {
	x := jnp.AsArray(3.0)
	f := func(i jnp.Array) jnp.Array {
		return lax.Switch(i,
			func() jnp.Array { return x },
			func() jnp.Array { return lax.Neg(x) },
			func() jnp.Array { return lax.Square(x) })
	}
	fmt.Println(f(jnp.AsArray(0)), f(jnp.AsArray(1)), f(jnp.AsArray(7)))
	// Output: 3.0 -3.0 9.0
}

func ExampleWhileLoop() {
	// How often 1000 can be halved before it is below 1.
	type state struct{ X, Steps jnp.Array }
	s := lax.WhileLoop(
		func(s state) jnp.Array { return s.X.Ge(1) },
		func(s state) state { return state{s.X.Div(2), s.Steps.Add(1)} },
		state{jnp.AsArray(1000.0), jnp.AsArray(0)})
	fmt.Println(s.Steps)
	// Output: 10
}

func ExampleForiLoop() {
	factorial := lax.ForiLoop(1, 6, func(i, c jnp.Array) jnp.Array { return c.Mul(i) }, jnp.AsArray(1))
	fmt.Println(factorial)
	// Output: 120
}

func ExampleRepeat() {
	// Newton's method for the root of 2.
	newton := func(x jnp.Array) jnp.Array { return x.Add(jnp.Div(2, x)).Div(2) }
	fmt.Println(lax.Repeat(5, newton, jnp.AsArray(1.0)))
	// Output: 1.4142135
}

func ExamplePlatformDependent() {
	x := jnp.AsArray(2.)
	y := lax.PlatformDependent(
		func() jnp.Array { return x.Mul(0) },
		map[string]func() jnp.Array{
			"cpu":  func() jnp.Array { return x.Add(1) },
			"cuda": func() jnp.Array { return x.Add(1) },
		},
	)
	fmt.Println(y)
	// Output: 3.0
}
