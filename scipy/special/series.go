package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// What the hypergeometric functions are summed with: a power series at 0, and from a point at which the function is
// known Taylor series of the solution of its differential equation, step by step. All is in float64, every element at
// its own pace.

const (
	mostTerms = 200_000 // where a loop is given up, with NaN
	manyTerms = 2_000   // where a sum in float64 is given up
	huge      = 0x1p500 // where sums are scaled down
	scaling   = 500     // and by which power of 2
	lost      = 1e17    // of the digits of twice float64, so many may cancel
)

// accuracy is what is left out of a sum, as a part of it.
type accuracy float64

// forTangents is for sums that are differentiated: the terms of their tangents fall later.
func (t accuracy) forTangents() accuracy { return t * 0x1p-24 }

// quotient is that of a term of a series and the one before, numerator and denominator, but for k+1 and the argument.
type quotient func(w arith, k double) (num, den double)

// sums is what a series is summed to, times 2 to the power of Scale: Value, and Slope, which is the argument times the
// derivative. Poor says where the sum did not end, or most digits have cancelled.
type sums struct{ Value, Slope, Scale, Poor array }

// power sums the series 1 + t[1] + t[2] + ... of t[k+1] = t[k]·h·r(k)/(k+1). With tangent terms that are 0 do not end
// it.
func (w arith) power(h array, tol accuracy, tangent bool, r quotient) sums {
	one, zero := fill(h, 1), fill(h, 0)
	number := func(x, lo array) double {
		if !w {
			return double{hi: x}
		}
		return double{x, lo}
	}
	// The term, the sum and the slope with their lower digits, the largest term and the size of the last one, which do
	// not fall to 0 with it.
	type state struct {
		K, T, TLo, S, SLo, D, DLo, Most, Size, Scale array
		More                                         array
	}
	unfinished := func(s state, grow array) array {
		return s.Size.Mul(s.K).Gt(s.S.Abs().Add(s.D.Abs()).Mul(float64(tol))).Or(grow.Ge(1).And(s.Size.Gt(0)))
	}
	body := func(s state) state {
		num, den := r(w, double{hi: s.K})
		k1 := s.K.Add(1)
		den.hi = jnp.Where(den.hi.Eq(0), 1, den.hi) // the series has ended before the pole
		top, bottom := w.mul(num, double{hi: h}), w.mul(den, double{hi: k1})
		t := w.mul(w.div(top, bottom), number(s.T, s.TLo))
		sum := w.add(number(s.S, s.SLo), t)
		slope := w.add(number(s.D, s.DLo), w.mul(t, double{hi: k1}))
		grow, size := top.hi.Div(bottom.hi).Abs(), t.hi.Abs()
		if tangent {
			grow = jnp.Maximum(num.hi.Abs(), 1).Mul(h).Div(bottom.hi).Abs()
			size = s.Size.Mul(grow)
		}
		n := state{k1, t.hi, s.TLo, sum.hi, s.SLo, slope.hi, s.DLo, jnp.Maximum(s.Most, size), size, s.Scale, s.More}
		if w {
			big := size.Gt(huge)
			by := jnp.Where(big, 1/huge, 1)
			n = state{k1, t.hi.Mul(by), t.lo.Mul(by), sum.hi.Mul(by), sum.lo.Mul(by), slope.hi.Mul(by),
				slope.lo.Mul(by), n.Most.Mul(by), size.Mul(by), jnp.Where(big, s.Scale.Add(scaling), s.Scale), s.More}
		}
		n.More = unfinished(n, grow).Any()
		return n
	}
	most := manyTerms
	if w {
		most = mostTerms
	}
	end := lax.WhileLoop(func(s state) array { return s.More.And(s.K.Lt(most)) }, body,
		state{scalar(h, 0), one, zero, one, zero, zero, zero, one, one, zero, h.Eq(h).Any()})
	bound := 8.0
	if w {
		bound = lost
	}
	few := end.Most.Le(end.S.Abs().Add(end.D.Abs()).Mul(bound)) // false of NaN
	return sums{end.S, end.D, end.Scale, unfinished(end, zero).Or(few.Not())}
}

// sum is the sum of the series where on holds: in float64, and in twice its digits where these do not suffice, and
// where exact holds.
func (r quotient) sum(on, h array, tol accuracy, tangent bool, exact array) sums {
	s := arith(false).power(jnp.Where(on, h, 0), tol, tangent, r)
	poor := on.And(s.Poor.Or(exact))
	t := arith(true).power(jnp.Where(poor, h, 0), tol, tangent, r)
	t.Value = jnp.Where(t.Poor, math.NaN(), t.Value)
	pick := func(x, y array) array { return jnp.Where(poor, x, y) }
	return sums{pick(t.Value, s.Value), pick(t.Slope, s.Slope), pick(t.Scale, s.Scale), poor}
}

// equation is a differential equation with polynomial coefficients as a recurrence of the Taylor coefficients y at z:
// p(k+2)(k+1)y[k+2] + (q·k+r)(k+1)y[k+1] = s(k)y[k]. s1 is 1-z, without loss where it is small.
type equation struct {
	coefficients func(z, s1 array) (p, q, r array)
	last         func(k array) array
	step         func(z, s1 array) array // the greatest step from there
	lower        func(z array) array     // where z is exact; elsewhere s1 is
}

// point is a place on the way: z and 1-z, the function's value and derivative there, times 2 to the power of Scale.
type point struct{ Z, S1, Value, Slope, Scale array }

// follow carries a solution from a point to z and s1, where on holds.
func (q equation) follow(on array, from point, z, s1 array, tol accuracy, tangent bool) point {
	// With powers of 1/2 or less these will do for tangents, which the terms say nothing about.
	least := 5
	if tangent {
		least = int(-0.75 * math.Log2(float64(tol)))
	}
	// The number of steps, of terms in this one, its two newest terms, their sum, that of the slope, the length of the
	// step and whether it is the last.
	type state struct {
		N, K, U0, U1, S, D array
		At                 point
		H, Last, On        array
	}
	begin := func(at point) (h, last array) {
		lower := q.lower(at.Z)
		rest := jnp.Where(lower, z.Sub(at.Z), at.S1.Sub(s1))
		h = jnp.Wrap(ops.StopGradient(q.step(at.Z, at.S1).TraceValue()))
		// So that the place that is reached is exact.
		h = jnp.Where(lower, at.Z.Add(h).Sub(at.Z), at.S1.Sub(at.S1.Sub(h)))
		last = h.Ge(rest)
		return jnp.Where(last, rest, h), last
	}
	start := func(n array, at point, on array) state {
		h, last := begin(at)
		u1 := at.Slope.Mul(h)
		return state{n, fill(h, 0), at.Value, u1, at.Value.Add(u1), u1, at, h, last, on}
	}
	body := func(s state) state {
		k1, k2 := s.K.Add(1), s.K.Add(2)
		p, c, r := q.coefficients(s.At.Z, s.At.S1)
		u := q.last(s.K).Mul(s.H).Mul(s.U0).Sub(c.Mul(s.K).Add(r).Mul(k1).Mul(s.U1)).Mul(s.H).Div(p.Mul(k1).Mul(k2))
		sum, slope := s.S.Add(u), s.D.Add(u.Mul(k2))
		more := s.U1.Abs().Add(u.Abs()).Mul(k2).Gt(sum.Abs().Add(slope.Abs()).Mul(float64(tol))).Or(k2.Lt(least))
		lower := q.lower(s.At.Z)
		to, rest := s.At.Z.Add(s.H), s.At.S1.Sub(s.H)
		y, dy := sum, slope.Div(s.H)
		big := y.Abs().Add(dy.Abs()).Gt(huge)
		scale := jnp.Where(big, 1/huge, 1)
		at := point{jnp.Where(lower, to, jnp.Sub(1, rest)), jnp.Where(lower, jnp.Sub(1, to), rest), y.Mul(scale),
			dy.Mul(scale), jnp.Where(big, s.At.Scale.Add(scaling), s.At.Scale)}
		next := start(s.N.Add(1), at, s.On.And(s.Last.Not().Or(more)))
		return state{next.N, jnp.Where(more, k1, 0), jnp.Where(more, s.U1, next.U0), jnp.Where(more, u, next.U1),
			jnp.Where(more, sum, next.S), jnp.Where(more, slope, next.D), where(more.Or(s.On.Not()), s.At, at),
			jnp.Where(more, s.H, next.H), jnp.Where(more, s.Last, next.Last), next.On}
	}
	end := lax.WhileLoop(func(s state) array { return s.On.Any().And(s.N.Lt(mostTerms)) }, body,
		start(scalar(z, 0), from, on))
	at := end.At
	at.Value = jnp.Where(end.On, math.NaN(), at.Value)
	return at
}

// where is a where on holds and b elsewhere.
func where(on array, a, b point) point {
	return point{jnp.Where(on, a.Z, b.Z), jnp.Where(on, a.S1, b.S1), jnp.Where(on, a.Value, b.Value),
		jnp.Where(on, a.Slope, b.Slope), jnp.Where(on, a.Scale, b.Scale)}
}

// scaled is y times 2 to the power of n, in steps that neither overflow nor underflow before the result does.
func scaled(y, n array) array {
	for range 5 {
		part := jnp.Clip(n, -scaling, scaling)
		bits := ops.Convert(part.Add(1023).TraceValue(), ir.Int64)
		bits = ops.ShiftLeft(bits, int64Like(bits, 52))
		y, n = y.Mul(jnp.Wrap(ops.Bitcast(bits, ir.Float64))), n.Sub(part)
	}
	return y
}

// scaledExp is y times exp(x) times 2 to the power of n, where these may be beyond floats and the result is not.
func scaledExp(y, x, n array) array {
	const ln2High, ln2Low = 0x1.62e42fee00000p-1, 0x1.a39ef35793c76p-33
	m := jnp.Round(x.Mul(1 / math.Ln2))
	rest := x.Sub(m.Mul(ln2High)).Sub(m.Mul(ln2Low))
	return scaled(y.Mul(jnp.Exp(rest)), m.Add(n))
}

// smooth is f of x with derivatives of all orders, forward and in reverse: by the last operand as slope says, by the
// others as f itself is differentiated forward, which it is told.
func smooth(x []array, f func(x []array, tangent bool) array, slope func(x []array) array) array {
	return derivedBy(x, func(x []array) array { return f(x, false) }, func(x []array, i int) array {
		if i == len(x)-1 {
			return slope(x)
		}
		return partial(x, i, func(x []array) array { return f(x, true) })
	})
}

// partial is the derivative of f by operand i, with derivatives of the same kind.
func partial(x []array, i int, f func(x []array) array) array {
	d := func(x []array) array {
		t := make([]array, len(x))
		t[i] = fill(x[i], 1)
		return pushforward(x, t, f)
	}
	return derivedBy(x, d, func(x []array, j int) array { return partial(x, j, d) })
}
