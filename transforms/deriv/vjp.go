package deriv

import (
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// JVP is gojax.JVP.
func JVP[P, R any](f func(P) R, primals, tangents P) (y, yt R) {
	fn := trace.FunctionOf("gojax.JVP", f)
	in, x := take(fn, &primals)
	td, t := trace.Flatten(tangents)
	t = aligned(fn.Op, "the tangent", in[0], trace.Avals(x), td, t)
	out, body := onLeaves(fn, in)
	yv, ytv := grad.Forward(fn.Op, x, t, body)
	fill(&y, (*out)[0], yv)
	fill(&yt, (*out)[0], ytv)
	return y, yt
}

// VJP is gojax.VJP.
func VJP[P, R any](f func(P) R, primals P) (y R, pull func(R) P) {
	l := linearized("gojax.VJP", f, &primals)
	fill(&y, l.out, l.y)
	return y, func(ct R) (g P) {
		d, leaves := trace.Flatten(ct)
		leaves = aligned(l.op, "the cotangent", l.out, trace.Avals(l.y), d, leaves)
		fill(&g, l.in, l.m.Pull(l.op, leaves))
		return g
	}
}

// Linearize is gojax.Linearize.
func Linearize[P, R any](f func(P) R, primals P) (y R, push func(P) R) {
	l := linearized("gojax.Linearize", f, &primals)
	fill(&y, l.out, l.y)
	return y, func(t P) (yt R) {
		d, leaves := trace.Flatten(t)
		leaves = aligned(l.op, "the tangent", l.in, l.types, d, leaves)
		fill(&yt, l.out, l.m.Push(l.op, leaves))
		return yt
	}
}

// linear is a function of one argument linearized somewhere.
type linear struct {
	op      string
	in, out *trace.Def
	types   []ir.Aval // of the argument's leaves
	y       []*Value  // the result
	m       *grad.LinearMap
}

// linearized linearizes f at the argument that p points to.
func linearized(op string, f, p any) *linear {
	fn := trace.FunctionOf(op, f)
	in, x := take(fn, p)
	out, body := onLeaves(fn, in)
	y, m := grad.Linearized(fn.Op, x, inexact(x), body)
	return &linear{op: fn.Op, in: in[0], out: (*out)[0], types: trace.Avals(x), y: y, m: m}
}

// onLeaves is f on leaves. The structure of its results is known once it has been called.
func onLeaves(f *trace.Function, in trace.Trees) (out *trace.Trees, body grad.Fn) {
	out = new(trace.Trees)
	return out, func(x []*Value) []*Value {
		trees, y := f.Apply(in, x)
		*out = trees
		return y
	}
}

// inexact marks the leaves that have tangents.
func inexact(x []*Value) []bool {
	return mask.Of(x, func(v *Value) bool { return v.DType().IsInexact() })
}

// aligned lists the leaves of a tree of tangents, which has the structure tdef and the leaves t and which messages call
// what, for the leaves of def, of types x: nil where the tree has none, which is a zero.
func aligned(op, what string, def *trace.Def, x []ir.Aval, tdef *trace.Def, t []*Value) []*Value {
	if !tdef.Equal(def) {
		t = alignedByPath(op, what, def, tdef, t)
	}
	t = slices.Clone(t)
	for i, v := range x {
		switch g := t[i]; {
		case !v.DType.IsInexact():
			t[i] = nil
		case g != nil && !g.Aval().SameType(v):
			trace.Fail(op, []ir.Aval{g.Aval()}, "%s is %v, and must be %v, the type of what it is a derivative of",
				def.PathsFrom(what)[i], g.Aval(), v)
		}
	}
	return t
}

// alignedByPath is aligned for a tree in which arrays may be unset that are set in def's.
func alignedByPath(op, what string, def, tdef *trace.Def, t []*Value) []*Value {
	at := map[string]*Value{}
	for i, p := range tdef.PathsFrom(what) {
		at[p] = t[i]
	}
	paths := def.PathsFrom(what)
	leaves := make([]*Value, len(paths))
	n := 0
	for i, p := range paths {
		if leaves[i] = at[p]; leaves[i] != nil {
			n++
		}
	}
	other := func(diff string) bool { return !strings.HasSuffix(diff, ": nil was set") } // an unset array is a zero
	if n < len(at) || slices.ContainsFunc(tdef.Diff(def, what), other) {
		trace.Fail(op, nil, "%s does not have the structure of what it is a derivative of: %v, want %v", what, tdef,
			def)
	}
	return leaves
}
