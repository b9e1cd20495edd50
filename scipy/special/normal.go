package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Ndtr is the distribution function of the standard normal distribution: jax.scipy.special.ndtr. As JAX's it takes
// float32 and float64 only.
func Ndtr(x jnp.Array) jnp.Array {
	const op = "special.Ndtr"
	return unary(op, float32Or64(op, x), func(x array) array {
		return derived1(strong(x), ndtr, func(x, _ array) array { return normalPDF(x) })
	})
}

func ndtr(x array) array {
	z := jnp.Maximum(x.Abs(), 0.7)
	tail := normalPDF(z).Mul(millsRatio(z))
	far := jnp.Where(x.Gt(0), jnp.Sub(1, tail), tail)
	return jnp.Where(x.Abs().Lt(0.7), smallErf(x.Mul(math.Sqrt2/2)).Mul(0.5).Add(0.5), far)
}

// normalPDF is the density of the standard normal distribution. Where x² is large, its last digit would be one of many
// in the result, so it is split off.
func normalPDF(x array) array {
	x = jnp.Clip(x, -64, 64)
	near := jnp.Round(x.Mul(16)).Div(16)
	y := jnp.Exp(jnp.Square(near).Mul(-0.5)).Mul(jnp.Exp(x.Sub(near).Mul(x.Add(near)).Mul(-0.5)))
	return y.Mul(1 / math.Sqrt(2*math.Pi))
}

// millsRatio is 1 - ndtr(x) over normalPDF(x), for x >= 0.
func millsRatio(x array) array { return rightErfcx(x.Mul(math.Sqrt2 / 2)).Mul(math.Sqrt(math.Pi / 2)) }

var rightErfcx, smallErf = of1(ops.Erfcx), of1(ops.SmallErf)

// TailSeries holds the keyword argument of LogNdtr.
type TailSeries struct {
	// Order is the number of terms of JAX's series for x far to the left, from 0 to 30, jax's series_order. With nil no
	// series is used, and all digits are right.
	Order *int
}

// LogNdtr is the logarithm of Ndtr, exact where that underflows: jax.scipy.special.log_ndtr. It takes float32 and
// float64 only.
//
// Options: TailSeries (Order).
func LogNdtr(x jnp.Array) jnp.Array { return TailSeries{}.LogNdtr(x) }

// LogNdtr is special.LogNdtr with options.
func (o TailSeries) LogNdtr(x jnp.Array) jnp.Array {
	const op = "special.LogNdtr"
	n := -1
	if o.Order != nil {
		n = *o.Order
	}
	if o.Order != nil && (n < 0 || n > 30) {
		trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "Order is %d; it must be from 0 to 30", n)
	}
	return arrays.Elementwise(op, n, func(x []array) array {
		if n < 0 {
			return derived1(strong(x[0]), exactLogNdtr, hazard)
		}
		return derived1(strong(x[0]), func(x array) array { return logNdtr(x, n) }, hazard)
	}, float32Or64(op, x))
}

// exactLogNdtr has the logarithm of the factor beside exp(-x²/2) to the left.
func exactLogNdtr(x array) array {
	left := x.Lt(-1)
	y := jnp.Where(left, x.Neg(), 1)
	below := jnp.Log(millsRatio(y).Mul(1 / math.Sqrt(2*math.Pi))).Sub(jnp.Square(y).Mul(0.5))
	above := jnp.Where(x.Gt(0), jnp.Log1p(ndtr(jnp.Minimum(x.Neg(), 0)).Neg()), jnp.Log(ndtr(jnp.Maximum(x, -1))))
	return jnp.Where(left, below, above)
}

// hazard is the derivative of the logarithm of ndtr, normalPDF(x) over ndtr(x). Far to the left it is -x, where the
// derivatives of the quotient would overflow.
func hazard(x, _ array) array {
	left, far := x.Lt(0), x.Lt(-1e10)
	y := jnp.Where(left, 0, x)
	right := normalPDF(y).Div(jnp.Sub(1, normalPDF(y).Mul(millsRatio(y))))
	near := jnp.Reciprocal(millsRatio(jnp.Where(left.And(far.Not()), x.Neg(), 1)))
	return jnp.Where(far, x.Neg(), jnp.Where(left, near, right))
}

// logNdtr is -ndtr(-x) far to the right, where log(1-z) is -z, and an asymptotic series far to the left.
func logNdtr(x array, terms int) array {
	low, high := -10.0, 5.0
	if x.DType() == ir.Float64 {
		low, high = -20, 8
	}
	above := x.Gt(high)
	p := ndtr(jnp.Where(above, x.Neg(), jnp.Maximum(x, low)))
	y := jnp.Minimum(x, low)
	y2 := jnp.Square(y)
	odd, even, term := fill(y, 0), fill(y, 0), fill(y, 1)
	for i := 1; i <= terms; i++ {
		term = term.Mul(2*i - 1).Div(y2)
		if i%2 == 1 {
			odd = odd.Add(term)
		} else {
			even = even.Add(term)
		}
	}
	below := y2.Mul(-0.5).Sub(jnp.Log(y.Neg())).Sub(0.5 * math.Log(2*math.Pi)).Add(jnp.Log(even.Add(1).Sub(odd)))
	return jnp.Where(above, p.Neg(), jnp.Where(x.Gt(low), jnp.Log(p), below))
}

// Cephes's rational approximations of the normal quantile function: for p > exp(-2) in (p-1/2)², and in 1/z, z =
// sqrt(-2·log p), for z < 8 and z >= 8.
var (
	ndtriP = [3][]float64{
		{-5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1, 1.39312609387279679503e1,
			-1.23916583867381258016e0},
		{4.05544892305962419923e0, 3.15251094599893866154e1, 5.71628192246421288162e1, 4.40805073893200834700e1,
			1.46849561928858024014e1, 2.18663306850790267539e0, -1.40256079171354495875e-1,
			-3.50424626827848203418e-2, -8.57456785154685413611e-4},
		{3.23774891776946035970e0, 6.91522889068984211695e0, 3.93881025292474443415e0, 1.33303460815807542389e0,
			2.01485389549179081538e-1, 1.23716634817820021358e-2, 3.01581553508235416007e-4,
			2.65806974686737550832e-6, 6.23974539184983293730e-9},
	}
	ndtriQ = [3][]float64{
		{1, 1.95448858338141759834e0, 4.67627912898881538453e0, 8.63602421390890590575e1, -2.25462687854119370527e2,
			2.00260212380060660359e2, -8.20372256168333339912e1, 1.59056225126211695515e1, -1.18331621121330003142e0},
		{1, 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1, 1.50425385692907503408e1,
			2.50464946208309415979e0, -1.42182922854787788574e-1, -3.80806407691578277194e-2,
			-9.33259480895457427372e-4},
		{1, 6.02427039364742014255e0, 3.67983563856160859403e0, 1.37702099489081330271e0, 2.16236993594496635890e-1,
			1.34204006088543189037e-2, 3.28014464682127739104e-4, 2.89247864745380683936e-6,
			6.79019408009981274425e-9},
	}
)

// Ndtri is the inverse of Ndtr, on [0, 1]; NaN elsewhere: jax.scipy.special.ndtri. It takes float32 and float64 only.
func Ndtri(p jnp.Array) jnp.Array {
	const op = "special.Ndtri"
	return unary(op, float32Or64(op, p), func(p array) array { return derived1(strong(p), ndtri, ndtriDerivative) })
}

// ndtriDerivative is ndtriSlope, infinite at the ends, with the derivative y·slope², which counts in that y depends on
// p. That of |y| in the formula is not the one it needs at 0.
func ndtriDerivative(p, y array) array {
	return derived2(p, y, func(p, y array) array {
		return jnp.Where(jnp.IsInf(y), math.Inf(1), ndtriSlope(p, y))
	}, func(_, y, slope, dp, _ array) array { return y.Mul(slope).Mul(slope).Mul(dp) })
}

// ndtriSlope is 1 over the density at y, by the probability of the tail and its quotient with the density.
func ndtriSlope(p, y array) array {
	return over(millsRatio(y.Abs()), jnp.Where(y.Gt(0), jnp.Sub(1, p), p))
}

func ndtri(p array) array {
	tail := jnp.Where(p.Gt(-math.Expm1(-2)), jnp.Sub(1, p), p)
	none := of1(ops.IsZero)(tail) // 0 and 1 are set at the end
	tail = jnp.Where(none, 0.5, tail)
	w := tail.Sub(0.5)
	ww := jnp.Square(w)
	middle := w.Add(w.Mul(ww).Mul(ratio(ww, ndtriP[0], ndtriQ[0]))).Mul(-math.Sqrt(2 * math.Pi))
	z := jnp.Sqrt(jnp.Log(tail).Mul(-2))
	first := z.Sub(jnp.Log(z).Div(z))
	r := jnp.Div(1, z)
	near := first.Sub(ratio(r, ndtriP[1], ndtriQ[1]).Div(z))
	far := first.Sub(ratio(r, ndtriP[2], ndtriQ[2]).Div(z))
	x := jnp.Where(tail.Gt(math.Exp(-2)), middle, jnp.Where(z.Ge(8), far, near))
	x = jnp.Where(p.Gt(1-math.Exp(-2)), x, x.Neg())
	return jnp.Where(none, jnp.Where(p.Lt(0.5), math.Inf(-1), math.Inf(1)), x)
}

// OwensT is Owen's T function, the integral of exp(-h²(1+x²)/2)/(2·pi·(1+x²)) for x from 0 to a:
// jax.scipy.special.owens_t. It takes real numbers, promoted and broadcast. As in JAX the result has the default
// float type at least: its constants are of that.
func OwensT[H, A jnp.Operand](h H, a A) jnp.Array {
	return binary("special.OwensT", h, a, func(h, a array) array {
		return derived2(real(h), real(a), owensT, func(h, a, _, dh, da array) array {
			slopeH := normalPDF(h).Mul(erf(a.Mul(h).Div(math.Sqrt2))).Mul(-0.5)
			slopeA := normalPDF(h).Mul(normalPDF(a.Mul(h))).Div(jnp.Square(a).Add(1))
			return slopeH.Mul(dh).Add(slopeA.Mul(da))
		})
	})
}

func owensT(h, a array) array {
	h = h.Abs()
	size := a.Abs()
	small := size.Le(1)
	ma, mh := jnp.Where(small, size, jnp.Reciprocal(size)), jnp.Where(small, h, size.Mul(h))
	full := ma
	// Farther on there is nothing left of the integrand.
	ma = jnp.Minimum(ma, jnp.Div(8.7, mh))

	wide := kit.DefaultFloat(h.TraceValue())
	a2, h2 := jnp.Square(ma).AsType(wide), jnp.Square(mh.Mul(ma)).Mul(-0.5)
	sum := fill(a2, 0)
	for i, t := range ops.LegendreNodes {
		sum = sum.Add(jnp.Exp(h2.Mul(t * t)).Div(a2.Mul(t * t).Add(1)).Mul(ops.LegendreWeights[i]))
	}
	y := ma.Mul(sum).Mul(normalPDF(mh)).Div(math.Sqrt(2 * math.Pi))
	y = jnp.Where(mh.Eq(0), jnp.Arctan(ma).Div(2*math.Pi), y)
	y = jnp.Where(full.Eq(1), ndtr(mh.Neg()).Mul(ndtr(mh)).Mul(0.5), y)

	// T(h, a) from T(ah, 1/a).
	n := h.Div(math.Sqrt2)
	p, q := ndtr(h.Neg()).Mul(2), ndtr(size.Mul(h).Neg()).Mul(2)
	near := jnp.Sub(0.25, erf(n).Mul(0.25).Mul(erf(size.Mul(n)))).Sub(y)
	far := p.Add(q).Sub(p.Mul(q)).Mul(0.25).Sub(y)
	y = jnp.Where(size.Gt(1), jnp.Where(size.Mul(h).Le(0.67), near, far), y)
	y = jnp.Sign(a).Mul(y)
	y = jnp.Where(jnp.IsInf(a), jnp.Sign(a).Mul(p).Mul(0.25), y)
	return jnp.Where(jnp.IsNaN(a).Or(jnp.IsNaN(h)), math.NaN(), y)
}
