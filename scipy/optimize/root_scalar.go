package optimize

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/tree"
)

// RootScalarMethod is how RootScalar searches.
type RootScalarMethod uint8

const (
	anyRoot RootScalarMethod = iota // Brentq with a Bracket, else Secant with X1, else Newton
	Brentq                          // Brent (1973), in a bracket, by the line or the hyperbola through the last points
	Bisect                          // halves the bracket
	Newton                          // by the function's derivative
	Halley                          // by its first two derivatives
	Secant                          // by the line through the last two points
)

// RootScalarOptions say where RootScalar searches, and how. Numbers are Go numbers or arrays without axes.
type RootScalarOptions struct {
	Method  RootScalarMethod // 0: Brentq with a Bracket, else Secant with X1, else Newton
	Bracket [2]any           // two numbers at which the function has different signs
	X0, X1  any              // where to begin; X1 is for Secant, which otherwise begins near X0
	// XTol and RTol end the search where the root is known within XTol + RTol |x|. Where 0, XTol is 2e-12 with a
	// bracket and 1.48e-8 without, RTol four times the dtype's eps.
	XTol, RTol float64
	MaxIter    int // steps at most, 100 with a bracket and 50 without
}

// ScalarResult is what RootScalar and MinimizeScalar find, numbers.
type ScalarResult struct {
	X       jnp.Array // the root, or where the minimum is
	Fun     jnp.Array // the function there
	Success jnp.Array // whether it is one, bool
	// Status is 0 for that; -1 where the function does not have different signs at the ends of the bracket, -2 where no
	// root is found in MaxIter steps, or none can be; of a minimum 1 after MaxIter steps, and 2 for NaN.
	Status jnp.Array
	NIt    jnp.Array // the steps
	NFev   jnp.Array // the evaluations of the function; one with its derivatives counts once
}

// RootScalar searches for an x with f(x) = 0, where f takes a real number and returns one (SciPy's
// optimize.root_scalar). gojax.Vmap finds the roots of many functions at once.
//
// X is differentiated in what f takes from outside; the derivative of f at X must not be zero then.
//
// Options: RootScalarOptions (Method, Bracket, X0, X1, XTol, RTol, MaxIter).
func RootScalar(f func(x jnp.Array) jnp.Array, options ...RootScalarOptions) ScalarResult {
	const op = "optimize.RootScalar"
	o := one(op, options)
	return ofNumbers(op, f, o.start, func(p problem, x []jnp.Array) ScalarResult {
		search := map[RootScalarMethod]func(f function, x []jnp.Array, o RootScalarOptions) ScalarResult{
			Brentq: brentq, Bisect: bisect, Newton: newton, Halley: newton, Secant: secantMethod}[o.Method]
		o.RTol = option(op, "RTol", o.RTol, 4*eps(x[0]))
		return solution(p, x,
			func(f function, x []jnp.Array) ScalarResult { return search(f, x, o) },
			func(r ScalarResult, from, t []jnp.Array) ScalarResult {
				b := p.along(func(f function) jnp.Array { return f(r.X) }, from, t)
				return ScalarResult{X: toRoot(p.at(from), r.X, b)}
			})
	})
}

// ofNumbers is a search of solve's with a function of numbers, from start.
func ofNumbers(
	op string, f func(x jnp.Array) jnp.Array, start func(op string) []any,
	solve func(p problem, x []jnp.Array) ScalarResult,
) ScalarResult {
	if f == nil {
		trace.Fail(op, nil, "the function is nil")
	}
	return arrays.Run(op, numbers(op, start(op)...), func(x []jnp.Array) ScalarResult {
		return solve(newProblem(op, x[0], func(x jnp.Array) jnp.Array { return scalar(op, f(x), x.DType()) }), x)
	})
}

// start completes the options, all but RTol, and lists the numbers to begin with.
func (o *RootScalarOptions) start(op string) []any {
	bracket := o.Bracket[0] != nil && o.Bracket[1] != nil
	if o.Method == anyRoot {
		switch {
		case bracket:
			o.Method = Brentq
		case o.X1 != nil:
			o.Method = Secant
		default:
			o.Method = Newton
		}
	}
	needsBracket := o.Method == Brentq || o.Method == Bisect
	switch {
	case o.Method > Secant:
		trace.Fail(op, nil, "Method is none that is known here: Brentq, Bisect, Newton, Halley or Secant")
	case needsBracket && !bracket:
		trace.Fail(op, nil, "Brentq and Bisect need a Bracket: two numbers at which the function has different signs")
	case !needsBracket && o.X0 == nil:
		trace.Fail(op, nil, "give a Bracket, two numbers at which the function has different signs, or X0, where to "+
			"begin")
	}
	if needsBracket {
		o.XTol, o.MaxIter = option(op, "XTol", o.XTol, 2e-12), steps(op, "MaxIter", o.MaxIter, 100)
		return o.Bracket[:]
	}
	o.XTol, o.MaxIter = option(op, "XTol", o.XTol, 1.48e-8), steps(op, "MaxIter", o.MaxIter, 50)
	if o.Method == Secant && o.X1 != nil {
		return []any{o.X0, o.X1}
	}
	return []any{o.X0}
}

// within is how close to x its neighbour must be.
func (o RootScalarOptions) within(x jnp.Array) jnp.Array { return jnp.Abs(x).Mul(o.RTol).Add(o.XTol) }

// ended is a loop's state: where it is, and why it ended, where 1 says that it goes on.
type ended struct{ X, Fun, Status, N jnp.Array }

const running = 1

func goesOn(e ended, most int) jnp.Array { return e.Status.Eq(running).And(e.N.Lt(most)) }

// result is what a loop has found that called the function a number of times before its first step, and once in each.
func (e ended) result(before int) ScalarResult {
	status := jnp.Where(e.Status.Eq(running), -2, e.Status)
	return ScalarResult{e.X, e.Fun, status.Eq(0), status, e.N, e.N.Add(before)}
}

// opposite says that two numbers have different signs, none of them being zero or NaN.
func opposite(x, y jnp.Array) jnp.Array { return jnp.Sign(x).Mul(jnp.Sign(y)).Lt(0) }

// begun is a search in a bracket before its first step: at the end which is a root, if one is.
func begun(a, b, fa, fb jnp.Array) ended {
	zero := fa.Eq(0).Or(fb.Eq(0))
	status := pick(zero, jnp.AsArray(0), opposite(fa, fb), jnp.AsArray(running), jnp.AsArray(-1))
	x := jnp.Where(status.Eq(-1), jnp.NaN, jnp.Where(fa.Eq(0), a, b))
	return ended{x, jnp.Where(fa.Eq(0), fa, fb), status, jnp.AsArray(0)}
}

// interval has the root between Cur, the better end, and Far; Pre is the end before. A step of length Step led to Cur,
// after one of StepBefore.
type interval struct {
	E                ended // Cur
	Pre, FPre        jnp.Array
	Far, FFar        jnp.Array
	Step, StepBefore jnp.Array
}

// settled puts the ends in order, and sees whether they are close enough.
func (s interval) settled(o RootScalarOptions) interval {
	choose := func(c jnp.Array, x, y *jnp.Array, ifSo, andSo jnp.Array) {
		*x, *y = jnp.Where(c, ifSo, *x), jnp.Where(c, andSo, *y)
	}
	cur, fcur := s.E.X, s.E.Fun
	passed := opposite(s.FPre, fcur)
	choose(passed, &s.Far, &s.FFar, s.Pre, s.FPre)
	choose(passed, &s.Step, &s.StepBefore, cur.Sub(s.Pre), cur.Sub(s.Pre))
	worse := jnp.Abs(s.FFar).Lt(jnp.Abs(fcur))
	choose(worse, &s.Pre, &s.FPre, cur, fcur)
	choose(worse, &s.E.X, &s.E.Fun, s.Far, s.FFar)
	choose(worse, &s.Far, &s.FFar, cur, fcur)
	near := jnp.Abs(s.Far.Sub(s.E.X)).Div(2).Lt(o.within(s.E.X).Div(2))
	s.E.Status = jnp.Where(s.E.Fun.Eq(0).Or(near), 0, s.E.Status)
	s.E.N = s.E.N.Add(1)
	return s
}

// brentq is Brent's method.
func brentq(f function, x []jnp.Array, o RootScalarOptions) ScalarResult {
	fa, fb := f(x[0]), f(x[1])
	width := x[1].Sub(x[0])
	e := begun(x[0], x[1], fa, fb)
	s := interval{e, x[0], fa, x[0], fa, width, width}
	s = tree.Where(e.Status.Eq(running), s.settled(o), s)
	s = lax.WhileLoop(
		func(s interval) jnp.Array { return goesOn(s.E, o.MaxIter+1) },
		func(s interval) interval {
			cur, fcur := s.E.X, s.E.Fun
			delta := o.within(cur).Div(2)
			half := s.Far.Sub(cur).Div(2)
			dPre := s.FPre.Sub(fcur).Div(s.Pre.Sub(cur))
			dFar := s.FFar.Sub(fcur).Div(s.Far.Sub(cur))
			line := fcur.Neg().Mul(cur.Sub(s.Pre)).Div(fcur.Sub(s.FPre))
			hyperbola := fcur.Neg().Mul(s.FFar.Mul(dFar).Sub(s.FPre.Mul(dPre))).Div(
				dFar.Mul(dPre).Mul(s.FFar.Sub(s.FPre)))
			try := jnp.Where(s.Pre.Eq(s.Far), line, hyperbola)
			good := jnp.Abs(s.StepBefore).Gt(delta).And(jnp.Abs(fcur).Lt(jnp.Abs(s.FPre))).And(
				jnp.Abs(try).Mul(2).Lt(jnp.Minimum(jnp.Abs(s.StepBefore), jnp.Abs(half).Mul(3).Sub(delta))))
			step := jnp.Where(good, try, half)
			least := jnp.Where(half.Gt(0), delta, delta.Neg())
			next := cur.Add(jnp.Where(jnp.Abs(step).Gt(delta), step, least))
			e := ended{next, f(next), s.E.Status, s.E.N}
			return interval{e, cur, fcur, s.Far, s.FFar, step, jnp.Where(good, s.Step, half)}.settled(o)
		}, s)
	r := s.E.result(0)
	r.NFev = jnp.Maximum(r.NIt, 1).Add(1)
	return r
}

// bisect halves the bracket, whose lower end is A.
func bisect(f function, x []jnp.Array, o RootScalarOptions) ScalarResult {
	type state struct {
		E            ended
		A, FA, Width jnp.Array
	}
	fa, fb := f(x[0]), f(x[1])
	s := lax.WhileLoop(
		func(s state) jnp.Array { return goesOn(s.E, o.MaxIter) },
		func(s state) state {
			w := s.Width.Div(2)
			mid := s.A.Add(w)
			fm := f(mid)
			done := fm.Eq(0).Or(jnp.Abs(w).Lt(o.within(mid)))
			return state{ended{mid, fm, jnp.Where(done, 0, running), s.E.N.Add(1)},
				jnp.Where(opposite(fm, s.FA), s.A, mid), s.FA, w}
		},
		state{begun(x[0], x[1], fa, fb), x[0], fa, x[1].Sub(x[0])})
	return s.E.result(2)
}

// newton is Newton's and Halley's method.
func newton(f function, x []jnp.Array, o RootScalarOptions) ScalarResult {
	e := lax.WhileLoop(
		func(e ended) jnp.Array { return goesOn(e, o.MaxIter) },
		func(e ended) ended {
			y, d := derivative(f, e.X)
			dx := y.Div(d)
			if o.Method == Halley { // which would lead back where the correction is large
				_, d2 := derivative(func(x jnp.Array) jnp.Array {
					_, d := derivative(f, x)
					return d
				}, e.X)
				bend := dx.Mul(d2).Div(d).Div(2)
				dx = jnp.Where(jnp.Abs(bend).Lt(1), dx.Div(jnp.Sub(1, bend)), dx)
			}
			next := jnp.Where(y.Eq(0), e.X, e.X.Sub(dx))
			near := jnp.Abs(next.Sub(e.X)).Le(o.within(e.X))
			status := pick(y.Eq(0).Or(near), jnp.AsArray(0), d.Eq(0), jnp.AsArray(-2), jnp.AsArray(running))
			return ended{jnp.Where(status.Eq(-2), e.X, next), y, status, e.N.Add(jnp.Where(y.Eq(0), 0, 1))}
		},
		ended{x[0], like(x[0], 1), jnp.AsArray(running), jnp.AsArray(0)})
	e.Fun = f(e.X)
	return e.result(1)
}

// secantMethod goes to where the line through the last two points is zero.
func secantMethod(f function, x []jnp.Array, o RootScalarOptions) ScalarResult {
	type state struct {
		E      ended
		P0, Q0 jnp.Array
	}
	if len(x) == 1 {
		const near = 1e-4
		p := x[0].Mul(1 + near)
		x = append(x[:1:1], p.Add(jnp.Where(p.Ge(0), near, -near)))
	}
	q0, q1 := f(x[0]), f(x[1])
	swap := jnp.Abs(q1).Lt(jnp.Abs(q0))
	s := lax.WhileLoop(
		func(s state) jnp.Array { return goesOn(s.E, o.MaxIter) },
		func(s state) state {
			p1, q1 := s.E.X, s.E.Fun
			worse := jnp.Abs(q1).Gt(jnp.Abs(s.Q0))
			r := jnp.Where(worse, s.Q0.Div(q1), q1.Div(s.Q0))
			far, near := jnp.Where(worse, p1, s.P0), jnp.Where(worse, s.P0, p1)
			level := q1.Eq(s.Q0)
			p := jnp.Where(level, p1.Add(s.P0).Div(2), near.Sub(r.Mul(far)).Div(jnp.Sub(1, r)))
			status := pick(level, jnp.Where(q1.Eq(0), 0, -2), jnp.Abs(p.Sub(p1)).Le(o.within(p1)), jnp.AsArray(0),
				jnp.AsArray(running))
			return state{ended{p, f(p), status, s.E.N.Add(1)}, p1, q1}
		},
		state{ended{jnp.Where(swap, x[0], x[1]), jnp.Where(swap, q0, q1), jnp.AsArray(running), jnp.AsArray(0)},
			jnp.Where(swap, x[1], x[0]), jnp.Where(swap, q1, q0)})
	return s.E.result(2)
}
