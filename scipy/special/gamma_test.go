package special_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// TestHardValues has values where functions of the package once had few digits or none. tests/truth has more.
func TestHardValues(t *testing.T) {
	inf := math.Inf(1)
	f := func(x ...float64) []jnp.Array {
		var a []jnp.Array
		for _, v := range x {
			a = append(a, jnp.AsArray(v))
		}
		return a
	}
	type arr = jnp.Array
	two := func(g func(x, y arr) arr) func(x []arr) arr { return func(x []arr) arr { return g(x[0], x[1]) } }
	one := func(g func(x arr) arr) func(x []arr) arr { return func(x []arr) arr { return g(x[0]) } }
	betaInc := func(x []arr) arr { return special.BetaInc(x[0], x[1], x[2]) }
	for _, c := range []struct {
		name string
		f    func(x []arr) arr
		x    []arr
		want float64
	}{
		{"betaln", two(special.BetaLn[arr, arr]), f(8, 1), -2.0794415416798359283},
		{"betaln", two(special.BetaLn[arr, arr]), f(2, 1e308), -1418.3924172843321414},
		{"betaln", two(special.BetaLn[arr, arr]), f(-2, 1), -math.Ln2},
		{"beta", two(special.Beta[arr, arr]), f(-2, 1), -0.5},
		{"gammainc", two(special.GammaInc[arr, arr]), f(inf, 1), 0},
		{"gammainc", two(special.GammaInc[arr, arr]), f(1e10, 1e10), 0.50000132980760133885},
		{"gammaincc", two(special.GammaIncc[arr, arr]), f(1e-10, 1.1e-10), 2.2353325060443289583e-9},
		{"poch", two(special.Poch[arr, arr]), f(-2, 1), -2},
		{"poch", two(special.Poch[arr, arr]), f(1e5, 2.5), 3162336953035.0916699},
		{"poch", two(special.Poch[arr, arr]), f(-3.5, -1000), 0},
		{"poch", two(special.Poch[arr, arr]), f(-10.5, -300.5), inf},
		{"zeta", two(special.Zeta[arr, arr]), f(inf, 1), 1},
		{"gamma", one(special.Gamma), f(1e-308), 1e308},
		{"gamma", one(special.Gamma), f(171.6), 1.5858969096672568e308},
		{"gammaln", one(special.GammaLn), f(1 + 0x1p-40), -5.2497458900760178148e-13},
		{"gammaln", one(special.GammaLn), f(2 - 0x1p-40), -3.8452011276437938917e-13},
		{"betainc", betaInc, f(1e5, 1e5, 0.5), 0.5},
		{"betainc", betaInc, f(1e10, 1e10, 0.5), 0.5},
	} {
		if got := c.f(c.x).Item(); got != c.want && !(math.Abs(got/c.want-1) < 2e-14) {
			t.Errorf("%s of %v is %v, want %v", c.name, c.x, got, c.want)
		}
	}
}
