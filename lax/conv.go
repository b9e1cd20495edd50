package lax

import (
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ConvDims says which axis is which in the array, the kernel and the result of a convolution
// (jax.lax.ConvDimensionNumbers). Its fields LHS, RHS and Out list axes: the batch (of the kernel, the output feature),
// the feature (of the kernel, the input feature), and then the spatial ones. ConvLayout makes one of letters.
type ConvDims = ops.ConvDims

// ConvLayout is the ConvDims of three layouts in letters: N is the batch, C the feature, O and I are the kernel's
// output and input features, any other letter is a spatial axis, of which the three have the same
// (jax.lax.conv_dimension_numbers).
//
//	lax.ConvLayout("NHWC", "HWIO", "NHWC")
func ConvLayout(lhs, rhs, out string) ConvDims { return ops.ConvLayout(lhs, rhs, out) }

// ConvOptions are the options of the convolutions.
type ConvOptions struct {
	LHSDilation   []int     // the elements of the array lie this far apart, a number for each spatial axis; nil: 1
	RHSDilation   []int     // the elements of the kernel do (atrous convolution); nil: 1
	Dims          ConvDims  // zero: batch, feature, spatial axes; of the kernel, output, input, spatial axes
	FeatureGroups int       // features fall into so many groups, each convolved by itself; 0: 1
	BatchGroups   int       // the batch does; 0: 1
	Precision     Precision // of float32 products
	PreferredType jnp.DType // the dtype of the result; by default that of the operands

	// Of ConvTranspose alone:
	TransposeKernel bool // the kernel is that of the forward convolution: it is turned around, its features exchanged
	ForwardPadding  bool // so are numbers in the padding (use_consistent_padding in JAX)
}

// ConvGeneralDilated is the convolution of x with the kernel w: sums of products over a window, the kernel not turned
// around (jax.lax.conv_general_dilated; jax.lax.conv and conv_with_general_padding are this with fewer options). Both
// are of one number dtype and have n+2 axes; strides has a number for each of the n spatial ones, nil for 1 everywhere.
//
// Options: ConvOptions (LHSDilation, RHSDilation, Dims, FeatureGroups, BatchGroups, Precision, PreferredType).
func ConvGeneralDilated(x, w jnp.Array, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	const op = "lax.ConvGeneralDilated"
	return jnp.Wrap(
		ops.ConvGeneralDilated(kit.Value(op, x), kit.Value(op, w), strides, padding, convOptions(op, options)))
}

// ConvTranspose is the transpose of a convolution, "deconvolution" (jax.lax.conv_transpose): x, spread apart by
// strides, is convolved with w so that, with PadSame, each spatial axis becomes strides times as long. By default the
// layouts are JAX's for this one: batch, spatial axes, feature for x and the result; spatial axes, input feature,
// output feature for w.
//
// Options: ConvOptions (RHSDilation, Dims, FeatureGroups, Precision, PreferredType, TransposeKernel, ForwardPadding).
func ConvTranspose(x, w jnp.Array, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	const op = "lax.ConvTranspose"
	return jnp.Wrap(ops.ConvTranspose(kit.Value(op, x), kit.Value(op, w), strides, padding, convOptions(op, options)))
}

// ConvGeneralDilatedPatches are the windows that a convolution of x with a kernel of the given window sizes reads,
// flattened along the feature axis of the result: first by the features of x, then by the places of the window, in the
// order of the kernel's axes (jax.lax.conv_general_dilated_patches). It takes no groups.
//
// Options: ConvOptions (LHSDilation, RHSDilation, Dims, Precision, PreferredType).
func ConvGeneralDilatedPatches(x jnp.Array, window, strides []int, padding WindowPadding,
	options ...ConvOptions) jnp.Array {
	const op = "lax.ConvGeneralDilatedPatches"
	return jnp.Wrap(ops.ConvGeneralDilatedPatches(kit.Value(op, x), window, strides, padding, convOptions(op, options)))
}

// ConvGeneralDilatedLocal is a convolution with a kernel of its own for each place of the result, a locally connected
// layer (jax.lax.conv_general_dilated_local). w has, in the place of its spatial axes, those of the result, and along
// its input feature axis what ConvGeneralDilatedPatches has along the feature axis.
//
// Options: ConvOptions (LHSDilation, RHSDilation, Dims, Precision, PreferredType).
func ConvGeneralDilatedLocal(x, w jnp.Array, window, strides []int, padding WindowPadding,
	options ...ConvOptions) jnp.Array {
	const op = "lax.ConvGeneralDilatedLocal"
	return jnp.Wrap(ops.ConvGeneralDilatedLocal(kit.Value(op, x), kit.Value(op, w), window, strides, padding,
		convOptions(op, options)))
}

// ConvShape is the shape of ConvGeneralDilated's result for an array of shape x and a kernel of shape w
// (jax.lax.conv_shape_tuple, jax.lax.conv_general_shape_tuple).
//
// Options: ConvOptions (LHSDilation, RHSDilation, Dims, FeatureGroups, BatchGroups).
func ConvShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return ops.ConvShape(x, w, strides, padding, convOptions("lax.ConvShape", options))
}

// ConvTransposeShape is the shape of ConvTranspose's result (jax.lax.conv_transpose_shape_tuple).
//
// Options: ConvOptions (RHSDilation, Dims, TransposeKernel, ForwardPadding).
func ConvTransposeShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return ops.ConvTransposeShape(x, w, strides, padding, convOptions("lax.ConvTransposeShape", options))
}

func convOptions(op string, options []ConvOptions) ops.ConvOptions {
	o := oneOption(op, options)
	if (o.TransposeKernel || o.ForwardPadding) && !strings.HasPrefix(op, "lax.ConvTranspose") {
		trace.Fail(op, nil, "TransposeKernel and ForwardPadding are options of lax.ConvTranspose alone")
	}
	return ops.ConvOptions(o)
}
