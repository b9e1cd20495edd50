package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Exp is e to the x, of floats and complex numbers (jax.lax.exp).
func Exp(x jnp.Array) jnp.Array { return unary("lax.Exp", ops.Exp, x) }

// Exp2 is 2 to the x, of floats and complex numbers (jax.lax.exp2).
func Exp2(x jnp.Array) jnp.Array { return unary("lax.Exp2", ops.Exp2, x) }

// Expm1 is e to the x, less 1, exact near 0, of floats and complex numbers (jax.lax.expm1).
func Expm1(x jnp.Array) jnp.Array { return unary("lax.Expm1", ops.Expm1, x) }

// Log is the natural logarithm of floats, NaN below 0, and of complex numbers (jax.lax.log).
func Log(x jnp.Array) jnp.Array { return unary("lax.Log", ops.Log, x) }

// Log1p is the natural logarithm of 1 + x, exact near 0, of floats and complex numbers (jax.lax.log1p).
func Log1p(x jnp.Array) jnp.Array { return unary("lax.Log1p", ops.Log1p, x) }

// Logistic is 1 / (1 + exp(-x)), of floats and complex numbers (jax.lax.logistic).
func Logistic(x jnp.Array) jnp.Array { return unary("lax.Logistic", ops.Logistic, x) }
