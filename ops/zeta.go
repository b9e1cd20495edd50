package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type polygamma struct{ binaryFloat }

func (polygamma) Name() string { return "polygamma" }

// Polygamma is the n-th derivative of Digamma at x, for floats n (whole and not negative, else NaN) and x of one dtype.
func Polygamma(n, x *Value) *Value { return one(polygamma{}, n, x) }

// Lower takes (-1)^(n+1)·gamma(n+1)·zeta(n+1, x), with the first two factors in the terms of zeta.
func (polygamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle2(func(n, x *Value) *Value {
		k := func(v float64) *Value { return FullLike(x, v) }
		isZero := Eq(n, k(0))
		bad := Or(Or(Lt(n, k(0)), Ne(n, Floor(n))), Ge(n, k(math.Inf(1))))
		s := Select(Or(bad, isZero), k(2), Add(n, k(1)))
		y := hurwitz(s, x, gammaOverPower)
		y = Mul(y, alternating(s))
		return Select(bad, k(math.NaN()), Select(isZero, digammaOf(x), y))
	}))
}

// JVP in x alone: in n the function is defined at whole numbers only, and JAX refuses it too.
func (o polygamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), trace.Avals(x), "has no derivative in its first operand, the order; stop the "+
				"gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Polygamma(Add(x[0], FullLike(x[0], 1)), x[1])) })
}

type zeta struct{ binaryFloat }

func (zeta) Name() string { return "zeta" }

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ..., for floats of one dtype.
func Zeta(x, q *Value) *Value { return one(zeta{}, x, q) }

func (zeta) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle2(zetaOf))
}

// JVP in q alone: d/dq zeta(x, q) = -x zeta(x+1, q); the derivative in x has no closed form.
func (o zeta) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(c, x, t,
		func(g, _ *Value) *Value {
			trace.Fail(o.Name(), []ir.Aval(trace.Avals(x)), "has no derivative in its first operand; stop the "+
				"gradient there")
			return nil
		},
		func(g, _ *Value) *Value { return Mul(g, Mul(Neg(x[0]), Zeta(Add(x[0], FullLike(x[0], 1)), x[1]))) })
}

// zetaOf is Zeta of float32 and float64.
func zetaOf(x, q *Value) *Value {
	return hurwitz(x, q, func(s, q *Value) *Value { return Pow(q, Sub(FullLike(s, 1), s)) })
}

// gammaOverPower is gamma(s)/q^(s-1) for whole s >= 2.
func gammaOverPower(s, q *Value) *Value {
	k := func(v float64) *Value { return FullLike(s, v) }
	g := partsOfGamma(s)
	exp := Exp(g.e)
	less := Sub(s, k(1))
	small := Div(Mul(exp, g.p), Pow(q, less))
	r := Div(s, q)
	h := Mul(Pow(r, Mul(less, k(0.5))), Exp(Mul(s, k(-0.5))))
	lost := Div(Mul(lostInQuotient(s, q, r), less), s)
	big := Mul(Mul(h, h), Mul(Sqrt(Mul(s, k(2*math.Pi))), Mul(exp, Add(k(1), lost))))
	return Select(g.big, big, small)
}

// lostInQuotient is x less r·y, for the rounded quotient r of x and y: the exponent of x is wrong by that in (x/y)^x.
func lostInQuotient(x, y, r *Value) *Value {
	// Where y is so large that its halves overflow, nothing is lost that matters.
	far := Gt(Abs(y), FullLike(y, math.Sqrt(largest(y.DType()))))
	p, rest := twoProduct(r, Select(far, FullLike(y, 1), y))
	return Select(far, FullLike(y, 0), Sub(Sub(x, p), rest))
}

// zetaRatios are B(2j)/(2j)! for j = 1, 2, ..., where B are Bernoulli's numbers.
var zetaRatios = []float64{1. / 12, -1. / 720, 1. / 30240, -1. / 1209600, 1. / 47900160, -691. / 1307674368000,
	1. / 74724249600, -3617. / 10670622842880000, 43867. / 5109094217170944000, -174611. / 802857662698291200000,
	77683. / 14101100039391805440000}

// hurwitz is the sum of scale(s, q+k)/(q+k) over k = 0, 1, ..., where scale(s, q) is q^(1-s), which does not underflow
// before the sum, but for a factor that depends on s alone.
//
// For q < 0 and whole s it adds up from both sides of 0: those k to the right of 0, the mirrored ones to its left as
// if they went on for ever, and less those that do not exist. Where no q is negative the loop ends after the first.
func hurwitz(s, q *Value, scale func(s, q *Value) *Value) *Value {
	k := func(v float64) *Value { return FullLike(q, v) }
	units, small := WholeSubnormals(q)
	below := And(small, Lt(units, k(0)))
	q = Select(small, k(0), q) // a subnormal number is 0 to some of what follows, and not to the rest
	left := Lt(q, k(0))
	sign := alternating(s)
	q0 := Select(left, Sub(q, Floor(q)), q)
	q1, q2 := Sub(Ceil(q), q), Sub(k(1), q)
	turn := func(i int64) *Value { return Full(nil, ir.IntLit(i, ir.Int32)) }
	all := arange(0, q.Rank())
	out := While("zeta", []*Value{turn(0), q0, k(1), k(0)}, func(c []*Value) *Value {
		return Or(Eq(c[0], turn(0)), And(Lt(c[0], turn(3)), ReduceOr(left, all)))
	}, func(c []*Value) []*Value {
		x := c[1]
		term := Mul(c[2], Mul(scale(s, x), Div(zetaOverFirst(s, x), x)))
		term = Select(Eq(x, k(math.Inf(1))), k(0), term)
		first := BroadcastLike(Eq(c[0], turn(0)), q)
		sum := Add(c[3], Select(Or(left, first), term, k(0)))
		return []*Value{Add(c[0], turn(1)), Select(first, q1, q2), Select(first, sign, Neg(sign)), sum}
	})
	y := out[3]
	whole := Eq(q, Floor(q))
	y = Select(And(Le(q, k(0)), whole), Mul(k(math.Inf(1)), Select(below, sign, k(1))), y)
	bad := Or(Lt(s, k(1)), And(Or(below, And(left, Not(whole))), Ne(s, Floor(s))))
	bad = Or(bad, Or(isNaN(s), Or(isNaN(q), Eq(q, k(math.Inf(-1))))))
	y = Select(bad, k(math.NaN()), y)
	return Select(And(Eq(s, k(1)), Not(isNaN(q))), k(math.Inf(1)), y)
}

// zetaOverFirst is the sum of (1+k/q)^-s over k = 0, 1, ..., for s > 1 and q > 0, by Euler and Maclaurin: the first
// terms, the integral of the rest, and its corrections.
func zetaOverFirst(s, q *Value) *Value {
	k := func(v float64) *Value { return FullLike(q, v) }
	n, corrections := 6, 5
	if q.DType() == ir.Float64 {
		n, corrections = 9, 11
	}
	term := func(i int) *Value { return Exp(Neg(Mul(s, Log1p(Div(k(float64(i)), q))))) }
	sum := k(1)
	for i := 1; i < n; i++ {
		sum = Add(sum, term(i))
	}
	w := Add(q, k(float64(n)))
	// Where s is so much larger than w, the rest is 0.
	t := Min(s, Mul(w, k(1e3)))
	r := Div(k(1), w)
	rest := Add(Div(w, Sub(s, k(1))), k(0.5))
	prod := Mul(t, r)
	for j := range corrections {
		if j > 0 {
			for i := 2*j - 1; i <= 2*j; i++ {
				prod = Mul(prod, Mul(Add(t, k(float64(i))), r))
			}
		}
		rest = Add(rest, Mul(prod, k(zetaRatios[j])))
	}
	return Add(sum, Mul(term(n), rest))
}

// zetaByX differentiates Euler's and Maclaurin's formula in x (Johansson, Rigorous high-precision computation of the
// Hurwitz zeta function and its derivatives, 2015).
func zetaByX(x, q, _ *Value) *Value {
	k := func(v float64) *Value { return FullLike(q, v) }
	n := 9
	bound := k(1e3)
	less := Neg(x)
	sum := k(0)
	for i := range n {
		b := Add(q, k(float64(i)))
		sum = Sub(sum, Mul(Log(b), Pow(b, less)))
	}
	w := Add(q, k(float64(n)))
	log, power, r := Log(w), Pow(w, less), Div(k(1), w)
	x1 := Div(k(1), Sub(x, k(1)))
	sum = Sub(sum, Mul(power, Mul(Mul(w, x1), Add(log, x1))))
	// The corrections are the sum of products of (x+i)/w over their ratios, times the power.
	t := Min(x, Mul(w, bound))
	product, slope := Mul(t, r), r
	value, slopes := k(0.5), k(0)
	for j, ratio := range zetaRatios {
		if j > 0 {
			for i := 2*j - 1; i <= 2*j; i++ {
				f := Mul(Add(t, k(float64(i))), r)
				product, slope = Mul(product, f), Add(Mul(slope, f), Mul(product, r))
			}
		}
		value, slopes = Add(value, Mul(product, k(ratio))), Add(slopes, Mul(slope, k(ratio)))
	}
	return Add(sum, Mul(power, Sub(slopes, Mul(log, value))))
}

func zetaByQ(x, q, _ *Value) *Value { return Neg(Mul(x, ZetaOfBoth(Add(x, FullLike(x, 1)), q))) }
