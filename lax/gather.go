package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// IndexMode says what Gather and the scatters do with a window that does not lie wholly inside the array: Fill, Clip or
// PromiseInBounds (jax.lax.GatherScatterMode).
type IndexMode = ops.IndexMode

// What becomes of windows that do not lie wholly inside.
const (
	Fill            = ops.Fill            // Gather: the fill value; scatters: nothing (FILL_OR_DROP); the default
	Clip            = ops.Clip            // the window moves to the nearest place inside
	PromiseInBounds = ops.PromiseInBounds // there is none; what happens to one is not specified
)

// GatherDims says which axes of Gather's array, indices and result belong together (jax.lax.GatherDimensionNumbers).
// All fields are lists of axes:
//
//	OffsetDims                 axes of the result that run over the window, ascending
//	CollapsedSliceDims         axes of the array, of window size 1, that the result lacks, ascending
//	StartIndexMap              for each element of an index vector, the array's axis that it is a position on
//	OperandBatchingDims        axes of the array that go along with axes of the indices, ascending
//	StartIndicesBatchingDims   those axes of the indices, in the same order
//
// The index vectors lie along the last axis of the indices.
type GatherDims = ops.GatherDims

// GatherOptions are the options of Gather.
type GatherOptions struct {
	Mode IndexMode // of windows that do not lie wholly inside
	// FillValue, a Go number or bool, stands for such windows where Mode is Fill. nil is NaN of floats, the least of
	// the signed and the greatest of the unsigned integers, and true.
	FillValue        any
	IndicesAreSorted bool // a promise, which may make it faster
	UniqueIndices    bool // a promise, about the gradient's scatter
}

// Gather takes windows of the given sizes, one for each axis of x, out of x (jax.lax.gather). Each starts where a
// vector along the last axis of indices, of an integer dtype, says.
//
// Options: GatherOptions (Mode, FillValue, IndicesAreSorted, UniqueIndices).
func Gather(x, indices jnp.Array, dims GatherDims, sizes []int, options ...GatherOptions) jnp.Array {
	const op = "lax.Gather"
	o := oneOption(op, options)
	g := ops.GatherOptions{Mode: o.Mode, IndicesAreSorted: o.IndicesAreSorted, UniqueIndices: o.UniqueIndices}
	if o.FillValue != nil {
		g.FillValue = fillValue(op, o.FillValue)
	}
	return jnp.Wrap(ops.Gather(kit.Value(op, x), kit.Value(op, indices), dims, sizes, g))
}

// fillValue is a Go number as a literal.
func fillValue(op string, x any) *ir.Lit {
	l, ok := number(op, x)
	if !ok {
		trace.Fail(op, nil, "FillValue is a Go number or bool, not a %T", x)
	}
	return &l
}
