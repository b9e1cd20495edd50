package optimize

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tree"
)

// bracket are three numbers, falling or rising, with the values of a function, of which that of B is least.
type bracket struct{ A, B, C, FA, FB, FC, NFev jnp.Array }

// result is what a search in the bracket has found.
func (b bracket) result(x, y, n, nfev jnp.Array, most int) ScalarResult {
	valid := opposite(b.B.Sub(b.A), b.B.Sub(b.C)).And(b.FB.Le(b.FA)).And(b.FB.Le(b.FC))
	none := jnp.IsNaN(x).Or(jnp.IsNaN(y)).Or(valid.Not())
	status := pick(none, jnp.AsArray(2), n.Ge(most), jnp.AsArray(1), jnp.AsArray(0))
	return ScalarResult{x, y, status.Eq(0), status, n, nfev}
}

const (
	goldenRatio  = 1.618034
	furthest     = 110 // times the last step
	bracketTries = 1000
)

// bracketed is a bracket of f: x, where it has three numbers; else what lies downhill from its two, by parabolas
// through the last three points and steps that grow (SciPy's optimize.bracket; Press et al., Numerical Recipes, 10.1).
func bracketed(f function, x []jnp.Array) bracket {
	if len(x) == 3 {
		return bracket{x[0], x[1], x[2], f(x[0]), f(x[1]), f(x[2]), jnp.AsArray(3)}
	}
	type state struct {
		B       bracket
		Done, N jnp.Array
	}
	fa, fb := f(x[0]), f(x[1])
	swap := fa.Lt(fb)
	a, b := jnp.Where(swap, x[1], x[0]), jnp.Where(swap, x[0], x[1])
	beyond := func(b, c jnp.Array) jnp.Array { return c.Add(c.Sub(b).Mul(goldenRatio)) }
	c := beyond(a, b)
	s := state{bracket{a, b, c, jnp.Where(swap, fb, fa), jnp.Where(swap, fa, fb), f(c), jnp.AsArray(3)},
		jnp.AsArray(false), jnp.AsArray(0)}
	return lax.WhileLoop(
		func(s state) jnp.Array {
			return s.B.FC.Lt(s.B.FB).And(s.Done.Not()).And(s.N.Le(bracketTries))
		},
		func(s state) state {
			q := s.B
			w := q.vertex()
			limit := q.B.Add(q.C.Sub(q.B).Mul(furthest))
			inside := w.Sub(q.C).Mul(q.B.Sub(w)).Gt(0)                      // between B and C
			far := inside.Not().And(w.Sub(limit).Mul(limit.Sub(q.C)).Ge(0)) // beyond the limit
			near := inside.Or(far).Not().And(w.Sub(limit).Mul(q.C.Sub(w)).Gt(0))
			w = pick(inside.Or(near), w, far, limit, beyond(q.B, q.C))
			fw := f(w)
			minimum, high := inside.And(fw.Lt(q.FC)), inside.And(fw.Lt(q.FC).Not()).And(fw.Gt(q.FB))
			done := minimum.Or(high)
			falls := near.And(fw.Lt(q.FC))
			// Where that was no help, or leads on, a further step.
			again := inside.And(done.Not()).Or(falls)
			q2 := tree.Where(falls, bracket{q.A, q.C, w, q.FA, q.FC, fw, q.NFev}, q)
			w2 := jnp.Where(again, beyond(q2.B, q2.C), w)
			fw2 := jnp.Where(again, f(w2), fw)
			n := q.NFev.Add(jnp.Where(again, 2, 1))
			shifted := bracket{q2.B, q2.C, w2, q2.FB, q2.FC, fw2, n}
			found := tree.Where(minimum, bracket{q.B, w, q.C, q.FB, fw, q.FC, n},
				bracket{q.A, q.B, w, q.FA, q.FB, fw, n})
			return state{tree.Where(done, found, shifted), done, s.N.Add(1)}
		}, s).B
}

// vertex is where the parabola through the three points turns.
func (b bracket) vertex() jnp.Array {
	const tiny = 1e-21
	r := b.B.Sub(b.A).Mul(b.FB.Sub(b.FC))
	q := b.B.Sub(b.C).Mul(b.FB.Sub(b.FA))
	d := q.Sub(r)
	d = jnp.Where(jnp.Abs(d).Lt(tiny), tiny, d).Mul(2)
	return b.B.Sub(b.B.Sub(b.C).Mul(q).Sub(b.B.Sub(b.A).Mul(r)).Div(d))
}
