package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Real is the real part of complex numbers; others are refused (jax.lax.real).
func Real(x jnp.Array) jnp.Array { return unary("lax.Real", ops.Real, x) }

// Imag is the imaginary part of complex numbers; others are refused (jax.lax.imag).
func Imag(x jnp.Array) jnp.Array { return unary("lax.Imag", ops.Imag, x) }

// Conj is the complex conjugate of complex numbers; others are refused (jax.lax.conj).
func Conj(x jnp.Array) jnp.Array { return unary("lax.Conj", ops.Conj, x) }

// Complex is re + im i: complex64 of two float32, complex128 of two float64 (jax.lax.complex).
func Complex[Re, Im jnp.Operand](re Re, im Im) jnp.Array {
	return binary("lax.Complex", ops.Complex, re, im)
}
