package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// WindowPadding says how far a window may hang over the edges of an array: PadValid (the zero value), PadSame,
// PadSameLower, or PadWith numbers for each axis. It is the padding of JAX: "VALID", "SAME", "SAME_LOWER", or a list of
// pairs. Its method Pairs gives the numbers (jax.lax.padtype_to_pads).
type WindowPadding = ops.WindowPadding

// PadValid takes only windows that lie wholly inside ("VALID" in JAX).
func PadValid() WindowPadding { return ops.PadValid }

// PadSame gives as many windows along each axis as the array has elements, divided by the stride and rounded up; what
// cannot be split evenly goes to the end ("SAME" in JAX).
func PadSame() WindowPadding { return ops.PadSame }

// PadSameLower is PadSame where that goes to the beginning ("SAME_LOWER" in JAX).
func PadSameLower() WindowPadding { return ops.PadSameLower }

// PadWith pads by a pair for each axis that the window moves along, before the first and behind the last element (a
// list of pairs in JAX). Negative numbers take elements away.
func PadWith(pairs ...[2]int) WindowPadding { return ops.PadWith(pairs...) }

// WindowOptions are the options of ReduceWindow, ReduceWindowTree and ReduceWindowShape: a number for each axis, nil
// for 1 everywhere.
type WindowOptions struct {
	BaseDilation   []int // the elements of the array lie this far apart
	WindowDilation []int // the elements of the window lie this far apart
}

// ReduceWindow combines the elements of every window of x by op (jax.lax.reduce_window). window has the size of the
// window along each axis, strides how far apart windows are, nil for 1 everywhere. op is lax.Add, lax.Mul, lax.Max,
// lax.Min, lax.BitwiseAnd, lax.BitwiseOr, lax.BitwiseXor, or a function of two scalars that is associative and
// commutative and that init, a Go number or a scalar of the dtype of x, does not change: how often and in what order it
// is applied is not specified. Where a window hangs over the edge, only elements inside take part.
//
//	lax.ReduceWindow(x, math.Inf(-1), lax.Max, []int{2, 2}, []int{2, 2}, lax.PadValid()) // max pooling
//
// Options: WindowOptions (BaseDilation, WindowDilation).
func ReduceWindow[I jnp.Operand](x jnp.Array, init I, op func(a, b jnp.Array) jnp.Array, window, strides []int,
	padding WindowPadding, options ...WindowOptions) jnp.Array {
	const name = "lax.ReduceWindow"
	ops.CheckFuncs(name, op != nil)
	in := operands(name, x, init)
	f := func(a, b *trace.Value) *trace.Value { return kit.Value(name, op(jnp.Wrap(a), jnp.Wrap(b))) }
	o := ops.WindowOptions(oneOption(name, options))
	return jnp.Wrap(ops.ReduceWindow(in[0].Value, in[1].Value, f, window, strides, padding, o))
}

// ReduceWindowTree is ReduceWindow of the arrays of a tree xs, all of one shape, together (jax.lax.reduce_window of
// several operands): f combines two trees of scalars into one, and init is a tree of scalars, of the arrays' dtypes or
// made of Go numbers.
//
// Options: WindowOptions (BaseDilation, WindowDilation).
func ReduceWindowTree[T any](xs, init T, f func(a, b T) T, window, strides []int, padding WindowPadding,
	options ...WindowOptions) T {
	const op = "lax.ReduceWindowTree"
	def, x, start := sameTrees(op, xs, init)
	if len(x) == 0 {
		return xs
	}
	o := ops.WindowOptions(oneOption(op, options))
	return trace.Unflatten[T](def, ops.ReduceWindows(x, start, onLeaves(op, def, f), window, strides, padding, o))
}

// ReduceWindowShape is the shape of ReduceWindow's result for an array of shape x (jax.lax.reduce_window_shape_tuple).
//
// Options: WindowOptions (BaseDilation, WindowDilation).
func ReduceWindowShape(x, window, strides []int, padding WindowPadding, options ...WindowOptions) []int {
	o := ops.WindowOptions(oneOption("lax.ReduceWindowShape", options))
	return ops.ReduceWindowShape(x, window, strides, padding, o)
}
