package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Sin is the sine of x in radians, for floats and complex numbers (as all of this family).
func Sin(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Sin(val("lax.Sin", x))) }

// Cos is the cosine of x in radians.
func Cos(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Cos(val("lax.Cos", x))) }

// Tan is the tangent of x in radians.
func Tan(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Tan(val("lax.Tan", x))) }

// Asin is the arc sine in radians; a float outside of [-1, 1] gives NaN.
func Asin(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Asin(val("lax.Asin", x))) }

// Acos is the arc cosine in radians; a float outside of [-1, 1] gives NaN.
func Acos(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Acos(val("lax.Acos", x))) }

// Atan is the arc tangent in radians.
func Atan(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Atan(val("lax.Atan", x))) }

// Sinh is the hyperbolic sine.
func Sinh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Sinh(val("lax.Sinh", x))) }

// Cosh is the hyperbolic cosine.
func Cosh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Cosh(val("lax.Cosh", x))) }

// Tanh is the hyperbolic tangent.
func Tanh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Tanh(val("lax.Tanh", x))) }

// Asinh is the inverse hyperbolic sine.
func Asinh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Asinh(val("lax.Asinh", x))) }

// Acosh is the inverse hyperbolic cosine; a float below 1 gives NaN.
func Acosh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Acosh(val("lax.Acosh", x))) }

// Atanh is the inverse hyperbolic tangent; a float outside of [-1, 1] gives NaN.
func Atanh(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Atanh(val("lax.Atanh", x))) }
