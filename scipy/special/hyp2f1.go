package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Hyp2F1 is Gauss's hypergeometric function 2F1(a, b; c; x): jax.scipy.special.hyp2f1. It takes real numbers,
// promoted and broadcast; x > 1 and poles give inf.
func Hyp2F1[A, B, C, X jnp.Operand](a A, b B, c C, x X) jnp.Array {
	return arrays.Elementwise("special.Hyp2F1", nil, hyp2f1, a, b, c, x)
}

func hyp2f1(x []array) array {
	value := func(x []array) []array { return []array{hyp2f1Value(x[0], x[1], x[2], x[3])} }
	return derived(strongs(reals(x)), value, func(p, _, t []array) []array {
		a, b, c, x := p[0], p[1], p[2], p[3]
		all := fill(x, 1).Eq(1)
		first := a.Mul(b).Div(c)
		by := func(weight func(k array) array) array {
			return sumWhile(all, 0, first.Mul(x), weight, func(k, term array) array {
				return term.Mul(a.Add(k).Mul(b.Add(k)).Div(c.Add(k)).Div(k.Add(1)).Mul(x))
			})
		}
		da := by(func(k array) array { return digamma(a.Add(k)).Sub(digamma(a)) })
		db := by(func(k array) array { return digamma(b.Add(k)).Sub(digamma(b)) })
		dc := by(func(k array) array { return digamma(c).Sub(digamma(c.Add(k))) })
		dx := first.Mul(hyp2f1([]array{a.Add(1), b.Add(1), c.Add(1), x}))
		return []array{da.Mul(t[0]).Add(db.Mul(t[1])).Add(dc.Mul(t[2])).Add(dx.Mul(t[3]))}
	})[0]
}

// whole numbers, up to the error of what they are computed from.
func isWhole(x array) array { return x.Sub(jnp.Round(x)).Abs().Lt(50 * jnp.FInfo(x.DType()).Eps) }

// hyp2f1Value sorts the cases (Pearson, Olver and Porter, 2017).
func hyp2f1Value(a, b, c, x array) array {
	d, s := c.Sub(a).Sub(b), jnp.Sub(1, x)
	ca, cb := c.Sub(a), c.Sub(b)
	zero := func(x array) array { return x.Eq(0) }
	wholeD := isWhole(d)
	conds := []array{
		zero(x).Or(zero(a).Or(zero(b)).And(c.Ne(0))),
		zero(c).Or(c.Lt(0).And(jnp.Mod(c, 1).Eq(0))),
		d.Le(-1).And(wholeD.Not().And(s.Lt(0)).Not()),
		d.Le(0).And(x.Eq(1)),
		x.Lt(1).And(b.Eq(c)),
		x.Lt(1).And(a.Eq(c)),
		x.Gt(1),
		x.Eq(1),
	}
	// Where none of the first n holds.
	before := func(n int) array {
		some := conds[0]
		for _, c := range conds[1:n] {
			some = some.Or(c)
		}
		return some.Not()
	}
	inf := fill(x, math.Inf(1))
	// Euler's transformation has the series of c-a and c-b.
	mirrored := before(2).And(conds[2])
	on := mirrored.Or(before(len(conds)))
	series := hyp2f1Series(on, jnp.Where(mirrored, ca, a), jnp.Where(mirrored, cb, b), c, x)
	return choose(conds, fill(x, 1), inf, jnp.Power(s, d).Mul(series), inf, jnp.Power(s, a.Neg()),
		jnp.Power(s, b.Neg()), inf, gamma(c).Mul(gamma(d)).Div(gamma(ca).Mul(gamma(cb))), series)
}

// hyp2f1Series is the series that fits, computed where on holds. Where a or b is a negative whole number, the series
// ends and is summed. Close to 1, where c-a-b is a whole number, it is the expansion around 1; elsewhere Taylor's.
func hyp2f1Series(on, a, b, c, x array) array {
	ends := a.Le(0).And(isWhole(a)).Or(b.Le(0).And(isWhole(b)))
	around := ends.Not().And(x.Gt(0.9)).And(isWhole(c.Sub(a).Sub(b)))
	rest := ends.Or(around).Not()
	return choose([]array{ends, around}, hyp2f1Terminal(on.And(ends), a, b, c, x),
		hyp2f1Around1(on.And(around), a, b, c, x), hyp2f1Taylor(on.And(rest), a, b, c, x))
}

// hyp2f1Terminal is the sum of a series that ends because a or b is a negative whole number: of both, the larger in
// size says where, unless c ends it sooner.
func hyp2f1Terminal(on, a, b, c, x array) array {
	soonerC := jnp.Mod(c, 1).Eq(0).And(c.Le(0)).And(c.Gt(b))
	swap := b.Lt(a).And(isWhole(b)).And(soonerC.Not())
	a, b = jnp.Where(swap, b, a).Abs(), jnp.Where(swap, a, b)
	end := a.Add(1)
	type state struct{ I, Sum, Term array }
	going := func(s state) array { return on.And(s.I.Lt(end)) }
	return lax.WhileLoop(func(s state) array { return going(s).Any() }, func(s state) state {
		on := going(s)
		i := s.I.Sub(1)
		t := s.Term.Mul(a.Sub(i).Neg().Div(c.Add(i)).Mul(b.Add(i)).Div(s.I).Mul(x))
		return state{s.I.Add(1), jnp.Where(on, s.Sum.Add(t), s.Sum), jnp.Where(on, t, s.Term)}
	}, state{scalar(x, 1), fill(x, 1), fill(x, 1)}).Sum
}

func hyp2f1Taylor(on, a, b, c, x array) array {
	eps := jnp.FInfo(x.DType()).Eps
	type state struct{ K, Sum, Term array }
	going := func(s state) array {
		return on.And(s.Term.Abs().Gt(s.Sum.Abs().Mul(eps))).And(s.K.Lt(mostTerms))
	}
	return lax.WhileLoop(func(s state) array { return going(s).Any() }, func(s state) state {
		on := going(s)
		i := s.K.Sub(1)
		t := s.Term.Mul(a.Add(i).Mul(b.Add(i)).Div(c.Add(i)).Div(s.K).Mul(x))
		return state{s.K.Add(1), jnp.Where(on, s.Sum.Add(s.Term), s.Sum), jnp.Where(on, t, s.Term)}
	}, state{scalar(x, 1), fill(x, 0), fill(x, 1)}).Sum
}

// hyp2f1Around1 is the expansion in 1-x where c-a-b is a whole number (Abramowitz and Stegun 15.3.10 to 15.3.12).
func hyp2f1Around1(on, a, b, c, x array) array {
	eps := jnp.FInfo(x.DType()).Eps
	d, s := c.Sub(a).Sub(b), jnp.Sub(1, x)
	whole := jnp.Round(d)
	up := whole.Ge(0)
	e := jnp.Where(up, d, d.Neg())
	d1, d2 := jnp.Where(up, d, 0), jnp.Where(up, 0, d)
	size := whole.Abs()
	log := jnp.Log(s)
	ad, bd := a.Add(d1), b.Add(d1)

	y := digamma(fill(x, 1)).Add(digamma(e.Add(1))).Sub(digamma(ad)).Sub(digamma(bd)).Sub(log).Div(gamma(e.Add(1)))
	type state struct{ T, P, Q, Y array }
	going := func(s state) array {
		return on.And(s.T.Lt(mostTerms)).And(s.Q.Abs().Ge(s.Y.Abs().Mul(eps)))
	}
	end := lax.WhileLoop(func(w state) array { return going(w).Any() }, func(w state) state {
		on := going(w)
		t1 := w.T.Add(1)
		r := digamma(fill(x, 1).Mul(t1)).Add(digamma(t1.Add(e)))
		r = r.Sub(digamma(ad.Add(w.T))).Sub(digamma(bd.Add(w.T))).Sub(log)
		q := w.P.Mul(r)
		p := w.P.Mul(s.Mul(ad.Add(w.T)).Div(t1)).Mul(bd.Add(w.T).Div(t1.Add(e)))
		return state{t1, jnp.Where(on, p, w.P), jnp.Where(on, q, w.Q), jnp.Where(on, w.Y.Add(q), w.Y)}
	}, state{scalar(x, 1), ad.Mul(bd).Mul(s).Div(gamma(e.Add(2))), y, y})
	y = end.Y

	// The finite sum of the |c-a-b| first powers.
	ae, be := a.Add(d2), b.Add(d2)
	type finite struct{ T, P, Sum array }
	more := func(f finite) array { return on.And(f.T.Add(1).Lt(size)) }
	sum := lax.WhileLoop(func(f finite) array { return more(f).Any() }, func(f finite) finite {
		on := more(f)
		p := f.P.Mul(s.Mul(ae.Add(f.T)).Mul(be.Add(f.T)).Div(f.T.Sub(e).Add(1))).Div(f.T.Add(1))
		return finite{f.T.Add(1), jnp.Where(on, p, f.P), jnp.Where(on, f.Sum.Add(p), f.Sum)}
	}, finite{scalar(x, 0), fill(x, 1), fill(x, 1)}).Sum
	gc := gamma(c)
	sum = sum.Mul(gamma(e).Mul(gc).Div(gamma(ad).Mul(gamma(bd))))
	z := y.Mul(gc.Div(gamma(ae).Mul(gamma(be))))
	z = jnp.Where(jnp.Mod(size, 2).Ne(0), z.Neg(), z)
	q := jnp.Power(s, whole)
	return choose([]array{whole.Eq(0), whole.Gt(0)},
		y.Mul(gc).Div(gamma(a).Mul(gamma(b))), z.Mul(q).Add(sum), z.Add(sum.Mul(q)))
}
