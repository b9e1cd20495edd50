package jnp

import "github.com/gojax/gojax/trace"

// Lift is the engine's value of an argument of op that may be an Array, a Go scalar or a nested Go slice, for the packages
// that work on lax's level. Go scalars come as literals of their own 64-bit width, weakly typed if they are int, uint, float64
// or complex128: convert them to the dtype they are to have (ir.Lit.Convert) before use.
func Lift(op string, x any) *trace.Value { return wide(x, op) }
