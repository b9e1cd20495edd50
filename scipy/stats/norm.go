package stats

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// Norm is the normal distribution of mean Loc and standard deviation Scale (scipy.stats.norm); the zero value is the
// standard one. Probabilities and quantiles take float32 and float64 alone.
type Norm struct{ Loc, Scale any }

var norm = complete(family{
	name:      "Norm",
	logPDF:    plain(normLogPDF),
	cdf:       plain(special.Ndtr),
	logCDF:    plain(special.LogNdtr),
	ppf:       plain(func(q array) array { return special.Ndtri(q).AsType(kit.DefaultFloat()) }),
	symmetric: true,
})

func normLogPDF(z array) array { return jnp.Square(z).Add(math.Log(2 * math.Pi)).Div(-2) }

func (d Norm) eval(m method, x any) array { return norm.eval(m, x, nil, d.Loc, d.Scale) }

// LogPDF is the logarithm of the density at x.
func (d Norm) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d Norm) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d Norm) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF, exact far below the mean.
func (d Norm) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d Norm) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF, exact far above the mean.
func (d Norm) LogSF(x any) jnp.Array { return d.eval(logSF, x) }

// PPF is the quantile of q: -inf at 0, inf at 1. The result is of the default float type whatever q's is, as in JAX;
// integers are refused.
func (d Norm) PPF(q any) jnp.Array { return d.quantile(ppf, q) }

// ISF is the inverse of SF. See PPF.
func (d Norm) ISF(q any) jnp.Array { return d.quantile(isf, q) }

// quantile refuses the types of q that special.Ndtri refuses, whatever those of the parameters are.
func (d Norm) quantile(m method, q any) array {
	v := kit.LiftAlone(norm.op(m), q)
	if t := v.DType(); t != ir.Float32 && t != ir.Float64 {
		trace.Fail(norm.op(m), []ir.Aval{v.Aval()},
			"takes probabilities as float32 or float64, not %v; convert first with AsType", t)
	}
	return d.eval(m, q)
}

// TruncNorm is the normal distribution of mean Loc and standard deviation Scale, cut to the interval from Loc +
// A·Scale to Loc + B·Scale (scipy.stats.truncnorm). A and B must be given; where A is not below B results are NaN. It
// takes float32 and float64 alone.
type TruncNorm struct{ A, B, Loc, Scale any }

var truncNorm = complete(family{
	name:    "TruncNorm",
	shapes:  []string{"A", "B"},
	valid:   func(p []array) array { return p[0].Lt(p[1]) },
	support: func(p []array) support { return support{p[0], p[1], midpoint(p[0], p[1])} },
	logPDF:  func(z array, p []array) array { return normLogPDF(z).Sub(logGaussMass(p[0], p[1])) },
	logCDF:  func(z array, p []array) array { return truncNormLogCDF(z, p[0], p[1]) },
	logSF:   func(z array, p []array) array { return truncNormLogCDF(z.Neg(), p[1].Neg(), p[0].Neg()) },
})

// midpoint is a number between a and b, which may be infinite.
func midpoint(a, b array) array {
	low := jnp.Where(a.Eq(-inf), jnp.Minimum(b, 0).Sub(1), a)
	high := jnp.Where(b.Eq(inf), jnp.Maximum(low, 0).Add(1), b)
	return low.Add(high).Mul(0.5)
}

func truncNormLogCDF(z, a, b array) array {
	all := logGaussMass(a, b)
	y := logGaussMass(a, z).Sub(all)
	// Near 1 the probability keeps its digits as the complement of the other side's. Elsewhere the derivative of that
	// may be infinite, and it gets another operand.
	near := y.Gt(-0.1)
	rest := jnp.Where(near, logGaussMass(z, b).Sub(all), -1)
	return jnp.Where(near, jnp.Log1p(jnp.Exp(rest).Neg()), y)
}

// logGaussMass is the logarithm of the probability of a standard normal number between a and b, without cancellation:
// from the tail that both lie in, if they do. What is not taken gets operands at which its derivative is finite.
func logGaussMass(a, b array) array {
	left, right := b.Le(0), a.Gt(0)
	central := left.Or(right).Not()
	aTail := jnp.Where(right, b.Neg(), jnp.Where(left, a, -2))
	bTail := jnp.Where(right, a.Neg(), jnp.Where(left, b, -1))
	tail := logDiff(special.LogNdtr(bTail), special.LogNdtr(aTail))
	below, above := special.Ndtr(jnp.Where(central, a, -1)), special.Ndtr(jnp.Where(central, b.Neg(), -1))
	return jnp.Where(central, jnp.Log1p(below.Neg().Sub(above)), tail)
}

// logDiff is log(exp(x) - exp(y)), NaN where y is larger.
func logDiff(x, y array) array {
	xy := jnp.BroadcastArrays(x, y)
	signs := jnp.Stack([]array{jnp.OnesLike(xy[0]), jnp.OnesLike(xy[1]).Neg()})
	return nn.SumOfExp{B: signs}.LogSumExp(jnp.Stack(xy), 0)
}

func (d TruncNorm) eval(m method, x any) array {
	return truncNorm.eval(m, x, []any{d.A, d.B}, d.Loc, d.Scale)
}

// LogPDF is the logarithm of the density at x.
func (d TruncNorm) LogPDF(x any) jnp.Array { return d.eval(logPDF, x) }

// PDF is the density at x.
func (d TruncNorm) PDF(x any) jnp.Array { return d.eval(pdf, x) }

// CDF is the probability of at most x.
func (d TruncNorm) CDF(x any) jnp.Array { return d.eval(cdf, x) }

// LogCDF is the logarithm of CDF.
func (d TruncNorm) LogCDF(x any) jnp.Array { return d.eval(logCDF, x) }

// SF is the probability of more than x.
func (d TruncNorm) SF(x any) jnp.Array { return d.eval(sf, x) }

// LogSF is the logarithm of SF.
func (d TruncNorm) LogSF(x any) jnp.Array { return d.eval(logSF, x) }
