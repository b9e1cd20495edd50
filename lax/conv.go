package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// ConvLayout is the ConvDims of three layouts in letters: N batch, C feature, O and I the kernel's output and input features, any
// other letter a spatial axis: ConvLayout("NHWC", "HWIO", "NHWC"). The spatial letters of the three are the same.
func ConvLayout(lhs, rhs, out string) ConvDims { return ops.ConvLayout(lhs, rhs, out) }

// ConvGeneralDilated is the convolution (the sum of products over a window, the kernel not turned around) of x with the kernel w,
// as lax.conv_general_dilated: both of one number dtype and n+2 axes, strides for the n spatial ones (nil: 1).
func ConvGeneralDilated(x, w jnp.Array, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	return jnp.Wrap(ops.ConvGeneralDilated(val("lax.ConvGeneralDilated", x), val("lax.ConvGeneralDilated", w), strides, padding, options...))
}

// ConvTranspose is the transpose of a convolution ("deconvolution"), as lax.conv_transpose: x, spread apart by strides, is convolved
// with w so that, with PadSame, each spatial axis becomes strides times as long. The default layouts are JAX's for this one: N,
// spatial, C for x and the result; spatial, I, O for w. Options may give others and the RhsDilation; FeatureGroups too.
func ConvTranspose(x, w jnp.Array, strides []int, padding WindowPadding, options ...ConvOptions) jnp.Array {
	return jnp.Wrap(ops.ConvTranspose(val("lax.ConvTranspose", x), val("lax.ConvTranspose", w), strides, padding, options...))
}
