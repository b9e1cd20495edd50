package main

import (
	"github.com/gojax/gojax/jnp"
	sp "github.com/gojax/gojax/scipy/special"
)

// hypergeometric are the functions of scipy/special that are integrals, series and polynomials. [0] and [1] are their
// first and second results; the static integers are the order of a Bessel function, order and degree of a Legendre
// function, and degree and order of a harmonic.
var hypergeometric = map[string]function{
	"special.Exp1":   of1(sp.Exp1),
	"special.Expn":   of2(sp.Expn[jnp.Array, jnp.Array]),
	"special.Expi":   of1(sp.Expi),
	"special.Spence": of1(sp.Spence),
	"special.Erfcx":  of1(sp.Erfcx),
	"special.Dawsn":  of1(sp.Dawsn),
	"special.Wofz":   of1(sp.Wofz),
	"special.I0":     of1(sp.I0),
	"special.I1":     of1(sp.I1),
	"special.I0e":    of1(sp.I0e),
	"special.I1e":    of1(sp.I1e),
	"special.Hyp1F1": of3(sp.Hyp1F1[jnp.Array, jnp.Array, jnp.Array]),
	"special.Hyp2F1": func(_ []int, x []jnp.Array) jnp.Array { return sp.Hyp2F1(x[0], x[1], x[2], x[3]) },

	"special.Sici[0]":    of1(func(x jnp.Array) jnp.Array { y, _ := sp.Sici(x); return y }),
	"special.Sici[1]":    of1(func(x jnp.Array) jnp.Array { _, y := sp.Sici(x); return y }),
	"special.Fresnel[0]": of1(func(x jnp.Array) jnp.Array { y, _ := sp.Fresnel(x); return y }),
	"special.Fresnel[1]": of1(func(x jnp.Array) jnp.Array { _, y := sp.Fresnel(x); return y }),

	"special.BesselJn": func(n []int, x []jnp.Array) jnp.Array { return sp.BesselJn(x[0], n[0]).Index(n[0]) },
	"special.Lpmn[0]": func(n []int, x []jnp.Array) jnp.Array {
		y, _ := sp.Lpmn(n[1], n[1], x[0])
		return y.Index(n[0], n[1])
	},
	"special.Lpmn[1]": func(n []int, x []jnp.Array) jnp.Array {
		_, y := sp.Lpmn(n[1], n[1], x[0])
		return y.Index(n[0], n[1])
	},
	"special.LpmnValues": func(n []int, x []jnp.Array) jnp.Array {
		return sp.LpmnValues(n[1], n[1], x[0], true).Index(n[0], n[1])
	},
	"special.SphHarmY": func(n []int, x []jnp.Array) jnp.Array {
		theta, phi := x[0].Real(), x[1].Real()
		whole := func(n int) jnp.Array { return jnp.OnesLike(theta).AsType(jnp.Int32).Mul(n) }
		return sp.Harmonics{NMax: &n[0]}.SphHarmY(whole(n[0]), whole(n[1]), theta, phi)
	},
}
