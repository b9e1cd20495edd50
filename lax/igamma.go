package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Igamma is the regularized lower incomplete gamma function P(a, x), for floats of one dtype and shape; NaN for negative a or x.
func Igamma(a, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Igamma(val("lax.Igamma", a), val("lax.Igamma", x)))
}

// Igammac is 1 - P(a, x), exact where that is small.
func Igammac(a, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.Igammac(val("lax.Igammac", a), val("lax.Igammac", x)))
}

// IgammaGradA is the derivative of Igamma in a. It can itself be differentiated forward.
func IgammaGradA(a, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.IgammaGradA(val("lax.IgammaGradA", a), val("lax.IgammaGradA", x)))
}

// RandomGammaGrad is the derivative, in a, of a number x drawn from the gamma distribution of shape a, its quantile held fixed
// (jax.lax.random_gamma_grad). It can itself be differentiated forward.
func RandomGammaGrad(a, x jnp.Array) jnp.Array {
	return jnp.Wrap(ops.RandomGammaGrad(val("lax.RandomGammaGrad", a), val("lax.RandomGammaGrad", x)))
}
