package gojax

import "github.com/gojax/gojax/transforms/deriv"

// JVP is f at primals and its directional derivative there in the direction tangents (jax.jvp). Tangents have the
// structure and types of primals; those of integer and bool arrays are ignored, unset arrays are zeros. Of the
// derivative, the places of integer and bool results are unset arrays. Inside f elements can be read, as under Grad.
func JVP[P, R any](f func(P) R, primals, tangents P) (R, R) { return deriv.JVP(f, primals, tangents) }

// VJP is f at primals and the function that takes a cotangent of f's result back to one of primals (jax.vjp). What it
// needs of the way forward is computed once and kept for as long as the function is. Integer and bool arrays are as in
// JVP. The function may be called more than once, and mapped.
func VJP[P, R any](f func(P) R, primals P) (R, func(R) P) { return deriv.VJP(f, primals) }

// Linearize is f at primals and its derivative there as a function of tangents (jax.linearize): like JVP, with the work
// that does not depend on the tangents done once.
func Linearize[P, R any](f func(P) R, primals P) (R, func(P) R) { return deriv.Linearize(f, primals) }
