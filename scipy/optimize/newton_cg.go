package optimize

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/transforms/deriv"
)

// newtonCG is Newton's method, whose equations are solved by conjugate gradients, the closer the smaller the gradient
// is (Nocedal and Wright, algorithm 7.1; SciPy's Newton-CG).
func newtonCG(f function, x jnp.Array, o MinimizeOptions) minimum {
	type state struct {
		X, Value, Grad, Done, Failed, Line, N, NFev jnp.Array
	}
	v, g := valueAndGrad(f, x)
	no, zero := jnp.AsArray(false), jnp.AsArray(0)
	s := lax.WhileLoop(
		func(s state) jnp.Array { return s.Done.Or(s.Failed).Not().And(s.N.Lt(o.MaxIter)) },
		func(s state) state {
			_, product := deriv.Linearize(gradient(f), s.X)
			p := direction(product, s.Grad)
			l := search(f, s.X, p, s.Value, s.Grad, like(x, 1), o.LineSteps)
			step := p.Mul(l.Best.At.A)
			// A step that would gain less than the rounding of the value cannot be judged by it.
			lost := jnp.Abs(dot(s.Grad, p)).Le(jnp.Abs(s.Value).Mul(4 * eps(x)))
			done := jnp.Where(l.Failed, lost, jnp.Mean(jnp.Abs(step)).Le(o.XTol))
			return state{s.X.Add(step), l.Best.At.Value, l.Best.Grad, done, l.Failed, l.Status, s.N.Add(1),
				s.NFev.Add(l.NFev)}
		},
		state{x, v, g, no, no, zero, zero, jnp.AsArray(1)})
	status := pick(s.Done, zero, s.Failed, s.Line.Add(2), jnp.AsArray(1))
	return minimum{X: s.X, Fun: s.Value, Jac: s.Grad, Success: s.Done, Status: status, NIt: s.N, NFev: s.NFev,
		NJev: s.NFev}
}

// direction is about the solution of H p = -g, given the products with H: steps of conjugate gradients as long as the
// curvature is positive. It always leads downhill.
func direction(product function, g jnp.Array) jnp.Array {
	type state struct {
		P, R, D, RR jnp.Array // the solution, the residual, the direction, |R|²
		N, Ended    jnp.Array
	}
	size := jnp.Sum(jnp.Abs(g))
	limit := jnp.Minimum(0.5, jnp.Sqrt(size)).Mul(size)
	s := lax.WhileLoop(
		func(s state) jnp.Array {
			return jnp.Sum(jnp.Abs(s.R)).Gt(limit).And(s.Ended.Not()).And(s.N.Lt(20 * g.Size()))
		},
		func(s state) state {
			hd := product(s.D)
			curve := dot(s.D, hd)
			ended := curve.Le(dot(s.D, s.D).Mul(3 * eps(g)))
			a := s.RR.Div(jnp.Where(curve.Eq(0), 1.0, curve))
			// Where the first direction already curves down, the way is the gradient's.
			steepest := s.D.Mul(jnp.Where(curve.Lt(0), a.Neg(), 1.0))
			r := s.R.Add(hd.Mul(a))
			rr := dot(r, r)
			return state{
				P: pick(ended.And(s.N.Eq(0)), steepest, ended, s.P, s.P.Add(s.D.Mul(a))),
				R: r, D: s.D.Mul(rr.Div(s.RR)).Sub(r), RR: rr,
				N: s.N.Add(1), Ended: ended,
			}
		},
		state{jnp.ZerosLike(g), g, g.Neg(), dot(g, g), jnp.AsArray(0), jnp.AsArray(false)})
	return s.P
}
