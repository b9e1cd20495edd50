package stats

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
)

// GumbelR is the Gumbel distribution of maxima, with its mode at Loc (scipy.stats.gumbel_r): NaN where Scale is not positive.
type GumbelR struct{ Loc, Scale any }

func (d GumbelR) run(method string, x any, f formula2) array {
	return locScale("stats.GumbelR."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d GumbelR) LogPDF(x any) array { return d.run("LogPDF", x, gumbelRLogPDF) }

// PDF is the density at x.
func (d GumbelR) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return expNaN(gumbelRLogPDF(x, loc, scale)) })
}

// LogCDF is the logarithm of CDF.
func (d GumbelR) LogCDF(x any) array { return d.run("LogCDF", x, gumbelRLogCDF) }

// CDF is the probability of at most x.
func (d GumbelR) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array { return expNaN(gumbelRLogCDF(x, loc, scale)) })
}

// LogSF is the logarithm of SF.
func (d GumbelR) LogSF(x any) array {
	return d.run("LogSF", x, func(x, loc, scale array) array {
		return where(scale.Gt(0), nn.Log1mExp(jnp.Exp(loc.Sub(x).Div(scale))), nan)
	})
}

// SF is the probability of more than x.
func (d GumbelR) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array {
		y := jnp.Exp(jnp.Exp(loc.Sub(x).Div(scale)).Neg()).Neg().Add(1)
		return where(scale.Gt(0), y, nan)
	})
}

// PPF is the quantile of p, which must lie between 0 and 1: NaN at both ends.
func (d GumbelR) PPF(p any) array {
	return d.run("PPF", p, func(p, loc, scale array) array {
		t := scale.Mul(jnp.Log(special.XLogY(-1, p)))
		return where(p.Gt(0).And(p.Lt(1)), loc.Sub(t), nan)
	})
}

func gumbelRLogPDF(x, loc, scale array) array {
	z := x.Sub(loc).Div(scale)
	y := special.XLogY(-1, scale).Add(z.Add(jnp.Exp(z.Neg())).Neg())
	return where(scale.Gt(0), y, nan)
}

func gumbelRLogCDF(x, loc, scale array) array {
	return where(scale.Gt(0), jnp.Exp(x.Sub(loc).Div(scale).Neg()).Neg(), nan)
}

// GumbelL is the Gumbel distribution of minima, with its mode at Loc (scipy.stats.gumbel_l): NaN where Scale is not positive.
type GumbelL struct{ Loc, Scale any }

func (d GumbelL) run(method string, x any, f formula2) array {
	return locScale("stats.GumbelL."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d GumbelL) LogPDF(x any) array { return d.run("LogPDF", x, gumbelLLogPDF) }

// PDF is the density at x.
func (d GumbelL) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return expNaN(gumbelLLogPDF(x, loc, scale)) })
}

// LogCDF is the logarithm of CDF.
func (d GumbelL) LogCDF(x any) array { return d.run("LogCDF", x, gumbelLLogCDF) }

// CDF is the probability of at most x.
func (d GumbelL) CDF(x any) array {
	return d.run("CDF", x, func(x, loc, scale array) array { return expNaN(gumbelLLogCDF(x, loc, scale)) })
}

// LogSF is the logarithm of SF.
func (d GumbelL) LogSF(x any) array { return d.run("LogSF", x, gumbelLLogSF) }

// SF is the probability of more than x.
func (d GumbelL) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array { return expNaN(gumbelLLogSF(x, loc, scale)) })
}

// PPF is the quantile of p, which must lie between 0 and 1: NaN at both ends.
func (d GumbelL) PPF(p any) array {
	return d.run("PPF", p, func(p, loc, scale array) array {
		t := scale.Mul(jnp.Log(special.XLog1PY(-1, p.Neg())))
		return where(p.Gt(0).And(p.Lt(1)), loc.Add(t), nan)
	})
}

func gumbelLLogPDF(x, loc, scale array) array {
	z := x.Sub(loc).Div(scale)
	return where(scale.Gt(0), special.XLogY(-1, scale).Add(z.Sub(jnp.Exp(z))), nan)
}

func gumbelLLogCDF(x, loc, scale array) array {
	y := jnp.Log(jnp.Expm1(jnp.Exp(x.Sub(loc).Div(scale)).Neg()).Neg())
	return where(scale.Gt(0), y, nan)
}

func gumbelLLogSF(x, loc, scale array) array {
	return where(scale.Gt(0), jnp.Exp(x.Sub(loc).Div(scale)).Neg(), nan)
}
