package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ForwardRule gives a function's outputs and the residuals that its BackwardRule needs.
type ForwardRule func(x []*Value) (y, res []*Value)

// BackwardRule gives the cotangents of a function's inputs, nil for zero, from residuals and the cotangents of its
// outputs: those of integers are nil, all others explicit.
type BackwardRule func(res, ct []*Value) []*Value

// customVJP is a function with rules for reverse mode. Its first Args operands are the function's arguments, the others
// are what its body uses from outside.
type customVJP struct {
	body
	Args  int
	Rules *vjpRules
}

// vjpRules are rules behind a pointer, so that a key can leave them out; id tells them apart.
type vjpRules struct {
	id  uint64
	fwd ForwardRule
	bwd BackwardRule
}

func (*vjpRules) Unkeyed() {}

func (customVJP) Name() string       { return "custom_vjp" }
func (o customVJP) Distinct() uint64 { return o.Rules.id }
func (customVJP) SeparateJVP()       {}

// CustomVJP applies p, of which captured are the operands after x, with rules for the derivative in reverse mode.
func CustomVJP(p *ir.Program, x, captured []*Value, fwd ForwardRule, bwd BackwardRule) []*Value {
	return trace.Bind(customVJP{body{p}, len(x), &vjpRules{ruleIDs.Add(1), fwd, bwd}}, slices.Concat(x, captured)...)
}

func (o customVJP) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return o.infer("the function given to CustomVJP", in)
}

// Batch maps the body and, when they are asked for, the rules. All outputs are mapped.
func (o customVJP) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	mapped := isMapped(d)
	out := mask.Full(len(o.Body.Out))
	p, _ := c.Program(o.Body, mapped, out)
	args, types := mapped[:o.Args], o.Body.InTypes()[:o.Args]
	fwd := func(x []*Value) (y, res []*Value) {
		r := mapRule(c, "CustomVJP", types, args, x, func(a []*Value) []*Value {
			y, res := o.Rules.fwd(a)
			return append(y, res...)
		})
		part := cut(r, len(out))
		return part[0], part[1]
	}
	rules := &vjpRules{ruleIDs.Add(1), fwd, o.Rules.mapped(c, nil, args)}
	return trace.Bind(customVJP{body{p}, o.Args, rules}, mappedToFront(x, d)...), make([]int, len(out))
}

// mapped is the backward rule over the first axis of the cotangents and of the residuals marked (nil: all). The
// cotangents of inputs that are not mapped are sums over the rows.
func (r *vjpRules) mapped(c trace.BatchCtx, res, in []bool) BackwardRule {
	return func(x, ct []*Value) []*Value {
		res, hasCt := res, mask.NonNil(ct)
		if res == nil {
			res = mask.Full(len(x))
		}
		operands := slices.Concat(x, mask.Compact(ct))
		mapped := slices.Concat(res, mask.Full(mask.Count(hasCt)))
		types := trace.Avals(operands)
		for i, is := range mapped {
			if is {
				types[i].Shape = types[i].Shape[1:]
			}
		}
		var has []bool
		g := mapRule(c, "CustomVJP", types, mapped, operands, func(a []*Value) []*Value {
			g := r.bwd(a[:len(x)], mask.Place(a[len(x):], hasCt))
			has = mask.NonNil(g)
			return mask.Compact(g)
		})
		out := mask.Place(g, has)
		for i, v := range out {
			if v != nil && !in[i] {
				out[i] = ReduceSum(v, []int{0})
			}
		}
		return out
	}
}

// JVP takes the outputs of the forward rule, and for their tangents an operation that only its transpose can compute.
func (o customVJP) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	noOuterTangents("CustomVJP", t[o.Args:])
	y, res := o.Rules.fwd(x[:o.Args])
	t = explicit(t[:o.Args], x)
	l := customLinear{
		Residuals: len(res),
		HasIn:     mask.NonNil(t),
		HasOut:    mask.Of(y, func(v *Value) bool { return v.DType().IsInexact() }),
		Rules:     o.Rules,
	}
	for _, v := range mask.Pick(y, l.HasOut) {
		l.Out = append(l.Out, v.Aval().Strong())
	}
	return y, mask.Place(trace.Bind(l, slices.Concat(res, mask.Compact(t))...), l.HasOut)
}

// Sequence leaves the rules behind: what is compiled is not differentiated any more.
func (o customVJP) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return call{Func: "custom_vjp", body: o.body}.Sequence(order)
}

// customLinear is the derivative of a function with a reverse rule. Its operands are residuals and the tangents of the
// inputs marked in HasIn, its outputs, of types Out, the tangents of the outputs marked in HasOut. It is linear in the
// tangents in a way that only its transpose knows.
type customLinear struct {
	Residuals     int
	HasIn, HasOut []bool
	Out           []ir.Aval
	Rules         *vjpRules
}

func (customLinear) Name() string                            { return "custom_vjp_tangent" }
func (o customLinear) Distinct() uint64                      { return o.Rules.id }
func (o customLinear) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.Out, nil }

func (o customLinear) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	o.refuse()
	return nil
}

func (o customLinear) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	part := cut(isMapped(d), o.Residuals)
	res, in := part[0], mask.Place(part[1], o.HasIn)
	l := o
	l.Out = make([]ir.Aval, len(o.Out))
	for i, t := range o.Out {
		l.Out[i] = t.With(inserted(t.Shape, 0, c.AxisSize()))
	}
	l.Rules = &vjpRules{id: ruleIDs.Add(1), bwd: o.Rules.mapped(c, res, in)}
	return trace.Bind(l, mappedToFront(x, d)...), make([]int, len(l.Out))
}

// JVP is for tangents of tangents; the residuals do not vary.
func (o customLinear) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	res, tangents := x[:o.Residuals], x[o.Residuals:]
	if anyTangent(t[:o.Residuals]) {
		o.refuse()
	}
	return c.Self(x...), c.Self(slices.Concat(res, explicit(t[o.Residuals:], tangents))...)
}

func (o customLinear) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	res := nonlinear(x[:o.Residuals])
	if len(res) < o.Residuals {
		o.refuse()
	}
	cts := slices.Clone(ct)
	for i, v := range ct {
		if v == nil {
			cts[i] = Zeros(o.Out[i])
		}
	}
	g := o.Rules.bwd(res, mask.Place(cts, o.HasOut))
	return append(make([]*Value, o.Residuals), mask.Pick(g, o.HasIn)...)
}

func (customLinear) refuse() {
	trace.Fail("gojax.CustomVJP", nil, "a function with a reverse rule cannot be differentiated forward (JVP, "+
		"JacFwd, Linearize): its tangents are not known; give it a rule with gojax.CustomJVP, which serves both modes")
}
