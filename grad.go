package gojax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/transforms/deriv"
)

// GradOption changes what Grad and its relatives accept.
type GradOption = deriv.Option

// Holomorphic promises that the function is holomorphic: arguments and result are complex, and the gradient is its
// complex derivative.
func Holomorphic() GradOption { return deriv.Holomorphic() }

// AllowInt lets arrays of integers and bools be among what is differentiated. They have no gradient: their places in
// the result are unset arrays.
func AllowInt() GradOption { return deriv.AllowInt() }

// Grad is the gradient of f, a function of a tree of float arrays to a float scalar, in its argument: the result has
// the argument's structure, types and shapes (jax.grad). With complex arguments and a real result it is the conjugate
// of the direction of steepest ascent, as in JAX.
//
// Outside Jit f is traced at each call, and the executable is found again by what was traced; inside f, arrays have
// elements that can be read (Item, ToSlice, printing), so that Go's if and for may depend on them. Grad may be nested,
// mapped and jitted.
//
// A 2 or 3 in a name is the number of f's arguments, of which the first is differentiated, by Grads2 and its like each.
// So JAX's argnums, and its has_aux, are in the names.
//
// It panics with *Error where the result is not a real scalar or an argument holds integers (see AllowInt,
// Holomorphic).
func Grad[P any](f func(P) jnp.Array, opts ...GradOption) func(P) P {
	g := deriv.Of("gojax.Grad", f, opts)
	return func(p P) (d P) {
		g.At(deriv.Into{Grads: []any{&d}}, &p)
		return d
	}
}

// Grad2 is Grad in the first of two arguments.
func Grad2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) P {
	g := deriv.Of("gojax.Grad2", f, opts)
	return func(p P, q Q) (d P) {
		g.At(deriv.Into{Grads: []any{&d}}, &p, &q)
		return d
	}
}

// Grad3 is Grad in the first of three arguments.
func Grad3[P, Q, R any](f func(P, Q, R) jnp.Array, opts ...GradOption) func(P, Q, R) P {
	g := deriv.Of("gojax.Grad3", f, opts)
	return func(p P, q Q, r R) (d P) {
		g.At(deriv.Into{Grads: []any{&d}}, &p, &q, &r)
		return d
	}
}

// Grads2 is Grad in both arguments (argnums=(0, 1) of jax.grad).
func Grads2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) (P, Q) {
	g := deriv.Of("gojax.Grads2", f, opts)
	return func(p P, q Q) (dp P, dq Q) {
		g.At(deriv.Into{Grads: []any{&dp, &dq}}, &p, &q)
		return dp, dq
	}
}

// Grads3 is Grad in all three arguments (argnums=(0, 1, 2) of jax.grad).
func Grads3[P, Q, R any](f func(P, Q, R) jnp.Array, opts ...GradOption) func(P, Q, R) (P, Q, R) {
	g := deriv.Of("gojax.Grads3", f, opts)
	return func(p P, q Q, r R) (dp P, dq Q, dr R) {
		g.At(deriv.Into{Grads: []any{&dp, &dq, &dr}}, &p, &q, &r)
		return dp, dq, dr
	}
}

// GradAux is Grad of a function that also returns a tree that is not differentiated; the result returns it too
// (jax.grad's has_aux).
func GradAux[P, A any](f func(P) (jnp.Array, A), opts ...GradOption) func(P) (P, A) {
	g := deriv.Of("gojax.GradAux", f, opts)
	return func(p P) (d P, aux A) {
		g.At(deriv.Into{Aux: &aux, Grads: []any{&d}}, &p)
		return d, aux
	}
}

// GradAux2 is GradAux in the first of two arguments.
func GradAux2[P, Q, A any](f func(P, Q) (jnp.Array, A), opts ...GradOption) func(P, Q) (P, A) {
	g := deriv.Of("gojax.GradAux2", f, opts)
	return func(p P, q Q) (d P, aux A) {
		g.At(deriv.Into{Aux: &aux, Grads: []any{&d}}, &p, &q)
		return d, aux
	}
}

// GradAux3 is GradAux in the first of three arguments.
func GradAux3[P, Q, R, A any](f func(P, Q, R) (jnp.Array, A), opts ...GradOption) func(P, Q, R) (P, A) {
	g := deriv.Of("gojax.GradAux3", f, opts)
	return func(p P, q Q, r R) (d P, aux A) {
		g.At(deriv.Into{Aux: &aux, Grads: []any{&d}}, &p, &q, &r)
		return d, aux
	}
}

// ValueAndGrad is f's value and its gradient, computed together (jax.value_and_grad). See Grad.
func ValueAndGrad[P any](f func(P) jnp.Array, opts ...GradOption) func(P) (jnp.Array, P) {
	g := deriv.Of("gojax.ValueAndGrad", f, opts)
	return func(p P) (y jnp.Array, d P) {
		g.At(deriv.Into{Value: &y, Grads: []any{&d}}, &p)
		return y, d
	}
}

// ValueAndGrad2 is ValueAndGrad in the first of two arguments.
func ValueAndGrad2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) (jnp.Array, P) {
	g := deriv.Of("gojax.ValueAndGrad2", f, opts)
	return func(p P, q Q) (y jnp.Array, d P) {
		g.At(deriv.Into{Value: &y, Grads: []any{&d}}, &p, &q)
		return y, d
	}
}

// ValueAndGrad3 is ValueAndGrad in the first of three arguments.
func ValueAndGrad3[P, Q, R any](f func(P, Q, R) jnp.Array, opts ...GradOption) func(P, Q, R) (jnp.Array, P) {
	g := deriv.Of("gojax.ValueAndGrad3", f, opts)
	return func(p P, q Q, r R) (y jnp.Array, d P) {
		g.At(deriv.Into{Value: &y, Grads: []any{&d}}, &p, &q, &r)
		return y, d
	}
}

// ValueAndGrads2 is ValueAndGrad in both arguments.
func ValueAndGrads2[P, Q any](f func(P, Q) jnp.Array, opts ...GradOption) func(P, Q) (jnp.Array, P, Q) {
	g := deriv.Of("gojax.ValueAndGrads2", f, opts)
	return func(p P, q Q) (y jnp.Array, dp P, dq Q) {
		g.At(deriv.Into{Value: &y, Grads: []any{&dp, &dq}}, &p, &q)
		return y, dp, dq
	}
}

// ValueAndGrads3 is ValueAndGrad in all three arguments.
func ValueAndGrads3[P, Q, R any](f func(P, Q, R) jnp.Array, opts ...GradOption) func(P, Q, R) (jnp.Array, P, Q, R) {
	g := deriv.Of("gojax.ValueAndGrads3", f, opts)
	return func(p P, q Q, r R) (y jnp.Array, dp P, dq Q, dr R) {
		g.At(deriv.Into{Value: &y, Grads: []any{&dp, &dq, &dr}}, &p, &q, &r)
		return y, dp, dq, dr
	}
}

// ValueAndGradAux is ValueAndGrad of a function that also returns a tree that is not differentiated.
func ValueAndGradAux[P, A any](f func(P) (jnp.Array, A), opts ...GradOption) func(P) (jnp.Array, A, P) {
	g := deriv.Of("gojax.ValueAndGradAux", f, opts)
	return func(p P) (y jnp.Array, aux A, d P) {
		g.At(deriv.Into{Value: &y, Aux: &aux, Grads: []any{&d}}, &p)
		return y, aux, d
	}
}

// ValueAndGradAux2 is ValueAndGradAux in the first of two arguments.
func ValueAndGradAux2[P, Q, A any](f func(P, Q) (jnp.Array, A), opts ...GradOption) func(P, Q) (jnp.Array, A, P) {
	g := deriv.Of("gojax.ValueAndGradAux2", f, opts)
	return func(p P, q Q) (y jnp.Array, aux A, d P) {
		g.At(deriv.Into{Value: &y, Aux: &aux, Grads: []any{&d}}, &p, &q)
		return y, aux, d
	}
}

// ValueAndGradAux3 is ValueAndGradAux in the first of three arguments.
func ValueAndGradAux3[P, Q, R, A any](f func(P, Q, R) (jnp.Array, A),
	opts ...GradOption) func(P, Q, R) (jnp.Array, A, P) {
	g := deriv.Of("gojax.ValueAndGradAux3", f, opts)
	return func(p P, q Q, r R) (y jnp.Array, aux A, d P) {
		g.At(deriv.Into{Value: &y, Aux: &aux, Grads: []any{&d}}, &p, &q, &r)
		return y, aux, d
	}
}
