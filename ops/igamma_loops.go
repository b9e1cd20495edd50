package ops

import (
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
)

// How the incomplete gamma functions are computed: where a is large and x near it by Temme's expansion, which is
// uniform in x (The asymptotic expansion of the incomplete gamma functions, 1979; DLMF 8.12); elsewhere by the series
// of P or, where x is larger than a, the continued fraction of Q = 1 - P; and Q by a series of its own where x and a
// are so small that P is nearly 1.

// uniformFrom is the least a of Temme's expansion, and uniformTo the square of the largest |eta|, which is x/a - 1 but
// for terms of higher order.
const uniformFrom, uniformTo = 30, 0.13

// gammaUniform are the coefficients of the expansion, in powers of eta a row, for the powers of 1/a.
var gammaUniform = [][]float64{
	{-0.333333333333333333, 0.0833333333333333333, -0.0148148148148148148, 0.00115740740740740741,
		0.0003527336860670194, -0.000178755144032921811, 3.91926317852243778e-5, -2.18544851067999216e-6,
		-1.85406221071515996e-6, 8.29671134095308601e-7, -1.76659527368260793e-7, 6.70785354340149858e-9,
		1.0261809784240308e-8, -4.38203601845335319e-9, 9.14769958223679023e-10},
	{-0.00185185185185185185, -0.00347222222222222222, 0.0026455026455026455, -0.000990226337448559671,
		0.000205761316872427984, -4.01877572016460905e-7, -1.80985503344899778e-5, 7.64916091608111008e-6,
		-1.6120900894563446e-6, 4.64712780280743434e-9, 1.37863344691572096e-7, -5.75254560351770496e-8,
		1.19516285997781473e-8},
	{0.0041335978835978836, -0.00268132716049382716, 0.000771604938271604938, 2.00938786008230453e-6,
		-0.000107366532263651605, 5.29234488291201254e-5, -1.27606351886187277e-5, 3.42357873409613807e-8,
		1.37219573090629332e-6, -6.29899213838005502e-7, 1.42806142060642418e-7, -2.0477098421990866e-10,
		-1.40925299108675211e-8},
	{0.000649434156378600823, 0.000229472093621399177, -0.000469189494395255712, 0.000267720632062838853,
		-7.56180167188397641e-5, -2.39650511386729665e-7, 1.10826541153473024e-5, -5.67495282699159657e-6,
		1.42309007324358839e-6, -2.78610802915281422e-11, -1.69584040919302773e-7},
	{-0.000861888290916711699, 0.000784039221720066627, -0.00029907248030319018, -1.46384525788434182e-6,
		6.64149821546512219e-5, -3.96836504717943466e-5, 1.13757269706784191e-5, 2.5074972262375328e-10,
		-1.6954149536558306e-6, 8.90750753220530969e-7},
	{-0.00033679855336635815, -6.97281375836585777e-5, 0.000277275324495939208, -0.000199325705161888477,
		6.79778047793720784e-5, 1.41906292064396701e-7, -1.35940481897686933e-5, 8.01847025633420154e-6},
	{0.000531307936463992223, -0.000592166437353693883, 0.000270878209671804483, 7.90235323266032787e-7,
		-8.15396936756196875e-5, 5.61168275310624965e-5},
	{0.000344367606892377671, 5.17179090826059219e-5, -0.000334931610811422363, 0.000281269515476323702,
		-0.00010976582244684731},
	{-0.000652623918595309419, 0.00083949872067208728, -0.000438297098541721005},
}

// uniformTerms is Temme's expansion at a and x, of which neither is near overflow.
type uniformTerms struct {
	near    *Value // where the expansion holds; elsewhere the terms are those at x = a
	a, mu   *Value // mu is x/a - 1
	root    *Value // eta/mu
	eta     *Value
	s       *Value // the sum of the expansion
	ds, dsA *Value // and its derivatives in eta and in 1/a
}

func uniformAt(a, x *Value) uniformTerms {
	k := func(v float64) *Value { return FullLike(a, v) }
	t := uniformTerms{}
	mu := Div(Sub(x, a), a)
	ok := And(Ge(a, k(uniformFrom)), And(Gt(mu, k(-0.35)), Lt(mu, k(0.45))))
	mu = Select(ok, mu, k(0))
	t.root = Sqrt(etaOverMu(mu))
	eta := Mul(mu, t.root)
	t.near = And(ok, Le(Square(eta), k(uniformTo)))
	t.a = Select(t.near, a, k(uniformFrom))
	t.mu, t.eta = mu, eta
	w := Div(k(1), t.a)
	for i := len(gammaUniform) - 1; i >= 0; i-- {
		n := len(gammaUniform[i])
		if a.DType() == ir.Float32 {
			n = 7 - 2*i
		}
		if n <= 0 {
			continue
		}
		c, dc := k(gammaUniform[i][n-1]), k(0)
		for _, v := range slices.Backward(gammaUniform[i][:n-1]) {
			dc = Add(Mul(dc, eta), c)
			c = Add(Mul(c, eta), k(v))
		}
		if t.s == nil {
			t.s, t.ds, t.dsA = c, dc, k(0)
			continue
		}
		t.dsA = Add(Mul(t.dsA, w), t.s)
		t.s, t.ds = Add(Mul(t.s, w), c), Add(Mul(t.ds, w), dc)
	}
	return t
}

// etaOverMu is the square of eta/mu, 2·(mu - log(1+mu))/mu², for -0.4 < mu < 0.66. See log1pLess.
func etaOverMu(mu *Value) *Value {
	two := FullLike(mu, 2)
	h := Div(two, Add(mu, two))
	r := Mul(mu, Mul(h, FullLike(mu, 0.5)))
	return Sub(h, Mul(Mul(Square(h), r), log1pFit.at(Square(r))))
}

// tail is the smaller one of P, which it is for x < a, and Q.
func (t uniformTerms) tail() *Value {
	k := func(v float64) *Value { return FullLike(t.a, v) }
	half := Mul(t.a, k(0.5))
	z := Mul(Abs(t.eta), Sqrt(half))
	s := Div(t.s, Sqrt(Mul(t.a, k(2*math.Pi))))
	s = Select(Lt(t.mu, k(0)), Neg(s), s)
	return Mul(Exp(Neg(Mul(half, Square(t.eta)))), Add(Mul(Erfcx(z), k(0.5)), s))
}

// slope is dP/da over -exp(-a·eta²/2)/sqrt(2·pi·a).
func (t uniformTerms) slope() *Value {
	w := Div(FullLike(t.a, 1), t.a)
	log := log1pNear(t.mu)
	y := Add(Div(log, t.root), Mul(t.s, Sub(Mul(log, t.mu), Mul(w, FullLike(w, 0.5)))))
	return Sub(y, Mul(w, Add(Div(t.ds, t.root), Mul(t.dsA, w))))
}

// log1pNear is log(1+mu)/mu for -0.4 < mu < 0.66.
func log1pNear(mu *Value) *Value {
	h := Div(FullLike(mu, 2), Add(mu, FullLike(mu, 2)))
	r2 := Square(Mul(mu, Mul(h, FullLike(mu, 0.5))))
	return Mul(h, Add(FullLike(mu, 1), Mul(r2, log1pFit.at(r2))))
}

// incompleteGamma is P or, for upper, Q = 1 - P, of float32 and float64.
func incompleteGamma(a, x *Value, upper bool) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	inf := k(math.Inf(1))
	aIs0, xIs0, aIsInf, xIsInf := Eq(a, k(0)), Eq(x, k(0)), Eq(a, inf), Eq(x, inf)
	bad := Or(Or(Lt(x, k(0)), Lt(a, k(0))), Or(isNaN(a), isNaN(x)))
	bad = Or(bad, Or(And(aIs0, xIs0), And(aIsInf, xIsInf)))
	inside := Not(Or(Or(bad, aIsInf), Or(xIsInf, Or(aIs0, xIs0))))
	a1, x1 := Select(inside, a, k(1)), Select(inside, x, k(1))
	uniform := uniformAt(a1, x1)
	off := Not(uniform.near)
	right := And(off, And(Gt(x1, k(1.1)), Gt(x1, a1)))
	left := And(off, Not(right))
	small := k(0)
	var isSmall *Value
	if upper {
		log := Select(Gt(x1, k(0.5)), k(-0.4), Log(Min(x1, k(0.5))))
		isSmall = And(left, And(Lt(x1, k(1.1)), Lt(a1, Select(Gt(x1, k(0.5)), Mul(x1, k(0.75)), Div(k(-0.4), log)))))
		left = And(left, Not(isSmall))
		small = smallUpperGamma(a1, x1, And(inside, isSmall))
	}
	term := poissonTermOf(a1, x1)
	some := And(inside, Gt(term, k(0)))
	series, _ := gammaSeries(a1, x1, And(some, left), false)
	fraction, _ := gammaFraction(a1, x1, And(some, right), false)
	// What is computed is P on the left, and Q on the right.
	tail := Mul(term, Select(some, Select(right, Mul(a1, fraction), series), k(0)))
	tail = Select(uniform.near, uniform.tail(), tail)
	isQ := Or(right, And(uniform.near, Ge(uniform.mu, k(0))))
	y := Select(isQ, Sub(k(1), tail), tail)
	if upper {
		y = Select(isSmall, small, Select(isQ, tail, Sub(k(1), tail)))
	}
	// P is 0 at x = 0 and for infinite a, 1 for infinite x and at a = 0.
	at0, at1 := k(0), k(1)
	if upper {
		at0, at1 = at1, at0
	}
	y = Select(Or(xIs0, aIsInf), at0, Select(Or(xIsInf, aIs0), at1, y))
	return Select(bad, k(math.NaN()), y)
}

// smallUpperGamma is Q where that is much smaller than 1 for small a: 1 - x^a/gamma(a+1), less the other terms of the
// series of P.
func smallUpperGamma(a, x, active *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	a = Select(active, a, k(0.5))
	x = Select(active, x, k(0.5))
	low := Le(a, k(0.5))
	t := Select(low, a, Sub(a, k(1)))
	logGamma := Sub(Mul(t, gammaFit.at(t)), Select(low, Log1p(a), k(0)))
	first := Expm1(Sub(Mul(a, Log(x)), logGamma))
	// Carried: n, the last x^n/n! with its sign, and the sum of these over a+n.
	out := iterated([]*Value{k(0), k(1), k(0)}, active, 0, func(v []*Value) ([]*Value, *Value) {
		n := Add(v[0], k(1))
		p := Neg(Mul(v[1], Div(x, n)))
		term := Div(p, Add(a, n))
		sum := Add(v[2], term)
		return []*Value{n, p, sum}, Gt(Abs(term), Mul(Abs(sum), k(epsilon(a.DType()))))
	})
	return Neg(Add(first, Mul(Mul(a, Add(first, k(1))), out[2])))
}

// gammaSlope is dP/da, or for a sample (ratio) that over -dP/dx.
func gammaSlope(a, x *Value, sample bool) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	inf := k(math.Inf(1))
	bad := Or(Or(Lt(x, k(0)), Le(a, k(0))), Or(Or(isNaN(a), isNaN(x)), And(Eq(a, inf), Eq(x, inf))))
	ended := Or(Eq(x, k(0)), Or(Eq(a, inf), Eq(x, inf)))
	inside := Not(Or(bad, ended))
	a1, x1 := Select(inside, a, k(1)), Select(inside, x, k(1))
	uniform := uniformAt(a1, x1)
	right := And(Gt(x1, k(1.1)), Gt(x1, a1))
	off := And(inside, Not(uniform.near))
	s, ds := gammaSeries(a1, x1, And(off, Not(right)), true)
	f, df := gammaFraction(a1, x1, And(off, right), true)
	logX := Log(x1)
	// The derivatives of P = term·s and of Q = term·a·f, over term.
	lower := Add(ds, Mul(s, Sub(logX, Digamma(Add(a1, k(1))))))
	upper := Mul(Neg(a1), Add(df, Mul(f, Sub(logX, Digamma(a1)))))
	y := Select(right, upper, lower)
	rest := Exp(Select(uniform.near, stirlingRest(Max(a1, k(stirlingFrom))), k(0)))
	y = Select(uniform.near, Neg(Mul(rest, uniform.slope())), y)
	if sample {
		y = Neg(Mul(y, Div(x1, a1)))
	} else {
		term := PoissonTerm(a1, x1)
		y = Select(Eq(term, k(0)), k(0), Mul(y, term))
	}
	end := k(0)
	if sample {
		end = Select(Eq(x, inf), inf, k(0))
	}
	return Select(bad, k(math.NaN()), Select(ended, end, y))
}

// gammaSeries is s, the sum of x^n / ((a+1)...(a+n)) over n = 0, 1, ..., and its derivative in a.
func gammaSeries(a, x, active *Value, derivative bool) (s, ds *Value) {
	one, zero := FullLike(a, 1), FullLike(a, 0)
	eps := FullLike(a, epsilon(a.DType()))
	// Carried: a+n, the last term and its derivative, the sums of both.
	out := iterated([]*Value{a, one, zero, one, zero}, active, 0, func(v []*Value) ([]*Value, *Value) {
		an := Add(v[0], one)
		ratio := Div(x, an)
		dTerm := Sub(Mul(v[2], ratio), Div(Mul(v[1], ratio), an))
		term := Mul(v[1], ratio)
		s, ds := Add(v[3], term), Add(v[4], dTerm)
		goOn := Gt(Div(term, s), eps)
		if derivative {
			goOn = Gt(Abs(Div(dTerm, ds)), eps)
		}
		return []*Value{an, term, dTerm, s, ds}, goOn
	})
	return out[3], out[4]
}

// gammaFraction is f, the continued fraction for (1 - P) / factor, and its derivative in a. Its convergents are p/q, of
// which each follows from the two before.
func gammaFraction(a, x, active *Value, derivative bool) (f, df *Value) {
	one, two, zero := FullLike(a, 1), FullLike(a, 2), FullLike(a, 0)
	e := epsilon(a.DType())
	eps, large := FullLike(a, e), FullLike(a, 1/e)
	y := Sub(one, a)
	z := Add(Add(x, y), one)
	p1, q1 := Add(x, one), Mul(z, x)
	f0 := Div(p1, q1)
	df0 := Div(Mul(f0, x), q1) // dp1 = 0, dq1 = -x
	const (
		iF = iota
		iDF
		iN
		iY
		iZ
		iP1
		iQ1
		iDP1
		iDQ1
		iP2
		iQ2
		iDP2
		iDQ2
	)
	start := []*Value{iF: f0, iDF: df0, iN: zero, iY: y, iZ: z,
		iP1: p1, iQ1: q1, iDP1: zero, iDQ1: Neg(x),
		iP2: one, iQ2: x, iDP2: zero, iDQ2: zero}
	out := iterated(start, active, 2000, func(v []*Value) ([]*Value, *Value) {
		n, y, z := Add(v[iN], one), Add(v[iY], one), Add(v[iZ], two)
		yn := Mul(y, n)
		next := func(v1, v2 *Value) *Value { return Sub(Mul(v1, z), Mul(v2, yn)) }
		// In a, y and z have the derivative -1.
		dNext := func(v1, v2, d1, d2 *Value) *Value { return Add(Sub(next(d1, d2), v1), Mul(v2, n)) }
		p, q := next(v[iP1], v[iP2]), next(v[iQ1], v[iQ2])
		dp := dNext(v[iP1], v[iP2], v[iDP1], v[iDP2])
		dq := dNext(v[iQ1], v[iQ2], v[iDQ1], v[iDQ2])
		is := Ne(q, zero)
		r := Div(p, q)
		f := Select(is, r, v[iF])
		df := Select(is, Div(Sub(dp, Mul(f, dq)), q), v[iDF])
		var change *Value
		if derivative {
			change = Abs(Sub(df, v[iDF]))
		} else {
			change = Abs(Div(Sub(v[iF], r), r))
		}
		goOn := Gt(Select(is, change, one), eps)
		// Numerators and denominators grow without bound, their quotient does not.
		big := Gt(Abs(p), large)
		scaled := func(v *Value) *Value { return Select(big, Mul(v, eps), v) }
		return []*Value{iF: f, iDF: df, iN: n, iY: y, iZ: z,
			iP1: scaled(p), iQ1: scaled(q), iDP1: scaled(dp), iDQ1: scaled(dq),
			iP2: scaled(v[iP1]), iQ2: scaled(v[iQ1]), iDP2: scaled(v[iDP1]), iDQ2: scaled(v[iDQ1])}, goOn
	})
	return out[iF], out[iDF]
}
