package gojax

import (
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/transforms/deriv"
)

// StopGradient is the tree x, taken for a constant by differentiation (jax.lax.stop_gradient).
func StopGradient[T any](x T) T { return deriv.StopGradient(x) }

// CustomJVP is f with a derivative of the user's own (jax.custom_jvp): jvp takes the argument and a tangent of its
// structure and returns f's result and the tangent of that. It must be linear in the tangent, since reverse mode runs
// it backwards. The tangents of integer and bool arrays are unset; an unset array among the tangents returned is zero.
// What is not to be differentiated f and jvp may take from outside, as Go values or arrays; a value that is being
// differentiated must be part of the argument.
func CustomJVP[P, R any](f func(P) R, jvp func(primals, tangents P) (R, R)) func(P) R {
	return deriv.CustomJVP(f, jvp)
}

// CustomVJP is f with reverse-mode rules of the user's own (jax.custom_vjp): fwd returns f's result and whatever tree
// of arrays bwd will need, its residuals; bwd takes these and a cotangent of the result and returns one of the
// argument. The cotangents of integer and bool arrays are unset; an unset array among those returned is zero. Such a
// function has no forward mode. What is not to be differentiated the three may take from outside, as Go values or
// arrays; a value that is being differentiated must be part of the argument.
func CustomVJP[P, R, S any](f func(P) R, fwd func(P) (R, S), bwd func(S, R) P) func(P) R {
	return deriv.CustomVJP(f, fwd, bwd)
}

// CustomVmap is f with a rule of the user's own for Vmap (jax.custom_batching.custom_vmap): for what is computed for
// many arguments together in another way than one by one. rule takes the size of the mapped axis, which leaves of the
// argument are mapped, in their order (see package tree), and the argument, whose mapped leaves have the axis first; it
// returns f's result for all, and which leaves of that are mapped, by then first (nil: all). Leaves that are not mapped
// are as f has them, there and here.
//
// Where nothing is mapped, f itself is computed. Under Vmap of Vmap the inner call has the rule, and what that computes
// is mapped by the outer one. What forward mode (JVP, JacFwd) makes of such a function has the derivative of f, and
// mapped that of the rule. Reverse mode within Vmap differentiates f, without the rule: where that is not what is
// wanted, put CustomVJP around (JAX has no reverse mode there). Around Vmap, it differentiates the rule.
//
// What is not mapped f and rule may take from outside, as Go values or arrays; a value that is being mapped must be
// part of the argument.
func CustomVmap[P, R any](f func(P) R, rule func(axisSize int, batched []bool, x P) (R, []bool)) func(P) R {
	return deriv.CustomVmap(f, rule)
}

// SequentialVmap is f, of which Vmap computes one element after the other, in a loop (lax.Map), instead of all
// together (jax.custom_batching.sequential_vmap): for functions that would take too much memory mapped, or whose
// branches and loops should end for each element by itself. Derivatives are as CustomVmap has them.
func SequentialVmap[P, R any](f func(P) R) func(P) R { return deriv.SequentialVmap(f) }

// CustomRoot is a y with f(y) = 0, as solve finds it, beginning at init (jax.lax.custom_root). f maps a tree of float
// arrays to one of the same structure and types. solve may be any iteration: derivatives, in both modes and of any
// order, follow from f by the implicit function theorem, in the arrays that f takes from outside, and not through
// solve. init is not differentiated.
//
// tangentSolve(g, b) solves g(v) = b for the linear function g, f's derivative at the root; for reverse mode it must
// itself be linear in b and differentiable: of scalars, and element by element, b divided by g of ones, otherwise, for
// example, lax.CustomLinearSolve.
func CustomRoot[T any](f func(y T) T, init T, solve func(f func(T) T, init T) T,
	tangentSolve func(g func(T) T, b T) T) T {
	return deriv.CustomRoot(f, init, solve, tangentSolve)
}

// Policy says what Checkpoint keeps (jax.checkpoint_policies).
type Policy = ops.CheckpointPolicy

// The policies of Checkpoint that need no names: keep the arguments alone; those and the results of matrix products and
// convolutions; those of products without batch axes; everything.
const (
	SaveNothing             = ops.SaveNothing
	SaveDots                = ops.SaveDots
	SaveDotsWithNoBatchDims = ops.SaveDotsWithNoBatchDims
	SaveEverything          = ops.SaveEverything
)

// SaveOnlyTheseNames is the policy of Checkpoint that keeps the values which CheckpointName gave one of the names.
func SaveOnlyTheseNames(names ...string) Policy { return ops.SaveOnlyTheseNames(names...) }

// SaveAnyNamesButThese is the policy of Checkpoint that keeps the values which CheckpointName gave another name.
func SaveAnyNamesButThese(names ...string) Policy { return ops.SaveAnyNamesButThese(names...) }

// SaveAnythingExceptTheseNames is the policy of Checkpoint that keeps all values but those which CheckpointName gave
// one of the names.
func SaveAnythingExceptTheseNames(names ...string) Policy {
	return ops.SaveAnythingExceptTheseNames(names...)
}

// CheckpointName is the tree x under a name that policies of Checkpoint know (jax.ad_checkpoint.checkpoint_name).
func CheckpointName[T any](x T, name string) T { return deriv.CheckpointName(x, name) }

// Checkpoint is f, of which differentiation in reverse keeps only the arguments and what any of the policies says
// (SaveNothing if none is given), and computes the rest again on the way back: less memory for more work
// (jax.checkpoint, also called remat).
func Checkpoint[P, R any](f func(P) R, policies ...Policy) func(P) R {
	return deriv.Checkpoint(f, policies)
}
