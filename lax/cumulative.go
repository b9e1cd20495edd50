package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// CumSum is the sum of the elements up to and with each one along axis (reverse: from it to the end), as lax.cumsum. Numbers
// only. float16 and bfloat16 are added up in float32 and rounded once.
func CumSum(x jnp.Array, axis int, reverse bool) jnp.Array {
	return jnp.Wrap(ops.CumSum(val("lax.CumSum", x), axis, reverse))
}

// CumProd is CumSum for the product.
func CumProd(x jnp.Array, axis int, reverse bool) jnp.Array {
	return jnp.Wrap(ops.CumProd(val("lax.CumProd", x), axis, reverse))
}

// CumMax is CumSum for the greatest element, NaN from the first NaN on. Not for bool.
func CumMax(x jnp.Array, axis int, reverse bool) jnp.Array {
	return jnp.Wrap(ops.CumMax(val("lax.CumMax", x), axis, reverse))
}

// CumMin is CumMax for the least element.
func CumMin(x jnp.Array, axis int, reverse bool) jnp.Array {
	return jnp.Wrap(ops.CumMin(val("lax.CumMin", x), axis, reverse))
}

// CumLogSumExp is log(CumSum(exp(x))) without overflow or underflow, of floats.
func CumLogSumExp(x jnp.Array, axis int, reverse bool) jnp.Array {
	return jnp.Wrap(ops.CumLogSumExp(val("lax.CumLogSumExp", x), axis, reverse))
}
