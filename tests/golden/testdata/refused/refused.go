// Package refused does not compile: its functions are the mistakes of the golden cases that JAX finds when they run and
// Go's compiler finds before.
package refused

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// setItem assigns to an element of an array: x[0] = 1.0.
func setItem(x jnp.Array) jnp.Array {
	x[0] = 1.0
	return x
}

// boolOfArray branches on an array: a if a.sum() > 0 else -a.
func boolOfArray(x jnp.Array) jnp.Array {
	if x.Sum().Gt(0) {
		return x
	}
	return x.Neg()
}

// scanNoPair gives Scan a body that returns the carry alone.
func scanNoPair(x jnp.Array) jnp.Array {
	c, _ := lax.Scan(func(c, v jnp.Array) jnp.Array { return c }, jnp.Asarray(0.0), x)
	return c
}

// gradNoAux takes the gradient of a function that returns more than its value.
func gradNoAux(x jnp.Array) jnp.Array {
	return gojax.Grad(func(x jnp.Array) (jnp.Array, map[string]jnp.Array) {
		return jnp.Sum(x), map[string]jnp.Array{"twice": x.Add(x)}
	})(x)
}

// gradTree takes the gradient of a function that returns a tree.
func gradTree(x jnp.Array) jnp.Array {
	return gojax.Grad(func(x jnp.Array) map[string]jnp.Array { return map[string]jnp.Array{"twice": x.Add(x)} })(x)
}

// gradArgument differentiates a function of one argument in its second.
func gradArgument(x jnp.Array) jnp.Array {
	return gojax.Grad2(func(x jnp.Array) jnp.Array { return jnp.Sum(x) })(x, x)
}
