package optimize

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

// descent is a search for the least sum of squares of a function, or for a root of it.
type descent struct {
	f                function // of a vector to one
	fTol, xTol, gTol float64
	maxIter          int
	root             bool // only a root will do
}

// place is where a descent is: the residuals F and their Jacobian J.
type place struct {
	X, F, J   jnp.Array
	Scale     jnp.Array // of each unknown, the largest norm of its column of J so far
	Radius    jnp.Array // of the region where J is trusted, in scaled unknowns
	N, Status jnp.Array
}

// run goes from x by the method of Levenberg and Marquardt in the way of Moré (1978): a step is the least of F + J p in
// a region that shrinks where that says too little and grows where it says enough. The status is 0 where maxIter steps
// did not suffice, 1 to 4 for the end that SciPy's least_squares calls so, and -1 where no step leads on to a root.
func (d descent) run(x jnp.Array) place {
	f := d.f(x)
	j := jacobian(d.f, x)
	scale := scaled(jnp.ZerosLike(x), j)
	radius := norm(x.Mul(scale))
	radius = jnp.Where(radius.Eq(0), 1.0, radius)
	done := d.level(f, j)
	if d.root {
		done = jnp.All(f.Eq(0))
	}
	return lax.WhileLoop(
		func(p place) jnp.Array { return p.Status.Eq(0).And(p.N.Lt(d.maxIter)) },
		d.step,
		place{x, f, j, scale, radius, jnp.AsArray(0), jnp.Where(done, 1, 0)})
}

// level says that the sum of squares has no slope.
func (d descent) level(f, j jnp.Array) jnp.Array { return jnp.Max(jnp.Abs(dot(f, j))).Lt(d.gTol) }

// scaled are the scales of unknowns after a further Jacobian; one of which nothing depends is taken as it is.
func scaled(before, j jnp.Array) jnp.Array {
	s := jnp.Maximum(before, linalg.Norm(j, 0))
	return jnp.Where(s.Eq(0), 1.0, s)
}

func (d descent) step(p place) place {
	s := d.inside(p)
	dx := s.p.Div(p.Scale)
	x := p.X.Add(dx)
	f := d.f(x)
	cost := dot(p.F, p.F).Div(2)
	gain := cost.Sub(dot(f, f).Div(2))
	ratio := gain.Div(s.gain)
	better := gain.Gt(0) // no number is no gain
	radius := pick(ratio.Gt(0.75).And(better), jnp.Where(s.atEdge, s.size.Mul(2), p.Radius),
		ratio.Ge(0.25).And(better), p.Radius, s.size.Mul(0.25))
	next := place{X: x, F: f, J: p.J, Scale: p.Scale}
	short := norm(dx).Lt(norm(p.X).Add(d.xTol).Mul(d.xTol))
	type jac struct{ J, Scale jnp.Array }
	if d.root {
		// Near a root J leads all the way, and where it does not there is none.
		near := norm(s.left).Le(norm(p.F).Div(2))
		next.Status = pick(jnp.All(f.Eq(0)), jnp.AsArray(1), short.And(near), jnp.AsArray(1), short, jnp.AsArray(-1),
			jnp.AsArray(0))
	}
	m := lax.Cond(better, func() jac {
		j := jacobian(d.f, x)
		return jac{j, scaled(p.Scale, j)}
	}, func() jac { return jac{p.J, p.Scale} })
	next = place{jnp.Where(better, x, p.X), jnp.Where(better, f, p.F), m.J, m.Scale, radius, p.N.Add(1), next.Status}
	if !d.root {
		little := gain.Lt(cost.Mul(d.fTol)).And(ratio.Gt(0.25))
		next.Status = pick(little.And(short), jnp.AsArray(4), little, jnp.AsArray(2), short, jnp.AsArray(3),
			better.And(d.level(next.F, m.J)), jnp.AsArray(1), jnp.AsArray(0))
	}
	return next
}

// inner is a step p in scaled unknowns: its size, whether it ends at the edge of the region, what F + J p leaves, and
// how much that is less in half the sum of squares.
type inner struct{ p, size, atEdge, left, gain jnp.Array }

// inside is the step in the region of p that makes F + J p least.
func (d descent) inside(p place) inner {
	j := p.J.Div(p.Scale)
	f := p.F
	if m, n := j.Shape()[0], j.Shape()[1]; m > n {
		q, r := linalg.QR(j)
		f, j = dot(f, q), r
	}
	u, s, vt := linalg.SVDs{Reduced: true}.SVD(j)
	f = dot(f, u)
	// Directions that hardly change F are left alone.
	k := float64(max(p.J.Shape()[0], p.J.Shape()[1]))
	s = jnp.Where(s.Gt(s.Index(0).Mul(k*eps(s))), s, 0)
	along := func(a jnp.Array) (w, size jnp.Array) { // the step of damping a, along the rows of vt
		d := jnp.Square(s).Add(a)
		w = jnp.Where(d.Eq(0), 0, s.Mul(f).Neg().Div(jnp.Where(d.Eq(0), 1, d)))
		return w, norm(w)
	}
	whole, size := along(like(s, 0))
	fits := size.Le(p.Radius)
	w, _ := along(damping(s, f, p.Radius, along))
	w = w.Mul(p.Radius.Div(norm(w)))
	w = jnp.Where(fits, whole, w)
	// What the step leaves and gains follows from the singular values.
	gain := dot(s.Mul(w), f).Add(dot(s.Mul(w), s.Mul(w)).Div(2)).Neg()
	left := p.F.Add(dot(p.J.Div(p.Scale), dot(w, vt)))
	return inner{dot(w, vt), jnp.Where(fits, size, p.Radius), fits.Not(), left, gain}
}

// damping is the one for which a step has about the length radius: Newton's method on 1/|p|, kept between bounds.
func damping(s, f, radius jnp.Array, along func(a jnp.Array) (w, size jnp.Array)) jnp.Array {
	type state struct{ A, Lower, Upper, Off, N jnp.Array }
	excess := func(a jnp.Array) (off, slope jnp.Array) {
		w, size := along(a)
		d := jnp.Square(s).Add(a)
		rate := jnp.Sum(jnp.Square(w).Div(jnp.Where(d.Eq(0), 1, d))).Div(size)
		return size.Sub(radius), rate.Neg()
	}
	upper := norm(s.Mul(f)).Div(radius)
	off, slope := excess(like(s, 0))
	lower := off.Div(slope).Neg()
	guess := func(lower, upper jnp.Array) jnp.Array {
		return jnp.Maximum(upper.Mul(0.001), jnp.Sqrt(lower.Mul(upper)))
	}
	end := lax.WhileLoop(
		func(c state) jnp.Array { return jnp.Abs(c.Off).Gt(radius.Mul(0.01)).And(c.N.Lt(10)) },
		func(c state) state {
			a := jnp.Where(c.A.Lt(c.Lower).Or(c.A.Gt(c.Upper)), guess(c.Lower, c.Upper), c.A)
			off, slope := excess(a)
			ratio := off.Div(slope)
			return state{a.Sub(off.Add(radius).Mul(ratio).Div(radius)), jnp.Maximum(c.Lower, a.Sub(ratio)),
				jnp.Where(off.Lt(0), a, c.Upper), off, c.N.Add(1)}
		},
		state{guess(lower, upper), lower, upper, like(s, math.Inf(1)), jnp.AsArray(0)})
	return end.A
}
