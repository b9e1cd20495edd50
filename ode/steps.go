package ode

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// StepOptions are the options of the methods with given steps.
type StepOptions struct {
	Steps int // equal steps from one time to the next; 0: 1
}

// fixed is a method with given steps: its stages, and their weights.
type fixed struct {
	op string
	tableau
	weights []float64
}

var (
	rk4 = fixed{"ode.RK4",
		tableau{{.5, []float64{.5}}, {.5, []float64{0, .5}}, {1, []float64{0, 0, 1}}},
		[]float64{1. / 6, 1. / 3, 1. / 3, 1. / 6}}
	heun  = fixed{"ode.Heun", tableau{{1, []float64{1}}}, []float64{.5, .5}}
	euler = fixed{"ode.Euler", nil, []float64{1}}
)

// RK4 is the solution of dy/dt = f(y, t) with y(ts[0]) = y0, at the times ts, by the classical method of Runge and
// Kutta of order 4, with one step from each time to the next, or as many as the options say. Arguments and result are
// as those of Odeint, and y0 is at ts[0]. It is a scan over the times, and is differentiated through its steps, in both
// modes. JAX has no counterpart.
//
// Options: StepOptions (Steps).
func RK4[Y any](f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options ...StepOptions) Y {
	return steps(rk4, f, y0, ts, options)
}

// Heun is RK4 by Heun's method, the explicit trapezoidal rule, of order 2. JAX has no counterpart.
//
// Options: StepOptions (Steps).
func Heun[Y any](f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options ...StepOptions) Y {
	return steps(heun, f, y0, ts, options)
}

// Euler is RK4 by Euler's method, of order 1. JAX has no counterpart.
//
// Options: StepOptions (Steps).
func Euler[Y any](f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options ...StepOptions) Y {
	return steps(euler, f, y0, ts, options)
}

func steps[Y any](m fixed, f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array, options []StepOptions) Y {
	if len(options) > 1 {
		trace.Fail(m.op, nil, "takes one StepOptions, not %d", len(options))
	}
	n := 1
	for _, o := range options {
		if o.Steps < 0 {
			trace.Fail(m.op, nil, "Steps is %d, and must not be negative", o.Steps)
		}
		n = max(n, o.Steps)
	}
	return solve(m.op, f, y0, ts, func(f system, p problem, _ int) jnp.Array { return m.integrate(f, p, n) })
}

// integrate is the states at the times, with n steps to each.
func (m fixed) integrate(f system, p problem, n int) jnp.Array {
	g := func(y, t jnp.Array) jnp.Array { return f(y, t, p.From) }
	type interval struct{ T, H jnp.Array }
	k := p.Ts.Size()
	t := lax.SliceInDim(p.Ts, 0, k-1, 1, 0)
	h := lax.SliceInDim(p.Ts, 1, k, 1, 0).Sub(t).Div(n)
	_, ys := lax.Scan(func(y jnp.Array, i interval) (jnp.Array, jnp.Array) {
		step := func(j, y jnp.Array) jnp.Array {
			t := i.T.Add(i.H.Mul(j.AsType(i.H.DType())))
			k := stages(m.tableau, g, y, g(y, t), t, i.H)
			return y.Add(combined(m.weights, k).Mul(i.H.AsType(y.DType())))
		}
		if n == 1 {
			y = step(jnp.AsArray(0), y)
		} else {
			y = lax.ForiLoop(0, n, step, y)
		}
		return y, y
	}, p.Y0, interval{t, h})
	return jnp.Concatenate([]jnp.Array{jnp.ExpandDims(p.Y0, 0), ys})
}
