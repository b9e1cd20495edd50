package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Erf is the error function of floats.
func Erf(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Erf(val("lax.Erf", x))) }

// Erfc is 1 - erf(x), exact for large x, of floats.
func Erfc(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Erfc(val("lax.Erfc", x))) }

// ErfInv is the inverse of the error function, for floats in [-1, 1]; NaN outside.
func ErfInv(x jnp.Array) jnp.Array { return jnp.Wrap(ops.ErfInv(val("lax.ErfInv", x))) }

// Lgamma is the logarithm of |gamma(x)|, for floats.
func Lgamma(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Lgamma(val("lax.Lgamma", x))) }

// Digamma is the derivative of Lgamma, for floats.
func Digamma(x jnp.Array) jnp.Array { return jnp.Wrap(ops.Digamma(val("lax.Digamma", x))) }

// Polygamma is the n-th derivative of Digamma at x, for floats n (whole and not negative, else NaN) and x of one dtype.
func Polygamma(n, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Polygamma(val("lax.Polygamma", n), val("lax.Polygamma", x)))
}

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ..., for floats of one dtype.
func Zeta(x, q jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Zeta(val("lax.Zeta", x), val("lax.Zeta", q)))
}
