package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Hyp1F1 is Kummer's confluent hypergeometric function 1F1(a; b; x): jax.scipy.special.hyp1f1. It takes real numbers,
// promoted and broadcast, and computes in float64. Poles give inf, but 1F1(0; 0; x) is 1. Errors are below 64 units in
// the last place for parameters and x up to 20 or so, and grow with them to some hundreds; where b is negative and so
// much cancels that no digit is known, the result is NaN.
func Hyp1F1[A, B, X jnp.Operand](a A, b B, x X) jnp.Array {
	return arrays.Elementwise("special.Hyp1F1", nil, func(x []array) array {
		return inFloat64(reals(x), hyp1f1)
	}, a, b, x)
}

func hyp1f1(x []array, tol accuracy) array {
	value := func(x []array, tangent bool) array { return hyp1f1Value(x, tol, tangent) }
	return smooth(x, value, func(x []array) array {
		a, b := x[0], x[1]
		return a.Div(b).Mul(hyp1f1([]array{a.Add(1), b.Add(1), x[2]}, tol))
	})
}

// kummer is a call of 1F1 with positive x, or with a series that ends.
type kummer struct {
	a    double
	b, x array
	far  array // where the asymptotic series of negative x does
}

// hyp1f1Value takes Kummer's transformation where x is negative.
func hyp1f1Value(p []array, tol accuracy, tangent bool) array {
	a, b, x := p[0], p[1], p[2]
	ba := difference(b, a)
	end, none := isEnd(double{hi: a}), x.Ne(x)
	turn := x.Lt(0)
	if !tangent {
		turn = turn.And(end.Not())
	}
	k := kummer{choice(turn, ba, double{hi: a}), b, jnp.Where(turn, x.Neg(), x), none}
	ends := isEnd(k.a)
	if tangent {
		ends = none
	}
	invalid := jnp.IsNaN(a.Add(b).Add(x)).Or(jnp.IsInf(a.Add(b)))
	pole := isEnd(double{hi: b}).And(end.And(a.Ge(b)).Not())
	infinite := jnp.IsInf(x)
	k.far = turn.And(ends.Not()).And(k.x.Gt(a.Sub(b).Add(1).Abs().Add(1).Mul(a.Abs().Add(1)).Mul(4).Add(50)))
	on := invalid.Or(pole).Or(infinite.And(k.far.Not())).Not()

	beyond, size := k.beyond(turn)
	beyond = beyond.And(on).And(end.Not()).And(ends.Not()).And(k.far.Not())
	on = on.And(beyond.Not())
	y, scale := k.sum(a, on.And(ends.Not()), tol, tangent)
	if !tangent {
		poly, times := k.polynomial(on.And(ends))
		y, scale = jnp.Where(ends, poly, y), jnp.Where(ends, times, scale)
	}
	front := jnp.Where(turn.And(on).And(k.far.Not()), x, 0)
	y = jnp.Where(scale.Eq(0), y.Mul(jnp.Exp(front)), scaledExp(y, front, scale))
	return choose([]array{invalid, pole, infinite.And(a.Eq(0)), infinite.And(k.far.Not()), beyond},
		fill(x, math.NaN()), fill(x, math.Inf(1)), fill(x, 1), limit1F1(a, b, x, end, turn), size, y)
}

// beyond is where x is so large that the function is infinite, or 0 where turned, and which of them with its sign: the
// leading term of the asymptotic series.
func (k kummer) beyond(turned array) (on, y array) {
	a, b := k.a.hi, k.b
	ba := b.Sub(a)
	log := gammaln(b).Sub(gammaln(a)).Sub(ba.Mul(jnp.Log(jnp.Maximum(k.x, 1)))).Add(jnp.Where(turned, 0, k.x))
	next := jnp.Sub(1, a).Mul(ba).Div(jnp.Maximum(k.x, 1)).Abs()
	on = k.x.Gt(a.Abs().Mul(8).Add(b.Abs().Mul(4)).Add(100)).And(log.Abs().Gt(next.Mul(2).Add(1000)))
	return on, gammasgn(a).Mul(gammasgn(b)).Mul(jnp.Exp(jnp.Where(on, log, 0)))
}

// limit1F1 is the value at infinite x: the sign of the leading term.
func limit1F1(a, b, x, end, turn array) array {
	odd := jnp.Where(jnp.Fmod(a, 2).Ne(0).And(x.Gt(0)), -1.0, 1.0)
	sign := gammasgn(b).Mul(jnp.Where(end, odd.Mul(gammasgn(b.Sub(a))), gammasgn(a)))
	return jnp.Where(turn.And(x.Lt(0)), 0, sign.Mul(math.Inf(1)))
}

// leading is what the asymptotic series is multiplied by.
func (k kummer) leading(a array) array {
	ba := k.a.hi
	moderate := k.b.Abs().Lt(170).And(ba.Abs().Lt(170))
	g := jnp.Where(moderate, gamma(k.b).Div(gamma(ba)),
		gammasgn(k.b).Mul(gammasgn(ba)).Mul(jnp.Exp(gammaln(k.b).Sub(gammaln(ba)))))
	return jnp.Power(jnp.Where(k.far, k.x, 1), a.Neg()).Mul(g)
}

// polynomial is the function where a is whole and not positive, times a power of 2, by the recurrence in a of
// Laguerre's polynomials, which is stable where the sum is not.
func (k kummer) polynomial(on array) (y, scale array) {
	n := k.a.hi.Neg()
	type state struct{ K, P, Before, Scale array }
	going := func(s state) array { return on.And(s.K.Lt(n)) }
	end := lax.WhileLoop(func(s state) array { return going(s).Any().And(s.K.Lt(mostTerms)) }, func(s state) state {
		on := going(s)
		p := s.K.Mul(2).Add(k.b.Sub(k.x)).Mul(s.P).Sub(s.K.Mul(s.Before)).Div(k.b.Add(s.K))
		big := p.Abs().Gt(huge)
		by := jnp.Where(big, 1/huge, 1)
		return state{s.K.Add(1), jnp.Where(on, p.Mul(by), s.P), jnp.Where(on, s.P.Mul(by), s.Before),
			jnp.Where(on.And(big), s.Scale.Add(scaling), s.Scale)}
	}, state{scalar(n, 0), fill(n, 1), fill(n, 0), fill(n, 0)})
	return jnp.Where(going(end), math.NaN(), end.P), end.Scale
}

// sum is the function where on holds, times a power of 2. parameter is a before Kummer's transformation.
func (k kummer) sum(parameter, on array, tol accuracy, tangent bool) (y, scale array) {
	if tangent {
		tol = tol.forTangents()
	}
	a, b := k.a.hi, k.b
	// With negative a it falls and swings, until it grows.
	waves := a.Lt(-1).And(b.Gt(0))
	h := jnp.Where(waves, jnp.Minimum(k.x, jnp.Maximum(b, 1).Mul(-0.5).Div(a)), k.x)
	h = jnp.Where(k.far, jnp.Reciprocal(k.x), h)
	one := fill(h, 1)
	s := quotient(func(w arith, n double) (num, den double) {
		first, second := w.add(choice(k.far, double{hi: parameter}, k.a), n), w.add(double{hi: jnp.Sub(1, a)}, n)
		second = choice(k.far, second, double{hi: one})
		second.hi = jnp.Where(k.far.And(n.hi.Gt(40)), 0, second.hi) // later its terms grow
		return w.mul(first, second), choice(k.far, double{hi: one}, w.add(double{hi: b}, n))
	}).sum(on, h, tol, tangent, h.Gt(100))
	s.Value = jnp.Where(k.far, s.Value.Mul(k.leading(parameter)), s.Value)
	onward := on.And(h.Lt(k.x)).And(k.far.Not())
	turning := a.Abs().Mul(4).Add(b.Abs().Mul(2))
	end := equation{
		coefficients: func(z, _ array) (p, q, r array) { return z, fill(z, 1), b.Sub(z) },
		last:         func(n array) array { return arith(false).add(k.a, double{hi: n}).hi },
		lower:        func(z array) array { return z.Eq(z) },
		step: func(z, _ array) array {
			h := jnp.Minimum(z.Mul(0.5), 300) // it grows as exp(z)
			h = jnp.Where(z.Lt(turning), jnp.Minimum(h, jnp.Sqrt(z.Div(a).Abs()).Mul(1.5)), h)
			return jnp.Where(b.Gt(z), jnp.Minimum(h, z.Mul(2).Div(b.Sub(z))), h)
		},
	}.follow(onward, point{h, jnp.Sub(1, h), s.Value, s.Slope.Div(h), s.Scale}, k.x, jnp.Sub(1, k.x), tol, tangent)
	return jnp.Where(onward, end.Value, s.Value), jnp.Where(onward, end.Scale, s.Scale)
}
