package gojax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/transforms/deriv"
)

// JacFwd is the Jacobian of f in forward mode, one column at a time but all at once: the result has the axes of f's
// result and then those of the argument (jax.jacfwd). It is the cheaper one where the argument has fewer elements than
// the result. The argument is of floats, or, with Holomorphic, complex.
func JacFwd(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	j := deriv.Jacfwd("gojax.JacFwd", f, jnp.Wrap, opts)
	return func(x jnp.Array) jnp.Array { return j(x)[0][0] }
}

// JacRev is JacFwd in reverse mode (jax.jacrev), cheaper where the result has fewer elements than the argument.
func JacRev(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	j := deriv.Jacrev("gojax.JacRev", f, jnp.Wrap, opts)
	return func(x jnp.Array) jnp.Array { return j(x)[0][0] }
}

// Hessian is the matrix of second derivatives of f, JacFwd of JacRev: its axes are those of f's result, usually none,
// and twice those of the argument (jax.hessian).
func Hessian(f func(jnp.Array) jnp.Array, opts ...GradOption) func(jnp.Array) jnp.Array {
	return JacFwd(JacRev(f, opts...), opts...)
}

// JacFwdTree is JacFwd for trees: element [i][j] is the Jacobian of array i of the result by array j of the argument,
// in the order in which trees are walked; it is unset where one of the two is of integers.
func JacFwdTree[P, R any](f func(P) R, opts ...GradOption) func(P) [][]jnp.Array {
	return deriv.Jacfwd("gojax.JacFwdTree", f, jnp.Wrap, opts)
}

// JacRevTree is JacFwdTree in reverse mode.
func JacRevTree[P, R any](f func(P) R, opts ...GradOption) func(P) [][]jnp.Array {
	return deriv.Jacrev("gojax.JacRevTree", f, jnp.Wrap, opts)
}

// HessianTree is Hessian for a function of a tree to a scalar: element [i][j] has the second derivatives by arrays i
// and j of the argument.
func HessianTree[P any](f func(P) jnp.Array, opts ...GradOption) func(P) [][]jnp.Array {
	return JacFwdTree(func(p P) []jnp.Array { return JacRevTree(f, opts...)(p)[0] }, opts...)
}
