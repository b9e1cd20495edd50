package optimize

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// MinimizeScalarMethod is how MinimizeScalar searches.
type MinimizeScalarMethod uint8

const (
	anyMinimum MinimizeScalarMethod = iota // Bounded with Bounds, else Brent
	Brent                                  // Brent (1973): the parabola through the best points, or the golden section
	Bounded                                // Brent's method within Bounds
	Golden                                 // the golden section of a bracket
)

// MinimizeScalarOptions say where MinimizeScalar searches, and how. Numbers are Go numbers or arrays without axes.
type MinimizeScalarOptions struct {
	Method MinimizeScalarMethod // 0: Bounded with Bounds, else Brent
	// Bracket is where Brent and Golden begin: two numbers, from which the search goes downhill to three, or three, at
	// the middle one of which the function is least. Unset, it is 0 and 1.
	Bracket []any
	Bounds  [2]any // for Bounded: the ends of where to search
	// XTol is how close to the minimum is close enough: for Bounded, 1e-5; for the others relative to |x|: 1.48e-8, of
	// Golden the root of the dtype's eps. As a function is flat at its minimum, single precision cannot tell it to
	// better than some 3e-4.
	XTol    float64
	MaxIter int // steps at most, 500; of Golden 5000
}

// MinimizeScalar searches for a minimum of f, which takes a real number and returns one (SciPy's
// optimize.minimize_scalar). gojax.Vmap finds the minima of many functions at once.
//
// X and Fun are differentiated in what f takes from outside, X where the second derivative of f is not zero; so they
// are with Bounds, of a minimum between them.
//
// Options: MinimizeScalarOptions (Method, Bracket, Bounds, XTol, MaxIter).
func MinimizeScalar(f func(x jnp.Array) jnp.Array, options ...MinimizeScalarOptions) ScalarResult {
	const op = "optimize.MinimizeScalar"
	o := one(op, options)
	return ofNumbers(op, f, o.start, func(p problem, x []jnp.Array) ScalarResult {
		search := map[MinimizeScalarMethod]func(f function, x []jnp.Array, o MinimizeScalarOptions) ScalarResult{
			Brent: brent, Bounded: bounded, Golden: golden}[o.Method]
		by := map[MinimizeScalarMethod]float64{Brent: 1.48e-8, Bounded: 1e-5, Golden: math.Sqrt(eps(x[0]))}
		if x[0].DType() != jnp.Float64 { // near a minimum narrower types do not tell closer numbers apart
			by[Brent] = by[Golden]
		}
		o.XTol = option(op, "XTol", o.XTol, by[o.Method])
		return solution(p, x,
			func(f function, x []jnp.Array) ScalarResult { return search(f, x, o) },
			func(r ScalarResult, from, t []jnp.Array) ScalarResult {
				d := p.minimumTangent(minimum{X: r.X}, from, t, false)
				return ScalarResult{X: d.X, Fun: d.Fun}
			})
	})
}

// start completes the options, all but XTol, and lists the numbers to begin with.
func (o *MinimizeScalarOptions) start(op string) []any {
	bounds := o.Bounds[0] != nil && o.Bounds[1] != nil
	if o.Method == anyMinimum {
		o.Method = Brent
		if bounds {
			o.Method = Bounded
		}
	}
	switch {
	case o.Method > Golden:
		trace.Fail(op, nil, "Method is none that is known here: Brent, Bounded or Golden")
	case o.Method == Bounded && !bounds:
		trace.Fail(op, nil, "Bounded needs Bounds, the ends of where to search")
	case o.Method != Bounded && bounds:
		trace.Fail(op, nil, "Bounds are for the Method Bounded; Brent and Golden take a Bracket, which they may leave")
	case len(o.Bracket) != 0 && len(o.Bracket) != 2 && len(o.Bracket) != 3:
		trace.Fail(op, nil, "Bracket has %d numbers, and must have 2 or 3", len(o.Bracket))
	}
	most := 500
	if o.Method == Golden {
		most = 5000
	}
	o.MaxIter = steps(op, "MaxIter", o.MaxIter, most)
	switch {
	case o.Method == Bounded:
		return o.Bounds[:]
	case len(o.Bracket) == 0:
		return []any{0.0, 1.0}
	}
	return o.Bracket
}

// triple are the best point X of a parabolic search, the second best W and the one before that V, with their values, in
// the interval from A to B.
type triple struct {
	A, B             jnp.Array
	X, W, V          jnp.Array
	FX, FW, FV       jnp.Array
	Step, StepBefore jnp.Array
	N, FU            jnp.Array
}

// run is Brent's search from a triple: within is how close to x is close enough, and share the smaller part of a
// section where the parabola does not serve.
func (t triple) run(f function, within func(x jnp.Array) jnp.Array, share float64, most int) triple {
	return lax.WhileLoop(
		func(t triple) jnp.Array {
			tol := within(t.X)
			wide := jnp.Abs(t.X.Sub(t.A.Add(t.B).Div(2))).Ge(tol.Mul(2).Sub(t.B.Sub(t.A).Div(2)))
			return wide.And(t.N.Lt(most))
		},
		func(t triple) triple {
			tol := within(t.X)
			mid := t.A.Add(t.B).Div(2)
			// The parabola through the three points has its least at X + p/q.
			r := t.X.Sub(t.W).Mul(t.FX.Sub(t.FV))
			q := t.X.Sub(t.V).Mul(t.FX.Sub(t.FW))
			p := t.X.Sub(t.V).Mul(q).Sub(t.X.Sub(t.W).Mul(r))
			q = q.Sub(r).Mul(2)
			p = jnp.Where(q.Gt(0), p.Neg(), p)
			q = jnp.Abs(q)
			fits := jnp.Abs(t.StepBefore).Gt(tol).And(jnp.Abs(p).Lt(jnp.Abs(q.Mul(t.StepBefore).Div(2)))).And(
				p.Gt(q.Mul(t.A.Sub(t.X)))).And(p.Lt(q.Mul(t.B.Sub(t.X))))
			parabola := p.Div(q)
			u := t.X.Add(parabola)
			edge := u.Sub(t.A).Lt(tol.Mul(2)).Or(t.B.Sub(u).Lt(tol.Mul(2)))
			parabola = jnp.Where(edge, jnp.Where(mid.Ge(t.X), tol, tol.Neg()), parabola)
			rest := jnp.Where(t.X.Ge(mid), t.A, t.B).Sub(t.X)
			step := jnp.Where(fits, parabola, rest.Mul(share))
			before := jnp.Where(fits, t.Step, rest)
			u = t.X.Add(jnp.Where(jnp.Abs(step).Ge(tol), step, jnp.Where(step.Ge(0), tol, tol.Neg())))
			fu := f(u)

			better := fu.Le(t.FX)
			second := better.Not().And(fu.Le(t.FW).Or(t.W.Eq(t.X)))
			third := better.Or(second).Not().And(fu.Le(t.FV).Or(t.V.Eq(t.X)).Or(t.V.Eq(t.W)))
			// The interval ends at the worse of X and U, on its side.
			left := jnp.Where(better, u.Ge(t.X), u.Lt(t.X))
			end := jnp.Where(better, t.X, u)
			moved := better.Or(second)
			return triple{
				A: jnp.Where(left, end, t.A), B: jnp.Where(left, t.B, end),
				X: jnp.Where(better, u, t.X), FX: jnp.Where(better, fu, t.FX),
				W: pick(better, t.X, second, u, t.W), FW: pick(better, t.FX, second, fu, t.FW),
				V: pick(moved, t.W, third, u, t.V), FV: pick(moved, t.FW, third, fu, t.FV),
				Step: step, StepBefore: before, N: t.N.Add(1), FU: fu,
			}
		}, t)
}

// section is the smaller part of the golden section.
var section = (3 - math.Sqrt(5)) / 2

// bounded is Brent's method between bounds.
func bounded(f function, x []jnp.Array, o MinimizeScalarOptions) ScalarResult {
	a, b := x[0], x[1]
	at := a.Add(b.Sub(a).Mul(section))
	y, zero := f(at), like(a, 0)
	t := triple{A: a, B: b, X: at, W: at, V: at, FX: y, FW: y, FV: y, Step: zero, StepBefore: zero,
		N: jnp.AsArray(1), FU: y}
	t = t.run(f, func(x jnp.Array) jnp.Array {
		return jnp.Abs(x).Mul(math.Sqrt(eps(x))).Add(o.XTol / 3)
	}, section, o.MaxIter)
	none := jnp.IsNaN(t.X).Or(jnp.IsNaN(t.FX)).Or(jnp.IsNaN(t.FU)).Or(a.Gt(b))
	status := pick(none, jnp.AsArray(2), t.N.Ge(o.MaxIter), jnp.AsArray(1), jnp.AsArray(0))
	return ScalarResult{t.X, t.FX, status.Eq(0), status, t.N, t.N}
}

// brent is Brent's method in a bracket.
func brent(f function, x []jnp.Array, o MinimizeScalarOptions) ScalarResult {
	b := bracketed(f, x)
	zero := like(b.B, 0)
	t := triple{A: jnp.Minimum(b.A, b.C), B: jnp.Maximum(b.A, b.C), X: b.B, W: b.B, V: b.B, FX: b.FB, FW: b.FB,
		FV: b.FB, Step: zero, StepBefore: zero, N: jnp.AsArray(0), FU: b.FB}
	t = t.run(f, func(x jnp.Array) jnp.Array { return jnp.Abs(x).Mul(o.XTol).Add(1e-11) }, section, o.MaxIter)
	return b.result(t.X, t.FX, t.N, b.NFev.Add(t.N), o.MaxIter)
}

// golden is the golden section of a bracket from X0 to X3.
func golden(f function, x []jnp.Array, o MinimizeScalarOptions) ScalarResult {
	type state struct{ X0, X1, X2, X3, F1, F2, N jnp.Array }
	b := bracketed(f, x)
	upper := jnp.Abs(b.C.Sub(b.B)).Gt(jnp.Abs(b.B.Sub(b.A)))
	x1 := jnp.Where(upper, b.B, b.B.Sub(b.B.Sub(b.A).Mul(section)))
	x2 := jnp.Where(upper, b.B.Add(b.C.Sub(b.B).Mul(section)), b.B)
	s := lax.WhileLoop(
		func(s state) jnp.Array {
			size := jnp.Abs(s.X1).Add(jnp.Abs(s.X2))
			return jnp.Abs(s.X3.Sub(s.X0)).Gt(size.Mul(o.XTol)).And(s.N.Lt(o.MaxIter))
		},
		func(s state) state {
			up := s.F2.Lt(s.F1)
			inner, end := jnp.Where(up, s.X2, s.X1), jnp.Where(up, s.X3, s.X0)
			u := inner.Mul(1 - section).Add(end.Mul(section))
			fu := f(u)
			return state{
				X0: jnp.Where(up, s.X1, s.X0), X1: jnp.Where(up, s.X2, u), X2: jnp.Where(up, u, s.X1),
				X3: jnp.Where(up, s.X3, s.X2), F1: jnp.Where(up, s.F2, fu), F2: jnp.Where(up, fu, s.F1), N: s.N.Add(1),
			}
		},
		state{b.A, x1, x2, b.C, f(x1), f(x2), jnp.AsArray(0)})
	first := s.F1.Lt(s.F2)
	return b.result(jnp.Where(first, s.X1, s.X2), jnp.Where(first, s.F1, s.F2), s.N, b.NFev.Add(s.N).Add(2), o.MaxIter)
}
