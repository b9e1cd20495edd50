package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Erf is the error function of floats (jax.lax.erf).
func Erf(x jnp.Array) jnp.Array { return unary("lax.Erf", ops.Erf, x) }

// Erfc is 1 - erf(x) of floats, exact for large x (jax.lax.erfc).
func Erfc(x jnp.Array) jnp.Array { return unary("lax.Erfc", ops.Erfc, x) }

// ErfInv is the inverse of the error function, of floats in [-1, 1]; NaN outside (jax.lax.erf_inv). Its last digits are
// right, other than JAX's, which random numbers are made with.
func ErfInv(x jnp.Array) jnp.Array { return unary("lax.ErfInv", ops.ExactErfInv, x) }

// Lgamma is the logarithm of |gamma(x)|, of floats (jax.lax.lgamma).
func Lgamma(x jnp.Array) jnp.Array { return unary("lax.Lgamma", ops.Lgamma, x) }

// Digamma is the derivative of Lgamma, of floats (jax.lax.digamma).
func Digamma(x jnp.Array) jnp.Array { return unary("lax.Digamma", ops.Digamma, x) }

// Polygamma is the derivative of Digamma at x that n counts: of floats n, whole and not negative (else NaN), and x
// (jax.lax.polygamma).
func Polygamma[N, X jnp.Operand](n N, x X) jnp.Array {
	return binary("lax.Polygamma", ops.Polygamma, n, x)
}

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ..., of floats (jax.lax.zeta).
func Zeta[X, Q jnp.Operand](x X, q Q) jnp.Array { return binary("lax.Zeta", ops.Zeta, x, q) }

// Igamma is the regularized lower incomplete gamma function P(a, x), of floats; NaN where a or x is negative
// (jax.lax.igamma).
func Igamma[A, X jnp.Operand](a A, x X) jnp.Array { return binary("lax.Igamma", ops.Igamma, a, x) }

// Igammac is 1 - P(a, x), the regularized upper incomplete gamma function, exact where it is small (jax.lax.igammac).
// As Igamma.
func Igammac[A, X jnp.Operand](a A, x X) jnp.Array { return binary("lax.Igammac", ops.Igammac, a, x) }

// IgammaGradA is the derivative of Igamma in a, which can itself be differentiated forward (jax.lax.igamma_grad_a).
func IgammaGradA[A, X jnp.Operand](a A, x X) jnp.Array {
	return binary("lax.IgammaGradA", ops.IgammaGradA, a, x)
}

// RandomGammaGrad is the derivative, in a, of a number x drawn from the gamma distribution of shape a, its quantile
// held fixed. It can itself be differentiated forward (jax.lax.random_gamma_grad).
func RandomGammaGrad[A, X jnp.Operand](a A, x X) jnp.Array {
	return binary("lax.RandomGammaGrad", ops.RandomGammaGrad, a, x)
}

// BetaInc is the regularized incomplete beta function I_x(a, b) of floats: NaN unless a and b are at least 0, not both
// 0 nor both infinite, and x is within [0, 1]. It has a derivative in x alone, as in JAX (jax.lax.betainc).
func BetaInc[A, B, X jnp.Operand](a A, b B, x X) jnp.Array {
	const op = "lax.BetaInc"
	f := func(in []*trace.Value) *trace.Value { return ops.BetaInc(in[0], in[1], in[2]) }
	return elementwise(op, f, operands(op, a, b, x)...)
}

// BesselI0e is exp(-|x|) times the modified Bessel function of the first kind and order 0, of floats
// (jax.lax.bessel_i0e).
func BesselI0e(x jnp.Array) jnp.Array { return unary("lax.BesselI0e", ops.BesselI0e, x) }

// BesselI1e is exp(-|x|) times the modified Bessel function of the first kind and order 1, of floats
// (jax.lax.bessel_i1e).
func BesselI1e(x jnp.Array) jnp.Array { return unary("lax.BesselI1e", ops.BesselI1e, x) }
