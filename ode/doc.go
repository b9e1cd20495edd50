// Package ode solves initial value problems of ordinary differential equations, dy/dt = f(y, t), whose state is an
// array or a tree of arrays:
//
//	f := func(y, t jnp.Array) jnp.Array { return y.Mul(k).Neg() } // k may be an array from outside
//	ys := ode.Odeint(f, jnp.Ones(3), jnp.LinSpace(0, 10, 101))    // [101, 3]: the state at each of the times
//
// Odeint takes steps of whatever length keeps the error small, and is differentiated by solving the adjoint equation
// backwards, in the memory of one state for each time. OdeintWith is Odeint for an f of further arguments. RK4, Heun
// and Euler take steps of given lengths, and are differentiated through those, in both modes.
//
// All work by themselves, where they are one compiled program, and under Jit, Vmap and Grad: in y0, the times, and what
// f takes from outside.
//
// Options are a last argument that may be left out:
//
//	options         of                   fields (JAX's names)
//	OdeintOptions   Odeint, OdeintWith   RTol (rtol), ATol (atol), MaxSteps (mxstep), MaxStep (hmax)
//	StepOptions     RK4, Heun, Euler     Steps
package ode
