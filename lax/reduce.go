package lax

import (
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ReduceSum is the sum of x over axes, or all axes if none is named; of nothing, 0 (jax.lax.reduce_sum). Axes may be
// negative. Numbers only. float16 and bfloat16 are added up in float32 and rounded once.
func ReduceSum(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceSum", ops.ReduceSum, x, axes)
}

// ReduceProd is the product of x over axes, or all axes if none is named; of nothing, 1 (jax.lax.reduce_prod). Axes may
// be negative. Numbers only.
func ReduceProd(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceProd", ops.ReduceProd, x, axes)
}

// ReduceMax is the greatest element of x over axes, or all axes if none is named, NaN where there is one; of nothing,
// -inf or the least integer (jax.lax.reduce_max). Axes may be negative. Complex numbers are ordered by their real, then
// by their imaginary parts.
func ReduceMax(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceMax", ops.ReduceMax, x, axes)
}

// ReduceMin is the least element of x over axes, or all axes if none is named, NaN where there is one; of nothing, +inf
// or the greatest integer (jax.lax.reduce_min). Axes may be negative.
func ReduceMin(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceMin", ops.ReduceMin, x, axes)
}

// ReduceAnd is the bitwise and of integers, or the and of bools, over axes, or all axes if none is named; of nothing,
// all ones (jax.lax.reduce_and). Axes may be negative.
func ReduceAnd(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceAnd", ops.ReduceAnd, x, axes)
}

// ReduceOr is the bitwise or of integers, or the or of bools, over axes, or all axes if none is named; of nothing, 0
// (jax.lax.reduce_or). Axes may be negative.
func ReduceOr(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceOr", ops.ReduceOr, x, axes)
}

// ReduceXor is the bitwise exclusive or of integers, or the exclusive or of bools, over axes, or all axes if none is
// named; of nothing, 0 (jax.lax.reduce_xor). Axes may be negative.
func ReduceXor(x jnp.Array, axes ...int) jnp.Array {
	return reduce("lax.ReduceXor", ops.ReduceXor, x, axes)
}

func reduce(op string, f func(x *trace.Value, axes []int) *trace.Value, x jnp.Array, axes []int) jnp.Array {
	v := kit.Value(op, x)
	return jnp.Wrap(f(v, reduced(axes, v.Rank())))
}

// Reduce combines the elements of x over axes, or all axes if none is named, by op (jax.lax.reduce). op is lax.Add,
// lax.Mul, lax.Max and so on, or a function of two scalars that is associative and commutative and that init, a Go
// number or a scalar of the dtype of x, does not change: how often and in what order it is applied is not specified. It
// may use concrete scalars from outside, but no traced values. Axes may be negative. ReduceTree reduces several arrays
// together.
func Reduce[I jnp.Operand](x jnp.Array, init I, op func(a, b jnp.Array) jnp.Array, axes ...int) jnp.Array {
	const name = "lax.Reduce"
	ops.CheckFuncs(name, op != nil)
	in := operands(name, x, init)
	f := func(a, b []*trace.Value) []*trace.Value {
		return []*trace.Value{kit.Value(name, op(jnp.Wrap(a[0]), jnp.Wrap(b[0])))}
	}
	return jnp.Wrap(ops.Reduce([]*trace.Value{in[0].Value}, []*trace.Value{in[1].Value}, f,
		reduced(axes, in[0].Rank()))[0])
}

// ReduceTree is Reduce of the arrays of a tree xs, all of one shape, together (jax.lax.reduce of several operands): f
// combines two trees of scalars into one, and init is a tree of scalars, of the arrays' dtypes or made of Go numbers.
func ReduceTree[T any](xs, init T, f func(a, b T) T, axes ...int) T {
	const op = "lax.ReduceTree"
	def, x, start := sameTrees(op, xs, init)
	if len(x) == 0 {
		return xs
	}
	return trace.Unflatten[T](def, ops.Reduce(x, start, onLeaves(op, def, f), reduced(axes, x[0].Rank())))
}

// sameTrees are the leaves of xs and init, which must be trees of one structure. Weakly typed leaves of init take the
// dtypes of those of xs.
func sameTrees[T any](op string, xs, init T) (def *trace.Def, x, start []*trace.Value) {
	def, x = trace.Flatten(xs)
	idef, start := trace.Flatten(init)
	if !idef.Equal(def) {
		trace.Fail(op, nil, "init has another structure than xs: they are\n\t%s",
			strings.Join(idef.Diff(def, "init"), "\n\t"))
	}
	for i := range start {
		if start[i].Aval().Weak {
			start[i] = ops.Convert(start[i], x[i].DType())
		}
	}
	return def, x, start
}

// onLeaves is f, a function of two trees of structure def that returns such a tree, on their leaves.
func onLeaves[T any](op string, def *trace.Def, f func(a, b T) T) func(a, b []*trace.Value) []*trace.Value {
	ops.CheckFuncs(op, f != nil)
	return func(a, b []*trace.Value) []*trace.Value {
		d, y := trace.Flatten(f(trace.Unflatten[T](def, a), trace.Unflatten[T](def, b)))
		if !d.Equal(def) {
			trace.Fail(op, nil, "f returns another structure than it is given: returned and given are\n\t%s",
				strings.Join(d.Diff(def, trace.ResultName(0)), "\n\t"))
		}
		return y
	}
}

// ArgOptions are the options of ArgMax and ArgMin.
type ArgOptions struct {
	DType jnp.DType // of the positions, an integer type; int32 by default
}

// ArgMax is the position along an axis of the greatest element: of several the first, and the first NaN where there are
// NaNs (jax.lax.argmax). The axis must not be empty, and x not complex.
//
// Options: ArgOptions (DType).
func ArgMax(x jnp.Array, axis int, options ...ArgOptions) jnp.Array {
	return position("lax.ArgMax", ops.ArgMax, x, axis, options)
}

// ArgMin is ArgMax of the least element (jax.lax.argmin).
//
// Options: ArgOptions (DType).
func ArgMin(x jnp.Array, axis int, options ...ArgOptions) jnp.Array {
	return position("lax.ArgMin", ops.ArgMin, x, axis, options)
}

func position(op string, f func(x *trace.Value, axis int, d jnp.DType) *trace.Value, x jnp.Array, axis int,
	options []ArgOptions) jnp.Array {
	v, d := kit.Value(op, x), oneOption(op, options).DType
	if d == 0 {
		d = jnp.Int32
	}
	return jnp.Wrap(f(v, fromFront(axis, v.Rank()), d))
}
