package optim

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
	"github.com/gojax/gojax/tree"
)

// LineSearch says how far to go along a direction: Zoom or Backtracking.
type LineSearch interface {
	// numbers are the options as the search has them.
	numbers() search
}

// Zoom is a line search that finds a step with a sufficient decrease and a small slope, by an interval that it first
// finds and then narrows (Nocedal and Wright 2006, algorithms 3.5 and 3.6; Hager and Zhang 2006 for the decrease near a
// minimum; optax.scale_by_zoom_linesearch). Numbers are Go numbers or arrays without axes.
type Zoom struct {
	MaxSteps       int  // evaluations of the objective at most; 0: 20
	MaxRate        any  // the longest step; nil: none
	Tol            any  // by how much the conditions may be missed; nil: 0
	IncreaseFactor any  // of steps, until there is an interval; nil: 2
	SlopeRTol      any  // of the decrease that the slope promises, what is sufficient; nil: 1e-4
	CurvRTol       any  // of the slope at the start, what is small; nil: 0.9
	ApproxDecRTol  any  // of the value, an increase that counts as rounding; nil: 1e-6
	NoApproxDec    bool // no increase does (approx_dec_rtol=None)
	Precision      any  // the length of the interval that is too small to go on; nil: 1e-5
	Keep           bool // begin with the last step, not with 1 (initial_guess_strategy="keep")
}

// Backtracking is a line search that shortens a step until the decrease is sufficient (Armijo 1966;
// optax.scale_by_backtracking_linesearch). Numbers are Go numbers or arrays without axes.
type Backtracking struct {
	MaxSteps       int  // shortenings at most; 0: 20
	SlopeRTol      any  // of the decrease that the slope promises, what is sufficient; nil: 1e-4
	DecreaseFactor any  // of a step that is too long; nil: 0.8
	IncreaseFactor any  // of the last step, to begin with; nil: 1.5
	MaxRate        any  // the longest step; nil: 1
	ATol, RTol     any  // by how much the decrease may be missed, by itself and of the value; nil: 0
	StoreGrad      bool // the gradient at the next parameters is kept, for ValueAndGradFromState
}

// search holds the options of both searches.
type search struct {
	op                                    string
	steps                                 int
	tol, rtol, slope, increase, most      any
	decrease, curvature, approx, interval any // of Zoom: approx nil: not there
	keep, grad                            bool
}

func (z Zoom) numbers() search {
	const op = "optim.Zoom"
	s := search{op: op, steps: z.MaxSteps, keep: z.Keep, grad: true, tol: number(op, "Tol", z.Tol, 0.0),
		slope:    number(op, "SlopeRTol", z.SlopeRTol, 1e-4),
		increase: number(op, "IncreaseFactor", z.IncreaseFactor, 2.0),
		most:     number(op, "MaxRate", z.MaxRate, nil), curvature: number(op, "CurvRTol", z.CurvRTol, 0.9),
		interval: number(op, "Precision", z.Precision, 1e-5)}
	if !z.NoApproxDec {
		s.approx = number(op, "ApproxDecRTol", z.ApproxDecRTol, 1e-6)
	}
	return s
}

func (b Backtracking) numbers() search {
	const op = "optim.Backtracking"
	return search{op: op, steps: b.MaxSteps, grad: b.StoreGrad, tol: number(op, "ATol", b.ATol, 0.0),
		rtol: number(op, "RTol", b.RTol, 0.0), slope: number(op, "SlopeRTol", b.SlopeRTol, 1e-4),
		increase: number(op, "IncreaseFactor", b.IncreaseFactor, 1.5), most: number(op, "MaxRate", b.MaxRate, 1.0),
		decrease: number(op, "DecreaseFactor", b.DecreaseFactor, 0.8)}
}

// Search multiplies the updates, a direction in which the objective descends, by the length of the step that the line
// search finds; it comes last in a chain, whose UpdateWith is called (optax.scale_by_zoom_linesearch,
// optax.scale_by_backtracking_linesearch). In the State are "learning_rate", which is that length, "value" and, for
// Zoom and with StoreGrad, "grad", of the objective at the next parameters, and how the search went:
// "num_linesearch_steps", "decrease_error" and, for Zoom, "curvature_error".
func Search[P any](by LineSearch) Transform[P] {
	if by == nil {
		trace.Fail("optim.Search", nil, "the line search is nil; give optim.Zoom{} or optim.Backtracking{}")
	}
	s := by.numbers()
	if s.steps < 0 {
		trace.Fail(s.op, nil, "MaxSteps is %d; it must be 1 at least, or 0 for 20", s.steps)
	}
	if s.steps == 0 {
		s.steps = 20
	}
	zoom := s.curvature != nil
	init := func(p P) State[P] {
		c := jnp.Creation{DType: realType(p)}
		st := State[P]{Values: map[string]jnp.Array{"learning_rate": c.Ones(), "value": c.Full(nil, math.Inf(1)),
			"num_linesearch_steps": jnp.Creation{DType: jnp.Int32}.Zeros(), "decrease_error": c.Full(nil, math.Inf(1))}}
		if zoom {
			st.Values["curvature_error"] = c.Full(nil, math.Inf(1))
		}
		if s.grad {
			st.Trees = map[string]P{"grad": tree.Map(zeros(jnp.DType(0)), p)}
		}
		return st
	}
	update := func(u P, st State[P], at At[P]) (P, State[P]) {
		if at.Objective == nil {
			trace.Fail("optim.Transform.Update", nil, "the line search needs the objective: call UpdateWith(g, s, "+
				"params, value, objective), or leave the search out (LBFGSOptions{NoLineSearch: true})")
		}
		d := at.Value.DType()
		l := line[P]{search: s, at: at, u: u, value: at.Value.AsType(d),
			slope: tree.Dot(u, at.Gradient).Real().AsType(d), objective: deriv.Of(s.op, at.Objective, nil)}
		run := l.backtrack
		if zoom {
			run = l.zoom
		}
		t, next := run(st)
		for name, v := range next.Values {
			next.Values[name] = v.AsType(st.Value(name).DType())
		}
		if s.grad {
			next.Trees["grad"] = tree.CastLike(next.Trees["grad"], st.Tree("grad"))
		}
		return tree.CastLike(tree.Scale(t, u), u), next
	}
	return Transform[P]{init, update}
}

// line is a search along u.
type line[P any] struct {
	search
	at           At[P]
	u            P
	value, slope jnp.Array // at the start
	objective    *deriv.Gradient
}

// knot is a place on the line: the length of the step, the value and the slope there.
type knot struct{ T, Value, Slope jnp.Array }

// to is where a step of length t leads to.
func (l line[P]) to(t jnp.Array) P {
	return tree.CastLike(tree.AddScale(l.at.Params, t, l.u), l.at.Params)
}

// look evaluates objective and gradient at a step of length t.
func (l line[P]) look(t jnp.Array) (k knot, g P) {
	p := l.to(t)
	var v jnp.Array
	l.objective.At(deriv.Into{Value: &v, Grads: []any{&g}}, &p)
	d := l.value.DType()
	return knot{t, v.AsType(d), tree.Dot(g, l.u).Real().AsType(d)}, g
}

// short is by how much x misses being 0 or less, and infinite for NaN.
func short(x jnp.Array) jnp.Array {
	return jnp.Where(jnp.IsNaN(x), math.Inf(1), jnp.Maximum(x, 0))
}

// backtracking is the carry of the loop.
type backtracking struct{ T, Value, Error, N jnp.Array }

func (l line[P]) backtrack(st State[P]) (jnp.Array, State[P]) {
	d := l.value.DType()
	inf := jnp.Creation{DType: d}.Full(nil, math.Inf(1))
	start := jnp.Minimum(st.Value("learning_rate").AsType(d).Mul(l.increase), array(l.most)).AsType(d)
	end := lax.WhileLoop(
		func(b backtracking) jnp.Array { return b.Error.Le(l.tol).Not().And(b.N.Le(l.steps)) },
		func(b backtracking) backtracking {
			t := jnp.Where(b.N.Gt(0), b.T.Mul(l.decrease), b.T)
			v := l.at.Objective(l.to(t)).AsType(d)
			miss := v.Sub(l.value.Add(l.value.Mul(l.rtol))).Sub(t.Mul(l.slope).Mul(l.search.slope))
			return backtracking{t.AsType(d), v, short(miss).AsType(d), b.N.Add(1)}
		}, backtracking{start, l.value, inf, jnp.Creation{DType: jnp.Int32}.Zeros()})
	t := jnp.Where(jnp.IsInf(end.Error), jnp.ZerosLike(end.T), end.T)
	next := State[P]{Values: map[string]jnp.Array{"learning_rate": t, "value": end.Value,
		"num_linesearch_steps": end.N, "decrease_error": end.Error}}
	if l.grad {
		_, g := l.look(end.T)
		next.Trees = map[string]P{"grad": g}
	}
	return t, next
}

// zooming is the carry of the loop. Low and High are the ends of the interval once it is Found, Ref an end that it had
// before, and Safe the best place with a sufficient decrease.
type zooming[P any] struct {
	N                   jnp.Array
	Now                 knot
	Grad                P
	Decrease, Curvature jnp.Array
	Found, Done, Failed jnp.Array
	Low, High, Ref      knot
	Safe                knot
	SafeGrad            P
}

func (l line[P]) zoom(st State[P]) (jnp.Array, State[P]) {
	d := l.value.DType()
	c := jnp.Creation{DType: d}
	no := jnp.Creation{DType: jnp.Bool}.Zeros
	start, inf := knot{c.Zeros(), l.value, l.slope}, c.Full(nil, math.Inf(1))
	guess := c.Ones()
	if l.keep {
		guess = st.Value("learning_rate").AsType(d)
	}
	first := tree.CastLike(l.at.Gradient, l.at.Params)
	end := lax.WhileLoop(
		func(z zooming[P]) jnp.Array { return z.Done.Or(z.Failed).Not() },
		func(z zooming[P]) zooming[P] { return l.narrow(z, guess) },
		zooming[P]{N: jnp.Creation{DType: jnp.Int32}.Zeros(), Now: start, Grad: first, Decrease: inf, Curvature: inf,
			Found: no(), Done: no(), Failed: no(), Low: start, High: start, Ref: start, Safe: start, SafeGrad: first})
	return end.Now.T, State[P]{Trees: map[string]P{"grad": end.Grad}, Values: map[string]jnp.Array{
		"learning_rate": end.Now.T, "value": end.Now.Value, "num_linesearch_steps": end.N,
		"decrease_error": end.Decrease, "curvature_error": end.Curvature}}
}

// narrow is a round of the search: a longer step until there is an interval, then one within it. Both ways are written
// out on scalars and the one that counts is chosen, so that the objective is evaluated once.
func (l line[P]) narrow(z zooming[P], guess jnp.Array) zooming[P] {
	d := l.value.DType()
	longer := jnp.Where(z.N.Eq(0), guess, z.Now.T.Mul(l.increase))
	longest := jnp.Creation{DType: jnp.Bool}.Zeros()
	if l.most != nil {
		longest = longer.Ge(l.most)
		longer = jnp.Minimum(longer, array(l.most))
	}
	k, g := l.look(jnp.Where(z.Found, within(z), longer).AsType(d))
	decrease, curvature := l.decreased(k), short(k.Slope.Abs().Sub(l.slope.Abs().Mul(l.curvature)))
	met := jnp.Maximum(decrease, curvature).Le(l.tol)
	worse := decrease.Gt(0)

	// Without an interval yet: this place and the one before are its ends if the objective rises between them.
	up := worse.Or(k.Value.Ge(z.Now.Value).And(z.N.Gt(0)))
	down := k.Slope.Ge(0).And(up.Not())
	s := z
	s.Low, s.High = tree.Where(down, k, z.Now), tree.Where(down, z.Now, k)
	s.Ref = s.Low
	s.Found = up.Or(down).Or(met)
	s.Done = met.Or(longest.And(s.Found.Not()))
	better := decrease.Le(l.tol)

	// With one: this place becomes an end.
	n := z
	toHigh := worse.Or(k.Value.Ge(z.Low.Value))
	swap := k.Slope.Mul(z.High.T.Sub(z.Low.T)).Ge(0).And(toHigh.Not())
	n.High = tree.Where(swap, z.Low, tree.Where(toHigh, k, z.High))
	n.Low = tree.Where(toHigh, z.Low, k)
	n.Ref = tree.Where(toHigh.Or(swap), z.High, z.Low)
	n.Done = met
	best := better.And(k.Value.Lt(z.Safe.Value))

	better = jnp.Where(z.Found, best, better)
	r := tree.Where(z.Found, n, s)
	r.N, r.Now, r.Grad, r.Decrease, r.Curvature = after(z.N), k, g, decrease, curvature
	r.Safe, r.SafeGrad = tree.Where(better, k, z.Safe), tree.Where(better, g, z.SafeGrad)
	small := z.Found.And(z.High.T.Sub(z.Low.T).Abs().Le(l.interval)).And(r.Safe.T.Gt(0))
	r.Failed = r.N.Ge(l.steps).Or(small).And(r.Done.Not())

	// What failed goes back to the best place, if there was one or this one is none.
	back := r.Failed.And(r.Safe.T.Gt(0).Or(jnp.IsInf(decrease)))
	r.Now, r.Grad = tree.Where(back, r.Safe, r.Now), tree.Where(back, r.SafeGrad, r.Grad)
	return r
}

// decreased is by how much the decrease at k is not sufficient.
func (l line[P]) decreased(k knot) jnp.Array {
	rise := k.Value.Sub(l.value)
	miss := rise.Sub(k.T.Mul(l.slope).Mul(l.search.slope))
	if l.approx != nil {
		flat := k.Slope.Sub(l.slope.Mul(minus(times(l.search.slope, 2.0), 1.0)))
		miss = jnp.Minimum(miss, jnp.Maximum(flat, rise.Sub(l.value.Abs().Mul(l.approx))))
	}
	return short(miss)
}

// within is a place in the interval: the minimum of the cubic through its ends and the end before, else that of the
// parabola, else the middle.
func within[P any](z zooming[P]) jnp.Array {
	a, b, c := z.Low, z.High, z.Ref
	size := b.T.Sub(a.T).Abs()
	inside := func(t jnp.Array, margin float64) jnp.Array {
		m := size.Mul(margin)
		return t.Gt(jnp.Minimum(a.T, b.T).Add(m)).And(t.Lt(jnp.Maximum(a.T, b.T).Sub(m)))
	}
	db, dc := b.T.Sub(a.T), c.T.Sub(a.T)
	rb := b.Value.Sub(a.Value).Sub(a.Slope.Mul(db))
	rc := c.Value.Sub(a.Value).Sub(a.Slope.Mul(dc))
	db2, dc2 := jnp.Square(db), jnp.Square(dc)
	scale := jnp.Square(db.Mul(dc)).Mul(db.Sub(dc))
	p := dc2.Mul(rb).Sub(db2.Mul(rc)).Div(scale)
	q := db2.Mul(db).Mul(rc).Sub(dc2.Mul(dc).Mul(rb)).Div(scale)
	root := jnp.Sqrt(jnp.Square(q).Sub(p.Mul(a.Slope).Mul(3)))
	cubic := a.T.Add(root.Sub(q).Div(p.Mul(3)))
	parabola := a.T.Sub(a.Slope.Div(rb.Div(db2).Mul(2)))
	middle := a.T.Add(b.T).Div(2)
	return jnp.Where(inside(cubic, 0.2), cubic, jnp.Where(inside(parabola, 0.1), parabola, middle))
}

// ValueAndGradFromState is value and gradient of the objective at params, out of the state that a line search left
// behind, where it has them: at its start both are computed (optax.value_and_grad_from_state). The search must keep the
// gradient: Zoom does, Backtracking with StoreGrad.
func ValueAndGradFromState[P any](objective func(params P) jnp.Array) func(params P, s State[P]) (jnp.Array, P) {
	const op = "optim.ValueAndGradFromState"
	f := deriv.Of(op, objective, nil)
	return func(params P, s State[P]) (jnp.Array, P) {
		type both struct {
			Value jnp.Array
			Grad  P
		}
		type args struct {
			Params P
			State  State[P]
		}
		r := once(op, args{params, s}, func(a args) both {
			old := both{a.State.Value("value"), a.State.Tree("grad")}
			return lax.Cond(jnp.IsFinite(old.Value), func() both { return old }, func() (b both) {
				f.At(deriv.Into{Value: &b.Value, Grads: []any{&b.Grad}}, &a.Params)
				return both{b.Value.AsType(old.Value.DType()), tree.CastLike(b.Grad, old.Grad)}
			})
		})
		return r.Value, r.Grad
	}
}
