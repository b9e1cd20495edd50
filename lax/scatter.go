package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ScatterDims says which axes of the scatters' array, indices and updates belong together
// (jax.lax.ScatterDimensionNumbers). All fields are lists of axes:
//
//	UpdateWindowDims             axes of the updates that run over the window, ascending
//	InsertedWindowDims           axes of the array, of window size 1, that the updates lack, ascending
//	ScatterDimsToOperandDims     for each element of an index vector, the array's axis that it is a position on
//	OperandBatchingDims          axes of the array that go along with axes of the indices, ascending
//	ScatterIndicesBatchingDims   those axes of the indices, in the same order
//
// The index vectors lie along the last axis of the indices.
type ScatterDims = ops.ScatterDims

// ScatterOptions are the options of the scatters.
type ScatterOptions struct {
	Mode             IndexMode // of windows that do not lie wholly inside; Fill leaves them out
	IndicesAreSorted bool      // a promise, which may make it faster
	UniqueIndices    bool      // a promise that no windows overlap
}

// Scatter is x with windows of it replaced by those of updates, of its dtype, each starting where a vector along the
// last axis of indices, of an integer dtype, says (jax.lax.scatter). Where windows overlap, one of the updates wins.
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func Scatter(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.Scatter", ops.Scatter, x, indices, updates, dims, options)
}

// ScatterAdd is Scatter that adds the updates to what is there, all of them where windows overlap
// (jax.lax.scatter_add).
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterAdd(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.ScatterAdd", ops.ScatterAdd, x, indices, updates, dims, options)
}

// ScatterSub is Scatter that subtracts the updates from what is there (jax.lax.scatter_sub).
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterSub(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.ScatterSub", ops.ScatterSub, x, indices, updates, dims, options)
}

// ScatterMul is Scatter that multiplies what is there by the updates (jax.lax.scatter_mul).
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterMul(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.ScatterMul", ops.ScatterMul, x, indices, updates, dims, options)
}

// ScatterMin is Scatter that keeps the least of what is there and the updates (jax.lax.scatter_min).
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterMin(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.ScatterMin", ops.ScatterMin, x, indices, updates, dims, options)
}

// ScatterMax is Scatter that keeps the greatest of what is there and the updates (jax.lax.scatter_max).
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterMax(x, indices, updates jnp.Array, dims ScatterDims, options ...ScatterOptions) jnp.Array {
	return scatter("lax.ScatterMax", ops.ScatterMax, x, indices, updates, dims, options)
}

type scatterFunc = func(x, indices, updates *trace.Value, dims ops.ScatterDims, o ops.ScatterOptions) *trace.Value

func scatter(op string, f scatterFunc, x, indices, updates jnp.Array, dims ScatterDims,
	options []ScatterOptions) jnp.Array {
	o := ops.ScatterOptions(oneOption(op, options))
	return jnp.Wrap(f(kit.Value(op, x), kit.Value(op, indices), kit.Value(op, updates), dims, o))
}

// ScatterApply is x with f applied to the elements of windows of it, once for each window that an element lies in
// (jax.lax.scatter_apply). f is a function of a scalar, and updateShape the shape that the updates of Scatter would
// have. It has no derivative; where no windows overlap, Scatter f of what Gather reads has one.
//
// Options: ScatterOptions (Mode, IndicesAreSorted, UniqueIndices).
func ScatterApply(x, indices jnp.Array, f func(v jnp.Array) jnp.Array, updateShape []int, dims ScatterDims,
	options ...ScatterOptions) jnp.Array {
	const op = "lax.ScatterApply"
	ops.CheckFuncs(op, f != nil)
	g := func(v *trace.Value) *trace.Value { return kit.Value(op, f(jnp.Wrap(v))) }
	return jnp.Wrap(ops.ScatterApply(kit.Value(op, x), kit.Value(op, indices), g, updateShape, dims,
		ops.ScatterOptions(oneOption(op, options))))
}
