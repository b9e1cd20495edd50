package ops

import (
	"slices"
	"sync/atomic"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Functions with derivatives of the user's own. The rules are Go functions on values: they run when a transform asks,
// in the trace that is open then, and never enter a key, since a program that runs does not depend on them.

// JVPRule gives a function's outputs and tangents; tangents of integers are nil, all others explicit.
type JVPRule func(x, t []*Value) (y, yt []*Value)

// customJVP is a function with a forward rule. Its first Args operands are the function's arguments, the others are
// what its body uses from outside.
type customJVP struct {
	body
	Args int
	Rule *jvpRule
}

// jvpRule is a rule behind a pointer, so that a key can leave it out; id tells rules apart.
type jvpRule struct {
	id     uint64
	f      JVPRule
	sparse bool // f is given nil for tangents that are zero
}

var ruleIDs atomic.Uint64

func (*jvpRule) Unkeyed() {}

func (customJVP) Name() string       { return "custom_jvp" }
func (o customJVP) Distinct() uint64 { return o.Rule.id }
func (customJVP) SeparateJVP()       {}

// CustomJVP applies p, of which captured are the operands after x, with rule as its derivative.
func CustomJVP(p *ir.Program, x, captured []*Value, rule JVPRule) []*Value {
	return bindJVP(p, x, captured, rule, false)
}

// SparseCustomJVP is CustomJVP with a rule that is given nil for every tangent that is zero, so that it need not
// compute what would be multiplied by it.
func SparseCustomJVP(p *ir.Program, x, captured []*Value, rule JVPRule) []*Value {
	return bindJVP(p, x, captured, rule, true)
}

func bindJVP(p *ir.Program, x, captured []*Value, rule JVPRule, sparse bool) []*Value {
	o := customJVP{body{p}, len(x), &jvpRule{ruleIDs.Add(1), rule, sparse}}
	return trace.Bind(o, slices.Concat(x, captured)...)
}

func (o customJVP) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return o.infer("the function given to CustomJVP", in)
}

// Batch maps the body and, when it is asked for, what the rule does. All outputs are mapped.
func (o customJVP) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	mapped := isMapped(d)
	out := mask.Full(len(o.Body.Out))
	p, _ := c.Program(o.Body, mapped, out)
	m := customJVP{body{p}, o.Args, &jvpRule{ruleIDs.Add(1), o.mappedRule(c, mapped[:o.Args]), o.Rule.sparse}}
	return trace.Bind(m, mappedToFront(x, d)...), make([]int, len(out))
}

// mappedRule is the rule over the first axis of the arguments marked, and of their tangents.
func (o customJVP) mappedRule(c trace.BatchCtx, mapped []bool) JVPRule {
	types := o.Body.InTypes()[:o.Args]
	tangents := make([]ir.Aval, len(types))
	for i, t := range types {
		tangents[i] = t.Strong()
	}
	return func(x, t []*Value) (y, yt []*Value) {
		has := mask.NonNil(t)
		var hasOut []bool
		in := slices.Concat(types, mask.Pick(tangents, has))
		m := slices.Concat(mapped, mask.Pick(mapped, has))
		r := mapRule(c, "CustomJVP", in, m, slices.Concat(x, mask.Compact(t)), func(a []*Value) []*Value {
			y, yt := o.Rule.f(a[:o.Args], mask.Place(a[o.Args:], has))
			hasOut = mask.NonNil(yt)
			return append(y, mask.Compact(yt)...)
		})
		part := cut(r, len(o.Body.Out))
		return part[0], mask.Place(part[1], hasOut)
	}
}

// mapRule runs a rule over the first axis of the operands marked; all results are mapped. types are those of its
// operands.
func mapRule(
	c trace.BatchCtx, what string, types []ir.Aval, mapped []bool, x []*Value, rule func(a []*Value) []*Value,
) []*Value {
	p, captured := trace.Trace(what, types, rule)
	in := slices.Concat(mapped, make([]bool, len(captured)))
	q, _ := c.Program(p, in, mask.Full(len(p.Out)))
	return trace.Inline(q, slices.Concat(x, captured))
}

func (o customJVP) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	noOuterTangents("CustomJVP", t[o.Args:])
	t = t[:o.Args]
	if !o.Rule.sparse {
		t = explicit(t, x)
	}
	return o.Rule.f(x[:o.Args], t)
}

// noOuterTangents refuses functions that use differentiated values from outside: their rules do not know of them.
func noOuterTangents(op string, t []*Value) {
	if anyTangent(t) {
		trace.Fail("gojax."+op, nil, "the function uses a value from outside of it that is being differentiated, of "+
			"which its rule knows nothing; pass it to the function as an argument")
	}
}

// Sequence leaves the rule behind: what is compiled is not differentiated any more.
func (o customJVP) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return call{Func: "custom_jvp", body: o.body}.Sequence(order)
}
