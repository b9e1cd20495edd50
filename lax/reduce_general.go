package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Reduce reduces arrays of one shape together over axes, as jax.lax.reduce. body combines two tuples of scalars, one from each
// array, into one; it must be associative and commutative, and inits, scalars of the arrays' dtypes, must not change what
// they are combined with: how often and in what order they are is not specified. body may use concrete scalars from
// outside, but no traced values.
func Reduce(xs, inits []jnp.Array, body func(a, b []jnp.Array) []jnp.Array, axes []int) []jnp.Array {
	const op = "lax.Reduce"
	return wrapAll(ops.Reduce(vals(op, xs), vals(op, inits), onArrays(op, body), axes))
}

// onArrays is a function of two tuples of arrays on the engine's values.
func onArrays(op string, body func(a, b []jnp.Array) []jnp.Array) func(a, b []*trace.Value) []*trace.Value {
	ops.CheckFuncs(op, body != nil)
	return func(a, b []*trace.Value) []*trace.Value { return vals(op, body(wrapAll(a), wrapAll(b))) }
}

// ReduceWindow combines the elements of every window of x by op, from the scalar init of x's dtype, as jax.lax.reduce_window: window
// and strides (nil: 1) have a number for each axis. op is lax.Add, lax.Mul, lax.Max, lax.Min, lax.And, lax.Or, lax.Xor, or a
// function of two scalars that is associative and commutative and that init does not change; how often and in what order it is
// applied is not specified. Where a window hangs over the edge, only elements inside take part.
//
//	lax.ReduceWindow(x, negInf, lax.Max, []int{2, 2}, []int{2, 2}, lax.PadValid) // max pooling
func ReduceWindow(x, init jnp.Array, op func(a, b jnp.Array) jnp.Array, window, strides []int, padding WindowPadding, options ...WindowOptions) jnp.Array {
	const name = "lax.ReduceWindow"
	ops.CheckFuncs(name, op != nil)
	f := func(a, b *trace.Value) *trace.Value { return val(name, op(jnp.Wrap(a), jnp.Wrap(b))) }
	return jnp.Wrap(ops.ReduceWindow(val(name, x), val(name, init), f, window, strides, padding, options...))
}

// ReduceWindows is ReduceWindow of several arrays of one shape together: body combines two tuples of scalars, one from each array.
func ReduceWindows(xs, inits []jnp.Array, body func(a, b []jnp.Array) []jnp.Array, window, strides []int, padding WindowPadding, options ...WindowOptions) []jnp.Array {
	const op = "lax.ReduceWindows"
	return wrapAll(ops.ReduceWindows(vals(op, xs), vals(op, inits), onArrays(op, body), window, strides, padding, options...))
}

// ScatterApply returns x with f applied to the elements of windows of it, as jax.lax.scatter_apply: once for each window that an
// element lies in. f is a function of a scalar, and updateShape the shape that Scatter's updates would have. It has no
// derivative: where no windows overlap, Scatter f of what Gather reads.
func ScatterApply(x, indices jnp.Array, f func(v jnp.Array) jnp.Array, updateShape []int, dims ScatterDims, o ScatterOptions) jnp.Array {
	const op = "lax.ScatterApply"
	ops.CheckFuncs(op, f != nil)
	g := func(a *trace.Value) *trace.Value { return val(op, f(jnp.Wrap(a))) }
	return jnp.Wrap(ops.ScatterApply(val(op, x), val(op, indices), g, updateShape, dims, o))
}
