package ops

import "math"

// Quotients of gamma functions, of float32 and float64, without the cancellation of logarithms.

// difference is (p(y) - p(x))/(y - x).
func (p polynomial) difference(x, y *Value) *Value {
	c := p.of(x)
	sum, d := FullLike(x, c[len(c)-1]), FullLike(x, 0)
	for i := len(c) - 2; i >= 0; i-- {
		d = Add(Mul(d, y), sum)
		sum = Add(Mul(sum, x), FullLike(x, c[i]))
	}
	return d
}

// stirlingDifference is stirlingRest(x+d) - stirlingRest(x), of which y is x+d.
func stirlingDifference(x, d, y *Value) *Value {
	one := FullLike(x, 1)
	rx, ry := shared(Div(one, x)), shared(Div(one, y))
	less := Neg(Mul(Mul(d, rx), ry))
	wx, wy := Square(rx), Square(ry)
	return Mul(less, Add(stirlingFit.at(wy), Mul(Mul(rx, Add(rx, ry)), stirlingFit.difference(wx, wy))))
}

// logGammaRise is log(gamma(x+d)/gamma(x)) - d·log(x), for x and x+d of at least stirlingFrom. Relative to d it is
// exact where d is small.
func logGammaRise(x, d *Value) *Value {
	h := shared(Div(d, x))
	one := FullLike(x, 1)
	log := Mul(Sub(d, FullLike(x, 0.5)), Log1p(h))
	return Add(Mul(x, log1pLess(h, Add(one, h))), Add(log, stirlingDifference(x, d, Add(x, d))))
}

// digammaDifferenceOf is DigammaDifference of float32 and float64.
func digammaDifferenceOf(x, d *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	y := Add(x, d)
	left := And(Le(x, k(0)), Le(y, k(0)))
	positive := And(Gt(x, k(0)), Gt(y, k(0)))
	// Where both are mirrored, the difference is that of 1-x and 1-y, and of cotangents.
	x, y = Select(left, Sub(k(1), y), x), Select(left, Sub(k(1), x), y)
	rise := digammaRise(x, d, y)
	rise = Select(left, Sub(cotDifference(x, d, y), rise), rise)
	return Select(Or(left, positive), rise, Sub(digammaOf(y), digammaOf(x)))
}

// cotDifference is pi·(cot(pi·x) - cot(pi·y)), of which y is x+d.
func cotDifference(x, d, y *Value) *Value {
	s := Div(Mul(FullLike(x, math.Pi), signedSinPi(d)), Mul(signedSinPi(x), signedSinPi(y)))
	return Select(Eq(d, Floor(d)), FullLike(x, 0), s)
}

// digammaRise is digamma(x+d) - digamma(x) for positive x and y, which is x+d.
func digammaRise(x, d, y *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	up := Lt(Min(x, y), k(stirlingFrom))
	sx, sy := Select(up, x, k(1)), Select(up, y, k(1))
	sum := k(0)
	for i := range 6 {
		// The product of the denominators might overflow.
		sum = Add(sum, Mul(Div(d, Add(sy, k(float64(i)))), Div(k(1), Add(sx, k(float64(i))))))
	}
	x, y = Select(up, Add(x, k(6)), x), Select(up, Add(y, k(6)), y)
	rx, ry := shared(Div(k(1), x)), shared(Div(k(1), y))
	less := Mul(Div(d, y), rx)
	wx, wy := Square(rx), Square(ry)
	rest := Add(digammaRest.at(wy), Mul(wx, digammaRest.difference(wx, wy)))
	far := Add(Log1p(Mul(d, rx)), Mul(less, Add(k(0.5), Mul(Add(rx, ry), rest))))
	return Add(far, Select(up, sum, k(0)))
}

func digammaDifferenceByX(x, d, _ *Value) *Value {
	one := FullLike(x, 1)
	return Sub(Polygamma(one, Add(x, d)), Polygamma(one, x))
}

func digammaDifferenceByD(x, d, _ *Value) *Value { return Polygamma(FullLike(x, 1), Add(x, d)) }

// reflected is a beta function as a factor times, or over where inverse, that of positive a <= b; where bad it is NaN,
// and where pole infinite.
type reflected struct{ a, b, factor, inverse, bad, pole *Value }

// reflectBeta moves negative arguments to the right by gamma(x)·gamma(1-x) = pi/sin(pi·x).
func reflectBeta(a, b *Value) reflected {
	k := func(v float64) *Value { return FullLike(a, v) }
	a, b = Min(a, b), Max(a, b)
	sum := Add(a, b)
	left, both := Lt(a, k(0)), Lt(b, k(0))
	far := And(left, And(Le(sum, k(0)), Not(both))) // gamma(a+b) is mirrored too
	near := And(left, Gt(sum, k(0)))
	sa, sb, ss := signedSinPi(a), signedSinPi(b), signedSinPi(sum)
	wholeA, wholeB := Eq(a, Floor(a)), Eq(b, Floor(b))
	// sin(pi·(a+b)) over sin(pi·a) is ±1 for whole b, also at the poles of both.
	ratio := Select(wholeB, alternating(b), Div(ss, sa))
	r := reflected{inverse: Or(both, near), bad: isNaN(sum)}
	r.factor = Select(both, Mul(Div(Div(ss, sa), sb), Div(k(math.Pi), Sub(k(1), sum))),
		Select(far, ratio, Select(near, Div(k(math.Pi), Mul(sa, b)), k(1))))
	poleA := And(And(wholeA, Le(a, k(0))), Not(And(far, And(wholeB, Gt(b, k(0))))))
	r.pole = Or(poleA, And(wholeB, Le(b, k(0))))
	off := Or(r.bad, r.pole)
	r.factor = Select(off, k(1), r.factor)
	x := Select(r.inverse, Sub(k(1), a), Select(far, Sub(k(1), sum), a))
	y := Select(both, Sub(k(1), b), Select(near, sum, b))
	x, y = Select(off, k(1), x), Select(off, k(1), y)
	r.a, r.b = Min(x, y), Max(x, y)
	return r
}

// ends is y, with the values at the poles and NaN.
func (r reflected) ends(y *Value) *Value {
	return Select(r.bad, FullLike(y, math.NaN()), Select(r.pole, infinity(y), y))
}

// logBetaOf is LogBeta of float32 and float64.
func logBetaOf(a, b *Value) *Value {
	r := reflectBeta(a, b)
	y := logBeta(r.a, r.b)
	return r.ends(Add(Log(Abs(r.factor)), Select(r.inverse, Neg(y), y)))
}

// betaOf is Beta of float32 and float64.
func betaOf(a, b *Value) *Value {
	r := reflectBeta(a, b)
	y, half := positiveBeta(r.a, r.b)
	y, half = Select(r.inverse, Div(FullLike(y, 1), y), y), Select(r.inverse, Div(FullLike(y, 1), half), half)
	return r.ends(Mul(Mul(Mul(r.factor, y), half), half))
}

func logBetaByA(a, b, _ *Value) *Value { return Neg(DigammaDifference(a, b)) }
func logBetaByB(a, b, _ *Value) *Value { return Neg(DigammaDifference(b, a)) }
func betaByA(a, b, y *Value) *Value    { return Neg(Mul(y, DigammaDifference(a, b))) }
func betaByB(a, b, y *Value) *Value    { return Neg(Mul(y, DigammaDifference(b, a))) }

// logBeta is LogBeta for 0 < a <= b.
func logBeta(a, b *Value) *Value {
	k := func(v float64) *Value { return FullLike(a, v) }
	big := Ge(b, k(stirlingFrom))
	both := Ge(a, k(stirlingFrom))
	a1, b1 := Select(both, k(1), a), Select(big, k(1), b)
	logA := rightLogGamma(a1)
	small := Add(logA, Sub(rightLogGamma(b1), rightLogGamma(Add(a1, b1))))
	small = Select(Eq(b, k(1)), Neg(Log(a1)), Select(Eq(a, k(1)), Neg(Log(b1)), small))
	far := Select(big, b, k(stirlingFrom))
	finite := And(big, Lt(far, k(math.Inf(1))))
	far = Select(finite, far, k(stirlingFrom))
	least := Select(both, Min(a, far), k(stirlingFrom))
	rise := Sub(logA, Add(logGammaRise(far, a1), Mul(a1, Log(far))))
	h := Div(least, far)
	y := Add(Mul(Sub(least, k(0.5)), Log(Div(h, Add(h, k(1))))), Neg(Mul(far, Log1p(h))))
	y = Add(y, Sub(k(0.5*math.Log(2*math.Pi)), Mul(Log(far), k(0.5))))
	y = Add(y, Sub(stirlingRest(least), stirlingDifference(far, least, Add(far, least))))
	v := Select(both, y, Select(big, rise, small))
	return Select(Eq(b, k(math.Inf(1))), Neg(infinity(b)), v)
}

// positiveBeta is Beta for 0 < a <= b, as v times the square of half.
func positiveBeta(a, b *Value) (v, half *Value) {
	k := func(v float64) *Value { return FullLike(a, v) }
	big, both := Ge(b, k(stirlingFrom)), Ge(a, k(stirlingFrom))
	one := k(1)
	// The gamma functions themselves where they are small.
	a1, b1 := Select(both, one, a), Select(big, one, b)
	gammaA := smallGamma(a1)
	small := Mul(Div(gammaA, smallGamma(Add(a1, b1))), smallGamma(b1))
	// b^-a, and a correction, where only a is small.
	far := Select(And(big, Lt(b, k(math.Inf(1)))), b, k(stirlingFrom))
	rise := Mul(gammaA, Exp(Neg(logGammaRise(far, a1))))
	// Stirling's formula where both are large, with what the roundings of n and of the quotients lose.
	least := Select(both, Min(a, far), k(stirlingFrom))
	n, rest := TwoSum(far, least)
	x, y := Div(least, n), Div(far, n)
	lost := Sub(Add(lostInQuotient(least, n, x), lostInQuotient(far, n, y)), rest)
	stirling := Mul(Sqrt(Div(k(2*math.Pi), Mul(x, far))),
		Exp(Add(Sub(stirlingRest(least), stirlingDifference(far, least, n)), lost)))
	h := k(0.5)
	half = Mul(Pow(Select(both, x, far), Mul(Select(both, least, Neg(a1)), h)), Select(both, Pow(y, Mul(far, h)), one))
	v = Select(both, stirling, Select(big, rise, small))
	return Select(Eq(b, infinity(b)), k(0), v), Select(big, half, one)
}

// smallGamma is gamma(x) for 0 < x < 2·stirlingFrom.
func smallGamma(x *Value) *Value {
	g := partsOfGammaTo(x, 2*stirlingFrom)
	exp := Exp(g.e)
	return Select(g.low, Div(exp, g.p), Mul(exp, g.p))
}

// pochOf is Poch of float32 and float64. What is negative is mirrored.
func pochOf(z, m *Value) *Value {
	k := func(v float64) *Value { return FullLike(z, v) }
	top := Add(z, m)
	left, leftTop := Le(z, k(0)), Le(top, k(0))
	both, one := And(left, leftTop), Or(left, leftTop)
	sz, st := signedSinPi(z), signedSinPi(top)
	ratio := Select(Eq(m, Floor(m)), alternating(m), Div(sz, st))
	x := Select(both, Sub(k(1), top), Select(one, k(1), z))
	y := Select(both, Sub(k(1), z), Select(one, k(1), top))
	quotient := gammaQuotient(x, Select(Or(both, Not(one)), m, k(0)), y)
	// With one of them mirrored there is a product of gamma functions.
	x, y = Select(left, Sub(k(1), z), z), Select(leftTop, Sub(k(1), top), top)
	product := Mul(gammaOf(x), gammaOf(y))
	mixed := Select(left, Mul(product, Div(sz, k(math.Pi))), Div(k(math.Pi), Mul(st, product)))
	mixed = Select(And(left, Eq(sz, k(0))), k(0), mixed)
	v := Select(both, Mul(ratio, quotient), Select(one, mixed, quotient))
	pole := And(And(leftTop, Eq(st, k(0))), Ne(sz, k(0)))
	v = Select(Or(pole, And(Eq(v, Neg(infinity(v))), Eq(st, k(0)))), infinity(v), v)
	return Select(Eq(m, k(0)), k(1), v)
}

// gammaQuotient is gamma(y)/gamma(x) for positive x and y, of which y is x+d.
func gammaQuotient(x, d, y *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	most := k(0.85 * gammaOverflows(x))
	direct := Lt(Max(x, y), most)
	v := Div(gammaOf(Select(direct, y, k(1))), gammaOf(Select(direct, x, k(1))))
	// Elsewhere the lesser one is moved to where Stirling's formula holds.
	upX, upY := Lt(x, k(stirlingFrom)), Lt(y, k(stirlingFrom))
	m := Min(x, y)
	product := k(1)
	for i := range 7 {
		product = Mul(product, Select(Or(upX, upY), Add(m, k(float64(i))), k(1)))
	}
	far := Select(upX, Add(x, k(7)), x)
	d = Select(upX, Sub(d, k(7)), Select(upY, Add(d, k(7)), d))
	half := Pow(far, Mul(d, k(0.5)))
	// With the half the whole underflows, too, and the other factor may be infinite.
	none := Eq(half, k(0))
	rise := Mul(Mul(half, Exp(Select(none, k(0), logGammaRise(far, d)))), half)
	rise = Select(upX, Mul(rise, product), Select(upY, Div(rise, product), rise))
	return Select(direct, v, rise)
}

func pochByZ(z, m, y *Value) *Value {
	zero, one, pi := FullLike(z, 0), FullLike(z, 1), FullLike(z, math.Pi)
	top := Add(z, m)
	// Where z alone is mirrored, digamma(z) has a pole where y is 0.
	left := And(Le(z, zero), Gt(top, zero))
	slope := Mul(y, DigammaDifference(Select(left, one, z), Select(left, one, m)))
	x := Select(left, Sub(one, z), one)
	up := Select(left, top, one)
	cos := Mul(Cos(Mul(pi, Sub(z, Round(z, ToNearestEven)))), alternating(Round(z, ToNearestEven)))
	mirrored := Add(Mul(y, Sub(Digamma(up), Digamma(x))), Mul(cos, Mul(Gamma(up), Gamma(x))))
	return Select(left, mirrored, slope)
}

func pochByM(z, m, y *Value) *Value { return byShape(y, Digamma(Add(z, m))) }

// combOf is Comb of float32 and float64.
func combOf(n, k *Value) *Value {
	one := FullLike(n, 1)
	m := Add(Sub(n, k), one)
	j := Add(k, one)
	v, half := positiveBeta(Min(m, j), Max(m, j))
	half = Div(one, half)
	y := Mul(Mul(Div(one, Mul(Add(n, one), v)), half), half)
	whole := And(Eq(n, Floor(n)), Eq(k, Floor(k)))
	return Select(whole, Round(y, ToNearestEven), y)
}

func combByN(n, k, y *Value) *Value {
	return Mul(y, DigammaDifference(Add(Sub(n, k), FullLike(n, 1)), k))
}

func combByK(n, k, y *Value) *Value {
	return Mul(y, DigammaDifference(Add(k, FullLike(k, 1)), Sub(Sub(n, k), k)))
}
