package gojax

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

// VmapOption changes what Vmap maps over.
type VmapOption = vmap.Option

// InAxes says which axis of each argument is mapped, one entry for each argument: an integer (negative ones count from
// the end), None for an argument that every element shares, or, for an argument that is a tree, a tree prefix of those:
// a slice for a slice, a map for a map, and for a struct a map or another struct with its field names. One lone integer
// holds for all arguments. Without InAxes the first axis of every array is mapped. (jax.vmap's in_axes.)
func InAxes(axes ...any) VmapOption {
	if len(axes) == 0 {
		trace.Fail("gojax.InAxes", nil,
			"gives no axes: give one entry for each argument, or leave the option out to map over axis 0")
	}
	return func(o *vmap.Options) { o.In = axes }
}

// OutAxes says where each result has the mapped axis, in the form of InAxes; None is a result that must not depend on
// mapped arguments, and is returned once. Without OutAxes the mapped axis of every result comes first. (jax.vmap's
// out_axes.)
func OutAxes(axes ...any) VmapOption {
	if len(axes) == 0 {
		trace.Fail("gojax.OutAxes", nil,
			"gives no axes: give one entry for each result, or leave the option out for axis 0")
	}
	return func(o *vmap.Options) { o.Out = axes }
}

// AxisSize gives the size of the mapped axis, which is otherwise that of the mapped arguments: for functions of which
// no argument is mapped.
func AxisSize(n int) VmapOption {
	if n < 0 {
		trace.Fail("gojax.AxisSize", nil, "%d is not a size", n)
	}
	return func(o *vmap.Options) { o.Size = n }
}

// AxisName names the mapped axis, so that the function can compute across it: lax.PSum(x, name) is the sum of x over
// all elements, and so on with lax.PMean, PMax, PMin, AllGather, PPermute and AxisIndex. (jax.vmap's axis_name.)
func AxisName(name string) VmapOption {
	if name == "" {
		trace.Fail("gojax.AxisName", nil, "the name is empty")
	}
	return func(o *vmap.Options) { o.Name = name }
}

// SPMDAxisName says that the mapped axis lies over these axes of a mesh, the first of which counts most: so it is cut
// along them where the function says how arrays are cut, by ShardMap or lax.WithShardingConstraint. Without it, each
// device along these axes has all elements. The axes must divide the size, and nothing that is mapped may be cut along
// them already. Elsewhere the option changes nothing, nor does it change a value. (jax.vmap's spmd_axis_name.)
func SPMDAxisName(names ...string) VmapOption {
	for i, n := range names {
		if n == "" || slices.Contains(names[:i], n) {
			trace.Fail("gojax.SPMDAxisName", nil, "%q: give the names of different axes of a mesh", names)
		}
	}
	if len(names) == 0 {
		trace.Fail("gojax.SPMDAxisName", nil, "names no axis of a mesh")
	}
	return func(o *vmap.Options) { o.Spmd = names }
}

// OverCores has all cores of the CPU share the elements: for functions that XLA computes on one core, above all loops
// (lax.WhileLoop, Scan, ForiLoop: an ODE's steps, a chain's, Newton's). Each core computes one part of the mapped axis,
// whose loops end when its own elements are done. The numbers are Vmap's, on any number of cores, but for products of
// matrices and cumulative sums: in which order they add up is chosen by the size of the whole.
//
// The work is divided where the mapped function is called outside Jit, or by a jitted function itself: such a call
// returns when it has ended. Elsewhere the option changes nothing: in a loop, under Grad or another Vmap, where the
// function computes across the axis's name or calls Go functions, and on a GPU. What keeps all cores busy as it is,
// large sums, sorts and products, gains nothing, and pays for a copy of the results. (JAX's nearest is pmap.)
func OverCores() VmapOption { return func(o *vmap.Options) { o.Cores = true } }

// None, in InAxes and OutAxes, is an argument or result that is not mapped. A plain nil says the same.
const None = trace.None

// Vmap is f mapped over an axis of its arguments: the result's elements along the mapped axis are f of the arguments'
// elements along theirs, computed together by array operations instead of a loop (jax.vmap). It has f's signature,
// which may be any of trees of arrays; f sees arrays without the mapped axis. Plain Go values among the arguments are
// passed on. Mapped axes must have one size, which may be 0.
//
// Outside Jit, f is traced at each call, and the executable is found again by what was traced: numbers and arrays that
// f takes from outside may change without a compilation. Vmap may be nested, and used inside and around Jit.
//
// It panics with *Error where f, options and arguments do not fit.
func Vmap[F any](f F, opts ...VmapOption) F { return vmap.Vmap(f, opts) }

// Vectorize is f, which takes and returns arrays of the core dimensions that the signature names, as a function that
// broadcasts over all further leading dimensions, as NumPy's generalized ufuncs do (jnp.vectorize): with the signature
// "(n,m),(m)->(n)" f is given a matrix and a vector and returns a vector, and the result takes stacks of them, [..., n,
// m] and [..., m]. Dimensions of one name must agree. An empty signature is one of scalars. Arguments that are no
// jnp.Array, and those whose numbers are in excluded, are passed on and have no part in the signature.
//
// The leading dimensions are mapped by Vmap. It panics with *Error where arguments, results and signature do not fit.
func Vectorize[F any](f F, signature string, excluded ...int) F {
	return vmap.Vectorize[F, jnp.Array](f, signature, excluded)
}
