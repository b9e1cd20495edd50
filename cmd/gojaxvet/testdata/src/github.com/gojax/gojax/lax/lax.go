// Package lax has the names of lax that the checks know.
package lax

import "github.com/gojax/gojax/jnp"

func Scan[C, X, Y any](f func(C, X) (C, Y), init C, xs X) (c C, y Y)        { return c, y }
func WhileLoop[C any](cond func(C) jnp.Array, body func(C) C, init C) (c C) { return c }
func Cond[R any](pred jnp.Array, onTrue, onFalse func() R) (r R)            { return r }
func ForiLoop[T any](lo, hi int, f func(i jnp.Array, x T) T, x T) T         { return x }
