package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the operations that hold programs share.

type runProgram = func(p *ir.Program, x []*Value) []*Value

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

// keeping is q, which is p with dead equations and inputs left out, with the inputs of p that are marked. It is p itself where
// nothing is left out.
func keeping(p, q *ir.Program, marked []bool) *ir.Program {
	in := ir.Pick(p.In, marked)
	n := len(p.Eqns)
	if len(in) == len(p.In) && len(q.Out) == len(p.Out) && len(q.Eqns) == n && (n == 0 || &q.Eqns[0] == &p.Eqns[0]) {
		return p
	}
	return &ir.Program{In: in, Eqns: q.Eqns, Out: q.Out}
}

// last adds the token behind p's inputs and outputs.
func last(order func(p *ir.Program, in, out int) *ir.Program, p *ir.Program) *ir.Program {
	return order(p, len(p.In), len(p.Out))
}

// scalarInt is the value of a concrete bool or integer scalar.
func scalarInt(x *Value) int {
	b := make([]byte, x.Aval().Bytes())
	trace.TheRuntime().ToHost(x, b)
	return int(ir.LitFromBytes(b, x.DType()).Int())
}
