package lax

import (
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// LinearSystem is a system of linear equations A x = b and how to solve it, for CustomLinearSolve. x and b are trees of
// one structure and type.
type LinearSystem[T any] struct {
	MatVec func(x T) T // A x
	// Solve returns x for b; it is given MatVec.
	Solve func(matVec func(T) T, b T) T
	// Symmetric says that A is its own transpose, so that Solve solves the transposed system too, as reverse mode must.
	Symmetric bool
	// VecMat and TransSolve are MatVec and Solve of the transposed matrix, where it is another.
	VecMat     func(x T) T
	TransSolve func(vecMat func(T) T, b T) T
}

// CustomLinearSolve returns the solution of the system for the right-hand side b (jax.lax.custom_linear_solve). It is
// differentiated in b, and in what MatVec takes from outside, as solutions of linear systems are, whatever Solve does:
// Solve may be a loop that ends when it is close enough.
func CustomLinearSolve[T any](s LinearSystem[T], b T) T {
	const op = "lax.CustomLinearSolve"
	ops.CheckFuncs(op, s.MatVec != nil && s.Solve != nil && (s.VecMat == nil) == (s.TransSolve == nil))
	def, x := trace.Flatten(b)
	if len(x) == 0 {
		return b
	}
	onLeaves := func(f func(T) T) ops.Step {
		return func(a []*trace.Value) (*trace.Def, []*trace.Value) {
			return trace.Flatten(f(trace.Unflatten[T](def, a)))
		}
	}
	o := ops.Solver{
		MatVec:    onLeaves(s.MatVec),
		Solve:     onLeaves(func(b T) T { return s.Solve(s.MatVec, b) }),
		Symmetric: s.Symmetric,
	}
	if s.TransSolve != nil {
		o.VecMat = onLeaves(s.VecMat)
		o.TransSolve = onLeaves(func(b T) T { return s.TransSolve(s.VecMat, b) })
	}
	return trace.Unflatten[T](def, ops.LinearSolve(op, def, x, o))
}
