package gojax

import (
	"sync/atomic"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// StopGradient is the tree x, taken for a constant by differentiation (jax.lax.stop_gradient).
func StopGradient[T any](x T) T {
	def, leaves := trace.Flatten(x)
	for i, v := range leaves {
		if v.DType().IsInexact() && v.Traced() { // elsewhere nothing is differentiated
			leaves[i] = ops.StopGradient(v)
		}
	}
	return trace.Unflatten[T](def, leaves)
}

// CustomJVP is f with a derivative of the user's own (jax.custom_jvp): jvp takes the argument and a tangent of its structure and
// returns f's result and the tangent of that. It must be linear in the tangent, since reverse mode runs it backwards. The
// tangents of integer and bool arrays are unset; an unset array among the tangents returned is zero. What is not to be
// differentiated f and jvp may take from outside, as Go values or arrays; a value that is being differentiated must be part of
// the argument.
func CustomJVP[P, R any](f func(P) R, jvp func(primals, tangents P) (R, R)) func(P) R {
	const op = "CustomJVP"
	if f == nil || jvp == nil {
		trace.Fail(op, nil, "takes a function and its rule, not nil")
	}
	return func(p P) R {
		in, x := flattenArg(op, p)
		if !trace.AnyTraced(x...) {
			return f(p)
		}
		out, body := treeFn(in, f)
		prog, captured := trace.TraceOf(op, x, body)
		def, types := *out, prog.OutTypes()
		return trace.Unflatten[R](def, ops.CustomJVP(prog, x, captured, func(x, t []*trace.Value) (y, yt []*trace.Value) {
			r, rt := jvp(trace.Unflatten[P](in, x), trace.Unflatten[P](in, t))
			y = sameResult(op, "the value that the rule returns", def, types, r)
			return y, aligned(op, "the tangent that the rule returns", def, types, rt)
		}))
	}
}

// CustomVJP is f with reverse-mode rules of the user's own (jax.custom_vjp): fwd returns f's result and whatever tree of arrays bwd
// will need, its residuals; bwd takes these and a cotangent of the result and returns one of the argument. The cotangents of
// integer and bool arrays are unset; an unset array among those returned is zero. Such a function has no forward mode. What is
// not to be differentiated the three may take from outside, as Go values or arrays; a value that is being differentiated must
// be part of the argument.
func CustomVJP[P, R, S any](f func(P) R, fwd func(P) (R, S), bwd func(S, R) P) func(P) R {
	const op = "CustomVJP"
	if f == nil || fwd == nil || bwd == nil {
		trace.Fail(op, nil, "takes a function and its two rules, not nil")
	}
	return func(p P) R {
		in, x := flattenArg(op, p)
		if !trace.AnyTraced(x...) {
			return f(p)
		}
		out, body := treeFn(in, f)
		prog, captured := trace.TraceOf(op, x, body)
		def, types, inTypes := *out, prog.OutTypes(), trace.Avals(x)
		var saved atomic.Pointer[trace.Def] // the structure of the residuals: the same whenever fwd runs on these types
		return trace.Unflatten[R](def, ops.CustomVJP(prog, x, captured, func(x []*trace.Value) (y, res []*trace.Value) {
			r, s := fwd(trace.Unflatten[P](in, x))
			d, res := trace.Flatten(s)
			saved.Store(d)
			return sameResult(op, "the value that the forward rule returns", def, types, r), res
		}, func(res, ct []*trace.Value) []*trace.Value {
			g := bwd(trace.Unflatten[S](saved.Load(), res), trace.Unflatten[R](def, ct))
			return aligned(op, "the cotangent that the backward rule returns", in, inTypes, g)
		}))
	}
}

// sameResult flattens what a rule returned for f's result, and checks it.
func sameResult[R any](op, what string, def *trace.Def, types []ir.Aval, r R) []*trace.Value {
	d, y := trace.Flatten(r)
	if !d.Equal(def) {
		trace.Fail(op, nil, "%s does not have the structure of the function's own result: %v, want %v", what, d, def)
	}
	for i, v := range y {
		if !v.Aval().SameType(types[i]) {
			trace.Fail(op, []ir.Aval{v.Aval()}, "%s is %v, and the function itself returns %v", d.PathsFrom(what)[i], v.Aval(), types[i])
		}
	}
	return y
}

// Policy says what Checkpoint keeps.
type Policy = ops.CheckpointPolicy

// The policies of Checkpoint: keep the arguments alone, those and the results of matrix products and convolutions, or
// everything.
const (
	SaveNothing    = ops.SaveNothing
	SaveDots       = ops.SaveDots
	SaveEverything = ops.SaveEverything
)

// Checkpoint is f, of which differentiation in reverse keeps only the arguments and what policy says (SaveNothing if it is not
// given), and computes the rest again on the way back: less memory for more work (jax.checkpoint, also called remat).
func Checkpoint[P, R any](f func(P) R, policy ...Policy) func(P) R {
	const op = "Checkpoint"
	if f == nil || len(policy) > 1 {
		trace.Fail(op, nil, "takes a function and at most one policy")
	}
	var save Policy
	if len(policy) == 1 {
		save = policy[0]
	}
	if save < SaveNothing || save > SaveEverything {
		trace.Fail(op, nil, "%d is not a policy; take SaveNothing, SaveDots or SaveEverything", save)
	}
	return func(p P) R {
		in, x := flattenArg(op, p)
		if !trace.AnyTraced(x...) {
			return f(p)
		}
		out, body := treeFn(in, f)
		prog, captured := trace.TraceOf(op, x, body)
		return trace.Unflatten[R](*out, ops.Checkpoint(prog, save, append(x[:len(x):len(x)], captured...)))
	}
}
