package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Select is onTrue where pred holds and onFalse elsewhere (jax.lax.select): two operands of one shape and dtype, and
// pred of bools, of their shape or without axes. Both are computed; lax.Cond computes one.
func Select[X, Y jnp.Operand](pred jnp.Array, onTrue X, onFalse Y) jnp.Array {
	const op = "lax.Select"
	in := append([]operand{{Value: kit.Value(op, pred)}}, operands(op, onTrue, onFalse)...)
	return elementwise(op, func(in []*trace.Value) *trace.Value { return ops.Select(in[0], in[1], in[2]) }, in...)
}

// SelectN is, element by element, the case that which says (jax.lax.select_n): of arrays of one shape and dtype, by
// position from 0 on or, of two, by a bool, the first where it is false. which is of integers or bools, of the cases'
// shape or without axes; positions beyond the cases take the nearest.
func SelectN(which jnp.Array, cases ...jnp.Array) jnp.Array {
	const op = "lax.SelectN"
	return jnp.Wrap(ops.SelectN(kit.Value(op, which), kit.Values(op, cases)...))
}

// Clamp is x limited to [lo, hi], of any real dtype: lo and hi are Go numbers, arrays without axes, or of x's shape,
// and of its dtype (jax.lax.clamp). Where lo is greater than hi it is hi.
func Clamp[L, X, H jnp.Operand](lo L, x X, hi H) jnp.Array {
	in := operands("lax.Clamp", lo, x, hi)
	return jnp.Wrap(ops.Clamp(in[0].Value, in[1].Value, in[2].Value))
}
