package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// call runs a program as a function of its own: a jitted function inside a trace.
type call struct {
	Func string // its name in the text
	Body *ir.Program
}

// Call applies p, a program without captures beyond its inputs, to x as one operation. In the text it is a function called name,
// written once however often it is called; transforms keep it a function.
func Call(name string, p *ir.Program, x []*Value) []*Value {
	return trace.Bind(call{name, p}, x...)
}

func (call) Name() string              { return "call" }
func (o call) Programs() []*ir.Program { return []*ir.Program{o.Body} }

func (o call) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkOperands("the function "+o.Func, o.Body, in); err != nil {
		return nil, err
	}
	return o.Body.OutTypes(), nil
}

func (o call) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Call(o.Body, o.Func, x)
}

func (o call) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if k, ok := c.(axisKeeper); ok {
		p, out := k.ProgramAt(o.Body, d)
		return trace.Bind(call{o.Func, p}, x...), out
	}
	p, out := c.Program(o.Body, isMapped(d), nil)
	return trace.Bind(call{o.Func, p}, mappedToFront(x, d)...), frontAxes(out)
}

func (o call) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	m := nonZero(t)
	p, out := c.Program(o.Body, m, nil)
	r := trace.Bind(call{o.Func, p}, slices.Concat(x, ir.Pick(t, m))...)
	n := len(o.Body.Out)
	return r[:n], placed(r[n:], out)
}

func (o call) DCE(used []bool) (ir.Op, []bool, []bool) {
	p, in := o.Body.DCEOut(used)
	return call{o.Func, p}, in, used
}
