package ops

import (
	"sync/atomic"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Functions with derivatives of the user's own. The rules are Go functions on values: they run when a transform asks, in the
// trace that is open then, and never enter a key, since a program that runs does not depend on them.

// JVPRule gives a function's outputs and tangents; tangents of integers are nil, all others explicit.
type JVPRule func(x, t []*Value) (y, yt []*Value)

// customJVP is a function with a forward rule. The operands from N on are what its body uses from outside.
type customJVP struct {
	Body *ir.Program
	N    int
	Rule *jvpRule
}

func (customJVP) Name() string              { return "custom_jvp" }
func (o customJVP) Programs() []*ir.Program { return []*ir.Program{o.Body} }
func (o customJVP) Distinct() uint64        { return o.Rule.id }

// Apart tells that JVP computes outputs and tangents by operations of their own.
func (customJVP) Apart() {}

// CustomJVP applies p, of which captured are the operands after x, with rule as its derivative.
func CustomJVP(p *ir.Program, x, captured []*Value, rule JVPRule) []*Value {
	return trace.Bind(customJVP{p, len(x), &jvpRule{ruleIDs.Add(1), rule}}, append(x[:len(x):len(x)], captured...)...)
}

func (o customJVP) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the function given to CustomJVP", o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o customJVP) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Inline(o.Body, x)
}

// Batch maps the body and, when it is asked for, what the rule does. All outputs are mapped.
func (o customJVP) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(o.Body.Out)
	mapped := isMapped(d)
	body, _ := c.Program(o.Body, mapped, yes(n))
	types := o.Body.InTypes()[:o.N]
	rule := func(x, t []*Value) (y, yt []*Value) {
		in, m := types, mapped[:o.N:o.N]
		for i, v := range t {
			if v != nil {
				in, m = append(in[:len(in):len(in)], strong(types[i])), append(m, mapped[i])
			}
		}
		var some []bool
		r := mapRule(c, "CustomJVP", in, m, append(x[:len(x):len(x)], present(t)...), func(a []*Value) []*Value {
			y, yt := o.Rule.f(a[:o.N], placed(a[o.N:], nonZero(t)))
			some = nonZero(yt)
			return append(y, present(yt)...)
		})
		return r[:n], placed(r[n:], some)
	}
	return trace.Bind(customJVP{body, o.N, &jvpRule{ruleIDs.Add(1), rule}}, mappedToFront(x, d)...), make([]int, n)
}

func (o customJVP) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	noOuterTangents("CustomJVP", t[o.N:])
	return o.Rule.f(x[:o.N], explicit(t[:o.N], x))
}

func (o customJVP) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return call{"custom_jvp", last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o customJVP) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }

// jvpRule and vjpRules are by pointer so that a key can leave them out; id tells them apart.
type jvpRule struct {
	id uint64
	f  JVPRule
}

func (*jvpRule) Unkeyed() {}

var ruleIDs atomic.Uint64

// noOuterTangents refuses functions that use differentiated values from outside: their rules do not know of them.
func noOuterTangents(op string, t []*Value) {
	if anyTangent(t) {
		trace.Fail("gojax."+op, nil, "the function uses a value from outside of it that is being differentiated, of which its rule knows nothing; pass it to the function as an argument")
	}
}

// mapRule runs a rule over the first axis of the operands marked; all results are mapped.
func mapRule(c trace.BatchCtx, what string, types []ir.Aval, mapped []bool, x []*Value, rule func(a []*Value) []*Value) []*Value {
	p, captured := trace.Trace(what, types, rule)
	m := append(mapped[:len(mapped):len(mapped)], make([]bool, len(captured))...)
	q, _ := c.Program(p, m, yes(len(p.Out)))
	return trace.Inline(q, append(x[:len(x):len(x)], captured...))
}
