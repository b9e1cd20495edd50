package tree

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/random"
)

// SplitKey makes a key for each leaf of t, in the order of Leaves, by random.Split. optax.tree.split_key_like.
func SplitKey[T any](key random.KeyArray, t T) []random.KeyArray {
	def, _ := apart("tree.SplitKey", t)
	keys := make([]random.KeyArray, def.NumLeaves())
	if len(keys) == 0 {
		return keys
	}
	all := random.Split(key, len(keys))
	for i := range keys {
		keys[i] = all.Index(i)
	}
	return keys
}

// MapWithKey is Map (jax.tree.map) of a function that is also given a key of its own for each array, as SplitKey makes
// them.
func MapWithKey[T any](f func(key random.KeyArray, x jnp.Array) jnp.Array, key random.KeyArray, t T) T {
	const op = "tree.MapWithKey"
	ops.CheckFuncs(op, f != nil)
	numbers(op, t)
	keys := SplitKey(key, t)
	return mapped(op, func(i int, x []jnp.Array) jnp.Array { return f(keys[i], x[0]) }, t)
}

// Sampler draws numbers of a shape, with the options d.
type Sampler = func(d random.Dist, key random.KeyArray, shape ...int) jnp.Array

// RandomLike is a tree of random numbers of the shapes and dtypes of t, standard normal unless a sampler is given,
// which is a method of random.Dist: tree.RandomLike(key, p, random.Dist.Uniform). Each array has a key of its own.
// optax.tree.random_like.
func RandomLike[T any](key random.KeyArray, t T, sampler ...Sampler) T {
	const op = "tree.RandomLike"
	draw := kit.Optional(op, "sampler", sampler, random.Dist.Normal)
	ops.CheckFuncs(op, draw != nil)
	return MapWithKey(func(key random.KeyArray, x jnp.Array) jnp.Array {
		return draw(random.Dist{DType: x.DType()}, key, x.Shape()...)
	}, key, t)
}
