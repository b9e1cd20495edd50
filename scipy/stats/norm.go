package stats

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

// Norm is the normal distribution of mean Loc and standard deviation Scale (scipy.stats.norm); the zero value is the
// standard one. Probabilities and quantiles take float32 and float64 alone.
type Norm struct{ Loc, Scale any }

var norm = complete(family{
	name:    "Norm",
	support: between(-inf, inf, 0),
	logPDF:  plain(func(z array) array { return jnp.Square(z).Add(math.Log(2 * math.Pi)).Div(-2) }),
	product: func(z array, _ []array) (factor, root array) {
		high, low := halfSquare(z)
		return parts{factor: jnp.FullLike(z, 1/math.Sqrt(2*math.Pi)), high: high.Neg(), low: low.Neg()}.product()
	},
	cdf:       plain(special.Ndtr),
	logCDF:    plain(special.LogNdtr),
	ppf:       plain(func(q array) array { return special.Ndtri(q).AsType(kit.DefaultFloat()) }),
	symmetric: true,
})

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
	parts:   func(z array, p []array) parts { return truncNormParts(z, p[0], p[1]) },
	cdf:     func(z array, p []array) array { return truncNormCDF(z, p[0], p[1]) },
	logCDF:  func(z array, p []array) array { return truncNormLogCDF(z, p[0], p[1]) },
	sf:      func(z array, p []array) array { return truncNormCDF(z.Neg(), p[1].Neg(), p[0].Neg()) },
	logSF:   func(z array, p []array) array { return truncNormLogCDF(z.Neg(), p[1].Neg(), p[0].Neg()) },
})

// midpoint is a number between a and b, which may be infinite.
func midpoint(a, b array) array {
	low := jnp.Where(a.Eq(-inf), jnp.Minimum(b, 0).Sub(1), a)
	high := jnp.Where(b.Eq(inf), jnp.Maximum(low, 0).Add(1), b)
	return low.Mul(0.5).Add(high.Mul(0.5))
}

// interval is the probability of one, of a standard normal number: mass·exp(-anchor²/2)/scale. The anchor is the end
// closer to 0, or 0 within, so that mass and scale are in range.
type interval struct{ anchor, mass, scale array }

// distant is where an interval of two different ends has all its probability at the one closer to 0.
const distant = 1e10

// normInterval is that between a and b, taken from the left tail where both lie there, by the mirror image.
func normInterval(a, b array) interval {
	left := b.Le(0)
	a, b = jnp.Where(left, b.Neg(), a), jnp.Where(left, a.Neg(), b)
	away := a.Gt(distant)
	tail := a.Gt(0).And(away.Not())
	const end = 1e15 // beyond of which there is nothing, and squares are finite
	near, far := jnp.Where(tail, a, 1), jnp.Minimum(jnp.Where(tail, b, 2), end)
	length := far.Sub(near)
	fall := length.Mul(far.Add(near)).Mul(0.5)
	short := fall.Lt(0.05)
	// The difference of two tails loses digits where they are close together, and Gauss's quadrature is exact there.
	var sum array
	for i, w := range []float64{0.17392742256872692, 0.32607257743127307, 0.32607257743127307, 0.17392742256872692} {
		at := length.Mul([]float64{0.06943184420297371, 0.33000947820757187, 0.6699905217924281,
			0.9305681557970263}[i])
		term := jnp.Exp(jnp.Where(short, at.Mul(at.Mul(0.5).Add(near)), 0).Neg()).Mul(w)
		if i == 0 {
			sum = term
		} else {
			sum = sum.Add(term)
		}
	}
	sum = sum.Mul(length).Mul(1 / math.Sqrt(2*math.Pi))
	scaled := func(x array) array { return special.Erfcx(x.Mul(1 / math.Sqrt2)) }
	wide := scaled(near).Sub(jnp.Exp(fall.Neg()).Mul(scaled(far))).Mul(0.5)
	erf := func(x array) array { return special.Erf(x.Mul(1 / math.Sqrt2)) }
	central := erf(jnp.Where(tail, 1, b)).Sub(erf(jnp.Where(tail, -1, a))).Mul(0.5)
	mass := jnp.Where(tail, jnp.Where(short, sum, wide), central)
	mass = jnp.Where(away, jnp.Where(b.Gt(a), 1/math.Sqrt(2*math.Pi), 0), mass)
	return interval{jnp.Maximum(a, 0), mass, jnp.Where(away, a, 1)}
}

// over is the probability of e divided by that of d, in which e lies.
func (e interval) over(d interval) parts {
	z, anchor := e.anchor.Abs(), d.anchor
	far := z.Gt(map[ir.DType]float64{ir.Float32: 16, ir.Float64: 64}[z.DType()])
	high, low := halfSquare(jnp.Where(far, 0, z))
	square, rest := halfSquare(jnp.Where(far, 0, anchor))
	// Far out the squares have too few digits, or overflow.
	z, anchor = jnp.Where(far, jnp.Minimum(z, jnp.FInfo(z.DType()).Max), 0), jnp.Where(far, anchor, 0)
	apart := anchor.Sub(z).Mul(anchor.Mul(0.5).Add(z.Mul(0.5)))
	factor := e.mass.Div(d.mass).Mul(d.scale.Div(e.scale))
	return parts{factor: factor, high: high.Neg(), low: rest.Sub(low)}.plus(jnp.Where(far, apart, square))
}

// truncNormParts is the density at z.
func truncNormParts(z, a, b array) parts {
	one := jnp.OnesLike(z)
	return interval{z, one.Mul(1 / math.Sqrt(2*math.Pi)), one}.over(normInterval(a, b))
}

// truncNormEnd is the density at z of the numbers from a to z. To the left of 0 the two exponents are the same, and
// have no derivatives, which would be differences of infinities far out.
func truncNormEnd(z, a array) array {
	left, d := z.Le(0), normInterval(a, z)
	one := jnp.OnesLike(z)
	d.anchor = jnp.Where(left, 0, d.anchor)
	return interval{jnp.Where(left, 0, z), one.Mul(1 / math.Sqrt(2*math.Pi)), one}.over(d).value()
}

// truncNormBelow is the probability of at most z, and truncNormAbove of more.
func truncNormBelow(z, a, b array) parts { return normInterval(a, z).over(normInterval(a, b)) }

func truncNormAbove(z, a, b array) parts { return truncNormBelow(z.Neg(), b.Neg(), a.Neg()) }

func truncNormCDF(z, a, b array) array {
	return derived([]array{z, a, b}, func(x []array) array {
		return truncNormBelow(x[0], x[1], x[2]).value()
	}, func(x []array, y array, t []array) array {
		z, a, b := x[0], x[1], x[2]
		dy := truncNormParts(z, a, b).value().Mul(t[0])
		dy = dy.Sub(truncNormEnd(a.Neg(), b.Neg()).Mul(truncNormAbove(z, a, b).value()).Mul(t[1]))
		return dy.Sub(truncNormEnd(b, a).Mul(y).Mul(t[2]))
	})
}

func truncNormLogCDF(z, a, b array) array {
	return derived([]array{z, a, b}, func(x []array) array {
		below, above := truncNormBelow(x[0], x[1], x[2]), truncNormAbove(x[0], x[1], x[2]).value()
		high := above.Lt(0.5)
		return jnp.Where(high, jnp.Log1p(jnp.Where(high, above, 0).Neg()), below.log())
	}, func(x []array, y array, t []array) array {
		z, a, b := x[0], x[1], x[2]
		dy := truncNormEnd(z, a).Mul(t[0])
		dy = dy.Sub(truncNormEnd(a.Neg(), z.Neg()).Mul(truncNormAbove(z, a, b).value()).Mul(t[1]))
		return dy.Sub(truncNormEnd(b, a).Mul(t[2]))
	})
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
