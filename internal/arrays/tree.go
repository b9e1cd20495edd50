package arrays

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Ravel is the floats of a tree as one strongly typed vector, in the order in which trees are walked and in their
// common type, and the way back: the tree of the elements of a vector, of the shapes and types that it had. Axes of
// that vector before its last become the first axes of every array. op refuses arrays that are not of floats; what is
// its name for the tree.
func Ravel[T any](op, what string, tree T) (x jnp.Array, unravel func(x jnp.Array) T) {
	def, leaves := trace.Flatten(tree)
	for i, v := range leaves {
		if !v.DType().IsInexact() {
			trace.Fail(op, []ir.Aval{v.Aval()}, "%s is %v, and must hold floats; convert it with AsType(jnp.Float32), "+
				"or let the function take it from outside", def.PathsFrom(what)[i], v.Aval())
		}
	}
	return flat(op, leaves), func(x jnp.Array) T {
		parts := Cut(x.TraceValue(), trace.Avals(leaves))
		for i, l := range leaves {
			p := parts[i]
			if p.DType().IsComplex() && !l.DType().IsComplex() {
				p = ops.Real(p)
			}
			parts[i] = kit.Convert(op, p, l.DType(), false)
		}
		return trace.Unflatten[T](def, parts)
	}
}

// flat is the elements of arrays as one vector of their common float type.
func flat(op string, leaves []*trace.Value) jnp.Array {
	if len(leaves) == 0 {
		return jnp.Zeros(0)
	}
	return jnp.Wrap(Join(kit.Map(kit.PromoteInexact(op, leaves...), kit.Strong)))
}

// Join is the elements of arrays of one type, one at least, as a vector.
func Join(x []*trace.Value) *trace.Value {
	return ops.Concatenate(kit.Map(x, func(v *trace.Value) *trace.Value {
		return ops.Reshape(v, []int{v.Aval().Size()})
	}), 0)
}

// Cut is what Join joined, of the shapes of types: parts of v along its last axis, behind its other axes.
func Cut(v *trace.Value, types []ir.Aval) []*trace.Value {
	if len(types) == 0 {
		return nil
	}
	last := v.Rank() - 1
	parts := ops.Split(v, kit.Map(types, ir.Aval.Size), last)
	for i, t := range types {
		parts[i] = ops.Reshape(parts[i], slices.Concat(v.Shape()[:last], t.Shape))
	}
	return parts
}

// Run is f(x), trees: in a trace what f records, run eagerly one program. Other than that of Whole, f may be the user's
// and take arrays from outside, so that it is traced at each call; the program is found again by what it computes.
func Run[P, R any](op string, x P, f func(x P) R) R {
	in, a := trace.Flatten(x)
	if trace.AnyTraced(a...) {
		return f(x)
	}
	var out *trace.Def
	p, captured := trace.Trace(op, trace.Avals(a), func(a []*trace.Value) []*trace.Value {
		d, y := trace.Flatten(f(trace.Unflatten[P](in, a)))
		out = d
		return y
	})
	return trace.Unflatten[R](out, trace.TheRuntime().RunNamed(op, p.DCE(), slices.Concat(a, captured)))
}

// Closure records f, a function of arrays of the types of x. It returns f as a function of these and of what f takes
// from outside, and that: arrays first, as many as outside says, and then Go's floats, so that another number needs no
// other program.
func Closure(op string, x []jnp.Array, f Func) (g func(x, from []jnp.Array) jnp.Array, from []jnp.Array, outside int) {
	p, captured := trace.Trace(op, trace.Avals(Values(x)), func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{f(Of(x)).TraceValue()}
	})
	p, all := ops.LiftNumbers(p, captured)
	return func(x, from []jnp.Array) jnp.Array {
		return jnp.Wrap(trace.Inline(p, slices.Concat(Values(x), Values(from)))[0])
	}, Of(all), len(captured)
}
