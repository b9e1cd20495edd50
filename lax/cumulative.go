package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// CumulativeOptions are the options of the cumulative operations.
type CumulativeOptions struct {
	// Reverse goes from each element to the end, instead of from the beginning to each element.
	Reverse bool
}

// CumSum is the sum of the elements up to and with each one along an axis, which may be negative (jax.lax.cumsum).
// Numbers only. float16 and bfloat16 are added up in float32 and rounded once; on CPUs float32 and float64 are added up
// in twice their precision.
//
// Options: CumulativeOptions (Reverse).
func CumSum(x jnp.Array, axis int, options ...CumulativeOptions) jnp.Array {
	return cumulative("lax.CumSum", ops.CumSum, x, axis, options)
}

// CumProd is CumSum of the product (jax.lax.cumprod).
//
// Options: CumulativeOptions (Reverse).
func CumProd(x jnp.Array, axis int, options ...CumulativeOptions) jnp.Array {
	return cumulative("lax.CumProd", ops.CumProd, x, axis, options)
}

// CumMax is CumSum of the greatest element, NaN from the first NaN on (jax.lax.cummax). Bools are refused.
//
// Options: CumulativeOptions (Reverse).
func CumMax(x jnp.Array, axis int, options ...CumulativeOptions) jnp.Array {
	return cumulative("lax.CumMax", ops.CumMax, x, axis, options)
}

// CumMin is CumMax of the least element (jax.lax.cummin).
//
// Options: CumulativeOptions (Reverse).
func CumMin(x jnp.Array, axis int, options ...CumulativeOptions) jnp.Array {
	return cumulative("lax.CumMin", ops.CumMin, x, axis, options)
}

// CumLogSumExp is log(CumSum(exp(x))) of floats, without overflow or underflow (jax.lax.cumlogsumexp).
//
// Options: CumulativeOptions (Reverse).
func CumLogSumExp(x jnp.Array, axis int, options ...CumulativeOptions) jnp.Array {
	return cumulative("lax.CumLogSumExp", ops.CumLogSumExp, x, axis, options)
}

func cumulative(op string, f func(x *trace.Value, axis int, reverse bool) *trace.Value, x jnp.Array, axis int,
	options []CumulativeOptions) jnp.Array {
	v := kit.Value(op, x)
	return jnp.Wrap(f(v, fromFront(axis, v.Rank()), oneOption(op, options).Reverse))
}
