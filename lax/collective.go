package lax

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// CollectiveOptions are the options of AllGather, AllToAll and PSumScatter.
type CollectiveOptions struct {
	// Tiled joins arrays along an axis that they have, or cuts it into parts, instead of adding that axis or taking it
	// away.
	Tiled bool
}

// overTree applies f to the leaves of x.
func overTree[T any](x T, f func(v *trace.Value) *trace.Value) T {
	def, leaves := trace.Flatten(x)
	y := make([]*trace.Value, len(leaves))
	for i, v := range leaves {
		y[i] = f(v)
	}
	return trace.Unflatten[T](def, y)
}

// acrossAxes is overTree for what reduces over one or more named axes, which must be open.
func acrossAxes[T any](op string, x T, axes []string, f func(v *trace.Value, axes []string) *trace.Value) T {
	axes = ops.OpenAxes(op, axes)
	return overTree(x, func(v *trace.Value) *trace.Value { return f(v, axes) })
}

// PSum is, in every element of the named axes, the sum over all of them, for each array in the tree x (jax.lax.psum).
// Bools are counted, as int32.
func PSum[T any](x T, axis ...string) T { return acrossAxes("lax.PSum", x, axis, ops.PSum) }

// PMean is PSum divided by the number of elements (jax.lax.pmean). Means of integers are floats.
func PMean[T any](x T, axis ...string) T { return acrossAxes("lax.PMean", x, axis, ops.PMean) }

// PMax is, in every element of the named axes, the largest over all of them, element by element (jax.lax.pmax).
func PMax[T any](x T, axis ...string) T { return acrossAxes("lax.PMax", x, axis, ops.PMax) }

// PMin is as PMax, with the smallest (jax.lax.pmin).
func PMin[T any](x T, axis ...string) T { return acrossAxes("lax.PMin", x, axis, ops.PMin) }

// AxisIndex is the number of the element within the named axis, an int32 scalar (jax.lax.axis_index).
func AxisIndex(axis string) jnp.Array { return jnp.Wrap(ops.AxisIndex(axis)) }

// AxisSize is the size of the named axis (jax.lax.axis_size).
func AxisSize(axis string) int { return ops.OpenAxis("lax.AxisSize", axis) }

// AllGather is, in every element of the named axis, the arrays of all of them stacked along a new axis at position dim,
// or, tiled, joined along their axis dim (jax.lax.all_gather). dim may be negative.
//
// Options: CollectiveOptions (Tiled).
func AllGather[T any](x T, axis string, dim int, options ...CollectiveOptions) T {
	const op = "lax.AllGather"
	o := oneOption(op, options)
	return overTree(x, func(v *trace.Value) *trace.Value { return ops.AllGather(op, v, axis, dim, o.Tiled) })
}

// PPermute gives the array of element perm[k][0] of the named axis to element perm[k][1], for every k; elements that
// are given none have zeros (jax.lax.ppermute).
func PPermute[T any](x T, axis string, perm [][2]int) T {
	return overTree(x, func(v *trace.Value) *trace.Value { return ops.PPermute(v, axis, perm) })
}

// AllToAll exchanges between the elements of the named axis: axis split of each array, which is as long as the named
// axis, has a part for each element, and the result has, stacked along a new axis at position concat, the parts from
// all of them (jax.lax.all_to_all). concat counts the axes of the result; both may be negative. Tiled, the parts keep
// the axis split, whose size is a multiple of that of the named axis, and are joined along their axis concat.
//
// Options: CollectiveOptions (Tiled).
func AllToAll[T any](x T, axis string, split, concat int, options ...CollectiveOptions) T {
	const op = "lax.AllToAll"
	o := oneOption(op, options)
	return overTree(x, func(v *trace.Value) *trace.Value { return ops.AllToAll(op, v, axis, split, concat, o.Tiled) })
}

// PSwapAxes exchanges the named axis with axis dim of the arrays, of the same size (jax.lax.pswapaxes).
func PSwapAxes[T any](x T, axis string, dim int) T { return AllToAll(x, axis, dim, dim) }

// PSumScatter is, in element i of the named axis, part i of the sum over all of them: axis dim of the arrays, which is
// as long as the named axis and is gone from the result, has a part for each element (jax.lax.psum_scatter). Tiled, the
// parts keep that axis, whose size is a multiple of that of the named axis.
//
// Options: CollectiveOptions (Tiled).
func PSumScatter[T any](x T, axis string, dim int, options ...CollectiveOptions) T {
	const op = "lax.PSumScatter"
	o := oneOption(op, options)
	return overTree(x, func(v *trace.Value) *trace.Value { return ops.PSumScatter(op, v, axis, dim, o.Tiled) })
}

// PShuffle gives element i of the named axis the array of element perm[i] (jax.lax.pshuffle). perm is a permutation of
// all elements.
func PShuffle[T any](x T, axis string, perm []int) T {
	const op = "lax.PShuffle"
	n := ops.OpenAxis(op, axis)
	pairs := make([][2]int, len(perm))
	for i, p := range perm {
		pairs[i] = [2]int{p, i}
	}
	if s := slices.Sorted(slices.Values(perm)); !slices.Equal(s, kit.UpTo(n)) {
		trace.Fail(op, nil, "%v is not a permutation of the %d elements of the axis %q", perm, n, axis)
	}
	return PPermute(x, axis, pairs)
}
