package main

import (
	"github.com/gojax/gojax/jnp"
	sp "github.com/gojax/gojax/scipy/special"
)

// special are the functions around gamma, beta, zeta, the error function and the normal distribution.
var special = map[string]function{
	"special.GammaLn":      of1(sp.GammaLn),
	"special.Erf":          of1(sp.Erf),
	"special.Erfc":         of1(sp.Erfc),
	"special.ErfInv":       of1(sp.ErfInv),
	"special.Ndtr":         of1(sp.Ndtr),
	"special.LogNdtr":      of1(sp.LogNdtr),
	"special.Ndtri":        of1(sp.Ndtri),
	"special.OwensT":       of2(sp.OwensT[arr, arr]),
	"special.Entr":         of1(sp.Entr),
	"special.RelEntr":      of2(sp.RelEntr[arr, arr]),
	"special.KLDiv":        of2(sp.KLDiv[arr, arr]),
	"special.XLogY":        of2(sp.XLogY[arr, arr]),
	"special.XLog1pY":      of2(sp.XLog1pY[arr, arr]),
	"special.BoxCox":       of2(sp.BoxCox[arr, arr]),
	"special.BoxCox1p":     of2(sp.BoxCox1p[arr, arr]),
	"special.Expit":        of1(sp.Expit),
	"special.Logit":        of1(sp.Logit),
	"special.LogGamma":     of1(sp.LogGamma),
	"special.GammaSgn":     of1(sp.GammaSgn),
	"special.MultiGammaLn": func(d []int, x []jnp.Array) jnp.Array { return sp.MultiGammaLn(x[0], d[0]) },
	"special.Gamma":        of1(sp.Gamma),
	"special.Digamma":      of1(sp.Digamma),
	"special.BetaLn":       of2(sp.BetaLn[arr, arr]),
	"special.Beta":         of2(sp.Beta[arr, arr]),
	"special.Poch":         of2(sp.Poch[arr, arr]),
	"special.BetaInc":      of3(sp.BetaInc[arr, arr, arr]),
	"special.Comb":         of2(sp.Comb[arr, arr]),
	"special.Factorial":    of1(sp.Factorial),
	"special.Zeta":         of2(sp.Zeta[arr, arr]),
	"special.Polygamma":    func(n []int, x []jnp.Array) jnp.Array { return sp.Polygamma(n[0], x[0]) },
	"special.GammaInc":     of2(sp.GammaInc[arr, arr]),
	"special.GammaIncc":    of2(sp.GammaIncc[arr, arr]),
}

type arr = jnp.Array
