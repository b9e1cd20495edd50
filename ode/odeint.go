package ode

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
	"github.com/gojax/gojax/tree"
)

// OdeintOptions are the options of Odeint and OdeintWith; the zero value is JAX's default.
type OdeintOptions struct {
	RTol, ATol float64 // the local error that is allowed: ATol + RTol |y|, each 1.4e-8 where 0
	MaxSteps   int     // steps at most from one time to the next; 0: as many as it takes
	MaxStep    float64 // the longest step; 0: of any length
}

// Odeint is the solution of dy/dt = f(y, t) with y(ts[0]) = y0, at the times ts, a vector that increases: y0's tree,
// with a new first axis of the length of ts (jax.experimental.ode.odeint). y0 is an array or a tree of arrays of
// floats, real or complex, and f returns one of its structure and shapes. Integer times are taken as floats.
//
// SciPy's solve_ivp is the nearest there. The method is that of Dormand and Prince (1980), of order 5 with an error
// estimate of order 4, whose steps are as long as the error allows; between their ends a polynomial of order 4 gives
// the values. In single precision ask for larger errors than the default, which is below its rounding. Where MaxSteps
// do not suffice, or where the solution leaves the numbers, what is returned is not the solution, and no error: NaN
// where no step could be made.
//
// In reverse mode the adjoint equation is solved backwards from time to time (Chen et al. 2018), within the same
// errors: in y0, ts and the arrays that f takes from outside, to any order. Such a function has no forward mode; RK4
// has.
//
// Options: OdeintOptions (RTol, ATol, MaxSteps, MaxStep).
func Odeint[Y any](f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options ...OdeintOptions) Y {
	return odeint("ode.Odeint", f, y0, ts, options)
}

// OdeintWith is Odeint for a function of further arguments, a tree, in which it is differentiated too: what a function
// takes from outside need not be an argument.
//
// Options: OdeintOptions (RTol, ATol, MaxSteps, MaxStep).
func OdeintWith[Y, A any](f func(y Y, t jnp.Array, args A) Y, y0 Y, ts jnp.Array, args A,
	options ...OdeintOptions) Y {
	const op = "ode.OdeintWith"
	if f == nil {
		trace.Fail(op, nil, "the equation is a nil function")
	}
	return odeint(op, func(y Y, t jnp.Array) Y { return f(y, t, args) }, y0, ts, options)
}

func odeint[Y any](op string, f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options []OdeintOptions) Y {
	if len(options) > 1 {
		trace.Fail(op, nil, "takes one OdeintOptions, not %d", len(options))
	}
	var o OdeintOptions
	for _, o = range options {
	}
	for name, v := range map[string]float64{"RTol": o.RTol, "ATol": o.ATol, "MaxSteps": float64(o.MaxSteps),
		"MaxStep": o.MaxStep} {
		if !(v >= 0) {
			trace.Fail(op, nil, "%s is %v, and must not be negative", name, v)
		}
	}
	if o.RTol == 0 {
		o.RTol = 1.4e-8
	}
	if o.ATol == 0 {
		o.ATol = 1.4e-8
	}
	if o.MaxStep == 0 {
		o.MaxStep = math.Inf(1)
	}
	return solve(op, f, y0, ts, func(f system, p problem, outside int) jnp.Array {
		return adaptive{f, outside, o}.solution(p)
	})
}

// adaptive solves a system with steps of its own choice.
type adaptive struct {
	f       system
	outside int // what of a problem's From are arrays, in which it is differentiated
	OdeintOptions
}

// residuals are what the way back needs.
type residuals struct {
	Ys      jnp.Array
	Problem problem
}

// solution is the states at the times, differentiated by the adjoint equation.
func (s adaptive) solution(p problem) jnp.Array {
	if p.Y0.Size() == 0 {
		return jnp.Zeros(p.Ts.Size(), 0).AsType(p.Y0.DType())
	}
	forward := func(p problem) (jnp.Array, residuals) {
		ys := s.solution(p)
		return ys, residuals{ys, p}
	}
	return deriv.CustomVJP(s.integrate, forward, s.backward)(p)
}

// dopri is a place on the way of the method: the state Y and its slope F at T, the next step H, and the polynomial in
// (t - Last) / (T - Last) through the step that led there, its highest power first.
type dopri struct {
	Y, F, T, H, Last jnp.Array
	Poly             [5]jnp.Array
}

// integrate is the states at the times.
func (s adaptive) integrate(p problem) jnp.Array {
	f := func(y, t jnp.Array) jnp.Array { return s.f(y, t, p.From) }
	t0 := lax.IndexInDim(p.Ts, 0, 0, lax.IndexOptions{DropAxis: true})
	f0 := f(p.Y0, t0)
	h := s.clip(s.firstStep(f, t0, p.Y0, f0).AsType(p.Ts.DType()))
	start := dopri{p.Y0, f0, t0, h, t0, [5]jnp.Array{p.Y0, p.Y0, p.Y0, p.Y0, p.Y0}}
	_, ys := lax.Scan(func(d dopri, target jnp.Array) (dopri, jnp.Array) {
		type state struct {
			D dopri
			N jnp.Array
		}
		end := lax.WhileLoop(
			func(c state) jnp.Array {
				on := c.D.T.Lt(target).And(c.D.H.Gt(0))
				if s.MaxSteps > 0 {
					on = on.And(c.N.Lt(s.MaxSteps))
				}
				return on
			},
			func(c state) state { return state{s.step(f, c.D), c.N.Add(1)} },
			state{d, jnp.AsArray(0)})
		d = end.D
		none := jnp.Where(target.Eq(d.Last), 0, math.NaN()) // where no step was made
		x := jnp.Where(d.T.Eq(d.Last), none, target.Sub(d.Last).Div(d.T.Sub(d.Last))).AsType(p.Y0.DType())
		y := d.Poly[0]
		for _, c := range d.Poly[1:] {
			y = y.Mul(x).Add(c)
		}
		return d, y
	}, start, lax.SliceInDim(p.Ts, 1, p.Ts.Size(), 1, 0))
	return jnp.Concatenate([]jnp.Array{jnp.ExpandDims(p.Y0, 0), ys})
}

func (s adaptive) clip(h jnp.Array) jnp.Array { return jnp.Clip(h, 0.0, s.MaxStep) }

// firstStep is the length of the first step (Hairer, Nørsett, Wanner: Solving Ordinary Differential Equations I, II.4).
func (s adaptive) firstStep(f func(y, t jnp.Array) jnp.Array, t, y, dy jnp.Array) jnp.Array {
	scale := jnp.Abs(y).Mul(s.RTol).Add(s.ATol).AsType(y.DType())
	norm := func(x jnp.Array) jnp.Array { return jnp.Sqrt(jnp.Sum(arrays.AbsSquare(x.Div(scale)))) }
	d0, d1 := norm(y), norm(dy)
	h0 := jnp.Where(d0.Lt(1e-5).Or(d1.Lt(1e-5)), 1e-6, d0.Mul(0.01).Div(d1))
	next := f(y.Add(dy.Mul(h0.AsType(y.DType()))), t.Add(h0.AsType(t.DType())))
	d2 := norm(next.Sub(dy)).Div(h0)
	h1 := jnp.Where(d1.Le(1e-15).And(d2.Le(1e-15)), jnp.Maximum(1e-6, h0.Mul(1e-3)),
		jnp.Power(jnp.Div(0.01, jnp.Maximum(d1, d2)), 1./5))
	return jnp.Minimum(h0.Mul(100), h1)
}

// step is the place after one step where its error is small enough, and otherwise the same place with a shorter one.
func (s adaptive) step(f func(y, t jnp.Array) jnp.Array, d dopri) dopri {
	h := d.H.AsType(d.Y.DType())
	k := stages(dormandPrince, f, d.Y, d.F, d.T, d.H)
	y := d.Y.Add(combined(dopriWeights, k).Mul(h))
	off := combined(dopriErrors, k).Mul(h)
	bound := jnp.Maximum(jnp.Abs(d.Y), jnp.Abs(y)).Mul(s.RTol).Add(s.ATol)
	ratio := jnp.Sqrt(jnp.Mean(arrays.AbsSquare(off.Div(bound.AsType(off.DType())))))
	mid := d.Y.Add(combined(dopriMiddle, k).Mul(h))
	next := dopri{y, k[6], d.T.Add(d.H), d.H, d.T, quartic(d.Y, mid, y, k[0].Mul(h), k[6].Mul(h))}
	d = tree.Where(ratio.Le(1.0), next, d)
	d.H = s.clip(longer(d.H, ratio))
	return d
}

// longer is the step after one of length h whose error was ratio times what is allowed.
func longer(h, ratio jnp.Array) jnp.Array {
	least := jnp.Where(ratio.Lt(1.0), 1.0, 0.2)
	factor := jnp.Minimum(10.0, jnp.Maximum(jnp.Power(ratio, -1./5).Mul(0.9), least))
	return h.Mul(jnp.Where(ratio.Eq(0), 10.0, factor).AsType(h.DType()))
}

// quartic is the polynomial on [0, 1] with the values y0, mid and y1 at 0, 1/2 and 1 and the slopes d0 and d1 at the
// ends.
func quartic(y0, mid, y1, d0, d1 jnp.Array) [5]jnp.Array {
	row := func(a, b, c, d, e float64) jnp.Array {
		return d0.Mul(a).Add(d1.Mul(b)).Add(y0.Mul(c)).Add(y1.Mul(d)).Add(mid.Mul(e))
	}
	return [5]jnp.Array{row(-2, 2, -8, -8, 16), row(5, -3, 18, 14, -32), row(-4, 1, -11, -5, 16), d0, y0}
}
