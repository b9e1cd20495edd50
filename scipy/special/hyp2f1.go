package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Hyp2F1 is Gauss's hypergeometric function 2F1(a, b; c; x): jax.scipy.special.hyp2f1. It takes real numbers, promoted
// and broadcast, and computes in float64. Poles give inf, and so do x > 1, where the function is not real, but for a
// or b that are whole and not positive, and its like. Errors are below 64 units in the last place for parameters up to
// 20 or so, and grow with them to some hundreds; where c is negative and so much cancels that no digit is known, the
// result is NaN.
func Hyp2F1[A, B, C, X jnp.Operand](a A, b B, c C, x X) jnp.Array {
	return arrays.Elementwise("special.Hyp2F1", nil, func(x []array) array {
		return inFloat64(reals(x), hyp2f1)
	}, a, b, c, x)
}

func hyp2f1(x []array, tol accuracy) array {
	value := func(x []array, tangent bool) array { return hyp2f1Value(x, tol, tangent) }
	return smooth(x, value, func(x []array) array {
		a, b, c := x[0], x[1], x[2]
		return a.Mul(b).Div(c).Mul(hyp2f1([]array{a.Add(1), b.Add(1), c.Add(1), x[3]}, tol))
	})
}

// isEnd says whether a series of the parameter x ends: x is whole and not positive.
func isEnd(x double) array {
	end := x.hi.Le(0).And(x.hi.Eq(jnp.Round(x.hi)))
	if !x.plain() {
		end = end.And(x.lo.Eq(0))
	}
	return end
}

// difference is a-b with its lower digits.
func difference(a, b array) double { return exactSum(a, b.Neg()) }

func choice(on array, a, b double) double {
	if a.plain() {
		a.lo = fill(a.hi, 0)
	}
	if b.plain() {
		b.lo = fill(b.hi, 0)
	}
	return double{jnp.Where(on, a.hi, b.hi), jnp.Where(on, a.lo, b.lo)}
}

// gauss is a call of 2F1 with z between 0 and 1 and s1 = 1-z. d is c-a-b.
type gauss struct {
	a, b  double
	c, d  array
	z, s1 array
}

// hyp2f1Value brings x between 0 and 1 by Pfaff's transformation, and takes Euler's where the value at 1 would be 0 or
// would grow more than it need.
func hyp2f1Value(p []array, tol accuracy, tangent bool) array {
	a, b, c, x := jnp.Minimum(p[0], p[1]), jnp.Maximum(p[0], p[1]), p[2], p[3]
	swap := isEnd(double{hi: b}) // if both end, b does so sooner
	a, b = jnp.Where(swap, b, a), jnp.Where(swap, a, b)
	known, special := hyp2f1Known(a, b, c, x)
	right, left := x.Gt(1), x.Lt(0)

	g := gauss{a: double{hi: a}, b: choice(left, difference(c, b), double{hi: b}), c: c}
	g.s1 = jnp.Where(left, jnp.Reciprocal(jnp.Sub(1, x)), jnp.Sub(1, x))
	g.z = choose([]array{x.Lt(-1), left}, jnp.Sub(1, g.s1), x.Div(x.Sub(1)), x)
	ca, cb := difference(c, a), choice(left, double{hi: b}, difference(c, b))
	d := choice(left, difference(b, a), arith(true).add(ca, double{hi: b.Neg()}))

	ends := isEnd(g.a)
	vanishes := isEnd(ca).Or(isEnd(cb))
	grows := d.hi.Lt(0).And(ends.Or(isEnd(g.b)).Not()).And(ca.hi.Mul(cb.hi).Gt(0)).And(c.Gt(0))
	euler := vanishes.And(d.hi.Gt(0).Or(right.And(ends.Not()))).Or(grows)
	g.a, g.b = choice(euler, ca, g.a), choice(euler, cb, g.b)
	g.d = jnp.Where(euler, d.hi.Neg(), d.hi)
	swap = isEnd(g.b).And(isEnd(g.a).Not().Or(g.b.hi.Gt(g.a.hi)))
	g.a, g.b = choice(swap, g.b, g.a), choice(swap, g.a, g.b)

	// The factor in front is a power, in two halves that do not overflow where the whole does not.
	base := jnp.Where(left, jnp.Sub(1, x), g.s1)
	power := jnp.Where(left, jnp.Where(euler, b, a).Neg(), jnp.Where(euler, d.hi, 0))
	off := jnp.Where(left.And(x.Gt(math.Inf(-1))), exactSum(x.Neg(), fill(x, 1)).lo.Mul(power).Div(base),
		jnp.Where(euler.And(g.s1.Gt(0)), d.lo.Mul(jnp.Log(g.s1)), 0))
	half := jnp.Power(base.Abs(), power.Mul(0.5))
	odd := right.And(jnp.Fmod(power, 2).Ne(0))

	y, scale := g.sum(special.Not(), right, tol, tangent)
	y = scaled(y, scale).Mul(half).Mul(half)
	y = jnp.Where(odd, y.Neg(), y).Mul(off.Add(1))
	// Beyond 1 there are real values where the series ends, before or after a whole power in front of it.
	real := isEnd(g.a).And(euler.Not().Or(power.Eq(jnp.Round(power))))
	return choose([]array{special, right.And(real.Not())}, known, fill(x, math.Inf(1)), y)
}

// hyp2f1Known is what needs no sum, and where that is.
func hyp2f1Known(a, b, c, x array) (y, on array) {
	invalid := jnp.IsNaN(a.Add(b).Add(c).Add(x)).Or(jnp.IsInf(a.Add(b).Add(c)))
	soon := func(a array) array { return isEnd(double{hi: a}).And(a.Ge(c)) }
	pole := isEnd(double{hi: c}).And(soon(a).Or(soon(b)).Not())
	first := x.Eq(0)
	y = choose([]array{invalid, first}, fill(x, math.NaN()), fill(x, 1), fill(x, math.Inf(1)))
	return y, invalid.Or(first).Or(pole)
}

// sum is the function where on holds, times a power of 2. far says where z is beyond 1 and the series ends.
func (g gauss) sum(on, far array, tol accuracy, tangent bool) (y, scale array) {
	factor := fill(g.z, 1)
	if tangent {
		tol = tol.forTangents()
	} else {
		// A series that ends goes on at 1 as it begins at 0. The other way around it would not be found among its
		// equation's solutions, of which one is infinite at 1.
		mirror := isEnd(g.a).And(g.z.Gt(0.5)).And(far.Not())
		cb := arith(true).add(double{hi: g.c}, double{g.b.hi.Neg(), g.b.lo.Neg()})
		factor = product(mirror.And(on), g.a.hi.Neg(), cb.hi, g.c)
		c, d := jnp.Sub(1, g.d), jnp.Sub(1, g.c)
		g.c, g.d = jnp.Where(mirror, c, g.c), jnp.Where(mirror, d, g.d)
		g.z, g.s1 = jnp.Where(mirror, g.s1, g.z), jnp.Where(mirror, g.z, g.s1)
	}
	a, b, c := g.a.hi, g.b.hi, g.c
	ab := a.Mul(b)
	// As far as the series at 0 is used: to where it is slow, or, if its terms have both signs, soon begins to cancel.
	direct := g.z.Le(0.9).Or(g.d.Gt(8)).Or(far)
	h := jnp.Where(direct, g.z, jnp.Where(c.Lt(0), 0.9, 0.5))
	waves := ab.Lt(-1).And(c.Gt(0)).And(far.Not())
	h = jnp.Where(waves, jnp.Minimum(h, jnp.Maximum(c, 1).Mul(-0.5).Div(ab)), h)
	s := quotient(func(w arith, k double) (num, den double) {
		return w.mul(w.add(g.a, k), w.add(g.b, k)), w.add(double{hi: g.c}, k)
	}).sum(on, h, tol, tangent, h.Ne(h))

	onward := on.And(h.Lt(g.z)).And(far.Not())
	// So close to 1 the function is known to behave as a constant and a power of 1-z.
	close := jnp.Div(1e-19, ab.Abs().Add(a.Add(b).Abs()).Add(1))
	from := point{h, jnp.Sub(1, h), s.Value, s.Slope.Div(h), s.Scale}
	end := g.equation().follow(onward, from, g.z, jnp.Maximum(g.s1, close), tol, tangent)
	log := jnp.Log(g.s1.Div(close))
	by := jnp.Where(g.d.Eq(0), log, jnp.Expm1(g.d.Mul(log)).Div(jnp.Where(g.d.Eq(0), 1, g.d)))
	limit := end.Value.Sub(close.Mul(end.Slope).Mul(by))
	y = jnp.Where(g.s1.Lt(close), limit, end.Value)
	// Of negative c the other solution grows as z^(1-c), and with it the error.
	noise := jnp.Power(g.z.Div(h), jnp.Sub(1, c)).Mul(s.Value.Abs().Add(s.Slope.Abs())).Mul(0x1p-43)
	y = jnp.Where(c.Lt(0).And(noise.Gt(y.Abs())), math.NaN(), y)
	return jnp.Where(onward, y, s.Value).Mul(factor), jnp.Where(onward, end.Scale, s.Scale)
}

// equation is the hypergeometric differential equation.
func (g gauss) equation() equation {
	a, b, c, w := g.a.hi, g.b.hi, g.c, arith(false)
	slope := a.Add(b).Add(1)
	lower := func(z array) array { return z.Lt(0.5) }
	coefficients := func(z, s1 array) (p, q, r array) {
		return z.Mul(s1), s1.Sub(z), jnp.Where(lower(z), c.Sub(slope.Mul(z)), g.d.Sub(1).Add(slope.Mul(s1)))
	}
	return equation{
		coefficients: coefficients,
		last:         func(k array) array { return w.mul(w.add(g.a, double{hi: k}), w.add(g.b, double{hi: k})).hi },
		lower:        lower,
		// Half of the radius of convergence, part of a wave, and not so far that a solution that falls cancels.
		step: func(z, s1 array) array {
			p, _, r := coefficients(z, s1)
			ab := a.Mul(b)
			h := jnp.Minimum(z, s1).Mul(0.5)
			h = jnp.Where(ab.Lt(0), jnp.Minimum(h, jnp.Sqrt(p.Div(ab.Neg())).Mul(1.5)), h)
			return jnp.Where(r.Gt(0), jnp.Minimum(h, p.Mul(2).Div(r)), h)
		},
	}
}

// product is (x)n/(y)n, of Pochhammer symbols of a whole n, where on holds, 1 elsewhere.
func product(on, n, x, y array) array {
	type state struct{ K, P array }
	going := func(s state) array { return on.And(s.K.Lt(n)) }
	end := lax.WhileLoop(func(s state) array { return going(s).Any().And(s.K.Lt(mostTerms)) }, func(s state) state {
		return state{s.K.Add(1), jnp.Where(going(s), s.P.Mul(x.Add(s.K).Div(y.Add(s.K))), s.P)}
	}, state{scalar(x, 0), fill(x, 1)})
	return jnp.Where(going(end), math.NaN(), end.P)
}
