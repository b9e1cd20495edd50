package nn

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// What the functions of the package are built with.

// apply is f of x as one program of op; params are what f depends on besides.
func apply(op string, params any, x jnp.Array, f func(x jnp.Array) jnp.Array) jnp.Array {
	return jnp.Wrap(
		kit.Whole1(op, params, kit.Value(op, x),
			func(v *trace.Value) *trace.Value { return f(jnp.Wrap(v)).TraceValue() }))
}

// several is f of operands, arrays and numbers, as one program of op. Those that are unset, nil or a zero Array, are so
// for f; params are what it depends on besides.
func several(op string, params any, f func(x []jnp.Array) []jnp.Array, x ...any) []jnp.Array {
	set := make([]bool, len(x))
	var in []*trace.Value
	for i, a := range x {
		if array, ok := a.(jnp.Array); a != nil && (!ok || array.TraceValue() != nil) {
			in, set[i] = append(in, kit.LiftAlone(op, a, in...)), true
		}
	}
	out := trace.Whole(op, struct {
		Set    []bool
		Params any
	}{set, params}, in, func(in []*trace.Value) []*trace.Value {
		x := make([]jnp.Array, len(set))
		for i, k := 0, 0; i < len(set); i++ {
			if set[i] {
				x[i] = jnp.Wrap(in[k])
				k++
			}
		}
		return kit.Map(f(x), jnp.Array.TraceValue)
	})
	return kit.Map(out, jnp.Wrap)
}

// isSet reports whether x is an array.
func isSet(x jnp.Array) bool { return x.TraceValue() != nil }

// together brings those of x that are set to their common inexact type.
func together(op string, x ...jnp.Array) []jnp.Array {
	var in []*trace.Value
	for _, a := range x {
		if isSet(a) {
			in = append(in, a.TraceValue())
		}
	}
	in = kit.PromoteInexact(op, in...)
	out := make([]jnp.Array, len(x))
	for i, k := 0, 0; i < len(x); i++ {
		if isSet(x[i]) {
			out[i] = jnp.Wrap(kit.Strong(in[k]))
			k++
		}
	}
	return out
}

// applyWith is apply for a function that has a parameter of its own besides x, named what: the one optional argument in
// given, a Go number or an Array, or its default.
func applyWith(op, what string, x jnp.Array, given []any, otherwise any, f func(x, a jnp.Array) jnp.Array) jnp.Array {
	v := kit.Value(op, x)
	in := []*trace.Value{v, kit.LiftAlone(op, kit.Optional(op, what, given, otherwise), v)}
	return jnp.Wrap(kit.Whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		return f(jnp.Wrap(in[0]), jnp.Wrap(in[1])).TraceValue()
	}))
}

// strongInexact is apply for a function of inexact numbers, to which x is brought. The result is strongly typed.
func strongInexact(op string, x jnp.Array, f func(x jnp.Array) jnp.Array) jnp.Array {
	return apply(op, nil, x, func(x jnp.Array) jnp.Array {
		y := f(jnp.Wrap(kit.AsInexact(x.TraceValue())))
		return jnp.Wrap(kit.Strong(y.TraceValue()))
	})
}

// refuseBool refuses an x of bools, which have no negative and no differences.
func refuseBool(op string, x jnp.Array) {
	kit.RefuseBool(op, "bools have no arithmetic", kit.Value(op, x))
}

// constant is x, which differentiation takes for a constant.
func constant(x jnp.Array) jnp.Array {
	if !x.DType().IsInexact() {
		return x
	}
	return jnp.Wrap(ops.StopGradient(x.TraceValue()))
}

// smooth is kit.Smooth of arrays: a function with its derivatives. They are computed in float32 where x has 16 bits.
func smooth(op string, x jnp.Array, f ...func(x jnp.Array) jnp.Array) jnp.Array {
	g := make([]func(x *trace.Value) *trace.Value, len(f))
	for i, f := range f {
		g[i] = func(x *trace.Value) *trace.Value {
			return narrowTo(jnp.Wrap(x).DType(), f(wide(jnp.Wrap(x)))).TraceValue()
		}
	}
	return jnp.Wrap(kit.Smooth(op, x.TraceValue(), g...))
}

// bounded is real x limited to what makes a difference beside exp(-|x|), so that a product with that is no infinity
// times 0.
func bounded(x jnp.Array) jnp.Array { return jnp.Clip(x, -1e4, 1e4) }

// decay is exp(-|x|) as a product e·rest, of which e is at least x·exp(-|x|) where that is a normal number, and rest is
// 1 unless x is far below 0.
func decay(x jnp.Array) (e, rest jnp.Array) {
	from, shift := 80.0, 64.0
	if x.DType() == jnp.Float64 {
		from, shift = 700, 512
	}
	far := x.Lt(-from)
	return jnp.Exp(jnp.Where(far, shift, 0.0).Sub(x.Abs())), jnp.Where(far, math.Exp(-shift), 1.0)
}

// wide is x as floats or complex numbers, floats of 16 bits as float32: sums, differences and quotients of integers and
// of these have no room in their own dtype.
func wide(x jnp.Array) jnp.Array {
	x = jnp.Wrap(kit.AsInexact(x.TraceValue()))
	if d := x.DType(); d == jnp.Float16 || d == jnp.BFloat16 {
		return x.AsType(jnp.Float32)
	}
	return x
}

// narrowTo is y, made of what wide made wide, in the dtype d of what that was made of.
func narrowTo(d jnp.DType, y jnp.Array) jnp.Array {
	if d == jnp.Float16 || d == jnp.BFloat16 {
		return y.AsType(d)
	}
	return y
}

// within is where, the mask of op, refused unless it broadcasts to x's shape.
func within(op string, where, x jnp.Array) jnp.Array {
	if !kit.BroadcastsTo(where.Shape(), x.Shape()) {
		trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "Where has shape %s, which cannot be broadcast to the "+
			"operand's %s", ir.ShapeString(where.Shape()), ir.ShapeString(x.Shape()))
	}
	return where
}
