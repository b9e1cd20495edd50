package tree

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Ravel is all elements of t in one vector, of the common dtype of its arrays, and the function that makes a tree like
// t of such a vector (ravel_pytree of jax.flatten_util): for solvers and optimisers that take vectors. Without arrays
// the vector is empty, of float32. unravel gives each array its shape and its dtype; where all arrays have one dtype it
// also takes vectors of another, and gives arrays of that.
//
// Within Jit, Grad and Vmap both may be used as outside.
func Ravel[T any](t T) (flat jnp.Array, unravel func(flat jnp.Array) T) {
	const op = "tree.Ravel"
	def, leaves := numbers(op, t)
	u := unraveled{types: trace.Avals(leaves[0])}
	for _, t := range u.types {
		u.total += t.Size()
		u.mixed = u.mixed || t.DType != u.types[0].DType
	}
	if len(u.types) == 0 {
		flat = jnp.Creation{DType: jnp.Float32}.Zeros(0)
	} else {
		flat = jnp.Wrap(whole(op, nil, nil, leaves, func(_ []jnp.Array, leaves [][]*value) []*value {
			x := leaves[0]
			if u.mixed {
				x = kit.Promote(op, kit.Map(x, kit.Strong)...)
			}
			return []*value{arrays.Join(x)}
		})[0])
	}
	u.common = flat.DType()
	return flat, func(flat jnp.Array) T { return trace.Unflatten[T](def, u.of(flat)) }
}

// unraveled is what a vector is cut into.
type unraveled struct {
	types  []ir.Aval
	total  int
	common ir.DType
	mixed  bool // the dtypes differ
}

// of are the arrays of the vector flat.
func (u unraveled) of(flat jnp.Array) []*value {
	const op = "unravel of tree.Ravel"
	v := kit.Value(op, flat)
	t := v.Aval()
	if t.Rank() != 1 || t.Shape[0] != u.total {
		trace.Fail(op, []ir.Aval{t}, "want a vector of the %d elements of the tree, not %v", u.total, t)
	}
	if u.mixed && t.DType != u.common {
		trace.Fail(op, []ir.Aval{t}, "the tree has arrays of several dtypes and was raveled to %v; convert the vector "+
			"to it with AsType", u.common)
	}
	if len(u.types) == 0 {
		return nil
	}
	type params struct {
		Shapes [][]int
		DTypes []ir.DType
	}
	p := params{Shapes: kit.Map(u.types, func(t ir.Aval) []int { return t.Shape })}
	if u.mixed {
		p.DTypes = kit.Map(u.types, func(t ir.Aval) ir.DType { return t.DType })
	}
	return trace.Whole("tree.Unravel", p, []*value{v}, func(in []*value) []*value {
		parts := arrays.Cut(in[0], u.types)
		if u.mixed {
			for i, t := range u.types {
				parts[i] = ops.Convert(parts[i], t.DType)
			}
		}
		return parts
	})
}
