package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the operations that hold programs share.

// body is embedded by operations that do what one program does: the operands are its inputs, the outputs its outputs.
// Where a rule makes the same operation of another program, with makes it.
type body struct{ Body *ir.Program }

func (b body) Programs() []*ir.Program { return []*ir.Program{b.Body} }

// infer is the rule Infer; what names the program in messages.
func (b body) infer(what string, in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands(what, b.Body, in); err != nil {
		return nil, err
	}
	return b.Body.OutTypes(), nil
}

// Lower writes the program here.
func (b body) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand { return e.Inline(b.Body, x) }

// Step runs the program.
func (b body) Step(x []*Value, run trace.RunFunc) []*Value { return run(b.Body, x) }

// batch is the rule Batch. The program is mapped over axes where they lie, so that no operand is transposed.
func (b body) batch(
	c trace.BatchCtx, x []*Value, d []int, with func(p *ir.Program) ir.Op,
) ([]*Value, []int) {
	p, out := c.ProgramAt(b.Body, d, nil)
	return trace.Bind(with(p), x...), out
}

// jvp is the rule JVP: one equation for outputs and tangents.
func (b body) jvp(c trace.JVPCtx, x, t []*Value, with func(p *ir.Program) ir.Op) (y, yt []*Value) {
	m := mask.NonNil(t)
	p, out := c.Program(b.Body, m, nil)
	r := trace.Bind(with(p), slices.Concat(x, mask.Pick(t, m))...)
	n := len(b.Body.Out)
	return r[:n], mask.Place(r[n:], out)
}

// dce is the rule DCE.
func (b body) dce(used []bool, with func(p *ir.Program) ir.Op) (op ir.Op, keptIn, keptOut []bool) {
	p, keptIn := b.Body.DCEOut(used)
	return with(p), keptIn, used
}

// sequence is the rule Sequence.
func (b body) sequence(order ir.OrderFunc, with func(p *ir.Program) ir.Op) (op ir.Op, in, out int) {
	return with(orderLast(order, b.Body)), -1, len(b.Body.Out)
}

// orderLast orders p's effects with the token behind p's other inputs and outputs.
func orderLast(order ir.OrderFunc, p *ir.Program) *ir.Program { return order(p, len(p.In), len(p.Out)) }

// cut cuts x into parts of the given lengths; what is left is the last part.
func cut[T any](x []T, lengths ...int) [][]T {
	parts := make([][]T, 0, len(lengths)+1)
	for _, n := range lengths {
		parts = append(parts, x[:n:n])
		x = x[n:]
	}
	return append(parts, x)
}

// withInputs is p with its inputs in another order, with more of them, or without some that nothing reads.
func withInputs(p *ir.Program, in ...[]*ir.Var) *ir.Program {
	return &ir.Program{In: slices.Concat(in...), Eqns: p.Eqns, Out: p.Out}
}

// checkOperands says which operand does not fit the inputs of p.
func checkOperands(what string, p *ir.Program, in []ir.Aval) error {
	if len(in) != len(p.In) {
		return fmt.Errorf("%s takes %d operands, not %d", what, len(p.In), len(in))
	}
	for i, v := range p.In {
		if !v.Ty.SameType(in[i]) {
			return fmt.Errorf("operand %d of %s is %v, wants %v", i, what, in[i], v.Ty)
		}
	}
	return nil
}

// keeping is q, which is p with dead equations and inputs left out, with the inputs of p that are marked. It is p
// itself where nothing is left out.
func keeping(p, q *ir.Program, marked []bool) *ir.Program {
	n := len(p.Eqns)
	sameEqns := len(q.Eqns) == n && (n == 0 || &q.Eqns[0] == &p.Eqns[0])
	if mask.All(marked) && len(q.Out) == len(p.Out) && sameEqns {
		return p
	}
	return &ir.Program{In: mask.Pick(p.In, marked), Eqns: q.Eqns, Out: q.Out}
}

// varsOf are new variables of the given types.
func varsOf(t []ir.Aval) []*ir.Var {
	v := make([]*ir.Var, len(t))
	for i := range t {
		v[i] = &ir.Var{Ty: t[i]}
	}
	return v
}
