package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// Densities at the ends of the support are limits, and those of extreme parameters are numbers. tests/truth has more.
func TestDensities(t *testing.T) {
	checkTruth(t, 1e-13, []truth{
		{"Chi2.LogPDF", stats.Chi2{DF: 2}.LogPDF, 0, -math.Ln2},
		{"Chi2.PDF", stats.Chi2{DF: 1}.PDF, 0, inf},
		{"Gamma.LogPDF", stats.Gamma{A: 1}.LogPDF, 0, 0},
		{"Gamma.LogPDF", stats.Gamma{A: 2}.LogPDF, 0, -inf},
		{"Gamma.PDF", stats.Gamma{A: 0.5}.PDF, 0, inf},
		{"Gamma.PDF", stats.Gamma{A: 1e-300}.PDF, 2, 6.7667641618306346e-302},
		{"VonMises.LogPDF", stats.VonMises{Kappa: 0}.LogPDF, 1, -math.Log(2 * math.Pi)},
		{"VonMises.LogPDF", stats.VonMises{Kappa: -1}.LogPDF, 1, nan},
		{"Beta.PDF", stats.Beta{A: 1, B: 1}.PDF, 0, 1},
		{"T.PDF", stats.T{DF: inf}.PDF, 1, 0.24197072451914335},
		{"T.LogPDF", stats.T{DF: inf}.LogPDF, 1e17, -5e33},
		{"T.LogPDF", stats.T{DF: 3}.LogPDF, 1e200, -1840.8717386675238},
		{"Cauchy.PDF", stats.Cauchy{Scale: 1e-200}.PDF, 1, 3.183098861837907e-201},
		{"Norm.PDF", stats.Norm{}.PDF, 37.5, 1.7282337322841052e-306},
		{"Norm.PDF", stats.Norm{Scale: 1e-300}.PDF, 4e-299, 1.4632702508383808e-48},
		{"Binom.PMF", stats.Binom{N: 10, P: 0}.PMF, 0, 1},
		{"Binom.PMF", stats.Binom{N: 10, P: 1}.PMF, 10, 1},
		{"NBinom.PMF", stats.NBinom{N: 4, P: 1}.PMF, 0, 1},
		{"Geom.PMF", stats.Geom{P: 1}.PMF, 1, 1},
		{"Poisson.PMF", stats.Poisson{Mu: 0}.PMF, 0, 1},
		{"Poisson.PMF", stats.Poisson{Mu: 0}.PMF, 1, 0},
	})
}

// By the parameters derivatives are right at the values where formulas change.
func TestSlopesOfDensities(t *testing.T) {
	type function = func(p jnp.Array) jnp.Array
	gojax.WithX64(true, func() {
		for name, row := range map[string]struct {
			f       function
			p, want float64
		}{
			"Gamma by A = 1": {func(a jnp.Array) jnp.Array { return stats.Gamma{A: a}.LogPDF(2.0) },
				1, 1.2703628454614782},
			"Beta by A = 1": {func(a jnp.Array) jnp.Array { return stats.Beta{A: a, B: 1}.LogPDF(0.25) },
				1, 1 - 2*math.Ln2},
			"Chi2 by DF = 2": {func(k jnp.Array) jnp.Array { return stats.Chi2{DF: k}.LogPDF(2.0) },
				2, 0.28860783245076643},
			"VonMises, Kappa": {func(k jnp.Array) jnp.Array { return stats.VonMises{Kappa: k}.LogPDF(0.0) },
				1e10, 5.000000000125e-11},
			"Geom by P = 1": {func(p jnp.Array) jnp.Array { return stats.Geom{P: p}.LogPMF(1) },
				1, 1},
			"Binom by P = 0": {func(p jnp.Array) jnp.Array { return stats.Binom{N: 5, P: p}.LogPMF(0) },
				0, -5},
			"Poisson, Mu = 0": {func(m jnp.Array) jnp.Array { return stats.Poisson{Mu: m}.LogPMF(0) },
				0, -1},
			"Bernoulli, P 0": {func(p jnp.Array) jnp.Array { return stats.Bernoulli{P: p}.PMF(1) },
				0, 1},
			"T by DF": {func(k jnp.Array) jnp.Array { return stats.T{DF: k}.LogPDF(1.0) },
				1e5, 4.9999833333333323e-11},
			"T by DF = inf": {func(k jnp.Array) jnp.Array { return stats.T{DF: k}.LogPDF(3.0) },
				inf, 0},
			"T by x, DF = inf": {func(x jnp.Array) jnp.Array { return stats.T{DF: inf}.LogPDF(x) },
				1e17, -1e17},
			"Logistic twice": {gojax.Grad(func(x jnp.Array) jnp.Array { return stats.Logistic{}.LogPDF(x) }),
				0, -0.5},
		} {
			reverse := gojax.Grad(row.f)(jnp.AsArray(row.p)).Item()
			_, tangent := gojax.JVP(row.f, jnp.AsArray(row.p), jnp.AsArray(1.0))
			for _, got := range []float64{reverse, tangent.Item()} {
				if !(math.Abs(got-row.want) <= 1e-9*math.Abs(row.want)) {
					t.Errorf("%s: the derivative is %v, want %v", name, got, row.want)
				}
			}
		}
	})()
}
