package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Sin is the sine of x in radians, of floats and complex numbers (jax.lax.sin).
func Sin(x jnp.Array) jnp.Array { return unary("lax.Sin", ops.Sin, x) }

// Cos is the cosine of x in radians, of floats and complex numbers (jax.lax.cos).
func Cos(x jnp.Array) jnp.Array { return unary("lax.Cos", ops.Cos, x) }

// Tan is the tangent of x in radians, of floats and complex numbers (jax.lax.tan).
func Tan(x jnp.Array) jnp.Array { return unary("lax.Tan", ops.Tan, x) }

// Asin is the arc sine in radians, NaN of floats outside of [-1, 1], of floats and complex numbers (jax.lax.asin).
func Asin(x jnp.Array) jnp.Array { return unary("lax.Asin", ops.Asin, x) }

// Acos is the arc cosine in radians, NaN of floats outside of [-1, 1], of floats and complex numbers (jax.lax.acos).
func Acos(x jnp.Array) jnp.Array { return unary("lax.Acos", ops.Acos, x) }

// Atan is the arc tangent in radians, of floats and complex numbers (jax.lax.atan).
func Atan(x jnp.Array) jnp.Array { return unary("lax.Atan", ops.Atan, x) }

// Atan2 is the angle in radians of the point (x, y), of floats and complex numbers (jax.lax.atan2).
func Atan2[Y, X jnp.Operand](y Y, x X) jnp.Array { return binary("lax.Atan2", ops.Atan2, y, x) }

// Sinh is the hyperbolic sine, of floats and complex numbers (jax.lax.sinh).
func Sinh(x jnp.Array) jnp.Array { return unary("lax.Sinh", ops.Sinh, x) }

// Cosh is the hyperbolic cosine, of floats and complex numbers (jax.lax.cosh).
func Cosh(x jnp.Array) jnp.Array { return unary("lax.Cosh", ops.Cosh, x) }

// Tanh is the hyperbolic tangent, of floats and complex numbers (jax.lax.tanh).
func Tanh(x jnp.Array) jnp.Array { return unary("lax.Tanh", ops.Tanh, x) }

// Asinh is the inverse hyperbolic sine, of floats and complex numbers (jax.lax.asinh).
func Asinh(x jnp.Array) jnp.Array { return unary("lax.Asinh", ops.Asinh, x) }

// Acosh is the inverse hyperbolic cosine, NaN of floats below 1, of floats and complex numbers (jax.lax.acosh).
func Acosh(x jnp.Array) jnp.Array { return unary("lax.Acosh", ops.Acosh, x) }

// Atanh is the inverse hyperbolic tangent, NaN of floats outside of [-1, 1], of floats and complex numbers
// (jax.lax.atanh).
func Atanh(x jnp.Array) jnp.Array { return unary("lax.Atanh", ops.Atanh, x) }
