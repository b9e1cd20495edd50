package stats

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// Norm is the normal distribution of mean Loc and standard deviation Scale (scipy.stats.norm); the zero value is the standard one.
// Probabilities and quantiles take float32 and float64 alone.
type Norm struct{ Loc, Scale any }

func (d Norm) run(method string, x any, f formula2) array {
	return locScale("stats.Norm."+method, x, d.Loc, d.Scale, f)
}

// LogPDF is the logarithm of the density at x.
func (d Norm) LogPDF(x any) array { return d.run("LogPDF", x, normLogPDF) }

// PDF is the density at x.
func (d Norm) PDF(x any) array {
	return d.run("PDF", x, func(x, loc, scale array) array { return jnp.Exp(normLogPDF(x, loc, scale)) })
}

// CDF is the probability of at most x.
func (d Norm) CDF(x any) array { return d.run("CDF", x, normCDF) }

// LogCDF is the logarithm of CDF, exact far below the mean.
func (d Norm) LogCDF(x any) array { return d.run("LogCDF", x, normLogCDF) }

// SF is the probability of more than x.
func (d Norm) SF(x any) array {
	return d.run("SF", x, func(x, loc, scale array) array { return normCDF(x.Neg(), loc.Neg(), scale) })
}

// LogSF is the logarithm of SF, exact far above the mean.
func (d Norm) LogSF(x any) array {
	return d.run("LogSF", x, func(x, loc, scale array) array { return normLogCDF(x.Neg(), loc.Neg(), scale) })
}

// PPF is the quantile of q: -inf at 0, inf at 1. The result is of the default float type whatever q's is, as in JAX; integers are
// refused.
func (d Norm) PPF(q any) array { return d.quantile("PPF", q, func(q array) array { return q }) }

// ISF is PPF of 1-q.
func (d Norm) ISF(q any) array {
	return d.quantile("ISF", q, func(q array) array { return q.Neg().Add(1) })
}

// quantile is the quantile of f(q). Its operands are not brought to a common type, as JAX does not: q keeps its digits beside
// narrower parameters, and integers are refused.
func (d Norm) quantile(method string, q any, f func(q array) array) array {
	op := "stats.Norm." + method
	in := []*value{lift(op, q), lift(op, or(d.Loc, 0)), lift(op, or(d.Scale, 1))}
	if t := in[0].DType(); t != ir.Float32 && t != ir.Float64 {
		trace.Fail(op, trace.Avals(in), "takes probabilities as float32 or float64, not %v; convert first with AsType", t)
	}
	return jnp.Build(op, nil, in, func(in []*value) *value {
		p := wrapAll(in)
		z := special.Ndtri(f(p[0])).Mul(p[2]).Add(p[1])
		return z.AsType(defaultFloat()).TraceValue()
	})
}

func defaultFloat() ir.DType { return ir.Float64.Canonical(trace.X64()) }

func normLogPDF(x, loc, scale array) array {
	variance := jnp.Square(scale)
	normalizer := jnp.Log(variance.Mul(2 * math.Pi))
	return normalizer.Add(jnp.Square(x.Sub(loc)).Div(variance)).Div(-2)
}

func normCDF(x, loc, scale array) array { return special.Ndtr(x.Sub(loc).Div(scale)) }

func normLogCDF(x, loc, scale array) array { return special.LogNdtr(x.Sub(loc).Div(scale)) }

// TruncNorm is the normal distribution of mean Loc and standard deviation Scale, cut to the interval from Loc + A·Scale to
// Loc + B·Scale (scipy.stats.truncnorm). A and B must be given; where A is not below B results are NaN.
type TruncNorm struct{ A, B, Loc, Scale any }

func (d TruncNorm) run(method string, x any, f formula4) array {
	op := "stats.TruncNorm." + method
	return evaluate(op, func(p []array) array { return f(strong(p[0]), p[1], p[2], p[3], p[4]) },
		x, need(op, "A", d.A), need(op, "B", d.B), or(d.Loc, 0), or(d.Scale, 1))
}

// LogPDF is the logarithm of the density at x.
func (d TruncNorm) LogPDF(x any) array { return d.run("LogPDF", x, truncNormLogPDF) }

// PDF is the density at x.
func (d TruncNorm) PDF(x any) array {
	return d.run("PDF", x, func(x, a, b, loc, scale array) array { return expNaN(truncNormLogPDF(x, a, b, loc, scale)) })
}

// LogCDF is the logarithm of CDF.
func (d TruncNorm) LogCDF(x any) array { return d.run("LogCDF", x, truncNormLogCDF) }

// CDF is the probability of at most x.
func (d TruncNorm) CDF(x any) array {
	return d.run("CDF", x, func(x, a, b, loc, scale array) array { return expNaN(truncNormLogCDF(x, a, b, loc, scale)) })
}

// LogSF is the logarithm of SF.
func (d TruncNorm) LogSF(x any) array { return d.run("LogSF", x, truncNormLogSF) }

// SF is the probability of more than x.
func (d TruncNorm) SF(x any) array {
	return d.run("SF", x, func(x, a, b, loc, scale array) array { return expNaN(truncNormLogSF(x, a, b, loc, scale)) })
}

func truncNormLogPDF(x, a, b, loc, scale array) array {
	y := normLogPDF(x, loc, scale).Sub(logGaussMass(a, b))
	z := x.Sub(loc).Div(scale)
	y = jnp.Where(z.Lt(a).Or(z.Gt(b)), -inf, y)
	return jnp.Where(a.Ge(b), nan, y)
}

func truncNormLogSF(x, a, b, loc, scale array) array {
	return truncNormLogCDF(x.Neg(), b.Neg(), a.Neg(), loc.Neg(), scale)
}

func truncNormLogCDF(x, a, b, loc, scale array) array {
	x = x.Sub(loc).Div(scale)
	all := logGaussMass(a, b)
	y := logGaussMass(a, x).Sub(all)
	rest := logGaussMass(x, b).Sub(all)
	// Near 1 the probability keeps its digits as the complement of the other side's.
	near := jnp.Log1p(jnp.Exp(rest).Neg())
	zero := jnp.ZerosLike(y)
	y = jnp.Select([]array{x.Ge(b), x.Le(a), y.Gt(-0.1), x.Gt(a)}, []array{zero, zero.Sub(inf), near, y}, 0)
	return jnp.Where(a.Ge(b), nan, y)
}

// logGaussMass is the logarithm of the probability of a standard normal number between a and b, without cancellation: from the
// tail that both lie in, if they do.
func logGaussMass(a, b array) array {
	left, right := b.Le(0), a.Gt(0)
	central := left.Or(right).Not()
	aTail, bTail := jnp.Where(right, b.Neg(), a), jnp.Where(right, a.Neg(), b)
	tail := logDiff(special.LogNdtr(bTail), special.LogNdtr(aTail))
	middle := jnp.Log1p(special.Ndtr(a).Neg().Sub(special.Ndtr(b.Neg())))
	return jnp.Where(central, middle, tail)
}

// logDiff is log(exp(x) - exp(y)), NaN where y is larger.
func logDiff(x, y array) array {
	xy := jnp.BroadcastArrays(x, y)
	signs := jnp.Stack([]array{jnp.OnesLike(xy[0]), jnp.OnesLike(xy[1]).Neg()})
	return nn.SumOfExp{B: signs}.LogSumExp(jnp.Stack(xy), 0)
}
