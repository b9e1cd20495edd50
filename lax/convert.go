package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Convert is x with elements of dtype d, strongly typed: floats are rounded to nearest, cut to integers towards zero; a
// complex number loses its imaginary part; bool is x != 0. x itself is returned where nothing changes.
func Convert(x jnp.Array, d jnp.DType) jnp.Array {
	return jnp.Wrap(ops.Convert(val("lax.Convert", x), d))
}

// ConvertWeak is Convert with the weak flag as given.
func ConvertWeak(x jnp.Array, d jnp.DType, weak bool) jnp.Array {
	return jnp.Wrap(ops.ConvertWeak(val("lax.ConvertWeak", x), d, weak))
}

// Bitcast reads x's bits as dtype d. A wider d takes them from the last axis, which must hold exactly one element's worth and
// disappears; a narrower d adds such an axis. bool and complex types are refused.
func Bitcast(x jnp.Array, d jnp.DType) jnp.Array {
	return jnp.Wrap(ops.Bitcast(val("lax.Bitcast", x), d))
}

// ReducePrecision rounds floats to what a format with these bits can hold, without changing their dtype.
func ReducePrecision(x jnp.Array, exponentBits, mantissaBits int) jnp.Array {
	return jnp.Wrap(ops.ReducePrecision(val("lax.ReducePrecision", x), exponentBits, mantissaBits))
}
