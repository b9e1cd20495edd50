package optimize

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tree"
)

// probe is a function along a line, at the length A: its value and its slope.
type probe struct{ A, Value, Slope jnp.Array }

// probed is a probe with the gradient there.
type probed struct {
	At   probe
	Grad jnp.Array
}

// found is what a line search found. Where it failed, that is the point where it began. Status is 0, 1 where the
// interval that holds good lengths became too short, and 3 where there was no such interval after as many tries as were
// allowed.
type found struct {
	Best                 probed
	Failed, Status, NFev jnp.Array
}

// line is a line to search along for a length that satisfies the strong Wolfe conditions.
type line struct {
	f     function
	x, p  jnp.Array
	start probed
}

const armijo, curvature = 1e-4, 0.9

func (l line) probe(a jnp.Array) probed {
	v, g := valueAndGrad(l.f, l.x.Add(l.p.Mul(a)))
	return probed{probe{a, v, dot(g, l.p)}, g}
}

// tooHigh says that a length lowers the function too little.
func (l line) tooHigh(q probe) jnp.Array {
	s := l.start.At
	return q.Value.Gt(s.Value.Add(s.Slope.Mul(q.A).Mul(armijo)))
}

// flat says that little is left to gain.
func (l line) flat(q probe) jnp.Array { return jnp.Abs(q.Slope).Le(l.start.At.Slope.Mul(-curvature)) }

// search goes from x along p, where the function is value and its gradient g, to a good length, of which first is the
// first to try and then twice that (Nocedal and Wright, algorithm 3.5).
func search(f function, x, p, value, g, first jnp.Array, tries int) found {
	l := line{f, x, p, probed{probe{like(x, 0), value, dot(g, p)}, g}}
	type state struct {
		Done, Failed, I, NFev jnp.Array
		Last                  probe
		Best                  probed
	}
	no := jnp.AsArray(false)
	s := lax.WhileLoop(
		func(s state) jnp.Array { return s.Done.Or(s.Failed).Not().And(s.I.Le(tries)) },
		func(s state) state {
			q := l.probe(jnp.Where(s.I.Eq(1), first, s.Last.A.Mul(2)))
			high := l.tooHigh(q.At).Or(q.At.Value.Ge(s.Last.Value).And(s.I.Gt(1)))
			good := l.flat(q.At).And(high.Not())
			rising := q.At.Slope.Ge(0).And(high.Or(good).Not())
			between := high.Or(rising)
			z := l.zoom(tree.Where(high, s.Last, q.At), tree.Where(high, q.At, s.Last), between)
			return state{
				Done:   between.And(z.Failed.Not()).Or(good),
				Failed: between.And(z.Failed),
				I:      s.I.Add(1),
				NFev:   s.NFev.Add(z.NFev).Add(1),
				Last:   q.At,
				Best:   tree.Where(good, q, tree.Where(between, z.Best, s.Best)),
			}
		},
		state{no, no, jnp.AsArray(1), jnp.AsArray(0), l.start.At, l.start})
	r := found{s.Best, s.Done.Not(), pick(s.Failed, jnp.AsArray(1), s.I.Gt(tries), jnp.AsArray(3), jnp.AsArray(0)),
		s.NFev}
	if eps(x) > 1e-10 { // a step of no effect would repeat itself
		const least = 1e-8
		a := r.Best.At.A
		r.Best.At.A = jnp.Where(jnp.Abs(a).Lt(least), jnp.Sign(a).Mul(least), a)
	}
	return r
}

// zoom finds a good length in an interval that has one (algorithm 3.6), unless it is told not to go. lo is the end
// where the function is lower; it may be the upper one.
func (l line) zoom(lo, hi probe, goes jnp.Array) found {
	type state struct {
		Done, Failed, N jnp.Array
		Lo, Hi, Rec     probe // Rec is the end before the last
		Best            probed
	}
	least := 1e-10
	if eps(l.x) > 1e-10 {
		least = 1e-5
	}
	no := jnp.AsArray(false)
	rec := probe{lo.A.Add(hi.A).Div(2), lo.Value.Add(hi.Value).Div(2), lo.Slope}
	s := lax.WhileLoop(
		func(s state) jnp.Array { return goes.And(s.Done.Or(s.Failed).Not()) },
		func(s state) state {
			width := s.Hi.A.Sub(s.Lo.A)
			q := l.probe(between(s.Lo, s.Hi, s.Rec, s.N.Gt(0)))
			high := l.tooHigh(q.At).Or(q.At.Value.Ge(s.Lo.Value))
			good := l.flat(q.At).And(high.Not())
			low := high.Or(good).Not()
			turn := q.At.Slope.Mul(width).Ge(0).And(low)
			n := s.N.Add(1)
			return state{
				Done:   good,
				Failed: good.Not().And(jnp.Abs(width).Le(least).Or(n.Ge(30))),
				N:      n,
				Lo:     tree.Where(low, q.At, s.Lo),
				Hi:     tree.Where(high, q.At, tree.Where(turn, s.Lo, s.Hi)),
				Rec:    tree.Where(high.Or(turn), s.Hi, tree.Where(low, s.Lo, s.Rec)),
				Best:   tree.Where(good, q, s.Best),
			}
		},
		state{no, no, jnp.AsArray(0), lo, hi, rec, l.start})
	return found{Best: s.Best, Failed: s.Failed, NFev: s.N}
}

// between is the length to try in an interval: where the cubic through both ends and rec has its minimum, if it may be
// used, else where the parabola has, else the middle.
func between(lo, hi, rec probe, cubicToo jnp.Array) jnp.Array {
	a, b := jnp.Minimum(lo.A, hi.A), jnp.Maximum(lo.A, hi.A)
	inside := func(x jnp.Array, margin float64) jnp.Array {
		m := b.Sub(a).Mul(margin)
		return x.Gt(a.Add(m)).And(x.Lt(b.Sub(m)))
	}
	c := lo.Slope
	db, dc := hi.A.Sub(lo.A), rec.A.Sub(lo.A)
	over := func(q probe, d jnp.Array) jnp.Array { return q.Value.Sub(lo.Value).Sub(c.Mul(d)) }
	eb, ec := over(hi, db), over(rec, dc)
	det := jnp.Square(db.Mul(dc)).Mul(db.Sub(dc))
	c3 := jnp.Square(dc).Mul(eb).Sub(jnp.Square(db).Mul(ec)).Div(det)
	c2 := db.Mul(jnp.Square(db)).Mul(ec).Sub(dc.Mul(jnp.Square(dc)).Mul(eb)).Div(det)
	root := jnp.Sqrt(jnp.Square(c2).Sub(c3.Mul(c).Mul(3)))
	cubic := lo.A.Add(root.Sub(c2).Div(c3.Mul(3)))
	quadratic := lo.A.Sub(c.Mul(jnp.Square(db)).Div(eb.Mul(2)))
	return pick(cubicToo.And(inside(cubic, 0.2)), cubic, inside(quadratic, 0.1), quadratic, a.Add(b).Div(2))
}
