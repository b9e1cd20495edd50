// Package linalg solves systems of linear equations that are given as a function, x -> A x, such as those of sparse
// matrices (jax.scipy.sparse.linalg). The right-hand side is an array or a tree of them.
//
// Keyword arguments are fields of a struct that has the function as a method; its zero value is JAX's default:
//
//	struct   function   fields (JAX's names)
//	Krylov   CG         Start (x0), Tol (tol), ATol (atol), MaxIter (maxiter), Precondition (M)
package linalg

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Krylov holds the options of the iterative solvers; the zero value is JAX's default. T is the type of b: an array or
// a tree of them.
type Krylov[T any] struct {
	Start        *T          // where to begin; nil: zeros
	Tol, ATol    float64     // done when the norm of b - A x is at most max(Tol |b|, ATol); Tol 0 is 1e-5
	MaxIter      int         // steps at most; 0: ten times the number of elements of b
	Precondition func(r T) T // about the inverse of A; nil: none
}

// CG solves A x = b by conjugate gradients, for a Hermitian positive definite A, a linear function given as a. b is
// an array, or a tree of arrays, of floats, and so is the result. How close it is depends on the options alone; a
// system that is solved badly is not an error. The result is differentiated as the solution of a linear system, in b
// and in what a takes from outside, in both modes, not through the iteration (jax.scipy.sparse.linalg.cg, Hestenes
// and Stiefel 1952).
//
// Options: Krylov (Start, Tol, ATol, MaxIter, Precondition).
func CG[T any](a func(x T) T, b T) T { return Krylov[T]{}.CG(a, b) }

// CG is linalg.CG with options.
func (k Krylov[T]) CG(a func(x T) T, b T) T {
	const op = "linalg.CG"
	if a == nil {
		trace.Fail(op, nil, "the matrix is a nil function")
	}
	def, leaves := trace.Flatten(b)
	n := 0
	for _, v := range leaves {
		if !v.DType().IsInexact() {
			trace.Fail(op, []ir.Aval{v.Aval()}, "b must hold floats, not %v; convert it with AsType(jnp.Float32)",
				v.Aval())
		}
		n += v.Aval().Size()
	}
	if len(leaves) == 0 {
		return b
	}
	like := func(what string, x T) T {
		d, got := trace.Flatten(x)
		if !d.Equal(def) {
			trace.Fail(op, nil, "%s has another structure than b", what)
		}
		for i, v := range got {
			if v, b := v.Aval(), leaves[i].Aval(); !v.SameType(b) {
				trace.Fail(op, []ir.Aval{v, b}, "%s holds %v where b has %v", what, v, b)
			}
		}
		return x
	}
	if k.Start != nil {
		like("Start", *k.Start)
	}
	matVec := func(x T) T { return like("the product with the matrix", a(x)) }
	if k.Tol == 0 {
		k.Tol = 1e-5
	}
	if k.MaxIter == 0 {
		k.MaxIter = 10 * n
	}
	s := lax.LinearSystem[T]{MatVec: matVec, Solve: k.cg, Symmetric: true}
	for _, v := range leaves {
		if v.DType().IsComplex() { // the transpose of a Hermitian matrix is its conjugate
			s.Symmetric = false
			s.VecMat = func(x T) T { return conjugate(matVec(conjugate(x))) }
			s.TransSolve = func(_ func(T) T, b T) T { return conjugate(k.cg(matVec, conjugate(b))) }
		}
	}
	return lax.CustomLinearSolve(s, b)
}

func conjugate[T any](x T) T {
	return each(x, x, func(x, _ jnp.Array) jnp.Array { return jnp.Conj(x) })
}

// cgState is the carry: the solution, the residual, the direction, the product of the residual with its
// preconditioned self, and the number of steps.
type cgState[T any] struct {
	X, R, P  T
	Gamma, N jnp.Array
}

func (k Krylov[T]) cg(a func(T) T, b T) T {
	precondition := k.Precondition
	if precondition == nil {
		precondition = func(r T) T { return r }
	}
	x := each(b, b, func(_, b jnp.Array) jnp.Array { return jnp.ZerosLike(b) })
	r := b
	if k.Start != nil {
		x = *k.Start
		r = each(b, a(x), func(b, y jnp.Array) jnp.Array { return b.Sub(y) })
	}
	p := precondition(r)
	limit := jnp.Maximum(product(b, b).Mul(k.Tol*k.Tol), k.ATol*k.ATol)
	end := lax.WhileLoop(
		func(s cgState[T]) jnp.Array {
			rs := s.Gamma
			if k.Precondition != nil {
				rs = product(s.R, s.R)
			}
			return rs.Gt(limit).And(s.N.Lt(k.MaxIter))
		},
		func(s cgState[T]) cgState[T] {
			ap := a(s.P)
			alpha := s.Gamma.Div(product(s.P, ap))
			x := along(s.X, alpha, s.P)
			r := along(s.R, alpha.Neg(), ap)
			z := precondition(r)
			gamma := product(r, z)
			return cgState[T]{x, r, along(z, gamma.Div(s.Gamma), s.P), gamma, s.N.Add(1)}
		},
		cgState[T]{x, r, p, product(r, p), jnp.AsArray(0)})
	return end.X
}

// each applies f to the arrays of two trees.
func each[T any](x, y T, f func(x, y jnp.Array) jnp.Array) T {
	def, a := trace.Flatten(x)
	_, b := trace.Flatten(y)
	out := make([]*trace.Value, len(a))
	for i := range a {
		out[i] = f(jnp.Wrap(a[i]), jnp.Wrap(b[i])).TraceValue()
	}
	return trace.Unflatten[T](def, out)
}

// along is x + t p, of x's dtypes.
func along[T any](x T, t jnp.Array, p T) T {
	return each(x, p, func(x, p jnp.Array) jnp.Array { return x.Add(t.AsType(x.DType()).Mul(p)) })
}

// product is the real part of the inner product of two trees.
func product[T any](x, y T) jnp.Array {
	_, a := trace.Flatten(x)
	_, b := trace.Flatten(y)
	var s jnp.Array
	for i := range a {
		p := jnp.Real(jnp.VDot(jnp.Wrap(a[i]), jnp.Wrap(b[i])))
		if i == 0 {
			s = p
		} else {
			s = s.Add(p)
		}
	}
	return s
}
