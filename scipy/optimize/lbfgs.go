package optimize

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// change is a step, S, how it changed the gradient, Y, and 1 / S·Y; in a history of them the oldest comes first.
type change struct{ S, Y, Rho jnp.Array }

// lbfgs is algorithm 7.5 of Nocedal and Wright, as jax.scipy.optimize.minimize has it.
func lbfgs(f function, x jnp.Array, o MinimizeOptions) minimum {
	type state struct {
		X, Value, Grad jnp.Array
		History        change
		Scale          jnp.Array // of the first estimate of the inverse Hessian
		Done, Failed   jnp.Array
		Status         jnp.Array
		N, NFev        jnp.Array
	}
	v, g := valueAndGrad(f, x)
	zero := jnp.AsArray(0)
	none := jnp.Zeros(o.History, x.Size()).AsType(x.DType())
	s := lax.WhileLoop(
		func(s state) jnp.Array { return s.Done.Or(s.Failed).Not().And(s.N.Lt(o.MaxIter)) },
		func(s state) state {
			p := twoLoops(s.History, s.Scale, s.Grad).Neg()
			l := search(f, s.X, p, s.Value, s.Grad, like(x, 1), o.LineSteps)
			step, y := p.Mul(l.Best.At.A), l.Best.Grad.Sub(s.Grad)
			ys := dot(y, step)
			n := s.N.Add(1)
			done := o.small(l.Best.Grad)
			status := pick(done, zero, l.Failed, jnp.AsArray(5), n.Ge(o.MaxIter), jnp.AsArray(1),
				s.Value.Sub(l.Best.At.Value).Lt(o.FTol), jnp.AsArray(4), zero)
			return state{s.X.Add(step), l.Best.At.Value, l.Best.Grad,
				change{pushed(s.History.S, step), pushed(s.History.Y, y), pushed(s.History.Rho, jnp.Reciprocal(ys))},
				ys.Div(dot(y, y)), done, status.Gt(0), status, n, s.NFev.Add(l.NFev)}
		},
		state{x, v, g, change{none, none, jnp.Zeros(o.History).AsType(x.DType())}, like(x, 1), o.small(g),
			jnp.AsArray(false), zero, zero, jnp.AsArray(1)})
	return minimum{X: s.X, Fun: s.Value, Jac: s.Grad, Success: s.Done, Status: s.Status, NIt: s.N, NFev: s.NFev,
		NJev: s.NFev}
}

// pushed is a history without its oldest entry and with x behind it.
func pushed(history, x jnp.Array) jnp.Array {
	return jnp.Concatenate([]jnp.Array{lax.SliceInDim(history, 1, history.Len(), 1, 0), jnp.ExpandDims(x, 0)})
}

// twoLoops is the estimate of the inverse Hessian, times g (algorithm 7.4). Entries that are not yet there are zeros
// and change nothing.
func twoLoops(h change, scale, g jnp.Array) jnp.Array {
	g, as := lax.Scan(func(q jnp.Array, c change) (jnp.Array, jnp.Array) {
		a := c.Rho.Mul(dot(c.S, q))
		return q.Sub(c.Y.Mul(a)), a
	}, g, h, lax.ScanOptions{Reverse: true})
	type forward struct {
		C change
		A jnp.Array
	}
	g, _ = lax.Scan(func(q jnp.Array, c forward) (jnp.Array, struct{}) {
		b := c.C.Rho.Mul(dot(c.C.Y, q))
		return q.Add(c.C.S.Mul(c.A.Sub(b))), struct{}{}
	}, g.Mul(scale), forward{h, as})
	return g
}
