package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// betainc is the regularized incomplete beta function, or its complement.
type betainc struct {
	elementwise
	Upper bool
}

func (o betainc) Name() string {
	if o.Upper {
		return "regularized_incomplete_beta_complement"
	}
	return "regularized_incomplete_beta"
}

// BetaInc is the regularized incomplete beta function I_x(a, b), for floats of one dtype and shape; NaN unless a and b
// are at least 0, not both 0 or both infinite, and x is within [0, 1]. It has a derivative in x alone, as in JAX.
func BetaInc(a, b, x *Value) *Value { return one(betainc{}, a, b, x) }

// BetaIncc is 1 - BetaInc(a, b, x) with all its digits, which a difference would not have, nor BetaInc(b, a, 1-x) for
// small x.
func BetaIncc(a, b, x *Value) *Value { return one(betainc{Upper: true}, a, b, x) }

func (betainc) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 3, kFloat) }

func (o betainc) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle(func(v []*Value) *Value { return incompleteBeta(v[0], v[1], v[2], o.Upper) }))
}

// incompleteBeta is I_x(a, b), or if upper its complement: the least of the two, the latter by the function of the
// mirrored operands, and 1 less that for the other. It is a quotient, x^a·(1-x)^b/(a·beta(a, b)), times the continued
// fraction 8.17.22 of DLMF or, where that is long, an integral.
func incompleteBeta(a, b, x *Value, upper bool) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	zero, one := k(0), k(1)
	ok := And(And(Ge(a, zero), Ge(b, zero)), And(Ge(x, zero), Le(x, one)))
	// Where a is 0 or b infinite all weight is at 0, and at 1 the other way round.
	inf := k(math.Inf(1))
	left, right := Or(Eq(a, zero), Eq(b, inf)), Or(Eq(b, zero), Eq(a, inf))
	ok = And(ok, Not(And(left, right)))
	inside := And(And(ok, Not(Or(left, right))), And(Gt(x, zero), Lt(x, one)))
	// What is not computed gets operands at which nothing overflows.
	a, b, y := Select(inside, a, one), Select(inside, b, one), Select(inside, x, k(0.5))
	integrated := Ge(Min(a, b), k(integrateFrom))
	mean := Div(a, Add(a, b))
	mean = Select(integrated, mean, Div(Add(a, one), Add(Add(a, b), k(2))))
	mirror := Gt(y, mean)
	other := mirror // where the tail is not what is asked for
	if upper {
		other = Not(mirror)
	}
	t := betaTail{p: Select(mirror, b, a), q: Select(mirror, a, b), x: Select(mirror, Sub(one, y), y),
		y: Select(mirror, y, Sub(one, y))}
	t.prepare()
	// A small p has nearly all weight in the tail: the other is small.
	small := And(other, Lt(t.p, one))
	fraction := t.fraction(And(inside, Not(Or(small, integrated))))
	r := Mul(t.power(), Select(integrated, t.integral(And(inside, integrated)), fraction))
	r = Select(other, Sub(one, r), r)
	r = Select(small, t.smallComplement(And(inside, small)), r)
	if upper {
		zero, one = one, zero
	}
	r = Select(left, one, Select(right, zero, r))
	r = Select(Eq(x, k(0)), zero, Select(Eq(x, k(1)), one, r))
	return Select(ok, r, k(math.NaN()))
}

// integrateFrom is the least parameter from which on the integral is taken.
const integrateFrom = 2000

// betaTail is I_x(p, q) for an x that is not above the mean, and y = 1 - x.
type betaTail struct {
	p, q, x, y *Value
	off        *Value // p·y - q·x, which is n·(mean - x)
	n          *Value // p + q
}

func (t *betaTail) prepare() {
	var lost *Value
	t.n, lost = TwoSum(t.q, t.p)
	// Of x and y one is exact, and where the other is not its error does not matter.
	least := Le(t.x, t.y)
	z := Select(least, t.x, t.y)
	far := Gt(t.n, FullLike(t.n, math.Sqrt(largest(t.n.DType()))))
	product, rest := twoProduct(Select(far, FullLike(z, 0), t.n), z)
	product = Select(far, Mul(t.n, z), product)
	d := Sub(Sub(Select(least, t.p, t.q), product), Add(rest, Mul(lost, z)))
	t.off = Select(least, d, Neg(d))
}

// power is x^p·y^q/(p·beta(p, q)).
func (t betaTail) power() *Value {
	k := func(v float64) *Value { return FullLike(t.x, v) }
	swap := Gt(t.p, t.q)
	a, b := Select(swap, t.q, t.p), Select(swap, t.p, t.q) // a <= b
	x, y := Select(swap, t.y, t.x), Select(swap, t.x, t.y)
	big, both := Ge(b, k(stirlingFrom)), Ge(a, k(stirlingFrom))
	a1, b1 := Select(both, k(1), a), Select(big, k(1), b)
	far := Select(big, b, k(stirlingFrom))
	least := Select(both, Min(a, far), k(stirlingFrom))
	gammaA := smallGamma(a1)
	// a·beta(a, b) for small b, and a·b^a·beta(a, b).
	one := Div(Mul(a1, Mul(smallGamma(b1), gammaA)), smallGamma(Add(a1, b1)))
	logY := Select(Gt(x, k(0.5)), Log(y), Log1p(Neg(x)))
	rise := logGammaRise(far, a1)
	// Both large: the exponents cancel but for terms of the second order around the mean.
	off := Select(swap, Neg(t.off), t.off)
	mx, my := Div(Neg(off), least), Div(off, far)
	n := Add(least, far)
	exponent := Add(Mul(least, log1pLess(mx, Mul(x, Div(n, least)))), Mul(far, log1pLess(my, Mul(y, Div(n, far)))))
	exponent = Add(exponent, Sub(stirlingDifference(far, least, n), stirlingRest(least)))
	scale := Sqrt(Div(Mul(k(0.5/math.Pi), far), Mul(n, least)))
	e := Select(both, exponent, Select(big, Add(rise, Mul(far, logY)), Mul(b1, logY)))
	power := Select(both, k(1), Pow(Select(big, Mul(far, x), x), a1))
	v := Mul(Mul(power, Exp(e)), Select(both, scale, Div(k(1), Select(big, Mul(a1, gammaA), one))))
	// This is over the lesser parameter.
	return Select(swap, Mul(v, Div(a, b)), v)
}

// fraction is the continued fraction in terms of off, which keeps its digits where p and q are of different sizes
// (DiDonato and Morris, Algorithm 708, 1992: BFRAC).
func (t betaTail) fraction(active *Value) *Value {
	k := func(v float64) *Value { return FullLike(t.x, v) }
	p, q, x, one := t.p, t.q, t.x, k(1)
	limit := 200
	if x.DType() == ir.Float64 {
		limit = 600
	}
	eps := k(epsilon(x.DType()))
	r := Div(one, p)
	c, c0, c1, y1 := Add(t.off, one), Div(q, p), Add(r, one), Add(t.y, one)
	first := Div(c1, c)
	// Carried: n, the quotient, and the last numerator and denominator over the one after.
	out := iterated([]*Value{k(0), first, k(0), Div(c1, c)}, active, limit, func(v []*Value) ([]*Value, *Value) {
		before, n := Mul(v[0], r), Add(v[0], one)
		m := Mul(n, r)
		s := Add(p, Sub(Add(n, n), one))
		w := Mul(Mul(n, Sub(q, n)), x)
		e := Div(p, s)
		f := Add(before, one)
		alpha := Mul(Mul(Mul(f, Add(f, c0)), Square(e)), Mul(w, x))
		e = Div(Add(m, one), Add(c1, Add(m, m)))
		beta := Add(Add(n, Div(w, s)), Mul(e, Add(c, Mul(n, y1))))
		top := Add(Mul(alpha, v[2]), Mul(beta, v[1]))
		bottom := Add(Mul(alpha, v[3]), beta)
		next := Div(top, bottom)
		return []*Value{n, next, Div(v[1], bottom), Div(one, bottom)}, Gt(Abs(Sub(next, v[1])), Mul(eps, next))
	})
	return Mul(out[1], p)
}

// integral is p times the integral of (t/x)^p·((1-t)/y)^q over dt/(t·(1-t)) from 0 to x. In s, the logarithm of the
// quotient of the odds of x and of t, the integrand is exp(-off·s - n·x·y·s²/2 - ...): it ends where that is nothing.
func (t betaTail) integral(active *Value) *Value {
	k := func(v float64) *Value { return FullLike(t.x, v) }
	least := Le(t.x, t.y)
	c := Select(least, t.x, t.y)
	cut := 40.0
	if c.DType() == ir.Float32 {
		cut = 20
	}
	n, off := Select(active, t.n, k(1)), Select(active, Max(t.off, k(0)), k(1))
	curve := Mul(Mul(n, t.x), t.y)
	end := Div(k(2*cut), Add(off, Sqrt(Add(Square(off), Mul(k(2*cut), curve)))))
	table := func(v []float64) *Value {
		lits := make([]*Value, len(v))
		for i := range v {
			lits[i] = Full([]int{1}, ir.FloatLit(v[i], c.DType()))
		}
		return Concatenate(lits, 0)
	}
	nodes, weights := table(LegendreNodes), table(LegendreWeights)
	all := arange(0, c.Rank())
	turn := func(i int64) *Value { return Full(nil, ir.IntLit(i, ir.Int32)) }
	out := While("betainc", []*Value{turn(0), k(0)}, func(v []*Value) *Value {
		return And(Lt(v[0], turn(int64(len(LegendreNodes)))), ReduceOr(active, all))
	}, func(v []*Value) []*Value {
		at := func(x *Value) *Value { return BroadcastLike(DynamicIndexInDim(x, v[0], 0, false), c) }
		s := Mul(end, at(nodes))
		u := Select(least, Neg(s), s)
		rest := Mul(Square(u), expFit(u)) // exp(u) - 1 - u
		w := Mul(c, Add(u, rest))
		g := Exp(Neg(Add(Mul(off, s), Mul(n, Add(log1pLess(w, Add(k(1), w)), Mul(c, rest))))))
		return []*Value{Add(v[0], turn(1)), Add(v[1], Mul(g, at(weights)))}
	})
	return Mul(Mul(t.p, end), out[1])
}

// expFit is (exp(u) - 1 - u)/u² for |u| < 1.
func expFit(u *Value) *Value {
	terms := 17
	if u.DType() == ir.Float32 {
		terms = 10
	}
	y := FullLike(u, 1)
	for i := terms; i > 2; i-- {
		y = Add(Mul(y, Div(u, FullLike(u, float64(i)))), FullLike(u, 1))
	}
	return Mul(y, FullLike(u, 0.5))
}

// smallComplement is 1 - I_x(p, q) for p < 1: the first term of the series of I, from 1, and the others, which have p
// as a factor.
func (t betaTail) smallComplement(active *Value) *Value {
	k := func(v float64) *Value { return FullLike(t.x, v) }
	p, q, x := Select(active, t.p, k(0.5)), Select(active, t.q, k(1)), Select(active, t.x, k(0.25))
	// log(gamma(p+q)/gamma(q)), exact for small p.
	up := Lt(q, k(stirlingFrom))
	far := Select(up, Add(q, k(7)), q)
	rise := Add(logGammaRise(far, p), Mul(p, Log(far)))
	steps := iterated([]*Value{k(0), k(0)}, And(active, up), 7, func(v []*Value) ([]*Value, *Value) {
		return []*Value{Add(v[0], k(1)), Add(v[1], Log1p(Div(p, Add(q, v[0]))))}, Eq(p, p)
	})
	rise = Sub(rise, steps[1])
	low := Le(p, k(0.5))
	u := Select(low, p, Sub(p, k(1)))
	logGamma := Sub(Mul(u, gammaFit.at(u)), Select(low, Log1p(p), k(0))) // of p+1
	first := Expm1(Add(Mul(p, Log(x)), Sub(rise, logGamma)))
	// Carried: n, the last product (1-q)...(n-q)·x^n/n!, and the sum of these over p+n.
	out := iterated([]*Value{k(0), k(1), k(0)}, active, 1000, func(v []*Value) ([]*Value, *Value) {
		n := Add(v[0], k(1))
		product := Mul(v[1], Mul(Div(Sub(n, q), n), x))
		term := Div(product, Add(p, n))
		sum := Add(v[2], term)
		return []*Value{n, product, sum}, Gt(Abs(term), Mul(Abs(sum), k(epsilon(p.DType()))))
	})
	return Neg(Add(first, Mul(Mul(p, Add(first, k(1))), out[2])))
}

// LegendreNodes and LegendreWeights are those of the quadrature between 0 and 1.
var (
	LegendreNodes = []float64{0.00240639000148931991, 0.0126357220143452509, 0.0308627239986336207,
		0.0567922364977994829, 0.089999007013048539, 0.129937904210722818, 0.175953174031512215,
		0.227289264305580232, 0.283103246186977431, 0.342478660151918313, 0.404440566263191845, 0.467971553568697187,
		0.532028446431302813, 0.595559433736808155, 0.657521339848081687, 0.716896753813022569, 0.772710735694419768,
		0.824046825968487785, 0.870062095789277182, 0.910000992986951461, 0.943207763502200517, 0.969137276001366379,
		0.987364277985654749, 0.99759360999851068}
	LegendreWeights = []float64{0.00617061489999359977, 0.0142656943144668316, 0.0221387194087099031,
		0.0296492924577183904, 0.0366732407055401529, 0.043095080765976638, 0.0488093260520569441,
		0.0537221350579828174, 0.0577528340268628007, 0.0608352364639016956, 0.0629187281734141481,
		0.0639690976733760785, 0.0639690976733760785, 0.0629187281734141481, 0.0608352364639016956,
		0.0577528340268628007, 0.0537221350579828174, 0.0488093260520569441, 0.043095080765976638,
		0.0366732407055401529, 0.0296492924577183904, 0.0221387194087099031, 0.0142656943144668316,
		0.00617061489999359977}
)

func (o betainc) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] != nil || t[1] != nil {
		trace.Fail(o.Name(), trace.Avals(x), "has no derivative in its first two operands; stop the gradient there")
	}
	y := c.Self(x...)
	if t[2] == nil {
		return y, []*Value{nil}
	}
	d := Mul(t[2], BetaDensity(x[0], x[1], x[2]))
	if o.Upper {
		d = Neg(d)
	}
	return y, []*Value{d}
}

// The derivatives of BetaDensity.

func betaDensityByA(x []*Value, y *Value) *Value {
	return byShape(y, Add(Log(x[2]), DigammaDifference(x[0], x[1])))
}

func betaDensityByB(x []*Value, y *Value) *Value {
	return byShape(y, Add(Log1p(Neg(x[2])), DigammaDifference(x[1], x[0])))
}

func betaDensityByX(x []*Value, y *Value) *Value {
	one := FullLike(y, 1)
	left, right := Div(Sub(x[0], one), x[2]), Div(Sub(x[1], one), Sub(one, x[2]))
	low, high := Eq(x[2], FullLike(y, 0)), Eq(x[2], one)
	d := betaDensitySlopeAtEnd(Select(high, x[1], x[0]), Select(high, x[0], x[1]))
	return Select(Or(low, high), Select(high, Neg(d), d), byShape(y, Sub(left, right)))
}

// betaDensitySlopeAtEnd is the derivative of BetaDensity(a, b, x) where x is 0.
func betaDensitySlopeAtEnd(a, b *Value) *Value {
	k := func(v float64) *Value { return FullLike(a, v) }
	d := Select(Eq(a, k(2)), Mul(b, Add(b, k(1))), k(0))
	d = Select(Lt(a, k(2)), k(math.Inf(1)), d)
	d = Select(Eq(a, k(1)), Mul(b, Sub(k(1), b)), d)
	return Select(Lt(a, k(1)), k(math.Inf(-1)), d)
}

// betaDensityOf is BetaDensity of float32 and float64.
func betaDensityOf(a, b, x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	zero, one := k(0), k(1)
	ok := And(And(Gt(a, zero), Gt(b, zero)), And(Ge(x, zero), Le(x, one)))
	finite := Lt(Max(a, b), k(math.Inf(1)))
	inside := And(And(ok, finite), And(Gt(x, zero), Lt(x, one)))
	p, q, y := Select(inside, a, one), Select(inside, b, one), Select(inside, x, k(0.5))
	// Of two small numbers, the one of the lesser power is not 0 before the density is.
	less := And(Ge(p, one), Lt(p, k(densityFrom)))
	lesser := Max(Sub(p, one), k(1e-30))
	t := betaTail{p: Select(less, lesser, p), q: q, x: y, y: Sub(one, y)}
	t.prepare()
	v := Mul(t.power(), Div(Select(less, Add(lesser, q), Div(p, y)), t.y))
	at := func(p, q *Value) *Value { // the density at the end that p is for
		return Select(Gt(p, one), zero, Select(Lt(p, one), k(math.Inf(1)), q))
	}
	v = Select(Eq(x, zero), at(a, b), Select(Eq(x, one), at(b, a), v))
	return Select(ok, Select(finite, v, zero), k(math.NaN()))
}
