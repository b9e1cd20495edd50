package random_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
)

// TestDTypeOfDist asks the distributions for float16. By default they are only traced.
func TestDTypeOfDist(t *testing.T) {
	draw := func(k random.KeyArray) map[string]jnp.Array {
		o := random.Dist{DType: jnp.Float16}
		return map[string]jnp.Array{
			"Ball":               o.Ball(k, 2, 2, 2),
			"Beta":               o.Beta(k, 2, 3, 3),
			"Binomial":           o.Binomial(k, 10, 0.5),
			"Cauchy":             o.Cauchy(k, 3),
			"ChiSquare":          o.ChiSquare(k, 4, 3),
			"Dirichlet":          o.Dirichlet(k, []float32{1, 2, 3}),
			"DoubleSidedMaxwell": o.DoubleSidedMaxwell(k, 0, 1, 3),
			"F":                  o.F(k, 4, 9, 3),
			"GeneralizedNormal":  o.GeneralizedNormal(k, 1.5, 3),
			"Gumbel":             o.Gumbel(k, 3),
			"Laplace":            o.Laplace(k, 3),
			"LogGamma":           o.LogGamma(k, 2, 3),
			"LogNormal":          o.LogNormal(k, 0.5, 3),
			"Logistic":           o.Logistic(k, 3),
			"Maxwell":            o.Maxwell(k, 3),
			"Multinomial":        o.Multinomial(k, 100, []float32{0.2, 0.8}),
			"Pareto":             o.Pareto(k, 3, 3),
			"Rayleigh":           o.Rayleigh(k, 2, 3),
			"T":                  o.T(k, 5, 3),
			"Triangular":         o.Triangular(k, 0, 1, 3, 3),
			"TruncatedNormal":    o.TruncatedNormal(k, -1, 1, 3),
			"Wald":               o.Wald(k, 2, 3),
			"WeibullMin":         o.WeibullMin(k, 1, 2, 3),
		}
	}
	check := func(name string, x jnp.Array) {
		if x.DType() != jnp.Float16 {
			t.Errorf("%s is of %v, want float16", name, x.DType())
		}
	}
	gojax.Lower(func(k random.KeyArray) []jnp.Array {
		for name, x := range draw(k) {
			check(name, x)
		}
		return nil
	})(random.Key(0))
	if sample.All() {
		for name, x := range draw(random.Key(0)) {
			check("computed, "+name, x)
		}
	}
}
