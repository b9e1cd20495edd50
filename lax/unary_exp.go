package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Exp is e to the x, for floats and complex numbers.
func Exp(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Exp(val("lax.Exp", x))) }

// Exp2 is 2 to the x, for floats and complex numbers.
func Exp2(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Exp2(val("lax.Exp2", x))) }

// Expm1 is e to the x, less 1, exact near 0, for floats and complex numbers.
func Expm1(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Expm1(val("lax.Expm1", x))) }

// Log is the natural logarithm, for floats (NaN below 0) and complex numbers.
func Log(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Log(val("lax.Log", x))) }

// Log1p is the natural logarithm of 1 + x, exact near 0, for floats and complex numbers.
func Log1p(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Log1p(val("lax.Log1p", x))) }

// Sqrt is the square root, for floats (NaN below 0) and complex numbers.
func Sqrt(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Sqrt(val("lax.Sqrt", x))) }

// Rsqrt is 1 over the square root, for floats and complex numbers.
func Rsqrt(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Rsqrt(val("lax.Rsqrt", x))) }

// Cbrt is the real cube root of floats.
func Cbrt(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Cbrt(val("lax.Cbrt", x))) }

// Logistic is 1 / (1 + exp(-x)), for floats and complex numbers.
func Logistic(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Logistic(val("lax.Logistic", x))) }

// Square is x*x for any number type.
func Square(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Square(val("lax.Square", x))) }
