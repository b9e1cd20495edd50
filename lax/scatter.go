package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Scatter returns x with windows of it replaced by those of updates, each starting where a vector along the last axis of
// indices says, as lax.scatter. Where windows overlap, one of the updates wins.
func Scatter(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.Scatter(val("lax.Scatter", x), val("lax.Scatter", indices), val("lax.Scatter", updates), dims, o))
}

// ScatterAdd is Scatter that adds the updates to what is there, all of them where windows overlap, as lax.scatter_add.
func ScatterAdd(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.ScatterAdd(val("lax.ScatterAdd", x), val("lax.ScatterAdd", indices), val("lax.ScatterAdd", updates), dims, o))
}

// ScatterSub is Scatter that subtracts the updates from what is there, as lax.scatter_sub.
func ScatterSub(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.ScatterSub(val("lax.ScatterSub", x), val("lax.ScatterSub", indices), val("lax.ScatterSub", updates), dims, o))
}

// ScatterMul is Scatter that multiplies by the updates, as lax.scatter_mul.
func ScatterMul(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.ScatterMul(val("lax.ScatterMul", x), val("lax.ScatterMul", indices), val("lax.ScatterMul", updates), dims, o))
}

// ScatterMin is Scatter that keeps the least, as lax.scatter_min.
func ScatterMin(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.ScatterMin(val("lax.ScatterMin", x), val("lax.ScatterMin", indices), val("lax.ScatterMin", updates), dims, o))
}

// ScatterMax is Scatter that keeps the greatest, as lax.scatter_max.
func ScatterMax(x, indices, updates jnp.Array, dims ScatterDims, o ScatterOptions) jnp.Array {
	return jnp.Wrap(ops.ScatterMax(val("lax.ScatterMax", x), val("lax.ScatterMax", indices), val("lax.ScatterMax", updates), dims, o))
}
