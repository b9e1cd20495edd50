package optimize

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// simplex are the n+1 corners of a search among n numbers, the best first, and the function there.
type simplex struct {
	At      jnp.Array // [n+1, n]
	F       jnp.Array // [n+1]
	N, NFev jnp.Array
}

// sorted puts the best corner first.
func (s simplex) sorted() simplex {
	order := jnp.ArgSort(s.F)
	s.At, s.F = s.At.Index(order), s.F.Index(order)
	return s
}

// settled says that no corner is far from the best, nor the function there.
func (s simplex) settled(o MinimizeOptions) jnp.Array {
	apart := func(x jnp.Array) jnp.Array { return x.Sub(x.Index(jnp.S(0, 1))).Abs().Max() }
	return apart(s.At).Le(o.XTol).And(apart(s.F).Le(o.FTol))
}

// nelderMead moves the worst corner of a simplex through the middle of the others, further if that is better than all
// of them, less far if it is worse, and draws all corners to the best where nothing else helps (Nelder and Mead 1965).
// The coefficients, the first simplex and the end are SciPy's.
func nelderMead(f function, x jnp.Array, o MinimizeOptions) minimum {
	n := x.Size()
	moved := jnp.Where(x.Eq(0), 0.00025, x.Mul(1.05))
	at := jnp.VStack(jnp.ExpandDims(x, 0), jnp.Where(jnp.Eye(n).Ne(0), moved, x))
	s := simplex{at, lax.Map(f, at), jnp.AsArray(1), jnp.AsArray(n + 1)}.sorted()
	most, calls := o.MaxIter, math.MaxInt32
	if most == 0 {
		most, calls = 200*n, 200*n
	}
	s = lax.WhileLoop(func(s simplex) jnp.Array {
		return s.settled(o).Not().And(s.N.Lt(most)).And(s.NFev.Lt(calls))
	}, func(s simplex) simplex { return s.next(f, n) }, s)
	status := jnp.Where(s.settled(o), 0, 1)
	return minimum{X: s.At.Index(0), Fun: s.F.Index(0), Success: status.Eq(0), Status: status, NIt: s.N, NFev: s.NFev,
		NJev: jnp.AsArray(0)}
}

// next is the simplex after a step.
func (s simplex) next(f function, n int) simplex {
	best, second, worst := s.F.Index(0), s.F.Index(n-1), s.F.Index(n)
	middle, last := s.At.Slice(0, n).Mean(0), s.At.Index(n)
	along := func(t jnp.Array) jnp.Array { return middle.Mul(t.Add(1)).Sub(last.Mul(t)) }
	x := along(jnp.AsArray(1.0))
	fx := f(x)
	s.NFev = s.NFev.Add(1)

	// A second try: twice as far, half as far, or half as far on the other side.
	further, tried := fx.Lt(best), fx.Lt(best).Or(fx.Lt(second).Not())
	x2 := along(pick(further, jnp.AsArray(2.0), fx.Lt(worst), jnp.AsArray(0.5), jnp.AsArray(-0.5)).AsType(x.DType()))
	f2 := lax.Cond(tried, func() jnp.Array { return f(x2) }, func() jnp.Array { return jnp.FullLike(fx, jnp.Inf) })
	s.NFev = s.NFev.Add(tried.AsType(s.NFev.DType()))
	better := tried.And(pick(further, f2.Lt(fx), fx.Lt(worst), f2.Le(fx), f2.Lt(worst)))
	x, fx = jnp.Where(better, x2, x), jnp.Where(better, f2, fx)

	s = lax.Cond(tried.And(better.Or(further).Not()), func() simplex {
		first := s.At.Slice(0, 1)
		at := s.At.Sub(first).Mul(0.5).Add(first)
		return simplex{at, jnp.HStack(s.F.Slice(0, 1), lax.Map(f, at.Slice(1, nil))), s.N, s.NFev.Add(n)}
	}, func() simplex { return simplex{s.At.At(n).Set(x), s.F.At(n).Set(fx), s.N, s.NFev} }).sorted()
	s.N = s.N.Add(1)
	return s
}
