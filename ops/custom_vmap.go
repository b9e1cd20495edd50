package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// MapRule gives a function's outputs for size elements at once. The arguments marked in batched have them along their
// first axis, and so have the outputs that the rule marks.
type MapRule func(size int, batched []bool, x []*Value) (y []*Value, out []bool)

// customVmap is a function with a rule for Vmap. The operands marked in Own are the function's arguments, the others
// are what its body uses from outside.
type customVmap struct {
	body
	Own  []bool
	Rule *mapRuleOf
}

// mapRuleOf is a rule behind a pointer, so that a key can leave it out; id tells rules apart.
type mapRuleOf struct {
	id uint64
	f  MapRule
}

func (*mapRuleOf) Unkeyed() {}

func (customVmap) Name() string       { return "custom_vmap" }
func (o customVmap) Distinct() uint64 { return o.Rule.id }

// CustomVmap applies p, of which captured are the operands after x, with rule for when it is mapped.
func CustomVmap(p *ir.Program, x, captured []*Value, rule MapRule) []*Value {
	own := slices.Concat(mask.Full(len(x)), make([]bool, len(captured)))
	return trace.Bind(customVmap{body{p}, own, newMapRule(rule)}, slices.Concat(x, captured)...)
}

func newMapRule(f MapRule) *mapRuleOf { return &mapRuleOf{ruleIDs.Add(1), f} }

func (o customVmap) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return o.infer("the function given to CustomVmap", in)
}

func (o customVmap) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	mapped := isMapped(d)
	if mask.Any(mask.Pick(mapped, mask.Not(o.Own))) {
		trace.Fail("gojax.CustomVmap", nil, "the function uses a value from outside of it that is being mapped, of "+
			"which its rule knows nothing; pass it to the function as an argument")
	}
	y, out := o.Rule.f(c.AxisSize(), mask.Pick(mapped, o.Own), mask.Pick(mappedToFront(x, d), o.Own))
	return y, frontAxes(out)
}

// JVP is the same operation of the program of outputs and tangents, with a rule that differentiates the rule: so what
// is mapped later has the tangents of what the rule computes.
func (o customVmap) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	has := mask.NonNil(t)
	n := len(o.Body.Out)
	p, out := c.Program(o.Body, has, mask.Of(o.Body.OutTypes(), func(t ir.Aval) bool { return t.DType.IsInexact() }))
	l := o
	l.body = body{p}
	l.Own = slices.Concat(o.Own, mask.Pick(o.Own, has))
	l.Rule = newMapRule(o.tangentRule(c, mask.Pick(has, o.Own), out))
	r := trace.Bind(l, slices.Concat(x, mask.Compact(t))...)
	return r[:n], mask.Place(r[n:], out)
}

// tangentRule is the derivative of the rule, for arguments that have tangents where has says so; the outputs marked in
// want have one.
func (o customVmap) tangentRule(c trace.JVPCtx, has, want []bool) MapRule {
	return func(size int, batched []bool, x []*Value) (y []*Value, out []bool) {
		n := len(has)
		x, t := slices.Clone(x[:n]), mask.Place(x[n:], has)
		both, mappedT := slices.Clone(batched[:n]), mask.Place(batched[n:], has)
		for i := range x { // a value and its tangent are mapped together
			if both[i] = both[i] || mappedT[i]; !both[i] {
				continue
			}
			if !batched[i] {
				x[i] = alongFront(x[i], size)
			}
			if t[i] != nil && !mappedT[i] {
				t[i] = alongFront(t[i], size)
			}
		}
		p, captured := trace.Trace("CustomVmap", trace.Avals(x), func(x []*Value) []*Value {
			y, out = o.Rule.f(size, both, x)
			return y
		})
		q, _ := c.Program(p, slices.Concat(has, make([]bool, len(captured))), want)
		r := trace.Inline(q, slices.Concat(x, captured, mask.Compact(t)))
		part := cut(r, len(out))
		return append(part[0], mask.Pick(mask.Place(part[1], want), want)...), append(out, mask.Pick(out, want)...)
	}
}

// alongFront repeats x along a new first axis.
func alongFront(x *Value, size int) *Value {
	return BroadcastInDim(x, inserted(x.Shape(), 0, size), shifted(arange(0, x.Rank()), 0))
}

// plain is the function without its rule.
func (o customVmap) plain() call { return call{Func: "custom_vmap", body: o.body} }

// Split leaves the rule behind: it is one for the whole, not for halves of it.
func (o customVmap) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	return o.plain().Split(c, x)
}

func (o customVmap) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return o.plain().Transpose(c, ct, x)
}

// Sequence leaves the rule behind: what is compiled is not mapped any more.
func (o customVmap) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return o.plain().Sequence(order)
}
