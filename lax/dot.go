package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Precision is how exactly a product of float32 is computed on hardware that has faster, coarser units; CPUs have one:
// PrecisionDefault, PrecisionHigh or PrecisionHighest (jax.lax.Precision).
type Precision = ops.Precision

// How exactly products are computed.
const (
	PrecisionDefault = ops.PrecisionDefault // the fastest that the device has (TF32 on NVIDIA)
	PrecisionHigh    = ops.PrecisionHigh    // several passes of the fast units
	PrecisionHighest = ops.PrecisionHighest // as the dtype says
)

// DotDims pairs the axes of DotGeneral's operands (jax.lax.DotDimensionNumbers). Its fields are lists of axes, of which
// those of the first operand (LHS) and of the second (RHS) go together in their order:
//
//	LHSContract, RHSContract   are summed over
//	LHSBatch, RHSBatch         go along, and come first in the result
type DotDims = ops.DotDims

// RaggedDims says which axes of RaggedDotGeneral's operands belong together (jax.lax.RaggedDotDimensionNumbers):
//
//	Dot         DotDims of the two operands
//	LHSRagged   the axis of the first operand that falls into groups of different sizes
//	RHSGroups   the axis of the second that counts the groups, where LHSRagged is not contracted and not a batch
type RaggedDims = ops.RaggedDims

// DotOptions are the options of the products.
type DotOptions struct {
	Precision     Precision
	PreferredType jnp.DType // the dtype of the result, in which it is also summed; by default that of the operands
}

// DotGeneral multiplies x and y and sums over axes (jax.lax.dot_general). The result has the axes that go along, then
// the others of x, then the others of y. Operands of different dtypes are converted to the higher one.
//
// Options: DotOptions (Precision, PreferredType).
func DotGeneral(x, y jnp.Array, dims DotDims, options ...DotOptions) jnp.Array {
	const op = "lax.DotGeneral"
	return jnp.Wrap(ops.DotGeneral(kit.Value(op, x), kit.Value(op, y), dims, ops.DotOptions(oneOption(op, options))))
}

// Dot is the product of vectors and matrices: the last axis of x with the first of y (jax.lax.dot).
//
// Options: DotOptions (Precision, PreferredType).
func Dot(x, y jnp.Array, options ...DotOptions) jnp.Array {
	const op = "lax.Dot"
	return jnp.Wrap(ops.Dot(kit.Value(op, x), kit.Value(op, y), ops.DotOptions(oneOption(op, options))))
}

// BatchMatMul multiplies stacks of matrices of the same number of axes, two or more: the last axis of x with the one
// before the last of y; the axes before, which are equal, go along (jax.lax.batch_matmul).
//
// Options: DotOptions (Precision, PreferredType).
func BatchMatMul(x, y jnp.Array, options ...DotOptions) jnp.Array {
	const op = "lax.BatchMatMul"
	return jnp.Wrap(ops.BatchMatMul(kit.Value(op, x), kit.Value(op, y), ops.DotOptions(oneOption(op, options))))
}

// RaggedDot multiplies groups of rows of x, one after the other, with the matrices of y: groupSizes[i] rows with the
// i-th (jax.lax.ragged_dot). x is [m, k], y [g, k, n], groupSizes [g] of integers, and the result [m, n]; rows behind
// the last group are zero.
//
// Options: DotOptions (Precision, PreferredType).
func RaggedDot(x, y, groupSizes jnp.Array, options ...DotOptions) jnp.Array {
	const op = "lax.RaggedDot"
	o := ops.DotOptions(oneOption(op, options))
	return jnp.Wrap(ops.RaggedDot(kit.Value(op, x), kit.Value(op, y), kit.Value(op, groupSizes), o))
}

// RaggedDotGeneral is DotGeneral of operands that fall into groups of the given sizes along an axis of x
// (jax.lax.ragged_dot_general). Where that axis is contracted there is a product for each group, along a new first
// axis; where it goes along the groups do not matter. groupSizes has one axis, or is given for each element of the axes
// before.
//
// Options: DotOptions (Precision, PreferredType).
func RaggedDotGeneral(x, y, groupSizes jnp.Array, dims RaggedDims, options ...DotOptions) jnp.Array {
	const op = "lax.RaggedDotGeneral"
	o := ops.DotOptions(oneOption(op, options))
	return jnp.Wrap(ops.RaggedDotGeneral(kit.Value(op, x), kit.Value(op, y), kit.Value(op, groupSizes), dims, o))
}
