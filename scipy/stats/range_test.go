package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// Where a parameter is out of range every element is NaN, however many there are: XLA on the CPU makes other numbers of the
// exponential of a NaN that a condition on scalars has put into all of an array.
func TestParametersOutOfRange(t *testing.T) {
	type methods = func(bad any) (of any, at float64)
	for name, d := range map[string]methods{
		"GumbelR":     func(bad any) (any, float64) { return stats.GumbelR{Scale: bad}, 0.5 },
		"GumbelL":     func(bad any) (any, float64) { return stats.GumbelL{Scale: bad}, 0.5 },
		"Beta.A":      func(bad any) (any, float64) { return stats.Beta{A: bad, B: 2}, 0.5 },
		"Beta.B":      func(bad any) (any, float64) { return stats.Beta{A: 2, B: bad}, 0.5 },
		"Beta.Scale":  func(bad any) (any, float64) { return stats.Beta{A: 2, B: 2, Scale: bad}, 0.5 },
		"BetaBinom.N": func(bad any) (any, float64) { return stats.BetaBinom{N: bad, A: 2, B: 3}, 1 },
		"BetaBinom.A": func(bad any) (any, float64) { return stats.BetaBinom{N: 4, A: bad, B: 3}, 1 },
		"BetaBinom.B": func(bad any) (any, float64) { return stats.BetaBinom{N: 4, A: 2, B: bad}, 1 },
		"TruncNorm":   func(bad any) (any, float64) { return stats.TruncNorm{A: 2, B: bad}, 0.5 },
		"VonMises":    func(bad any) (any, float64) { return stats.VonMises{Kappa: bad}, 0.5 },
		"WrapCauchy":  func(bad any) (any, float64) { return stats.WrapCauchy{C: bad}, 0.5 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, n := range []int{1, 3, 37} {
				eval := func(bad jnp.Array) map[string]jnp.Array {
					of, at := d(bad)
					x := jnp.Add(at, jnp.Linspace(0.0, 0.25, n))
					if _, ok := of.(mass); ok {
						x = jnp.Full([]int{n}, at)
					}
					out := map[string]jnp.Array{}
					if f, ok := of.(pdf); ok {
						out["PDF"] = f.PDF(x)
					}
					if f, ok := of.(pmf); ok {
						out["PMF"] = f.PMF(x)
					}
					if f, ok := of.(density); ok {
						out["LogPDF"] = f.LogPDF(x)
					}
					if f, ok := of.(cdf); ok && name[:2] != "Be" {
						out["CDF"] = f.CDF(x)
					}
					if f, ok := of.(survival); ok && name[:2] != "Be" {
						out["SF"] = f.SF(x)
					}
					return out
				}
				check := func(how string, out map[string]jnp.Array) {
					for m, y := range out {
						for i, v := range jnp.ToSlice[float32](y) {
							if !math.IsNaN(float64(v)) {
								t.Errorf("%s %s: element %d of %d is %v, want NaN", how, m, i, n, v)
								break
							}
						}
					}
				}
				bad := jnp.Asarray(float32(-1.5))
				if n > 3 {
					check("eagerly:", eval(bad))
				}
				check("under Jit:", gojax.Jit(eval)(bad))
			}
		})
	}
}
