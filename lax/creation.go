package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// FullOptions are the options of Full and FullLike.
type FullOptions struct {
	// DType is the dtype of the result; by default that of the value, or for FullLike that of the array.
	DType jnp.DType
	// Shape is the shape of FullLike's result; nil is the array's.
	Shape []int
}

// Full is an array of the given shape with v everywhere (jax.lax.full). v is a Go number or an array without axes.
//
// Options: FullOptions (DType).
func Full[V jnp.Operand](shape []int, v V, options ...FullOptions) jnp.Array {
	const op = "lax.Full"
	o := oneOption(op, options)
	if o.Shape != nil {
		trace.Fail(op, nil, "the shape is an argument of Full; the option Shape is FullLike's")
	}
	scalar(op, v)
	return jnp.Creation{DType: o.DType}.Full(trace.CheckShape(op, shape, ir.Bool), v)
}

// FullLike is an array of the shape and dtype of x, or those of the options, with v everywhere (jax.lax.full_like). v
// is a Go number or an array without axes, and is converted.
//
// Options: FullOptions (DType, Shape).
func FullLike[V jnp.Operand](x jnp.Array, v V, options ...FullOptions) jnp.Array {
	const op = "lax.FullLike"
	o := oneOption(op, options)
	kit.Value(op, x)
	scalar(op, v)
	if o.Shape != nil {
		o.Shape = trace.CheckShape(op, o.Shape, ir.Bool)
	}
	return jnp.Creation{DType: o.DType, Shape: o.Shape}.FullLike(x, v)
}

// scalar refuses arrays with axes.
func scalar(op string, v any) {
	if a, ok := v.(jnp.Array); ok {
		if t := kit.Value(op, a).Aval(); t.Rank() != 0 {
			trace.Fail(
				op,
				[]ir.Aval{t},
				"the value must be a number or an array without axes, not %v; broadcast an array with "+
					"lax.BroadcastInDim",
				t,
			)
		}
	}
}

// Iota is an array of a number dtype whose elements count 0, 1, 2, ... along an axis and are the same along the others
// (jax.lax.iota, jax.lax.broadcasted_iota).
func Iota(d jnp.DType, shape []int, axis int) jnp.Array { return jnp.Wrap(ops.Iota(d, shape, axis)) }

// Empty is an array of the given shape and dtype whose elements are of no account, zeros (jax.lax.empty).
func Empty(shape []int, d jnp.DType) jnp.Array {
	return jnp.Creation{DType: d}.Zeros(trace.CheckShape("lax.Empty", shape, d)...)
}
