package tree

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// whole is f of the operands with and the leaves of trees of one structure. Called outside of a trace it is one
// program, which is found again by op, params and the types.
func whole(op string, params any, with []any, leaves [][]*value,
	f func(with []jnp.Array, leaves [][]*value) []*value) []*value {
	all := slices.Concat(leaves...)
	if len(all) == 0 {
		return nil
	}
	in := kit.Map(with, func(w any) *value { return kit.LiftAlone(op, w, all...) })
	p := struct {
		Trees  int
		Params any
	}{len(leaves), params}
	return trace.Whole(op, p, append(in, all...), func(in []*value) []*value {
		w, rest := in[:len(with)], in[len(with):]
		each := make([][]*value, 0, len(leaves))
		for x := range slices.Chunk(rest, len(leaves[0])) {
			each = append(each, x)
		}
		return f(arrays.Of(w), each)
	})
}

// place is what a formula is of: the operands, and the leaves that stand in one place of the trees.
type place struct {
	i       int // of the leaves
	with, x []jnp.Array
}

type formula = func(p place) jnp.Array

// combined is the tree of f at each place of trees of one structure.
func combined[T any](op string, params any, with []any, f formula, t ...T) T {
	def, leaves := numbers(op, t...)
	return placed[T](op, params, with, def, leaves, f)
}

// placed is combined of trees that were taken apart.
func placed[T any](op string, params any, with []any, def *trace.Def, leaves [][]*value, f formula) T {
	return trace.Unflatten[T](def, whole(op, params, with, leaves, func(with []jnp.Array, leaves [][]*value) []*value {
		return places(def, with, leaves, f)
	}))
}

// places is f at each place.
func places(def *trace.Def, with []jnp.Array, leaves [][]*value, f formula) []*value {
	out := make([]*value, len(leaves[0]))
	for i := range out {
		x := kit.Map(leaves, func(vs []*value) jnp.Array { return jnp.Wrap(vs[i]) })
		atPath(def, i, func() { out[i] = f(place{i, with, x}).TraceValue() })
	}
	return out
}

// total joins, two by two and in order, what f makes of each place; finish, unless nil, has the last word. Without any
// places it is empty.
func total[T any](op string, params any, with []any, f formula, join func(a, b jnp.Array) jnp.Array,
	finish func(jnp.Array) jnp.Array, empty any, t ...T) jnp.Array {
	def, leaves := numbers(op, t...)
	out := whole(op, params, with, leaves, func(with []jnp.Array, leaves [][]*value) []*value {
		parts := arrays.Of(places(def, with, leaves, f))
		y := parts[0]
		for _, p := range parts[1:] {
			y = join(y, p)
		}
		if finish != nil {
			y = finish(y)
		}
		return []*value{y.TraceValue()}
	})
	if len(out) == 0 {
		return jnp.AsArray(empty)
	}
	return jnp.Wrap(out[0])
}
