package functions

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

var specialTable = Table{
	"jsp.special.gammainc":  f2(special.GammaInc[jnp.Array, jnp.Array]),
	"jsp.special.gammaincc": f2(special.GammaIncc[jnp.Array, jnp.Array]),
	"jsp.special.betainc":   f3(special.BetaInc[jnp.Array, jnp.Array, jnp.Array]),
	"jsp.special.gammaln":   f1(special.GammaLn), "jsp.special.gamma": f1(special.Gamma),
	"jsp.special.loggamma": f1(special.LogGamma),
	"jsp.special.digamma":  f1(special.Digamma), "jsp.special.erf": f1(special.Erf),
	"jsp.special.erfc":   f1(special.Erfc),
	"jsp.special.erfinv": f1(special.ErfInv), "jsp.special.expit": f1(special.Expit),
	"jsp.special.logit": f1(special.Logit),
	"jsp.special.i0":    f1(special.I0), "jsp.special.i0e": f1(special.I0e), "jsp.special.i1": f1(special.I1),
	"jsp.special.i1e":  f1(special.I1e),
	"jsp.special.ndtr": f1(special.Ndtr), "jsp.special.ndtri": f1(special.Ndtri),
	"jsp.special.log_ndtr": func(c *Call) any {
		var o special.TailSeries
		if n := c.arg(1, "series_order"); n != nil {
			o.Order = new(c.static(n))
		}
		return o.LogNdtr(c.A(0))
	},
	"jsp.special.entr": f1(special.Entr), "jsp.special.gammasgn": f1(special.GammaSgn),
	"jsp.special.factorial": func(c *Call) any {
		if c.arg(1, "exact") == true {
			trace.Fail("special.Factorial", nil, "exact factorials are not there, as in JAX")
		}
		return special.Factorial(c.A(0))
	},
	"jsp.special.betaln":       f2(special.BetaLn[jnp.Array, jnp.Array]),
	"jsp.special.beta":         f2(special.Beta[jnp.Array, jnp.Array]),
	"jsp.special.xlogy":        f2(special.XLogY[jnp.Array, jnp.Array]),
	"jsp.special.xlog1py":      f2(special.XLog1pY[jnp.Array, jnp.Array]),
	"jsp.special.zeta":         f2(special.Zeta[jnp.Array, jnp.Array]),
	"jsp.special.kl_div":       f2(special.KLDiv[jnp.Array, jnp.Array]),
	"jsp.special.rel_entr":     f2(special.RelEntr[jnp.Array, jnp.Array]),
	"jsp.special.poch":         f2(special.Poch[jnp.Array, jnp.Array]),
	"jsp.special.polygamma":    f2(special.Polygamma[jnp.Array, jnp.Array]),
	"jsp.special.multigammaln": func(c *Call) any { return special.MultiGammaLn(c.A(0), c.static(c.arg(1, "d"))) },
	"jsp.special.softmax":      func(c *Call) any { return special.Softmax(c.A(0), c.Axes()...) },
	"jsp.special.log_softmax":  func(c *Call) any { return special.LogSoftmax(c.A(0), c.Axes()...) },
	"jsp.special.logsumexp":    logSumExp,
	"jsp.special.boxcox":       f2(special.BoxCox[jnp.Array, jnp.Array]),
	"jsp.special.boxcox1p":     f2(special.BoxCox1p[jnp.Array, jnp.Array]),
	"jsp.special.comb": func(c *Call) any {
		return special.Combination{Repetition: c.flag("repetition", false)}.Comb(c.A(0), c.A(1))
	},
	"jsp.special.wofz": f1(special.Wofz), "jsp.special.erfcx": f1(special.Erfcx),
	"jsp.special.dawsn":   f1(special.Dawsn),
	"jsp.special.owens_t": f2(special.OwensT[jnp.Array, jnp.Array]), "jsp.special.spence": f1(special.Spence),
	"jsp.special.exp1": f1(special.Exp1), "jsp.special.expi": f1(special.Expi),
	"jsp.special.expn":      f2(special.Expn[jnp.Array, jnp.Array]),
	"jsp.special.sici":      pair1(special.Sici),
	"jsp.special.fresnel":   pair1(special.Fresnel),
	"jsp.special.hyp1f1":    f3(special.Hyp1F1[jnp.Array, jnp.Array, jnp.Array]),
	"jsp.special.hyp2f1":    func(c *Call) any { return special.Hyp2F1(c.A(0), c.A(1), c.A(2), c.A(3)) },
	"jsp.special.bernoulli": func(c *Call) any { return special.Bernoulli(c.static(c.arg(0, "n"))) },
	"jsp.special.bessel_jn": func(c *Call) any {
		o := special.Recurrence{}
		if n := c.kw("n_iter"); n != nil {
			o.Iterations = c.static(n)
		}
		return o.BesselJn(c.A(0), c.static(c.kw("v")))
	},
	"jsp.special.lpmn": func(c *Call) any {
		p, dp := special.Lpmn(c.static(c.Args[0]), c.static(c.Args[1]), c.A(2))
		return []any{p, dp}
	},
	"jsp.special.lpmn_values": func(c *Call) any {
		return special.LpmnValues(c.static(c.Args[0]), c.static(c.Args[1]), c.A(2), c.arg(3, "is_normalized") == true)
	},
	"jsp.special.sph_harm_y": func(c *Call) any {
		var o special.Harmonics
		if c.kw("diff_n") != nil {
			trace.Fail("special.SphHarmY", nil, "has no diff_n, as in JAX")
		}
		if n := c.arg(5, "n_max"); n != nil {
			most := c.static(n)
			o.NMax = &most
		}
		return o.SphHarmY(c.A(0), c.A(1), c.A(2), c.A(3))
	},
}

// static is a whole number that must be known, also where a Python scalar stands for it.
func (c *Call) static(x any) int {
	if a, ok := x.(jnp.Array); ok {
		return int(a.Item())
	}
	return x.(int)
}

// pair1 is a function of one array and of two results.
func pair1(f func(x jnp.Array) (a, b jnp.Array)) Func {
	return func(c *Call) any {
		a, b := f(c.A(0))
		return []any{a, b}
	}
}

// logSumExp is that of jax.nn and of jax.scipy.special.
func logSumExp(c *Call) any {
	o := nn.SumOfExp{B: c.arg(2, "b"), KeepDims: c.flag("keepdims", false)}
	if w := c.kw("where"); w != nil {
		o.Where = asArray(w)
	}
	if c.flag("return_sign", false) {
		y, sign := o.LogSumExpSign(c.A(0), c.axesAt(1)...)
		return []any{y, sign}
	}
	return o.LogSumExp(c.A(0), c.axesAt(1)...)
}

var specialConcrete = map[string]string{}

var specialUnmapped = map[string]string{}
