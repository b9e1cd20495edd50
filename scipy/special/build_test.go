package special_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestMain(m *testing.M) {
	trace.SetX64(true)
	m.Run()
}

// The derivatives that are written as rules of their own, against central differences.
func TestGrads(t *testing.T) {
	type arr = jnp.Array
	f := func(x ...float64) arr { return jnp.FromSlice(x) }
	one := func(x arr, g func(x arr) arr) func() error {
		return func() error { return grads.Check(func(a []arr) arr { return g(a[0]) }, []arr{x}, 2) }
	}
	once := one // by default without second derivatives: those of its like are checked
	if !sample.All() {
		once = func(x arr, g func(x arr) arr) func() error {
			return func() error { return grads.Check(func(a []arr) arr { return g(a[0]) }, []arr{x}, 1) }
		}
	}
	two := func(x, y arr, g func(x, y arr) arr) func() error {
		return func() error { return grads.Check(func(a []arr) arr { return g(a[0], a[1]) }, []arr{x, y}, 1) }
	}
	for name, check := range map[string]func() error{
		"logit":    one(f(0.1, 0.5, 0.8), special.Logit),
		"entr":     one(f(0.1, 0.5, 3), special.Entr),
		"erfcx":    one(f(-1, 0.5, 2, 30), special.Erfcx),
		"dawsn":    one(f(-1, 0.5, 4, 8), special.Dawsn),
		"log_ndtr": one(f(-25, -3, 0.5, 3), special.TailSeries{Order: new(6)}.LogNdtr),
		"ndtri":    once(f(0.2, 0.4, 0.6, 0.8), special.Ndtri),
		"spence":   one(f(0.2, 0.7, 1.2, 1.7, 3), special.Spence),
		"expi":     once(f(-2, 0.5, 3, 5, 10), special.Expi),
		"exp1":     one(f(0.3, 0.9, 1.5, 4), special.Exp1),
		"expn":     once(f(0.3, 0.9, 1.5, 4), func(x arr) arr { return special.Expn(3, x) }),
		"sici": one(f(-2, 0.5, 3, 6, 12), func(x arr) arr {
			s, c := special.Sici(x)
			return s.Add(jnp.Where(x.Gt(0), c, 0))
		}),
		"fresnel":      one(f(0.5, 1, 2, 5), func(x arr) arr { s, c := special.Fresnel(x); return s.Sub(c.Mul(2)) }),
		"bessel":       one(f(0.5, 2, 9), func(x arr) arr { return special.BesselJn(x, 3) }),
		"legendre":     one(f(-0.7, 0.1, 0.5), func(x arr) arr { return special.LpmnValues(4, 4, x, true) }),
		"lpmn":         once(f(-0.7, 0.1, 0.5), func(x arr) arr { p, _ := special.Lpmn(4, 4, x); return p }),
		"multigammaln": one(f(2.5, 3), func(x arr) arr { return special.MultiGammaLn(x, 3) }),
		"xlogy":        two(f(0.5, 2), f(0.3, 4), special.XLogY[arr, arr]),
		"xlog1py":      two(f(0.5, 2), f(0.3, 4), special.XLog1pY[arr, arr]),
		"kl_div":       two(f(0.5, 2), f(0.3, 4), special.KLDiv[arr, arr]),
		"zeta":         two(f(1.5, 3, 8), f(0.4, 1, 5), special.Zeta[arr, arr]),
		"boxcox":       two(f(0.5, 3), f(0.4, 2), special.BoxCox[arr, arr]),
		"betaln":       two(f(0.5, 3, 20), f(0.4, 9, 30), special.BetaLn[arr, arr]),
		"comb":         two(f(5.5, 9), f(2.5, 3), special.Comb[arr, arr]),
		"owens_t":      two(f(0.5, 1, -2), f(0.4, 3, -1.5), special.OwensT[arr, arr]),
		"poch":         two(f(1.5, 3), f(0.4, 2), special.Poch[arr, arr]),
		"hyp1f1":       two(f(0.5, 2), f(1.5, 3), func(a, x arr) arr { return special.Hyp1F1(a, 2.5, x) }),
		"hyp2f1":       two(f(0.5, 2), f(0.3, 0.6), func(a, x arr) arr { return special.Hyp2F1(a, 1.5, 2.5, x) }),
		"wofz": one(f(0.5, -1), func(x arr) arr {
			w := special.Wofz(x.Mul(1 + 0.5i))
			return w.Real().Add(w.Imag())
		}),
		"gamma": once(f(0.5, -1.5, 3), func(x arr) arr {
			g := special.Gamma(x.Add(0.5i))
			return special.Gamma(x).Add(g.Real()).Sub(g.Imag())
		}),
	} {
		t.Run(name, func(t *testing.T) {
			gojax.WithX64(true, func() {
				if err := check(); err != nil {
					t.Error(err)
				}
			})()
		})
	}
}
