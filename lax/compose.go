package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Tile repeats x along each axis as often as reps says, a number for each axis, as lax.tile.
func Tile(x jnp.Array, reps []int) jnp.Array { return jnp.Wrap(ops.Tile(val("lax.Tile", x), reps)) }

// Collapse makes one axis of the axes start to stop (exclusive), which count from the end if negative and are limited to those
// that x has, as lax.collapse.
func Collapse(x jnp.Array, start, stop int) jnp.Array {
	return jnp.Wrap(ops.Collapse(val("lax.Collapse", x), start, stop))
}

// IndexTake takes, for each position in vectors of one length, one for each of the given axes of x, the element or the part of x
// that lies there, as lax.index_take. Positions are taken modulo the size of their axis. The positions' axis comes first.
func IndexTake(x jnp.Array, positions []jnp.Array, axes []int) jnp.Array {
	return jnp.Wrap(ops.IndexTake(val("lax.IndexTake", x), vals("lax.IndexTake", positions), axes))
}

// SelectN is, element by element, the case that which says, as lax.select_n: arrays of one shape and dtype, by position from 0 on
// or, for two, by a bool: the first where it is false. which is of bool or an integer type, a scalar or of the cases' shape; positions
// beyond the cases take the nearest.
func SelectN(which jnp.Array, cases ...jnp.Array) jnp.Array {
	return jnp.Wrap(ops.SelectN(val("lax.SelectN", which), vals("lax.SelectN", cases)...))
}

// SortKeyVal sorts keys along an axis and reorders values, of the same shape, in the same way, as lax.sort_key_val. stable keeps
// equal keys in order.
func SortKeyVal(keys, values jnp.Array, axis int, stable bool) (sortedKeys, sortedValues jnp.Array) {
	return wrap2(ops.SortKeyVal(val("lax.SortKeyVal", keys), val("lax.SortKeyVal", values), axis, stable))
}
