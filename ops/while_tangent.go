package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// whileTangent is the linear half of a while loop: a program with the whole loop in it, linear in what is unknown. It
// is no loop, so that it is not split again.
type whileTangent struct{ body }

func (whileTangent) Name() string { return "while_tangent" }

func (whileTangent) with(p *ir.Program) ir.Op { return whileTangent{body{p}} }

func (o whileTangent) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.infer("the loop", in) }

func (o whileTangent) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batch(c, x, d, o.with)
}

// JVP: the loop and its own derivative are an ordinary loop again.
func (o whileTangent) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return call{Func: "while", body: o.body}.JVP(c, x, t)
}

func (whileTangent) Transpose(_ trace.TransposeCtx, _ []*Value, x []trace.Linear) []*Value {
	var in []ir.Aval
	for _, l := range x {
		if l.X == nil {
			in = append(in, l.Aval)
		}
	}
	trace.Fail("while", in, "a loop whose number of steps is found out on the way cannot be differentiated in "+
		"reverse, since the memory it needs is not known; use lax.Scan, or lax.ForiLoop between Go ints, or "+
		"differentiate forward (gojax.JVP, JacFwd)")
	return nil
}

func (o whileTangent) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) { return o.dce(used, o.with) }

func (o whileTangent) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return o.sequence(order, o.with)
}
