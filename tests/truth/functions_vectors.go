package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// vectors are the methods of the distributions of vectors, as functions of their elements.
var vectors = map[string]function{
	"stats.Dirichlet.PDF":    rows(func(v []jnp.Array) jnp.Array { return dirichlet(v).PDF(stack(v[:3])) }),
	"stats.Dirichlet.LogPDF": rows(func(v []jnp.Array) jnp.Array { return dirichlet(v).LogPDF(stack(v[:3])) }),
	"stats.Multinomial.PMF":  rows(func(v []jnp.Array) jnp.Array { return multinomial(v).PMF(counts(v[:3])) }),
	"stats.Multinomial.LogPMF": rows(func(v []jnp.Array) jnp.Array {
		return multinomial(v).LogPMF(counts(v[:3]))
	}),
	"stats.MultivariateNormal.PDF": rows(func(v []jnp.Array) jnp.Array { return normal(v).PDF(stack(v[:2])) }),
	"stats.MultivariateNormal.LogPDF": rows(func(v []jnp.Array) jnp.Array {
		return normal(v).LogPDF(stack(v[:2]))
	}),
}

// rows is a function of the elements of one vector, for many of them.
func rows(f func(v []jnp.Array) jnp.Array) function {
	return func(_ []int, x []jnp.Array) jnp.Array { return gojax.Vmap(f)(x) }
}

func stack(v []jnp.Array) jnp.Array { return jnp.Stack(v) }

func counts(v []jnp.Array) jnp.Array { return stack(v).AsType(jnp.Int32) }

func dirichlet(v []jnp.Array) stats.Dirichlet { return stats.Dirichlet{Alpha: stack(v[3:])} }

func multinomial(v []jnp.Array) stats.Multinomial {
	return stats.Multinomial{N: v[3].AsType(jnp.Int32), P: stack(v[4:])}
}

func normal(v []jnp.Array) stats.MultivariateNormal {
	cov := stack([]jnp.Array{v[4], v[5], v[5], v[6]}).Reshape(2, 2)
	return stats.MultivariateNormal{Mean: stack(v[2:4]), Cov: cov}
}
