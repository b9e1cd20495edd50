package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// val is the engine's value of an array that is given to op; one that was never set is an error.
func val(op string, x jnp.Array) *trace.Value {
	y := x.TraceValue()
	if y == nil {
		trace.Fail(op, nil, "an array that was never set (the zero jnp.Array) is used; make one with jnp.Zeros, jnp.FromSlice or another function first")
	}
	return y
}

// vals is val of each of x.
func vals(op string, x []jnp.Array) []*trace.Value {
	y := make([]*trace.Value, len(x))
	for i, a := range x {
		y[i] = val(op, a)
	}
	return y
}

// wrapAll are arrays of the engine's values.
func wrapAll(x []*trace.Value) []jnp.Array {
	y := make([]jnp.Array, len(x))
	for i, a := range x {
		y[i] = jnp.Wrap(a)
	}
	return y
}

// wrap2 are the arrays of two results.
func wrap2(a, b *trace.Value) (jnp.Array, jnp.Array) { return jnp.Wrap(a), jnp.Wrap(b) }

// wrap3 and wrap4 are the arrays of three and four results.
func wrap3(a, b, c *trace.Value) (_, _, _ jnp.Array) { return jnp.Wrap(a), jnp.Wrap(b), jnp.Wrap(c) }

func wrap4(a, b, c, d *trace.Value) (_, _, _, _ jnp.Array) {
	return jnp.Wrap(a), jnp.Wrap(b), jnp.Wrap(c), jnp.Wrap(d)
}
