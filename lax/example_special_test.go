package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleErf() {
	x := jnp.FromSlice([]float32{0.25, 0.5}, 2)
	for _, f := range []func(x jnp.Array) jnp.Array{lax.Erf, lax.Erfc, lax.ErfInv, lax.BesselI0e, lax.BesselI1e} {
		fmt.Printf("%.4f\n", jnp.ToSlice[float64](f(x)))
	}
	// Output:
	// [0.2763 0.5205]
	// [0.7237 0.4795]
	// [0.2253 0.4769]
	// [0.7910 0.6450]
	// [0.0981 0.1564]
}

func ExampleLgamma() {
	x := jnp.FromSlice([]float32{1, 2.5}, 2)
	for _, y := range []jnp.Array{lax.Lgamma(x), lax.Digamma(x), lax.Polygamma(1, x), lax.Zeta(2, x)} {
		fmt.Printf("%.4f\n", jnp.ToSlice[float64](y))
	}
	// Output:
	// [0.0000 0.2847]
	// [-0.5772 0.7032]
	// [1.6449 0.4904]
	// [1.6449 0.4904]
}

func ExampleIgamma() {
	x := jnp.FromSlice([]float32{0.5, 2}, 2)
	for _, y := range []jnp.Array{lax.Igamma(2, x), lax.Igammac(2, x), lax.IgammaGradA(2, x),
		lax.RandomGammaGrad(2, x)} {
		fmt.Printf("%.4f\n", jnp.ToSlice[float64](y))
	}
	// Output:
	// [0.0902 0.5940]
	// [0.9098 0.4060]
	// [-0.1510 -0.2940]
	// [0.4980 1.0862]
}

func ExampleBetaInc() {
	x := jnp.FromSlice([]float32{0.2, 0.5}, 2)
	fmt.Printf("%.4f\n", jnp.ToSlice[float64](lax.BetaInc(2, 2, x)))
	// Output: [0.1040 0.5000]
}
