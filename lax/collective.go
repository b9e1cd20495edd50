package lax

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// AxisNames is the name of an axis, or the names of several together: their elements are then counted with those of the
// first name changing slowest.
type AxisNames interface{ string | []string }

// CollectiveOptions are the options of AllGather, AllToAll, PSumScatter and PSwapAxes.
type CollectiveOptions struct {
	// Tiled joins arrays along an axis that they have, or cuts it into parts, instead of adding that axis or taking it
	// away.
	Tiled bool
	// Groups are lists of elements of the named axes, by number: those of one list work together, instead of all.
	// Every element is in one of them, and they are of one size. (JAX's axis_index_groups.)
	Groups [][]int
}

// across are the named axes, which must be open, with the groups of their elements.
func across[A AxisNames](op string, axis A, groups [][]int) ops.Across {
	switch a := any(axis).(type) {
	case string:
		return ops.OpenAxes(op, []string{a}, groups)
	case []string:
		return ops.OpenAxes(op, a, groups)
	}
	panic("unreachable")
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

// overAxes is overTree for what works across the named axes.
func overAxes[T any, A AxisNames](op string, x T, axis A, groups [][]int,
	f func(v *trace.Value, a ops.Across) *trace.Value) T {
	a := across(op, axis, groups)
	return overTree(x, func(v *trace.Value) *trace.Value { return f(v, a) })
}

// PSum is, in every element of the named axes, the sum over all of them, for each array in the tree x (jax.lax.psum).
// Bools are counted, as int32.
func PSum[T any](x T, axis ...string) T { return overAxes("lax.PSum", x, axis, nil, ops.PSum) }

// PMean is PSum divided by the number of elements (jax.lax.pmean). Means of integers are floats.
func PMean[T any](x T, axis ...string) T { return overAxes("lax.PMean", x, axis, nil, ops.PMean) }

// PCast is x as arrays that vary over the named axes of a mesh, though all devices have the same (jax.lax.pcast to
// "varying"). It changes no element. Inside a gojax.ShardMap with gojax.CheckVMA, the gradient of what it returns is
// each device's own, and that of x their sum; elsewhere it does nothing.
func PCast[T any](x T, axis ...string) T { return overAxes("lax.PCast", x, axis, nil, ops.PCast) }

// PMax is, in every element of the named axes, the largest over all of them, element by element, NaN where there is one
// (jax.lax.pmax).
func PMax[T any](x T, axis ...string) T { return overAxes("lax.PMax", x, axis, nil, ops.PMax) }

// PMin is as PMax, with the smallest (jax.lax.pmin).
func PMin[T any](x T, axis ...string) T { return overAxes("lax.PMin", x, axis, nil, ops.PMin) }

// PSumGroups is PSum over the elements of one group instead of all: groups are lists of the elements' numbers along the
// named axes, each in one of them (jax.lax.psum with axis_index_groups).
func PSumGroups[T any, A AxisNames](x T, axis A, groups [][]int) T {
	return overAxes("lax.PSumGroups", x, axis, groups, ops.PSum)
}

// PMeanGroups is PMean over groups, as those of PSumGroups (jax.lax.pmean with axis_index_groups).
func PMeanGroups[T any, A AxisNames](x T, axis A, groups [][]int) T {
	return overAxes("lax.PMeanGroups", x, axis, groups, ops.PMean)
}

// PMaxGroups is PMax over groups, as those of PSumGroups (jax.lax.pmax with axis_index_groups).
func PMaxGroups[T any, A AxisNames](x T, axis A, groups [][]int) T {
	return overAxes("lax.PMaxGroups", x, axis, groups, ops.PMax)
}

// PMinGroups is PMin over groups, as those of PSumGroups (jax.lax.pmin with axis_index_groups).
func PMinGroups[T any, A AxisNames](x T, axis A, groups [][]int) T {
	return overAxes("lax.PMinGroups", x, axis, groups, ops.PMin)
}

// PBroadcast is, in every element of the named axis, the array of the element with number source (jax.lax.pbroadcast).
func PBroadcast[T any, A AxisNames](x T, axis A, source int) T {
	const op = "lax.PBroadcast"
	return overAxes(op, x, axis, nil,
		func(v *trace.Value, a ops.Across) *trace.Value { return ops.PBroadcast(op, v, a, source) })
}

// AxisIndex is the number of the element within the named axis, or among all elements of several, an int32 scalar
// (jax.lax.axis_index).
func AxisIndex(axis ...string) jnp.Array {
	return jnp.Wrap(ops.AxisIndex(ops.OpenAxes("lax.AxisIndex", axis, nil)))
}

// AxisSize is the size of the named axis, or the number of elements of several together (jax.lax.axis_size).
func AxisSize(axis ...string) int { return ops.OpenAxes("lax.AxisSize", axis, nil).Size() }

// AllGather is, in every element of the named axis, the arrays of all of them stacked along a new axis at position dim,
// or, tiled, joined along their axis dim (jax.lax.all_gather). dim may be negative.
//
// Options: CollectiveOptions (Tiled, Groups).
func AllGather[T any, A AxisNames](x T, axis A, dim int, options ...CollectiveOptions) T {
	const op = "lax.AllGather"
	o := oneOption(op, options)
	return overAxes(op, x, axis, o.Groups,
		func(v *trace.Value, a ops.Across) *trace.Value { return ops.AllGather(op, v, a, dim, o.Tiled) })
}

// PPermute gives the array of element perm[k][0] of the named axis to element perm[k][1], for every k; elements that
// are given none have zeros (jax.lax.ppermute).
func PPermute[T any, A AxisNames](x T, axis A, perm [][2]int) T {
	return permute("lax.PPermute", x, axis, perm)
}

func permute[T any, A AxisNames](op string, x T, axis A, perm [][2]int) T {
	return overAxes(op, x, axis, nil,
		func(v *trace.Value, a ops.Across) *trace.Value { return ops.PPermute(op, v, a, perm) })
}

// AllToAll exchanges between the elements of the named axis: axis split of each array, which is as long as the named
// axis, has a part for each element, and the result has, stacked along a new axis at position concat, the parts from
// all of them (jax.lax.all_to_all). concat counts the axes of the result; both may be negative. Tiled, the parts keep
// the axis split, whose size is a multiple of that of the named axis, and are joined along their axis concat.
//
// Options: CollectiveOptions (Tiled, Groups).
func AllToAll[T any, A AxisNames](x T, axis A, split, concat int, options ...CollectiveOptions) T {
	return exchange("lax.AllToAll", x, axis, split, concat, options)
}

func exchange[T any, A AxisNames](op string, x T, axis A, split, concat int, options []CollectiveOptions) T {
	o := oneOption(op, options)
	return overAxes(op, x, axis, o.Groups,
		func(v *trace.Value, a ops.Across) *trace.Value { return ops.AllToAll(op, v, a, split, concat, o.Tiled) })
}

// PSwapAxes exchanges the named axis with axis dim of the arrays, of the same size (jax.lax.pswapaxes).
//
// Options: CollectiveOptions (Tiled, Groups).
func PSwapAxes[T any, A AxisNames](x T, axis A, dim int, options ...CollectiveOptions) T {
	return exchange("lax.PSwapAxes", x, axis, dim, dim, options)
}

// PSumScatter is, in element i of the named axis, part i of the sum over all of them: axis dim of the arrays, which is
// as long as the named axis and is gone from the result, has a part for each element (jax.lax.psum_scatter). Tiled, the
// parts keep that axis, whose size is a multiple of that of the named axis.
//
// Options: CollectiveOptions (Tiled, Groups).
func PSumScatter[T any, A AxisNames](x T, axis A, dim int, options ...CollectiveOptions) T {
	const op = "lax.PSumScatter"
	o := oneOption(op, options)
	return overAxes(op, x, axis, o.Groups,
		func(v *trace.Value, a ops.Across) *trace.Value { return ops.PSumScatter(op, v, a, dim, o.Tiled) })
}

// PShuffle gives element i of the named axis the array of element perm[i] (jax.lax.pshuffle). perm is a permutation of
// all elements.
func PShuffle[T any, A AxisNames](x T, axis A, perm []int) T {
	const op = "lax.PShuffle"
	n := across(op, axis, nil).Size()
	pairs := make([][2]int, len(perm))
	for i, p := range perm {
		pairs[i] = [2]int{p, i}
	}
	if s := slices.Sorted(slices.Values(perm)); !slices.Equal(s, kit.UpTo(n)) {
		trace.Fail(op, nil, "%v is not a permutation of the %d elements of the axis %q", perm, n, axis)
	}
	return permute(op, x, axis, pairs)
}
