package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Concatenate joins arrays of one dtype, and of one shape but for that axis, along an axis (jax.lax.concatenate). There
// must be at least one.
func Concatenate(xs []jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.Concatenate(kit.Values("lax.Concatenate", xs), axis))
}

// Stack joins arrays of one shape and dtype along a new axis of the result (jax.lax.stack).
func Stack(xs []jnp.Array, axis int) jnp.Array {
	return jnp.Wrap(ops.Stack(kit.Values("lax.Stack", xs), axis))
}

// Split is x cut along an axis into parts of the given sizes, which must add up to the size of that axis
// (jax.lax.split).
func Split(x jnp.Array, sizes []int, axis int) []jnp.Array {
	return kit.Map(ops.Split(kit.Value("lax.Split", x), sizes, axis), jnp.Wrap)
}

// Unstack is the arrays that x consists of along an axis, without that axis (jax.lax.unstack).
func Unstack(x jnp.Array, axis int) []jnp.Array {
	return kit.Map(ops.Unstack(kit.Value("lax.Unstack", x), axis), jnp.Wrap)
}

// Pad adds elements of a value, a Go number or an array without axes, along the axes of x (jax.lax.pad). config has,
// for each axis, how many to put before the first element, behind the last one, and between any two. The first two may
// be negative, and take elements away after those between are put in.
func Pad[V jnp.Operand](x jnp.Array, value V, config [][3]int) jnp.Array {
	const op = "lax.Pad"
	in := operands(op, x, value)
	low, high, interior := make([]int, len(config)), make([]int, len(config)), make([]int, len(config))
	for i, c := range config {
		low[i], high[i], interior[i] = c[0], c[1], c[2]
	}
	return jnp.Wrap(ops.Pad(in[0].Value, in[1].Value, low, high, interior))
}
