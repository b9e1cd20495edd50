package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// SelectAndGatherAdd is for each window of x the element of t, an array of x's shape and dtype, at the place of the window's
// greatest element (least: its least), the first of equal ones: lax._select_and_gather_add. Reals only.
func SelectAndGatherAdd(t, x jnp.Array, least bool, window, strides []int, padding WindowPadding, options ...WindowOptions) jnp.Array {
	return jnp.Wrap(ops.SelectAndGatherAdd(val("lax.SelectAndGatherAdd", t), val("lax.SelectAndGatherAdd", x), least, window, strides, padding, options...))
}

// SelectAndScatterAdd adds each element of source, one for each window of x and of its dtype, to zeros of x's shape, at the place
// of the window's greatest element (least: its least), the first of equal ones: lax._select_and_scatter_add, what goes
// backward through max pooling. Reals, and bool, whose sum is the logical or.
func SelectAndScatterAdd(source, x jnp.Array, least bool, window, strides []int, padding WindowPadding) jnp.Array {
	return jnp.Wrap(ops.SelectAndScatterAdd(val("lax.SelectAndScatterAdd", source), val("lax.SelectAndScatterAdd", x), least, window, strides, padding))
}
