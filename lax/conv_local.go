package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ConvGeneralDilatedPatches are the windows that a convolution of x with a kernel of the given window sizes reads, flattened along the
// feature axis of the result, as lax.conv_general_dilated_patches: first by x's features, then by the window's places, in the
// order of the kernel's axes. Strides, padding and options are as for ConvGeneralDilated; it takes no groups.
func ConvGeneralDilatedPatches(x jnp.Array, window, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	return jnp.Wrap(ops.ConvGeneralDilatedPatches(val("lax.ConvGeneralDilatedPatches", x), window, strides, padding, options...))
}

// ConvGeneralDilatedLocal is a convolution with a kernel of its own for each place of the result (a locally connected layer), as
// lax.conv_general_dilated_local: w has, in the place of its spatial axes, those of the result, and along its input feature axis
// what ConvGeneralDilatedPatches has along the feature axis.
func ConvGeneralDilatedLocal(x, w jnp.Array, window, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	return jnp.Wrap(ops.ConvGeneralDilatedLocal(val("lax.ConvGeneralDilatedLocal", x), val("lax.ConvGeneralDilatedLocal", w), window, strides, padding, options...))
}

// ConvShape is the shape of ConvGeneralDilated's result for an array and a kernel of the given shapes (lax.conv_shape_tuple,
// lax.conv_general_shape_tuple).
func ConvShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return ops.ConvShape(x, w, strides, padding, options...)
}

// ConvTransposeShape is the shape of ConvTranspose's result (lax.conv_transpose_shape_tuple).
func ConvTransposeShape(x, w, strides []int, padding WindowPadding, options ...ConvOptions) []int {
	return ops.ConvTransposeShape(x, w, strides, padding, options...)
}

// ReduceWindowShape is the shape of ReduceWindow's result for an array of the given shape (lax.reduce_window_shape_tuple).
func ReduceWindowShape(x, window, strides []int, padding WindowPadding, options ...WindowOptions) []int {
	return ops.ReduceWindowShape(x, window, strides, padding, options...)
}
