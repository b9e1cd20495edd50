package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// whileTangent is a program with a loop in it, linear in what is unknown; it stands for the loop where that would be split again.
type whileTangent struct{ Body *ir.Program }

func (whileTangent) Name() string              { return "while_tangent" }
func (o whileTangent) Programs() []*ir.Program { return []*ir.Program{o.Body} }

func (o whileTangent) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the loop", o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o whileTangent) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Inline(o.Body, x)
}

func (o whileTangent) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	p, out := c.Program(o.Body, isMapped(d), nil)
	return trace.Bind(whileTangent{p}, mappedToFront(x, d)...), frontAxes(out)
}

// JVP: the loop and its own derivative are an ordinary loop again.
func (o whileTangent) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return call{"while", o.Body}.JVP(c, x, t)
}

func (whileTangent) Transpose(_ trace.TransposeCtx, _ []*Value, x []trace.Linear) []*Value {
	var in []ir.Aval
	for _, l := range x {
		if l.X == nil {
			in = append(in, l.Aval)
		}
	}
	trace.Fail("while", in, "a loop whose number of steps is found out on the way cannot be differentiated in reverse, since the memory it needs is not known; use lax.Scan, or lax.ForiLoop between Go ints, or differentiate forward (gojax.JVP, Jacfwd)")
	return nil
}

func (o whileTangent) DCE(used []bool) (ir.Op, []bool, []bool) {
	p, in := o.Body.DCEOut(used)
	return whileTangent{p}, in, used
}

func (o whileTangent) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return whileTangent{last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o whileTangent) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }
