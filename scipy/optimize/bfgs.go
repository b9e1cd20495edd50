package optimize

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// bfgs is algorithm 6.1 of Nocedal and Wright, as jax.scipy.optimize.minimize has it.
func bfgs(f function, x jnp.Array, o MinimizeOptions) minimum {
	type state struct {
		X, Value, Grad, H           jnp.Array
		Before                      jnp.Array // the value a step ago
		Done, Failed, Line, N, NFev jnp.Array
	}
	v, g := valueAndGrad(f, x)
	no, zero := jnp.AsArray(false), jnp.AsArray(0)
	h := jnp.Eye(x.Size()).AsType(x.DType())
	s := lax.WhileLoop(
		func(s state) jnp.Array { return s.Done.Or(s.Failed).Not().And(s.N.Lt(o.MaxIter)) },
		func(s state) state {
			p := dot(s.H, s.Grad).Neg()
			first := s.Value.Sub(s.Before).Mul(1.01 * 2).Div(dot(s.Grad, p)) // as long as what the last step gained
			first = jnp.Where(first.Gt(1), 1.0, first)
			l := search(f, s.X, p, s.Value, s.Grad, first, o.LineSteps)
			step := p.Mul(l.Best.At.A)
			return state{
				X: s.X.Add(step), Value: l.Best.At.Value, Grad: l.Best.Grad,
				H:      secant(s.H, step, l.Best.Grad.Sub(s.Grad)),
				Before: s.Value,
				Done:   o.small(l.Best.Grad), Failed: l.Failed, Line: l.Status,
				N: s.N.Add(1), NFev: s.NFev.Add(l.NFev),
			}
		},
		state{X: x, Value: v, Grad: g, H: h, Before: v.Add(norm(g).Div(2)), Done: o.small(g), Failed: no, Line: zero,
			N: zero, NFev: jnp.AsArray(1)})
	status := pick(s.Done, zero, s.N.Ge(o.MaxIter), jnp.AsArray(1), s.Failed, s.Line.Add(2), jnp.AsArray(-1))
	return minimum{s.X, s.Value, s.Grad, s.H, s.Done, status, s.N, s.NFev, s.NFev}
}

// secant is the inverse Hessian h, changed so that it takes the change of the gradient, y, to the step, s.
func secant(h, s, y jnp.Array) jnp.Array {
	rho := jnp.Reciprocal(dot(y, s))
	hy := dot(h, y)
	outer := jnp.Outer(s, hy)
	ss := jnp.Outer(s, s).Mul(rho.Mul(rho.Mul(dot(y, hy)).Add(1)))
	return jnp.Where(jnp.IsFinite(rho), h.Sub(outer.Add(outer.T()).Mul(rho)).Add(ss), h)
}
