package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestSpecial(t *testing.T) {
	x, a := jnp.FromSlice([]float32{0.2, 0.5, 0.9}, 3), jnp.FromSlice([]float32{0.5, 1.5, 4}, 3)
	n := jnp.FromSlice([]float32{0, 1, 2}, 3)
	checkForms(t, of1("Erf", lax.Erf, ops.Erf, x), of1("Erfc", lax.Erfc, ops.Erfc, x),
		of1("ErfInv", lax.ErfInv, ops.ErfInv, x), of1("Lgamma", lax.Lgamma, ops.Lgamma, a),
		of1("Digamma", lax.Digamma, ops.Digamma, a), of1("BesselI0e", lax.BesselI0e, ops.BesselI0e, a),
		of1("BesselI1e", lax.BesselI1e, ops.BesselI1e, a), of2("Polygamma", lax.Polygamma, ops.Polygamma, n, a),
		of2("Zeta", lax.Zeta, ops.Zeta, a.Add(1), x), of2("IgammaGradA", lax.IgammaGradA, ops.IgammaGradA, a, x),
		of2("Igamma", lax.Igamma, ops.Igamma, a, x),
		of2("RandomGammaGrad", lax.RandomGammaGrad, ops.RandomGammaGrad, a, x),
		of2("Igammac", lax.Igammac, ops.Igammac, a, x),
		of3("BetaInc", lax.BetaInc, ops.BetaInc, a, a, x),
		of1("Polygamma of a number", func(x A) A { return lax.Polygamma(1, x) },
			func(x V) V { return ops.Polygamma(like(x, 1), x) }, a),
		of1("Igamma of a number", func(x A) A { return lax.Igamma(2.5, x) },
			func(x V) V { return ops.Igamma(like(x, 2.5), x) }, x),
		of1("BetaInc of numbers", func(x A) A { return lax.BetaInc(2, 0.5, x) },
			func(x V) V { return ops.BetaInc(like(x, 2), like(x, 0.5), x) }, x))
	i := ints(1)
	for name, f := range map[string]func(A) A{"lax.Erf": lax.Erf, "lax.Erfc": lax.Erfc, "lax.ErfInv": lax.ErfInv,
		"lax.Lgamma":  lax.Lgamma,
		"lax.Digamma": lax.Digamma, "lax.BesselI0e": lax.BesselI0e, "lax.BesselI1e": lax.BesselI1e} {
		checkMistakes(t, mistake{name, func() { f(i) }, []string{"int32[1]", "float"}},
			mistake{name, func() { f(A{}) }, []string{"never set"}})
	}
	checkMistakes(t,
		mistake{"lax.Igamma", func() { lax.Igamma(i, x) }, []string{"int32", "float32"}},
		mistake{"lax.Zeta", func() { lax.Zeta(x, 1i) }, []string{"complex128"}},
		mistake{"lax.Polygamma", func() { lax.Polygamma(1, i) }, []string{"int32"}},
		mistake{"lax.BetaInc", func() { lax.BetaInc(2, A{}, x) }, []string{"never set"}},
		// The operands of the second call have the types of those of the first; what were numbers is not repeated any
		// more.
		mistake{"lax.BetaInc", func() {
			lax.BetaInc(2, 0.5, jnp.AsArray(x))
			lax.BetaInc(2, jnp.AsArray(float32(0.5)), x)
		}, []string{"[3]", "[]"}})
}
