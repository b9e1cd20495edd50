package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// gammaZero is a negative zero of the logarithm of gamma or of digamma, as a sum of two floats of each dtype, with a
// trigonometric function there.
type gammaZero struct{ x64, rest64, x32, rest32, trig float64 }

// logGammaZeros are the first zeros of the logarithm of |gamma| left of 0, with the cotangent of pi·x.
var logGammaZeros = []gammaZero{
	{-2.4570247382208006, -3.7075610815513266e-17, -2.4570248126983643, 7.447756363477305e-8, -0.13583711348265284463},
	{-2.7476826467274127, 9.055340329338315e-17, -2.747682571411133, -7.531627978889148e-8, 0.98554462233359731145},
	{-3.14358088834998, -2.1818179852331714e-16, -3.143580913543701, 2.5193721113180643e-8, -2.0645003001013509405},
	{-3.955294284858598, -1.999428391746348e-17, -3.955294370651245, 8.579264718865471e-8, 7.0732387952258935416},
	{-4.039361839740537, 2.1143995503980602e-16, -4.039361953735352, 1.1399481468826542e-7, -8.0455017266499381168},
	{-4.991544640560048, 1.5174411760571722e-16, -4.991544723510742, 8.295069446515474e-8, 37.637077112937529731},
	{-5.0082181683225935, -4.3926353491015815e-17, -5.008218288421631, 1.2009903733782262e-7, -38.723854831888612853},
	{-5.998607480080875, -3.311862478893795e-16, -5.998607635498047, 1.5541717124555758e-7, 228.58405914100292646},
	{-6.001385294453155, 6.415847287933042e-17, -6.00138521194458, -8.250857501913698e-8, -229.77633083099541291},
	{-6.999801507890638, 1.0550130037400023e-17, -6.9998016357421875, 1.278515498021079e-7, 1603.6397917668766453},
}

// digammaZeros are the first zeros of digamma left of 0, with the sine of pi·x.
var digammaZeros = []gammaZero{
	{-0.5040830082644554, -8.15428206243813e-18, -0.5040830373764038, 2.911194839933548e-8, -0.99991773325523404667},
	{-1.5734984731623904, -1.574185691077347e-17, -1.5734984874725342, 1.4310143720913e-8, 0.97346030295141167858},
	{-2.6107208684441447, 9.881960746978353e-17, -2.6107208728790283, 4.434883670310962e-9, -0.94011122553615825592},
	{-3.635293366436901, 5.454396163173039e-17, -3.635293483734131, 1.1729722976153582e-7, 0.91102362240294013272},
	{-4.653237761743142, -2.5492686201468193e-16, -4.653237819671631, 5.79284884176604e-8, -0.8863426425315353228},
	{-5.6671624415568855, -3.2153051074948335e-18, -5.6671624183654785, -2.3191407020224473e-8, 0.86524559228743248939},
	{-6.678418213073427, 3.470798723495241e-16, -6.678418159484863, -5.358856346157986e-8, -0.8469801898131731198},
	{-7.687788325031626, -1.351562494643672e-16, -7.687788486480713, 1.614490868531849e-7, 0.83096603586546067376},
	{-8.695764163816401, -3.2859903716289447e-16, -8.695764541625977, 3.7780957529601124e-7, -0.81676695094127493419},
	{-9.702672540001863, -3.2563178405401477e-16, -9.702672958374023, 4.183721597014156e-7, 0.80405347355441650972},
}

// zeroNear is the zero around which x lies, where near: x less it, d, which is exact, and its values. Elsewhere d is 0.
type zeroNear struct{ near, d, x0, trig *Value }

func nearZero(x *Value, zeros []gammaZero, radius func(x float64) float64) zeroNear {
	k := func(v float64) *Value { return FullLike(x, v) }
	z := zeroNear{d: k(0), x0: k(zeros[0].x64), trig: k(zeros[0].trig)}
	rest := k(0)
	for _, c := range zeros {
		high, low := c.x32, c.rest32
		if x.DType() == ir.Float64 {
			high, low = c.x64, c.rest64
		}
		d := Sub(x, k(high))
		is := Le(Abs(d), k(radius(high)))
		if z.near == nil {
			z.near = is
		} else {
			z.near = Or(z.near, is)
		}
		z.d, rest = Select(is, d, z.d), Select(is, k(low), rest)
		z.x0, z.trig = Select(is, k(high), z.x0), Select(is, k(c.trig), z.trig)
	}
	z.d = Sub(z.d, rest)
	return z
}

// logGammaNearZero is the logarithm of |gamma| around its negative zeros, as a difference from there: that of
// -log|sin(pi·x)| and of -log(gamma(1-x)).
func logGammaNearZero(x *Value) (near, y *Value) {
	k := func(v float64) *Value { return FullLike(x, v) }
	z := nearZero(x, logGammaZeros, func(x float64) float64 { return 0.2 * math.Abs(x-math.Round(x)) })
	half := Mul(z.d, k(0.5))
	s := Mul(half, sinPiFit.at(Square(half)))
	// sin(pi·x)/sin(pi·x0) - 1
	sin := Sub(Mul(z.trig, Mul(z.d, sinPiFit.at(Square(z.d)))), Mul(Square(s), k(2)))
	start, d := Sub(k(1), z.x0), Neg(z.d)
	// gamma(y+4)/gamma(y), over that at the zero, less 1.
	shift := shared(Div(d, start))
	for i := 1; i < 4; i++ {
		shift = Add(shift, Mul(Div(d, Add(start, k(float64(i)))), Add(shift, k(1))))
	}
	far := Add(start, k(4))
	rise := Add(logGammaRise(far, d), Mul(d, Log(far)))
	return z.near, Sub(Log1p(Div(Sub(shift, sin), Add(sin, k(1)))), rise)
}

// digammaNearZero is digamma around its negative zeros, as a difference from there.
func digammaNearZero(x *Value) (near, y *Value) {
	k := func(v float64) *Value { return FullLike(x, v) }
	z := nearZero(x, digammaZeros, func(float64) float64 { return 0.05 })
	start, d := Sub(k(1), z.x0), Neg(z.d)
	s := Mul(z.d, sinPiFit.at(Square(z.d)))
	sines := Mul(signedSinPi(Select(z.near, x, k(0.5))), z.trig)
	return z.near, Add(digammaRise(start, d, Add(start, d)), Div(Mul(s, k(math.Pi)), sines))
}
