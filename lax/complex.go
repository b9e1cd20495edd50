package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Real is the real part of a complex array. Other dtypes are refused.
func Real(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Real(val("lax.Real", x))) }

// Imag is the imaginary part of a complex array. Other dtypes are refused.
func Imag(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Imag(val("lax.Imag", x))) }

// Conj is the complex conjugate of a complex array. Other dtypes are refused.
func Conj(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Conj(val("lax.Conj", x))) }

// Complex is re + im i of two arrays of float32, giving complex64, or of float64, giving complex128.
func Complex(re, im jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Complex(val("lax.Complex", re), val("lax.Complex", im)))
}
