package stats

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// The exponential of a large logarithm has as many units of error as the logarithm. Densities are computed as products
// instead, whose exponents are small near the mode or sums of two numbers: Loader's saddle-point expansion (Fast and
// accurate computation of binomial probabilities, 2000), with functions that hold for all real arguments.

// parts are a density: factor·exp(high+low), multiplied by quotients that may be far from 1.
type parts struct {
	factor, high, low array
	quotients         [][2]array
}

// log is the logarithm of the density.
func (d parts) log() array {
	y := jnp.Log(d.factor).Add(d.high.Add(d.low))
	for _, q := range d.quotients {
		y = y.Add(jnp.Log(q[0]).Sub(jnp.Log(q[1])))
	}
	return y
}

// product is the density as a factor and a root: factor·root². A root is in range where the density, multiplied by
// something else, may be.
func (d parts) product() (factor, root array) {
	factor = d.factor
	for _, q := range d.quotients {
		factor = factor.Mul(q[0].Div(q[1]))
	}
	// Where nothing is left of the exponential, its derivatives are 0 whatever those of the exponent are.
	none := d.high.Lt(-4000)
	high, low := jnp.Where(none, -4000, d.high), jnp.Where(none, 0, d.low)
	// exp(low) by its series: it is small.
	more := low.Div(4).Add(1)
	for i := 3; i > 0; i-- {
		more = more.Mul(low).Div(i).Add(1)
	}
	return factor.Mul(more), jnp.Exp(high.Mul(0.5))
}

// value is the density.
func (d parts) value() array {
	factor, root := d.product()
	return factor.Mul(root).Mul(root)
}

// plus is d·exp(y).
func (d parts) plus(y array) parts {
	high, low := twoSum(d.high, y)
	d.high, d.low = high, d.low.Add(low)
	return d
}

// twoSum is x+y as its rounded value and the error of that, 0 where the sum is infinite.
func twoSum(x, y array) (sum, err array) {
	sum = x.Add(y)
	v := sum.Sub(x)
	err = x.Sub(sum.Sub(v)).Add(y.Sub(v))
	return sum, constant(jnp.Where(jnp.IsFinite(sum), err, 0))
}

// constant is x, which derivatives take for one.
func constant(x array) array { return jnp.Wrap(ops.StopGradient(x.TraceValue())) }

// sloped is d as a function of x, with the derivatives of its logarithm by each of x that slopes gives.
func (d parts) sloped(slopes func(x []array) []array, x ...array) parts {
	d.factor, d.high = constant(d.factor), constant(d.high)
	quotients := d.quotients
	d.quotients = nil
	for _, q := range quotients {
		d.quotients = append(d.quotients, [2]array{constant(q[0]), constant(q[1])})
	}
	d.low = derivedBy(append([]array{constant(d.low)}, x...), func(x []array) array { return x[0] },
		func(x []array, i int) array { return slopes(x[1:])[i-1] })
	return d
}

// head is z rounded to half its digits: products of two such numbers are exact. It is a constant.
func head(z array) array {
	mantissa := map[ir.DType]int{ir.Float64: 23, ir.Float32: 10}[z.DType()]
	return constant(lax.ReducePrecision(z, 8+3*(mantissa/23), mantissa))
}

// cross is a·b - c·d, with its digits where that is small.
func cross(a, b, c, d array) array {
	ha, hb, hc, hd := head(a), head(b), head(c), head(d)
	low := ha.Mul(b.Sub(hb)).Add(a.Sub(ha).Mul(b)).Sub(hc.Mul(d.Sub(hd)).Add(c.Sub(hc).Mul(d)))
	y := ha.Mul(hb).Sub(hc.Mul(hd)).Add(low)
	return jnp.Where(jnp.IsFinite(y), y, a.Mul(b).Sub(c.Mul(d)))
}

// lessProduct is x - a·b, likewise.
func lessProduct(x, a, b array) array { return cross(x, jnp.OnesLike(x), a, b) }

// halfSquare is z²/2 as the sum of two numbers, the first of which is exact.
func halfSquare(z array) (high, low array) {
	// Beyond of that the square does not need its digits, and may be infinite; and the rest of it is not small.
	small := z.Abs().Lt(1e4)
	near := jnp.Where(small, z, 0)
	h := head(near)
	low = near.Sub(h).Mul(near.Add(h)).Mul(0.5)
	h = jnp.Where(small, h, z)
	return h.Mul(0.5).Mul(h), low // the derivative of the square may overflow
}

// stirling is m^m·exp(-m)/Γ(m+1), for m >= 0, as a factor and an exponent of moderate size.
func stirling(m array) (factor, exponent array) {
	// Stirling's series holds from shift on. Where m is small it is used so much higher, and the recurrence comes back.
	terms, shift := stirlingSeries[:], 8
	if m.DType() == ir.Float32 {
		terms, shift = terms[len(terms)-3:], 4
	}
	small := m.Lt(2 * shift)
	r := jnp.Reciprocal(jnp.Where(small, m.Add(shift), m))
	series := polynomial(jnp.Square(r), terms...)
	product := m.Add(1).Mul(r)
	for i := 2; i <= shift; i++ {
		product = product.Mul(m.Add(i).Mul(r))
	}
	positive := jnp.Maximum(m, 1e-30)
	back := m.Mul(jnp.Log1p(jnp.Div(shift, positive))).Neg().Add(shift)
	factor = jnp.Where(small, product, 1).Mul(jnp.Sqrt(r)).Mul(1 / math.Sqrt(2*math.Pi))
	exponent = jnp.Where(small, back, 0).Sub(series.Mul(r))
	zero := m.Eq(0)
	return jnp.Where(zero, 1, factor), jnp.Where(zero, 0, exponent)
}

var stirlingSeries = [...]float64{-3617.0 / 122400, 1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260,
	-1.0 / 360, 1.0 / 12}

// polynomial is the polynomial of the coefficients c, the highest power first, at x.
func polynomial(x array, c ...float64) array {
	y := x.Mul(c[0]).Add(c[1])
	for _, v := range c[2:] {
		y = y.Mul(x).Add(v)
	}
	return y
}

// atanhTail is (atanh(v)-v)/v³ as a polynomial of v², for |v| <= 1/2 (Chebyshev, error 6e-17).
var atanhTail = []float64{0.21098097885975797, -0.14450491183414468, 0.13557903913692299, 0.012292448728540531,
	0.05441915418234587, 0.05160769881147162, 0.05893099692590042, 0.06665886352701884, 0.07692345940270638,
	0.09090907881509189, 0.11111111133938968, 0.14285714285490106, 0.20000000000000864, 0.3333333333333333}

// atanhTail32 is the same in as many digits as a float32 has.
var atanhTail32 = []float64{0.1562916538185637, 0.040916230718241735, 0.09751940865741168, 0.11050830395223991,
	0.14288286042811285, 0.19999959336215828, 0.33333333437307106}

// deviance is x·log(x/m) + m - x, for x >= 0 and m >= 0, as the sum of two numbers: what separates a Poisson
// probability of x from that of the mean m. apart is x-m.
func deviance(x, m, apart array) (high, low array) {
	none := x.Eq(0)
	x = jnp.Where(none, 1, x)
	near := apart.Abs().Mul(2).Le(x.Add(m))
	// Near the mean with v = (x-m)/(x+m), of which log(x/m) is 2·atanh(v).
	v := jnp.Where(near, apart, 0).Div(x.Add(m))
	v2 := jnp.Square(v)
	tail := atanhTail
	if x.DType() == ir.Float32 {
		tail = atanhTail32
	}
	close := apart.Mul(v).Add(x.Mul(v).Mul(v2).Mul(polynomial(v2, tail...)).Mul(2))
	far, rest := twoSum(apart.Neg(), x.Mul(logRatio(x, jnp.Where(near, x, m))))
	high = jnp.Where(none, m, jnp.Where(near, close, far))
	return high, jnp.Where(near.Or(none), 0, rest)
}

// logRatio is log(x/y), also where the quotient is out of range.
func logRatio(x, y array) array {
	q := x.Div(y)
	out := q.Lt(1e-30).Or(q.Gt(1e30))
	q = jnp.Where(out, jnp.Sqrt(jnp.Where(out, x, 1)).Div(jnp.Sqrt(jnp.Where(out, y, 1))), q)
	return jnp.Log(q).Mul(jnp.Where(out, 2.0, 1.0))
}

// logLessDigamma is log(x) - digamma(x), about 1/(2x).
func logLessDigamma(x array) array {
	small := x.Lt(16)
	a, b := jnp.Where(small, x, 1), jnp.Where(small, 16, x)
	r := jnp.Reciprocal(b)
	r2 := jnp.Square(r)
	series := polynomial(r2, 1.0/12, -691.0/32760, 1.0/132, -1.0/240, 1.0/252, -1.0/120, 1.0/12)
	return jnp.Where(small, jnp.Log(a).Sub(special.Digamma(a)), r.Mul(0.5).Add(series.Mul(r2)))
}

// logQuotient is log(y/x), with the digits of apart, which is y-x.
func logQuotient(y, x, apart array) array {
	near := apart.Abs().Mul(2).Lt(x)
	return jnp.Where(near, jnp.Log1p(jnp.Where(near, apart, 0).Div(x)), logRatio(jnp.Where(near, x, y), x))
}

// poissonParts are the Poisson probability of k >= 0 for the mean mu >= 0; both may be any real numbers.
func poissonParts(k, mu array) parts {
	return poissonTerm(k, mu).sloped(func(x []array) []array {
		k, mu := x[0], x[1]
		none, more := k.Eq(0), k.Add(1)
		dmu := jnp.Where(none, -1, k.Sub(mu).Div(jnp.Where(none, 1, mu)))
		dk := logQuotient(mu, more, mu.Sub(more)).Add(logLessDigamma(more))
		return []array{jnp.NaNToNum(dk), dmu} // infinite where mu is 0
	}, k, mu)
}

// poissonTerm is poissonParts without derivatives.
func poissonTerm(k, mu array) parts {
	factor, exponent := stirling(k)
	high, low := deviance(k, mu, k.Sub(mu))
	return parts{factor: factor, high: high.Neg(), low: low.Neg()}.plus(exponent)
}

// binomialApart is k - n·p, where n is the rounded sum of k and the rest.
func binomialApart(k, rest, n, p array) array {
	_, low := twoSum(k, rest)
	return lessProduct(k, n, p).Sub(low.Mul(p))
}

// binomialParts are the binomial probability of k successes and the rest of n, of probability p and q = 1-p, where
// apart is k-n·p. All may be any real numbers that are not negative. They have no derivatives.
func binomialParts(k, rest, n, p, q, apart array) parts {
	fk, ek := stirling(k)
	fr, er := stirling(rest)
	fn, en := stirling(n)
	hk, lk := deviance(k, n.Mul(p), apart)
	hr, lr := deviance(rest, n.Mul(q), apart.Neg())
	d := parts{factor: fk.Mul(fr).Div(fn), high: hk.Neg(), low: lk.Add(lr).Neg()}
	return d.plus(hr.Neg()).plus(ek.Add(er).Sub(en))
}
