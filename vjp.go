package gojax

import (
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// JVP is f at primals and its directional derivative there in the direction tangents (jax.jvp). Tangents have the structure and
// types of primals; those of integer and bool arrays are ignored, unset arrays are zeros. Of the derivative, the places of
// integer and bool results are unset arrays. Inside f elements can be read, as under Grad.
func JVP[P, R any](f func(P) R, primals, tangents P) (R, R) {
	const op = "JVP"
	in, x := flattenArg(op, primals)
	t := aligned(op, "the tangent", in, trace.Avals(x), tangents)
	out, body := treeFn(in, f)
	y, yt := grad.Forward(op, x, t, body)
	return trace.Unflatten[R](*out, y), trace.Unflatten[R](*out, yt)
}

// VJP is f at primals and the function that takes a cotangent of f's result back to one of primals (jax.vjp). What it needs of
// the way forward is computed once and kept for as long as the function is. Integer and bool arrays are as in JVP. The function
// may be called more than once, and mapped.
func VJP[P, R any](f func(P) R, primals P) (R, func(R) P) {
	const op = "VJP"
	in, x := flattenArg(op, primals)
	out, body := treeFn(in, f)
	y, m := grad.Linearized(op, x, inexact(x), body)
	def, types := *out, trace.Avals(y)
	return trace.Unflatten[R](def, y), func(ct R) P {
		return trace.Unflatten[P](in, m.Pull(op, aligned(op, "the cotangent", def, types, ct)))
	}
}

// Linearize is f at primals and its derivative there as a function of tangents (jax.linearize): like JVP, with the work that does
// not depend on the tangents done once.
func Linearize[P, R any](f func(P) R, primals P) (R, func(P) R) {
	const op = "Linearize"
	in, x := flattenArg(op, primals)
	out, body := treeFn(in, f)
	y, m := grad.Linearized(op, x, inexact(x), body)
	def, types := *out, trace.Avals(x)
	return trace.Unflatten[R](def, y), func(t P) R {
		return trace.Unflatten[R](def, m.Push(op, aligned(op, "the tangent", in, types, t)))
	}
}
