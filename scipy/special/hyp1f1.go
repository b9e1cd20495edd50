package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// mostTerms is where a series is given up.
const mostTerms = 250

// sumWhile is first plus terms that next makes each of the one before it and its number k, from 1, as long as they
// change the sum by more than rounding. weight, if there is one, multiplies the k-th term as it is added. Only where
// on holds is it computed.
func sumWhile(on array, first float64, term array, weight func(k array) array, next func(k, term array) array) array {
	eps := jnp.FInfo(term.DType()).Eps
	type state struct{ K, Sum, Term array }
	going := func(s state) array {
		return on.And(s.Term.Abs().Div(s.Sum.Abs()).Gt(eps)).And(s.K.Lt(mostTerms))
	}
	return lax.WhileLoop(func(s state) array { return going(s).Any() }, func(s state) state {
		on := going(s)
		t := s.Term
		if weight != nil {
			t = t.Mul(weight(s.K))
		}
		return state{s.K.Add(1), jnp.Where(on, s.Sum.Add(t), s.Sum), jnp.Where(on, next(s.K, s.Term), s.Term)}
	}, state{scalar(term, 1), fill(term, first), term}).Sum
}

// Hyp1F1 is Kummer's confluent hypergeometric function 1F1(a; b; x): jax.scipy.special.hyp1f1. It takes real numbers,
// promoted and broadcast; as JAX's it is meant for those that are not negative, and loses digits where the value is
// large. 1F1(0; 0; x) is 1.
func Hyp1F1[A, B, X jnp.Operand](a A, b B, x X) jnp.Array {
	return arrays.Elementwise("special.Hyp1F1", nil, hyp1f1, a, b, x)
}

func hyp1f1(x []array) array {
	value := func(x []array) []array { return []array{hyp1f1Value(x[0], x[1], x[2])} }
	return derived(strongs(reals(x)), value, func(p, _, t []array) []array {
		a, b, x := p[0], p[1], p[2]
		all := fill(x, 1).Eq(1)
		next := func(k, term array) array { return term.Mul(a.Add(k).Div(b.Add(k)).Mul(x).Div(k.Add(1))) }
		da := sumWhile(all, 0, a.Div(b).Mul(x), func(k array) array { return digamma(a.Add(k)).Sub(digamma(a)) }, next)
		db := sumWhile(all, 0, a.Div(b).Mul(x), func(k array) array { return digamma(b).Sub(digamma(b.Add(k))) }, next)
		dx := a.Div(b).Mul(hyp1f1([]array{a.Add(1), b.Add(1), x}))
		return []array{da.Mul(t[0]).Add(db.Mul(t[1])).Add(dx.Mul(t[2]))}
	})[0]
}

// hyp1f1Value is the Taylor series for |x| < 100 and the asymptotic one beyond (Pearson, Olver and Porter, Numerical
// methods for the computation of the confluent and Gauss hypergeometric functions, 2017).
func hyp1f1Value(a, b, x array) array {
	near := x.Abs().Lt(100)
	taylor := sumWhile(near, 1, a.Div(b).Mul(x), nil, func(k, term array) array {
		return term.Mul(a.Add(k).Div(b.Add(k)).Mul(x).Div(k.Add(1)))
	})
	ba, a1 := b.Sub(a), jnp.Sub(1, a)
	far := sumWhile(near.Not(), 1, ba.Mul(a1).Div(x), nil, func(k, term array) array {
		return term.Mul(ba.Add(k).Mul(a1.Add(k)).Div(k.Add(1)).Div(x))
	})
	far = gamma(b).Div(gamma(a)).Mul(jnp.Exp(x)).Mul(jnp.Power(x, a.Sub(b))).Mul(far)
	return choose([]array{a.Eq(0), a.Eq(b), b.Eq(0)},
		fill(x, 1), jnp.Exp(x), fill(x, math.Inf(1)), jnp.Where(near, taylor, far))
}
