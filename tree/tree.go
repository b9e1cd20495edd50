package tree

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

type value = trace.Value

// apart takes trees of one structure apart: the structure and the leaves of each.
func apart[T any](op string, t ...T) (def *trace.Def, leaves [][]*value) {
	for i, x := range t {
		d, vs := trace.Flatten(x)
		if i == 0 {
			def = d
		} else if !d.Equal(def) {
			c := d.Changes(def, "")[0]
			trace.Fail(op, nil, "the trees differ in structure: %s has %s in tree %d and %s in the first; trees "+
				"must agree in all but their arrays", whereIs(c.Path), c.Is, i+1, c.Was)
		}
		leaves = append(leaves, vs)
	}
	return def, leaves
}

// numbers is apart for trees without random keys.
func numbers[T any](op string, t ...T) (*trace.Def, [][]*value) {
	def, leaves := apart(op, t...)
	refuseKeys(op, def)
	return def, leaves
}

func refuseKeys(op string, def *trace.Def) {
	if i := slices.IndexFunc(def.ElementRanks(), func(r int) bool { return r > 0 }); i >= 0 {
		trace.Fail(op, nil, "%s holds random keys (random.KeyArray), which are no numbers; keep keys beside the "+
			"tree, or leave them unset in what is passed", whereIs(def.PathsFrom("")[i]))
	}
}

// whereIs is a path in a message.
func whereIs(path string) string {
	if path == "" {
		return "the tree"
	}
	return path
}

// atPath runs f; an error has the path of leaf i.
func atPath(def *trace.Def, i int, f func()) {
	err := trace.Try(f)
	if e := (*trace.Error)(nil); errors.As(err, &e) {
		if path := def.PathsFrom("")[i]; path != "" {
			e.Err = fmt.Errorf("at %s: %w", path, e.Err)
		}
		panic(e)
	}
}

// mapped is f of the leaves of trees of one structure, place by place.
func mapped[T any](op string, f func(i int, x []jnp.Array) jnp.Array, t ...T) T {
	def, leaves := numbers(op, t...)
	out := make([]*value, def.NumLeaves())
	for i := range out {
		x := kit.Map(leaves, func(vs []*value) jnp.Array { return jnp.Wrap(vs[i]) })
		atPath(def, i, func() {
			if out[i] = f(i, x).TraceValue(); out[i] == nil {
				trace.Fail(op, nil, "the function returned an Array that was never set; return what it was given "+
					"where nothing is to change")
			}
		})
	}
	return trace.Unflatten[T](def, out)
}

// Map is t with f(x) for each array x (jax.tree.map). f may return another shape and dtype, but no Array that was never
// set. Random keys are refused.
func Map[T any](f func(x jnp.Array) jnp.Array, t T) T {
	const op = "tree.Map"
	ops.CheckFuncs(op, f != nil)
	return mapped(op, func(_ int, x []jnp.Array) jnp.Array { return f(x[0]) }, t)
}

// Map2 is Map (jax.tree.map) of a function of two arrays, which stand in one place of a and b. The trees must have one
// structure, equal plain Go values included.
func Map2[T any](f func(a, b jnp.Array) jnp.Array, a, b T) T {
	const op = "tree.Map2"
	ops.CheckFuncs(op, f != nil)
	return mapped(op, func(_ int, x []jnp.Array) jnp.Array { return f(x[0], x[1]) }, a, b)
}

// Map3 is Map2 of three trees (jax.tree.map of three).
func Map3[T any](f func(a, b, c jnp.Array) jnp.Array, a, b, c T) T {
	const op = "tree.Map3"
	ops.CheckFuncs(op, f != nil)
	return mapped(op, func(_ int, x []jnp.Array) jnp.Array { return f(x[0], x[1], x[2]) }, a, b, c)
}

// MapWithPath is Map of a function that is also told where the array is: ".Layers[0].W", ".Scale[\"out\"]", or "" where
// t is an array itself (jax.tree.map_with_path).
func MapWithPath[T any](f func(path string, x jnp.Array) jnp.Array, t T) T {
	const op = "tree.MapWithPath"
	ops.CheckFuncs(op, f != nil)
	def, _ := apart(op, t)
	paths := def.PathsFrom("")
	return mapped(op, func(i int, x []jnp.Array) jnp.Array { return f(paths[i], x[0]) }, t)
}

// Leaves lists the arrays of t that are set, in order: fields as declared, indices, sorted keys (jax.tree.leaves).
func Leaves[T any](t T) []jnp.Array {
	_, leaves := numbers("tree.Leaves", t)
	return arrays.Of(leaves[0])
}

// LeavesWithPath goes through the arrays of t, in the order of Leaves, with their paths as MapWithPath has them
// (jax.tree.leaves_with_path).
func LeavesWithPath[T any](t T) iter.Seq2[string, jnp.Array] {
	def, leaves := numbers("tree.LeavesWithPath", t)
	return func(yield func(string, jnp.Array) bool) {
		for i, path := range def.PathsFrom("") {
			if !yield(path, jnp.Wrap(leaves[0][i])) {
				return
			}
		}
	}
}

// Reduce is f(...f(f(init, x0), x1)..., xn) of the arrays of t, in order (jax.tree.reduce). init, which f carries on,
// may be of any type.
func Reduce[T, A any](f func(acc A, x jnp.Array) A, t T, init A) A {
	const op = "tree.Reduce"
	ops.CheckFuncs(op, f != nil)
	def, leaves := numbers(op, t)
	for i, v := range leaves[0] {
		atPath(def, i, func() { init = f(init, jnp.Wrap(v)) })
	}
	return init
}

// ReduceAssociative combines the arrays of t by f, neighbours first, so that only a few steps follow each other
// (jax.tree.reduce_associative). f must be associative. A tree without arrays gives identity.
func ReduceAssociative[T any](f func(a, b jnp.Array) jnp.Array, t T, identity jnp.Array) jnp.Array {
	const op = "tree.ReduceAssociative"
	ops.CheckFuncs(op, f != nil)
	_, leaves := numbers(op, t)
	x := arrays.Of(leaves[0])
	if len(x) == 0 {
		return identity
	}
	for len(x) > 1 {
		for i := range len(x) / 2 {
			x[i] = f(x[2*i], x[2*i+1])
		}
		if n := len(x) / 2; len(x)%2 == 1 {
			x[n], x = x[len(x)-1], x[:n+1]
		} else {
			x = x[:n]
		}
	}
	return x[0]
}
