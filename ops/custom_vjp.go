package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ForwardRule gives a function's outputs and the residuals that its BackwardRule needs, which gives the cotangents of the
// inputs, nil for zero, of those of the outputs; those of integers are nil, all others explicit.
type ForwardRule func(x []*Value) (y, res []*Value)

type BackwardRule func(res, ct []*Value) []*Value

// customVJP is a function with rules for reverse mode.
type customVJP struct {
	Body  *ir.Program
	N     int
	Rules *vjpRules
}

func (customVJP) Name() string              { return "custom_vjp" }
func (o customVJP) Programs() []*ir.Program { return []*ir.Program{o.Body} }
func (o customVJP) Distinct() uint64        { return o.Rules.id }
func (customVJP) Apart()                    {}

// CustomVJP applies p, of which captured are the operands after x, with rules for the derivative in reverse mode.
func CustomVJP(p *ir.Program, x, captured []*Value, fwd ForwardRule, bwd BackwardRule) []*Value {
	return trace.Bind(customVJP{p, len(x), &vjpRules{ruleIDs.Add(1), fwd, bwd}}, append(x[:len(x):len(x)], captured...)...)
}

func (o customVJP) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the function given to CustomVJP", o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o customVJP) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Inline(o.Body, x)
}

func (o customVJP) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(o.Body.Out)
	mapped := isMapped(d)
	body, _ := c.Program(o.Body, mapped, yes(n))
	types := o.Body.InTypes()[:o.N]
	fwd := func(x []*Value) (y, res []*Value) {
		r := mapRule(c, "CustomVJP", types, mapped[:o.N], x, func(a []*Value) []*Value {
			y, res := o.Rules.fwd(a)
			return append(y, res...)
		})
		return r[:n], r[n:]
	}
	rules := &vjpRules{ruleIDs.Add(1), fwd, o.Rules.mapped(c, nil, mapped[:o.N])}
	return trace.Bind(customVJP{body, o.N, rules}, mappedToFront(x, d)...), make([]int, n)
}

func (o customVJP) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	noOuterTangents("CustomVJP", t[o.N:])
	y, res := o.Rules.fwd(x[:o.N])
	t = explicit(t[:o.N], x)
	l := customLinear{N: len(res), Rules: o.Rules}
	var has []bool
	for _, v := range y {
		if d := v.DType().IsInexact(); d {
			l.Out = append(l.Out, strong(v.Aval()))
			has = append(has, true)
		} else {
			has = append(has, false)
		}
	}
	l.HasIn, l.HasOut = nonZero(t), has
	return y, placed(trace.Bind(l, append(res[:len(res):len(res)], present(t)...)...), has)
}

func (o customVJP) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return call{"custom_vjp", last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o customVJP) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }

type vjpRules struct {
	id  uint64
	fwd ForwardRule
	bwd BackwardRule
}

func (*vjpRules) Unkeyed() {}

// mapped is the backward rule over the first axis of the cotangents and of the residuals marked (nil: all). The cotangents of inputs
// that are not mapped are sums over the rows.
func (r *vjpRules) mapped(c trace.BatchCtx, res, in []bool) BackwardRule {
	return func(x, ct []*Value) []*Value {
		m := res
		if m == nil {
			m = yes(len(x))
		}
		row := func(v *Value, mapped bool) ir.Aval {
			t := v.Aval()
			if mapped {
				t.Shape = t.Shape[1:]
			}
			return t
		}
		types := make([]ir.Aval, 0, len(x)+len(ct))
		for i, v := range x {
			types = append(types, row(v, m[i]))
		}
		cts := present(ct)
		for _, v := range cts {
			types = append(types, row(v, true))
		}
		var has []bool
		g := mapRule(c, "CustomVJP", types, append(m[:len(m):len(m)], yes(len(cts))...), append(x[:len(x):len(x)], cts...), func(a []*Value) []*Value {
			g := r.bwd(a[:len(x)], placed(a[len(x):], nonZero(ct)))
			has = nonZero(g)
			return present(g)
		})
		out := placed(g, has)
		for i, v := range out {
			if v != nil && !in[i] {
				out[i] = ReduceSum(v, []int{0})
			}
		}
		return out
	}
}

// customLinear is the derivative of a function with a reverse rule: linear in the operands from N on, the tangents of the inputs
// marked in HasIn, in a way that only its transpose knows.
type customLinear struct {
	N             int
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
	mapped := isMapped(d)
	in := make([]bool, len(o.HasIn))
	k := o.N
	for i, has := range o.HasIn {
		if has {
			in[i] = mapped[k]
			k++
		}
	}
	out := make([]ir.Aval, len(o.Out))
	for i, t := range o.Out {
		out[i] = t.With(inserted(t.Shape, 0, c.AxisSize()))
	}
	l := customLinear{o.N, o.HasIn, o.HasOut, out, &vjpRules{id: ruleIDs.Add(1), bwd: o.Rules.mapped(c, mapped[:o.N], in)}}
	return trace.Bind(l, mappedToFront(x, d)...), make([]int, len(out))
}

// JVP is for tangents of tangents; the residuals do not vary.
func (o customLinear) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	if anyTangent(t[:o.N]) {
		o.refuse()
	}
	in := append(x[:o.N:o.N], explicit(t[o.N:], x[o.N:])...)
	return c.Self(x...), c.Self(in...)
}

func (o customLinear) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	res := make([]*Value, o.N)
	for i := range res {
		if res[i] = x[i].X; res[i] == nil {
			o.refuse()
		}
	}
	cts := make([]*Value, len(ct))
	for i, v := range ct {
		if cts[i] = v; v == nil {
			cts[i] = Zeros(o.Out[i])
		}
	}
	g := o.Rules.bwd(res, placed(cts, o.HasOut))
	return append(make([]*Value, o.N), ir.Pick(g, o.HasIn)...)
}

func (customLinear) refuse() {
	trace.Fail("gojax.CustomVJP", nil, "a function with a reverse rule cannot be differentiated forward (JVP, Jacfwd, Linearize): its tangents are not known; give it a rule with gojax.CustomJVP, which serves both modes")
}
