package tree

import (
	"reflect"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// arranging is what the program depends on of a function that takes random keys too.
type arranging struct {
	Axis  int
	Ranks []int // of the elements of each leaf
}

// Stack (jax.tree.map of jnp.stack) joins trees of one structure, one at least, to one whose arrays are those of the
// trees in one place, stacked along a new axis (0 if not given): what lax.Scan and gojax.Vmap go through. Of random
// keys it makes arrays of keys.
func Stack[T any](trees []T, axis ...int) T {
	const op = "tree.Stack"
	if len(trees) == 0 {
		trace.Fail(op, nil, "there are no trees to stack")
	}
	def, leaves := apart(op, trees...)
	s := arranging{kit.Optional(op, "axis", axis, 0), def.ElementRanks()}
	return placed[T](op, s, nil, def, leaves, func(p place) jnp.Array {
		r := s.Ranks[p.i]
		sameKind(op, r, p.x)
		return jnp.Stack(p.x, kit.Axis(op, s.Axis, p.x[0].NDim()-r+1))
	})
}

// sameKind refuses keys of different generators, which would be promoted. r is the rank of their elements.
func sameKind(op string, r int, x []jnp.Array) {
	for _, y := range x[1:] {
		if r > 0 && y.DType() != x[0].DType() {
			trace.Fail(op, nil, "the keys belong to different generators")
		}
	}
}

// Unstack cuts a tree of arrays that are equally long along the axis (0 if not given) into as many trees, without that
// axis: the way back from Stack (jax.tree.map of jnp.unstack). Arrays of random keys are cut into keys.
func Unstack[T any](t T, axis ...int) []T {
	const op = "tree.Unstack"
	def, leaves := apart(op, t)
	s := arranging{kit.Optional(op, "axis", axis, 0), def.ElementRanks()}
	axes := make([]int, len(s.Ranks))
	n := -1
	for i, v := range leaves[0] {
		atPath(def, i, func() {
			if v.Rank() == s.Ranks[i] {
				trace.Fail(op, nil, "a scalar has no axis to be cut along")
			}
			axes[i] = kit.Axis(op, s.Axis, v.Rank()-s.Ranks[i], v.Aval())
			if k := v.Shape()[axes[i]]; n < 0 {
				n = k
			} else if k != n {
				trace.Fail(op, nil, "axis %d of %v has length %d, and that of the arrays before it %d", s.Axis,
					v.Aval(), k, n)
			}
		})
	}
	if n < 0 {
		trace.Fail(op, nil, "the tree holds no arrays, so it is not known into how many it is to be cut")
	}
	trace.CheckMany(op, n*len(axes), "arrays", trace.Avals(leaves[0])...)
	parts := whole(op, s, nil, leaves, func(_ []jnp.Array, leaves [][]*value) (parts []*value) {
		for i, v := range leaves[0] {
			parts = append(parts, arrays.Values(jnp.Unstack(jnp.Wrap(v), axes[i]))...)
		}
		return parts
	})
	trees := make([]T, n)
	for k := range trees {
		own := make([]*value, len(axes))
		for i := range own {
			own[i] = parts[i*n+k]
		}
		trees[k] = trace.Unflatten[T](def, own)
	}
	return trees
}

// Index is t with x.Index(idx...) for each array x, and each array of random keys (jax.tree.map of indexing): element i
// of a tree that Stack, Scan or Vmap made is tree.Index(t, i), with i a Go integer or an integer array.
func Index[T any](t T, idx ...any) T {
	def, leaves := apart("tree.Index", t)
	ranks := def.ElementRanks()
	out := slices.Clone(leaves[0])
	for i, v := range out {
		atPath(def, i, func() {
			if ranks[i] > 0 {
				out[i] = keyOf(v).Index(idx...).TraceValue()
			} else {
				out[i] = jnp.Wrap(v).Index(idx...).TraceValue()
			}
		})
	}
	return trace.Unflatten[T](def, out)
}

func keyOf(v *value) (k random.KeyArray) {
	k.SetTraceValue(v)
	return k
}

// Where is a where cond holds and b elsewhere, array by array; cond is a Go bool or an array, usually a scalar, that
// broadcasts with all of them. Random keys are chosen too. optax.tree.where.
func Where[C jnp.Operand, T any](cond C, a, b T) T {
	const op = "tree.Where"
	def, leaves := apart(op, a, b)
	s := arranging{Ranks: def.ElementRanks()}
	return placed[T](op, s, []any{cond}, def, leaves, func(p place) jnp.Array {
		c, r := p.with[0], s.Ranks[p.i]
		sameKind(op, r, p.x)
		if c.NDim() > 0 {
			c = c.Reshape(slices.Concat(c.Shape(), slices.Repeat([]int{1}, r))...)
		}
		return jnp.Where(c, p.x[0], p.x[1])
	})
}

// Broadcast is a tree like t whose arrays are those of prefix, a tree like t or like its upper part: an array or a Go
// number stands for every array of the part that it is given for (jax.tree.broadcast). A slice gives one entry for each
// element of a slice or array, a map one for each key of a map, and a map with string keys, or a struct, one for each
// field of a struct; a nil leaves arrays unset. So a learning rate for each layer becomes one for each array:
//
//	rates := tree.Broadcast(map[string]any{"Layers": []any{0.1, 0.01}, "Scale": 0.0}, p)
func Broadcast[T any](prefix any, t T) T {
	const op = "tree.Broadcast"
	def, _ := apart(op, t)
	spread, err := trace.Spread(def, prefix, "the tree", prefixLeaf)
	trace.Must(err, op, nil)
	ranks := def.ElementRanks()
	out := make([]*value, len(spread))
	for i, l := range spread {
		if out[i] = l.v; l.v != nil && l.rank != ranks[i] {
			trace.Fail(op, nil, "%s: an array cannot stand for random keys, nor keys for an array",
				whereIs(def.PathsFrom("")[i]))
		}
	}
	return trace.Unflatten[T](def, out)
}

// spreadLeaf is a leaf of a prefix.
type spreadLeaf struct {
	v    *value
	rank int // of its elements
}

// prefixLeaf is the leaf x of a prefix, unless x is not one.
func prefixLeaf(x reflect.Value) (l spreadLeaf, ok bool) {
	if !x.IsValid() || !x.CanInterface() {
		return l, !x.IsValid()
	}
	if _, ok := kit.LitOf(x); ok {
		return spreadLeaf{v: jnp.AsArray(x.Interface()).TraceValue()}, true
	}
	switch x := x.Interface().(type) {
	case random.KeyArray:
		return spreadLeaf{x.TraceValue(), x.ElementRank()}, true
	case jnp.Array:
		return spreadLeaf{v: x.TraceValue()}, true
	}
	return l, false
}
