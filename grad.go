package gojax

import (
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// GradOption changes what Grad and its relatives accept.
type GradOption func(*gradOptions)

type gradOptions struct{ holomorphic, allowInt bool }

// Holomorphic promises that the function is holomorphic: arguments and result are complex, and the gradient is its complex
// derivative.
func Holomorphic() GradOption { return func(o *gradOptions) { o.holomorphic = true } }

// AllowInt lets arrays of integers and bools be among what is differentiated. They have no gradient: their places in the result
// are unset arrays.
func AllowInt() GradOption { return func(o *gradOptions) { o.allowInt = true } }

// Grad is the gradient of f, a function of a tree of float arrays to a float scalar, in its argument: the result has the
// argument's structure, types and shapes (jax.grad). With complex arguments and a real result it is the conjugate of the
// direction of steepest ascent, as in JAX.
//
// Outside Jit f is traced at each call, and the executable is found again by what was traced; inside f, arrays have elements
// that can be read (Item, ToSlice, printing), so that Go's if and for may depend on them. Grad may be nested, mapped and
// jitted.
//
// It panics with *Error where the result is not a real scalar or an argument holds integers (see AllowInt, Holomorphic).
func Grad[P any](f func(P) jnp.Array, opts ...GradOption) func(P) P {
	o := gradOptionsOf("Grad", f == nil, opts)
	return func(p P) P {
		_, g := gradient("Grad", o, p, func(p P) (jnp.Array, struct{}) { return f(p), struct{}{} })
		return g
	}
}

// Grad2 is Grad in the first of two arguments.
func Grad2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) P {
	o := gradOptionsOf("Grad2", f == nil, opts)
	return func(p P, q Q) P {
		_, g := gradient("Grad2", o, p, func(p P) (jnp.Array, struct{}) { return f(p, q), struct{}{} })
		return g
	}
}

// Grad3 is Grad in the first of three arguments.
func Grad3[P, Q, R any](f func(P, Q, R) jnp.Array, opts ...GradOption) func(P, Q, R) P {
	o := gradOptionsOf("Grad3", f == nil, opts)
	return func(p P, q Q, r R) P {
		_, g := gradient("Grad3", o, p, func(p P) (jnp.Array, struct{}) { return f(p, q, r), struct{}{} })
		return g
	}
}

// GradAux is Grad of a function that also returns a tree that is not differentiated; the result returns it too (jax.grad's has_aux).
func GradAux[P, A any](f func(P) (jnp.Array, A), opts ...GradOption) func(P) (P, A) {
	o := gradOptionsOf("GradAux", f == nil, opts)
	return func(p P) (P, A) {
		v, g := gradient("GradAux", o, p, f)
		return g, v.aux
	}
}

// ValueAndGrad is f's value and its gradient, computed together (jax.value_and_grad). See Grad.
func ValueAndGrad[P any](f func(P) jnp.Array, opts ...GradOption) func(P) (jnp.Array, P) {
	o := gradOptionsOf("ValueAndGrad", f == nil, opts)
	return func(p P) (jnp.Array, P) {
		v, g := gradient("ValueAndGrad", o, p, func(p P) (jnp.Array, struct{}) { return f(p), struct{}{} })
		return v.y, g
	}
}

// ValueAndGrad2 is ValueAndGrad in the first of two arguments.
func ValueAndGrad2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) (jnp.Array, P) {
	o := gradOptionsOf("ValueAndGrad2", f == nil, opts)
	return func(p P, q Q) (jnp.Array, P) {
		v, g := gradient("ValueAndGrad2", o, p, func(p P) (jnp.Array, struct{}) { return f(p, q), struct{}{} })
		return v.y, g
	}
}

// ValueAndGradAux is ValueAndGrad of a function that also returns a tree that is not differentiated.
func ValueAndGradAux[P, A any](f func(P) (jnp.Array, A), opts ...GradOption) func(P) (jnp.Array, A, P) {
	o := gradOptionsOf("ValueAndGradAux", f == nil, opts)
	return func(p P) (jnp.Array, A, P) {
		v, g := gradient("ValueAndGradAux", o, p, f)
		return v.y, v.aux, g
	}
}

// ValueAndGradAux2 is ValueAndGradAux in the first of two arguments.
func ValueAndGradAux2[P, Q, A any](f func(P, Q) (jnp.Array, A), opts ...GradOption) func(P, Q) (jnp.Array, A, P) {
	o := gradOptionsOf("ValueAndGradAux2", f == nil, opts)
	return func(p P, q Q) (jnp.Array, A, P) {
		v, g := gradient("ValueAndGradAux2", o, p, func(p P) (jnp.Array, A) { return f(p, q) })
		return v.y, v.aux, g
	}
}

func gradOptionsOf(op string, noFunc bool, opts []GradOption) (o gradOptions) {
	if noFunc {
		trace.Fail(op, nil, "takes a function, not nil")
	}
	for i, opt := range opts {
		if opt == nil {
			trace.Fail(op, nil, "option %d is nil", i)
		}
		opt(&o)
	}
	return o
}

// valueAux is what a differentiated function returned.
type valueAux[A any] struct {
	y   jnp.Array
	aux A
}

func gradient[P, A any](op string, o gradOptions, p P, f func(P) (jnp.Array, A)) (valueAux[A], P) {
	in, x := flattenArg(op, p)
	diff := make([]bool, len(x))
	for i, v := range x {
		diff[i] = o.differentiates(op, v, func() string { return in.PathsFrom("the argument")[i] })
	}
	var aux *trace.Def
	y, g := grad.Reverse(op, x, diff, func(x []*trace.Value) []*trace.Value {
		r, a := f(trace.Unflatten[P](in, x))
		v := r.TraceValue()
		if v == nil {
			trace.Fail(op, nil, "the function returns an array that was never set (the zero jnp.Array)")
		}
		var leaves []*trace.Value
		aux, leaves = trace.Flatten(a)
		return append([]*trace.Value{v}, leaves...)
	}, func(y *trace.Value) { o.checkResult(op, y) })
	return valueAux[A]{jnp.Wrap(y[0]), trace.Unflatten[A](aux, y[1:])}, trace.Unflatten[P](in, g)
}

// differentiates reports whether the leaf v has a gradient.
func (o gradOptions) differentiates(op string, v *trace.Value, path func() string) bool {
	t := v.Aval()
	switch d := t.DType; {
	case d.IsInexact() && (!o.holomorphic || d.IsComplex()):
		return true
	case d.IsInexact():
		trace.Fail(op, []ir.Aval{t}, "with Holomorphic all arguments are complex; %s is %v", path(), t)
	case !o.allowInt:
		trace.Fail(op, []ir.Aval{t}, "%s holds integers or bools (%v), which have no gradient; convert it with AsType(jnp.Float32), take it from outside the function or as a further argument (Grad2), or allow it with gojax.AllowInt()", path(), t)
	}
	return false
}

func (o gradOptions) checkResult(op string, y *trace.Value) {
	t := y.Aval()
	switch d := t.DType; {
	case t.Rank() != 0:
		trace.Fail(op, []ir.Aval{t}, "differentiates functions that return a scalar, and this one returns %v; sum it (jnp.Sum), or use gojax.VJP or Jacrev", t)
	case o.holomorphic && !d.IsComplex():
		trace.Fail(op, []ir.Aval{t}, "with Holomorphic the function returns a complex number; this one returns %v", t)
	case d.IsComplex() && !o.holomorphic:
		trace.Fail(op, []ir.Aval{t}, "the function returns a complex number (%v); differentiate its real part, its absolute value, or, if it is holomorphic, pass gojax.Holomorphic()", t)
	case !d.IsInexact():
		trace.Fail(op, []ir.Aval{t}, "the function returns %v, which does not vary continuously; return a float", t)
	}
}

// flattenArg takes an argument apart.
func flattenArg[P any](op string, p P) (*trace.Def, []*trace.Value) {
	def, x := trace.Flatten(p)
	if _, leaf := any(p).(trace.Leaf); leaf && len(x) == 0 {
		trace.Fail(op, nil, "the argument is an array that was never set (the zero jnp.Array); make one with jnp.Zeros, jnp.FromSlice or another function first")
	}
	return def, x
}

// aligned lists the leaves of t, a tree of tangents, for the leaves of def, of types x: nil where t has none, which is a zero.
func aligned[P any](op, what string, def *trace.Def, x []ir.Aval, t P) []*trace.Value {
	tdef, leaves := trace.Flatten(t)
	if !tdef.Equal(def) {
		at := map[string]*trace.Value{}
		for i, p := range tdef.PathsFrom(what) {
			at[p] = leaves[i]
		}
		leaves = make([]*trace.Value, len(x))
		n := 0
		for i, p := range def.PathsFrom(what) {
			if leaves[i] = at[p]; leaves[i] != nil {
				n++
			}
		}
		other := func(diff string) bool { return !strings.HasSuffix(diff, ": nil was set") } // an unset array is a zero
		if n < len(at) || slices.ContainsFunc(tdef.Diff(def, what), other) {
			trace.Fail(op, nil, "%s does not have the structure of what it is a derivative of: %v, want %v", what, tdef, def)
		}
	}
	for i, v := range x {
		g := leaves[i]
		switch {
		case !v.DType.IsInexact():
			leaves[i] = nil
		case g != nil && !g.Aval().SameType(v):
			trace.Fail(op, []ir.Aval{g.Aval()}, "%s is %v, and must be %v, the type of what it is a derivative of", def.PathsFrom(what)[i], g.Aval(), v)
		}
	}
	return leaves
}

// treeFn is f on leaves. The structure of its result is known once it has been called.
func treeFn[P, R any](in *trace.Def, f func(P) R) (out **trace.Def, body grad.Fn) {
	out = new(*trace.Def)
	return out, func(x []*trace.Value) []*trace.Value {
		d, y := trace.Flatten(f(trace.Unflatten[P](in, x)))
		*out = d
		return y
	}
}

// inexact marks the leaves that have tangents.
func inexact(x []*trace.Value) []bool {
	m := make([]bool, len(x))
	for i, v := range x {
		m[i] = v.DType().IsInexact()
	}
	return m
}
