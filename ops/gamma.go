package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type lgamma struct{ unaryFloat }

func (lgamma) Name() string { return "lgamma" }

// Lgamma is the logarithm of |gamma(x)|, for floats.
func Lgamma(x *Value) *Value { return one(lgamma{}, x) }

// Lower does not use XLA's own, which has few digits right near 1 and 2.
func (lgamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle1(logGamma))
}

func (lgamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Digamma(x[0])) })
}

// gammaFit approximates log(gamma(2+t))/t for |t| <= 1/2.
var gammaFit = polynomial{
	f32: []float64{0.422784335, 0.3224670335, -0.06735228147, 0.02058079947, -0.007386174156, 0.002890795322,
		-0.001185860034, 0.000506517143, -0.0002538170957, 0.0001134728199},
	f64: []float64{0.422784335098467136, 0.32246703342411322, -0.0673523010531956387, 0.0205808084277833798,
		-0.0073855510289355447, 0.00289051033086590093, -0.00119275390099830869, 0.000509669519652667278,
		-0.000223154977462927232, 9.94576169215713313e-5, -4.49237275642476526e-5, 2.05060197017476186e-5,
		-9.45628851510171917e-6, 4.38285453838466677e-6, -1.97431068884210674e-6, 9.24285222516227674e-7,
		-5.8112777689212462e-7, 2.74753900519096639e-7},
}

// stirlingFit approximates x times the rest of Stirling's formula, in 1/x² for x >= stirlingFrom.
var stirlingFit = polynomial{
	f32: []float64{0.0833333331, -0.002777598774, 0.0007732731869},
	f64: []float64{0.0833333333333333237, -0.00277777777773801451, 0.000793650766590042117, -0.000595231142842166294,
		0.000840891399401691364, -0.00186190010808346062, 0.00453689063003666599},
}

const stirlingFrom = 6.5

// stirlingRest is log(gamma(x)) less (x-1/2)·log(x) - x + log(2·pi)/2, for x >= stirlingFrom.
func stirlingRest(x *Value) *Value {
	r := shared(Div(FullLike(x, 1), x))
	return Mul(r, stirlingFit.at(Square(r)))
}

// gammaParts are what gamma(x) is made of, for x >= -1/2. From stirlingFrom on (where big), exp(e) is what Stirling's
// formula lacks. Below, gamma is exp(e) times p, or over p where low: e is the logarithm of gamma at a number within
// [3/2, 5/2], and p the product of the steps from there to x.
type gammaParts struct{ big, low, p, e *Value }

func partsOfGamma(x *Value) gammaParts { return partsOfGammaTo(x, stirlingFrom) }

// partsOfGammaTo is partsOfGamma with another bound, of at least stirlingFrom.
func partsOfGammaTo(x *Value, bound float64) gammaParts {
	k := func(v float64) *Value { return FullLike(x, v) }
	big := Ge(x, k(bound))
	m := Select(big, k(2), x)
	low, lowest := Lt(m, k(1.5)), Lt(m, k(0.5))
	next := Sub(m, k(1))
	t := Select(lowest, m, next)
	p := Select(lowest, Mul(m, Add(m, k(1))), Select(low, m, k(1)))
	for i := 2.5; i < bound; i++ {
		step := Ge(x, k(i))
		if i > 2.5 {
			next = Sub(next, k(1))
		}
		p = Select(step, Mul(p, next), p)
		m = Select(step, next, m)
	}
	t = Select(low, t, Sub(m, k(2)))
	e := Mul(t, gammaFit.at(t))
	return gammaParts{big, low, p, Select(big, stirlingRest(Max(x, k(bound))), e)}
}

// log is the logarithm of gamma at x, by that of x where big, and of p elsewhere, which is used once.
func (g gammaParts) log(x, log *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	factor := Select(g.big, Sub(x, k(0.5)), Select(g.low, k(-1), k(1)))
	rest := Select(g.big, k(0.5*math.Log(2*math.Pi)-0.5), k(0))
	return Add(Mul(factor, Sub(log, Select(g.big, k(1), k(0)))), Add(g.e, rest))
}

// logGamma is Lgamma of float32 and float64. Left of -1/2 it reflects: gamma(x)·gamma(-x) = -pi/(x·sin(pi·x)).
func logGamma(x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	left := Lt(x, k(-0.5))
	y := Select(left, Neg(x), x)
	g := partsOfGamma(y)
	s := Div(Mul(y, Abs(sinPi(y))), k(math.Pi))
	small := Select(left, Select(g.low, Div(g.p, s), Mul(g.p, s)), Abs(g.p))
	m, subnormal := WholeSubnormals(x)
	exponent := float64(leastPower(x.DType()))
	log := Log(Select(subnormal, Abs(m), Select(g.big, y, small)))
	right := g.log(y, Add(log, Select(subnormal, k(exponent*math.Ln2), k(0))))
	leftBig := And(left, g.big)
	v := Select(left, Neg(right), right)
	v = Sub(v, Log(Select(leftBig, s, k(1))))
	near, difference := logGammaNearZero(x)
	v = Select(near, difference, v)
	return Select(Eq(Abs(x), k(math.Inf(1))), k(math.Inf(1)), v)
}

// rightLogGamma is Lgamma of positive float32 and float64, but for subnormal ones.
func rightLogGamma(x *Value) *Value {
	g := partsOfGamma(x)
	return g.log(x, Log(Select(g.big, x, g.p)))
}

// sinPiFit approximates sin(pi·r)/r in r² for |r| <= 1/2.
var sinPiFit = polynomial{
	f32: []float64{3.14159264, -5.167710077, 2.550077387, -0.5982904113, 0.07765591228},
	f64: []float64{3.14159265358979324, -5.16771278004996961, 2.55016403987730047, -0.599264529318944681,
		0.082145886573102895, -0.0073704305059169434, 0.00046629981618983938, -2.19034970746260172e-5,
		7.69782676822419065e-7},
}

// sinPi is sin(pi·x), exactly 0 for whole x, but for its sign.
func sinPi(x *Value) *Value {
	r := Sub(x, Round(x, ToNearestEven))
	return Mul(r, sinPiFit.at(Square(r)))
}

// signedSinPi is sin(pi·x).
func signedSinPi(x *Value) *Value { return Mul(sinPi(x), alternating(Round(x, ToNearestEven))) }

// alternating is 1 for even and -1 for odd whole numbers.
func alternating(n *Value) *Value {
	half := Mul(n, FullLike(n, 0.5))
	odd := Abs(Sub(n, Mul(Round(half, ToNearestEven), FullLike(n, 2))))
	return Sub(FullLike(n, 1), Mul(odd, FullLike(n, 2)))
}

// gammaOf is Gamma of float32 and float64. The power in Stirling's formula is taken in two halves, which do not
// overflow before the result does.
func gammaOf(x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	left := Lt(x, k(-0.5))
	y := Select(left, Neg(x), x)
	g := partsOfGamma(y)
	exp := Exp(g.e)
	v := Select(g.low, Div(exp, g.p), Mul(exp, g.p))
	large := Min(Select(g.big, y, k(1)), k(gammaOverflows(x)))
	half := Pow(large, Sub(Mul(large, k(0.5)), k(0.25)))
	stirling := Mul(Mul(Mul(half, Exp(Neg(large))), half), Mul(exp, k(math.Sqrt(2*math.Pi))))
	v = Select(g.big, stirling, v)
	n := Round(y, ToNearestEven)
	s := Mul(Mul(y, sinPi(y)), alternating(n))
	v = Select(left, Neg(Div(k(math.Pi), Mul(s, v))), v)
	m, subnormal := WholeSubnormals(x)
	exponent := float64(leastPower(x.DType()))
	v = Select(subnormal, Mul(Div(k(math.Exp2(-exponent-74)), m), k(0x1p74)), v)
	return Select(And(left, Or(Eq(y, n), Eq(y, k(math.Inf(1))))), k(math.NaN()), v)
}

// gammaOverflows is a number of x's dtype of which the gamma function is infinite, and not far above the first one.
func gammaOverflows(x *Value) float64 {
	if x.DType() == ir.Float64 {
		return 200
	}
	return 40
}
