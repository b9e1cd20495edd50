package ode

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// system is the right-hand side of an equation, as a function of the state as a vector, of the time, and of what the
// user's function takes from outside.
type system = func(y, t jnp.Array, from []jnp.Array) jnp.Array

// problem is what a solution depends on.
type problem struct {
	Y0, Ts jnp.Array // vectors
	From   []jnp.Array
}

// solve runs solver on the vector of y0 and the times as floats, as one program, and gives the states that it returns
// in the rows of a matrix the structure of y0. outside are how many of the problem's From are arrays; the others are Go
// numbers.
func solve[Y any](op string, f func(y Y, t jnp.Array) Y, y0 Y, ts jnp.Array,
	solver func(f system, p problem, outside int) jnp.Array) Y {
	if f == nil {
		trace.Fail(op, nil, "the equation is a nil function")
	}
	if _, leaves := trace.Flatten(y0); len(leaves) == 0 {
		trace.Fail(op, nil, "y0 holds no arrays that are set, so there is no state")
	}
	times(op, ts)
	type initial struct {
		Y0 Y
		Ts jnp.Array
	}
	return arrays.Run(op, initial{y0, ts}, func(i initial) Y {
		y, unravel := arrays.Ravel(op, "y0", i.Y0)
		ts := arrays.StrongInexact(op, i.Ts)[0]
		t := jnp.Zeros().AsType(ts.DType())
		g, from, outside := arrays.Closure(op, []jnp.Array{y, t}, func(x []jnp.Array) jnp.Array {
			y := unravel(x[0])
			return slope(op, y, f(y, x[1])).AsType(x[0].DType())
		})
		h := func(y, t jnp.Array, from []jnp.Array) jnp.Array { return g([]jnp.Array{y, t}, from) }
		return unravel(solver(h, problem{y, ts, from}, outside))
	})
}

// times checks the times that are known: they increase.
func times(op string, ts jnp.Array) {
	v := kit.Value(op, ts)
	in := trace.Avals([]*trace.Value{v})
	kit.RefuseComplex(op, v)
	if v.Rank() != 1 || v.Aval().Size() == 0 {
		trace.Fail(op, in, "the times are %v, and must be a vector of one or more, such as jnp.LinSpace(0, 1, 11)",
			v.Aval())
	}
	if v.Traced() {
		return
	}
	t := jnp.ToSlice[float64](ts)
	for i := range t[1:] {
		if !(t[i] < t[i+1]) {
			trace.Fail(op, in, "the times must increase, and time %d is %v after %v; solve for -t where they decrease",
				i+1, t[i+1], t[i])
		}
	}
}

// slope is the vector of dy, which f returned for y: it must have y's structure and shapes.
func slope[Y any](op string, y, dy Y) jnp.Array {
	def, a := trace.Flatten(y)
	d, b := trace.Flatten(dy)
	if !d.Equal(def) {
		trace.Fail(op, nil, "f returns another structure than it is given: %v, want %v", d, def)
	}
	for i, v := range b {
		w := a[i].Aval()
		if !slices.Equal(v.Shape(), w.Shape) {
			trace.Fail(op, []ir.Aval{w, v.Aval()},
				"f returns %v for %s, which is %v; a state and its derivative have one shape", v.Aval(),
				def.PathsFrom("y")[i], w)
		}
		if v.DType().IsComplex() && !w.DType.IsComplex() {
			trace.Fail(op, []ir.Aval{w, v.Aval()}, "f returns %v for %s, which is %v; begin with a complex y0",
				v.Aval(), def.PathsFrom("y")[i], w)
		}
		b[i] = kit.Convert(op, v, w.DType, false)
	}
	v, _ := arrays.Ravel(op, "what f returns", trace.Unflatten[Y](d, b))
	return v
}
