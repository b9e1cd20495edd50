package deriv

import (
	"slices"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// StopGradient is gojax.StopGradient.
func StopGradient[T any](x T) T { return throughout(x, ops.StopGradient) }

// CheckpointName is gojax.CheckpointName.
func CheckpointName[T any](x T, name string) T {
	return throughout(x, func(v *Value) *Value { return ops.CheckpointName(v, name) })
}

// throughout is x with f of those leaves that can be differentiated.
func throughout[T any](x T, f func(v *Value) *Value) T {
	def, leaves := trace.Flatten(x)
	for i, v := range leaves {
		if v.DType().IsInexact() && v.Traced() { // elsewhere nothing is differentiated
			leaves[i] = f(v)
		}
	}
	return trace.Unflatten[T](def, leaves)
}

// CustomJVP is gojax.CustomJVP.
func CustomJVP[P, R any](f func(P) R, jvp func(primals, tangents P) (R, R)) func(P) R {
	const op = "gojax.CustomJVP"
	fn, rule := trace.FunctionOf(op, f), trace.FunctionOf(op, jvp)
	return func(p P) (r R) {
		t := traced(fn, &p)
		if t == nil {
			return f(p)
		}
		s := t.shape
		y := ops.CustomJVP(t.p, t.x, t.captured, func(x, xt []*Value) (y, yt []*Value) {
			out, leaves := rule.Apply(trace.Trees{s.in, s.in}, slices.Concat(x, xt))
			n := out[0].NumLeaves()
			y = s.sameResult("the value that the rule returns", out[0], leaves[:n])
			return y, aligned(s.op, "the tangent that the rule returns", s.out, s.outTypes, out[1], leaves[n:])
		})
		fill(&r, s.out, y)
		return r
	}
}

// CustomVJP is gojax.CustomVJP.
func CustomVJP[P, R, S any](f func(P) R, fwd func(P) (R, S), bwd func(S, R) P) func(P) R {
	const op = "gojax.CustomVJP"
	fn, forward, back := trace.FunctionOf(op, f), trace.FunctionOf(op, fwd), trace.FunctionOf(op, bwd)
	return func(p P) (r R) {
		t := traced(fn, &p)
		if t == nil {
			return f(p)
		}
		s := t.shape
		var saved atomic.Pointer[trace.Def] // the structure of the residuals: the same whenever fwd runs on these types
		y := ops.CustomVJP(t.p, t.x, t.captured, func(x []*Value) (y, res []*Value) {
			out, leaves := forward.Apply(trace.Trees{s.in}, x)
			n := out[0].NumLeaves()
			saved.Store(out[1])
			return s.sameResult("the value that the forward rule returns", out[0], leaves[:n]), leaves[n:]
		}, func(res, ct []*Value) []*Value {
			g, leaves := back.Apply(trace.Trees{saved.Load(), s.out}, slices.Concat(res, ct))
			return aligned(s.op, "the cotangent that the backward rule returns", s.in, s.inTypes, g[0], leaves)
		})
		fill(&r, s.out, y)
		return r
	}
}

// Checkpoint is gojax.Checkpoint.
func Checkpoint[P, R any](f func(P) R, policies []ops.CheckpointPolicy) func(P) R {
	fn := trace.FunctionOf("gojax.Checkpoint", f)
	save := ops.SaveFromAll(policies)
	return func(p P) (r R) {
		t := traced(fn, &p)
		if t == nil {
			return f(p)
		}
		fill(&r, t.shape.out, ops.Checkpoint(t.p, save, slices.Concat(t.x, t.captured)))
		return r
	}
}

// tracedCall is a function of one argument traced inside another trace.
type tracedCall struct {
	shape    *shape
	x        []*Value // the argument's leaves
	p        *ir.Program
	captured []*Value
}

// shape is what rules need to know of a call. Rules stay with the program, so they must not hold on to its values.
type shape struct {
	op                string
	in, out           *trace.Def
	inTypes, outTypes []ir.Aval
}

// traced traces f for the argument that p points to. Where no trace is open nothing can be differentiated: then it is
// nil.
func traced(f *trace.Function, p any) *tracedCall {
	in, x := take(f, p)
	if !trace.AnyTraced(x...) {
		return nil
	}
	out, body := onLeaves(f, in)
	t := &tracedCall{x: x}
	t.p, t.captured = trace.TraceOf(f.Op, x, body)
	t.shape = &shape{f.Op, in[0], (*out)[0], trace.Avals(x), t.p.OutTypes()}
	return t
}

// sameResult checks what a rule returned for the function's result, and returns its leaves y.
func (s *shape) sameResult(what string, d *trace.Def, y []*Value) []*Value {
	s.sameStructure(what, d)
	for i, v := range y {
		if !v.Aval().SameType(s.outTypes[i]) {
			trace.Fail(s.op, []ir.Aval{v.Aval()}, "%s is %v, and the function itself returns %v", d.PathsFrom(what)[i],
				v.Aval(), s.outTypes[i])
		}
	}
	return y
}

// sameStructure checks that what a rule returned, of structure d, has that of the function's own result.
func (s *shape) sameStructure(what string, d *trace.Def) {
	if !d.Equal(s.out) {
		trace.Fail(s.op, nil, "%s does not have the structure of the function's own result: %v, want %v", what, d,
			s.out)
	}
}
