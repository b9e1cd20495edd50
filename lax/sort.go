package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// SortOptions are the options of Sort and SortKeyVal.
type SortOptions struct {
	Unstable bool // elements that are equal need not stay in order (JAX's is_stable=False)
	NumKeys  int  // of Sort: how many of the arrays are keys; 0 is 1
}

// Sort sorts an array, or the arrays of a tree together, along an axis, which may be negative (jax.lax.sort). The
// arrays are of one shape. They are ordered by the first of them, or the first few, one after the other, as NumKeys
// says. Floats are in the order -inf to +inf, then NaNs; -0 and +0, and all NaNs, count as equal; complex numbers go by
// their real, then by their imaginary parts.
//
// Options: SortOptions (Unstable, NumKeys).
func Sort[T any](xs T, axis int, options ...SortOptions) T {
	const op = "lax.Sort"
	o := oneOption(op, options)
	def, x := trace.Flatten(xs)
	if len(x) == 0 {
		trace.Fail(op, nil, "there are no arrays to sort")
	}
	if o.NumKeys == 0 {
		o.NumKeys = 1
	}
	return trace.Unflatten[T](def, ops.Sort(x, fromFront(axis, x[0].Rank()), !o.Unstable, o.NumKeys))
}

// SortKeyVal sorts keys along an axis, which may be negative, and reorders values, of the same shape, in the same way
// (jax.lax.sort_key_val).
//
// Options: SortOptions (Unstable).
func SortKeyVal(keys, values jnp.Array, axis int, options ...SortOptions) (sortedKeys, sortedValues jnp.Array) {
	const op = "lax.SortKeyVal"
	o := oneOption(op, options)
	if o.NumKeys > 1 {
		trace.Fail(op, nil, "there is one array of keys; lax.Sort takes NumKeys")
	}
	k := kit.Value(op, keys)
	return two(ops.SortKeyVal(k, kit.Value(op, values), fromFront(axis, k.Rank()), !o.Unstable))
}

// TopK is the k greatest elements of x along its last axis, or the one given, which may be negative, the greatest
// first, and their positions as int32 (jax.lax.top_k). Of equal elements the first come first, and NaN counts as
// greater than every number. Real numbers and bools.
func TopK(x jnp.Array, k int, axis ...int) (values, indices jnp.Array) {
	return two(ops.TopK(kit.Value("lax.TopK", x), k, axis...))
}

// ApproxOptions are the options of ApproxMaxK and ApproxMinK.
type ApproxOptions struct {
	// Recall is the share of the true results, in (0, 1], that the approximation is to find; 0 is 0.95.
	Recall float64
	// InputSize is the size that Recall is reckoned for where x is a part of something larger; 0 is that of the axis.
	InputSize int
	// Loose gives all the candidates, of which there are at least k, without narrowing them down
	// (aggregate_to_topk=False).
	Loose bool
}

// ApproxMaxK is the k greatest elements of floats along an axis, which may be negative, greatest first, and their
// positions as int32 (jax.lax.approx_max_k). CPUs and GPUs have no approximate search: as in JAX the result is that of
// a sort. The order of equal elements, and of NaNs, is not specified.
//
// Options: ApproxOptions (Recall, InputSize, Loose).
func ApproxMaxK(x jnp.Array, k, axis int, options ...ApproxOptions) (values, indices jnp.Array) {
	const op = "lax.ApproxMaxK"
	v := kit.Value(op, x)
	return two(ops.ApproxMaxK(v, k, fromFront(axis, v.Rank()), ops.ApproxOptions(oneOption(op, options))))
}

// ApproxMinK is ApproxMaxK of the least elements, least first (jax.lax.approx_min_k).
//
// Options: ApproxOptions (Recall, InputSize, Loose).
func ApproxMinK(x jnp.Array, k, axis int, options ...ApproxOptions) (values, indices jnp.Array) {
	const op = "lax.ApproxMinK"
	v := kit.Value(op, x)
	return two(ops.ApproxMinK(v, k, fromFront(axis, v.Rank()), ops.ApproxOptions(oneOption(op, options))))
}
