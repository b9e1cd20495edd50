package gojax

import (
	"strings"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// CustomRoot is a y with f(y) = 0, as solve finds it, beginning at init (jax.lax.custom_root). f maps a tree of float arrays to one of
// the same structure and types. solve may be any iteration: derivatives, in both modes and of any order, follow from f by the
// implicit function theorem, in the arrays that f takes from outside, and not through solve. init is not differentiated.
//
// tangentSolve(g, b) solves g(v) = b for the linear function g, f's derivative at the root; for reverse mode it must itself be
// linear in b and differentiable: of scalars, and element by element, b divided by g of ones, otherwise, for example,
// lax.CustomLinearSolve.
func CustomRoot[T any](f func(y T) T, init T, solve func(f func(T) T, init T) T, tangentSolve func(g func(T) T, b T) T) T {
	const op = "CustomRoot"
	if f == nil || solve == nil || tangentSolve == nil {
		trace.Fail(op, nil, "takes three functions, not nil")
	}
	def, start := trace.Flatten(init)
	// What f takes from outside becomes an argument, since it is what the root is differentiated in.
	p, captured := trace.Trace("the function of CustomRoot", trace.Avals(start), func(y []*trace.Value) []*trace.Value {
		d, r := trace.Flatten(f(trace.Unflatten[T](def, y)))
		if !d.Equal(def) {
			trace.Fail(op, nil, "the function returns another structure than it is given: returned and given are\n\t%s", strings.Join(d.Diff(def, "y"), "\n\t"))
		}
		for i, v := range r {
			if !v.Aval().SameType(start[i].Aval()) {
				trace.Fail(op, nil, "the function returns %v for %v; it must return the shapes and dtypes it is given", v.Aval(), start[i].Aval())
			}
		}
		return r
	})
	type params struct {
		From []jnp.Array
		Init T
	}
	at := func(from []jnp.Array) func(T) T {
		return func(y T) T {
			_, x := trace.Flatten(y)
			for _, a := range from {
				x = append(x, a.TraceValue())
			}
			return trace.Unflatten[T](def, trace.Inline(p, x))
		}
	}
	var root func(q params) T
	root = CustomJVP(
		func(q params) T { return solve(at(q.From), q.Init) },
		func(q, t params) (T, T) {
			y := root(q)
			// f(y(a), a) = 0, so df/dy dy = -df/da da.
			_, b := JVP(func(from []jnp.Array) T { return at(from)(y) }, q.From, t.From)
			g := func(v T) T {
				_, d := JVP(at(q.From), y, v)
				return d
			}
			_, d := trace.Flatten(tangentSolve(g, b))
			for i, v := range d {
				d[i] = ops.Neg(v)
			}
			return y, trace.Unflatten[T](def, d)
		})
	from := make([]jnp.Array, len(captured))
	for i, v := range captured {
		from[i] = jnp.Wrap(v)
	}
	return root(params{from, StopGradient(init)})
}
