package recompile

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

type rate float64

var step = gojax.Jit(func(x jnp.Array, n int) jnp.Array { return x.Add(n) })

func f(x jnp.Array, given int) jnp.Array {
	for i := range 10 {
		x = step(x, i) // want `i changes in the loop, and a jitted function is compiled again`
		x = step(x, given)
		x = step(x, 3)
		x = step(x, x.Len())
	}
	lr := rate(0.1)
	update := gojax.Jit(func(x jnp.Array, lr rate) jnp.Array { return x.Add(float64(lr)) })
	for i := 0; i < 10; i++ {
		x = update(x, lr) // want `lr changes in the loop`
		lr *= 0.9
		half := lr / 2
		x = update(x, half)         // want `half changes in the loop`
		x = gojax.Jit(step)(x, 2*i) // want `pass an array, jnp.AsArray\(2 \* i\)`
		y := jnp.AsArray(i)
		x = gojax.Jit(jnp.Array.Add)(x, y)
	}
	for _, n := range []int{1, 2} {
		x = step(x, n)
	}
	plain := func(x jnp.Array, n int) jnp.Array { return x.Add(n) }
	for i := range 3 {
		x = plain(x, i)
	}
	return x
}

type model struct {
	step, either func(x jnp.Array, n int) jnp.Array
	in           struct {
		step func(x jnp.Array, n int) jnp.Array
	}
}

func fields(x jnp.Array) jnp.Array {
	m := model{step: gojax.Jit(func(x jnp.Array, n int) jnp.Array { return x.Add(n) })}
	m.either = gojax.Jit(m.step)
	m.either = func(x jnp.Array, n int) jnp.Array { return x }
	m.in.step = gojax.Jit(m.step)
	for i := range 3 {
		x = m.step(x, i)    // want `i changes in the loop`
		x = m.in.step(x, i) // want `i changes in the loop`
		x = m.either(x, i)
		x = m.step(x, 2)
	}
	return x
}
