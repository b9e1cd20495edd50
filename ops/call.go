package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// axisKeeper is implemented by batching contexts that can map a program over axes where they lie, so that operands need not
// be transposed first. Outputs come where they fall.
type axisKeeper interface {
	ProgramAt(p *ir.Program, d []int) (*ir.Program, []int)
}

// call runs a program as a function of its own: a jitted function inside a trace.
type call struct {
	Func string // its name in the text
	Body *ir.Program
}

func (call) Name() string              { return "call" }
func (o call) Programs() []*ir.Program { return []*ir.Program{o.Body} }

// Call applies p, a program without captures beyond its inputs, to x as one operation. In the text it is a function called name,
// written once however often it is called; transforms keep it a function.
func Call(name string, p *ir.Program, x []*Value) []*Value {
	return trace.Bind(call{name, p}, x...)
}

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

func (o call) Split(c trace.SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	unknown := negated(nonZero(x))
	known, half, unknownOut, res := c.Program(o.Body, unknown, nil, nil)
	r := trace.Bind(call{o.Func, known}, ir.Pick(x, negated(unknown))...)
	nk := len(r) - extras(res)
	return placed(r[:nk], negated(unknownOut)), call{o.Func, half}, halfArgs(residuals(x, r[nk:], res), x), unknownOut
}

func (o call) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	p, got, captured := pullback(c, o.Body, x, ct)
	r := trace.Bind(call{o.Func, p}, slices.Concat(nonlinear(x), present(ct), captured)...)
	return placed(r, got)
}

func (o call) DCE(used []bool) (ir.Op, []bool, []bool) {
	p, in := o.Body.DCEOut(used)
	return call{o.Func, p}, in, used
}

func (o call) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	return call{o.Func, last(order, o.Body)}, -1, len(o.Body.Out)
}

func (o call) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }
