package ops

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// call runs a program as a function of its own: a jitted function inside a trace.
type call struct {
	Func string // its name in the text
	body
	Use *trace.KeyUse // of the keys that the function uses up; nil where that is not looked for
}

func (call) Name() string       { return "call" }
func (o call) Distinct() uint64 { return o.Use.Distinct() }

// Call applies p, a program without captures beyond its inputs, to x as one operation. In the text it is a function
// called name, written once however often it is called; transforms keep it a function.
func Call(name string, p *ir.Program, x []*Value) []*Value {
	o := call{Func: name, body: body{p}}
	if trace.KeyReuse() {
		o.Use = trace.NewKeyUse(name)
	}
	return trace.Bind(o, x...)
}

func (o call) with(p *ir.Program) ir.Op { return call{o.Func, body{p}, o.Use} }

func (o call) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.infer("the function "+o.Func, in) }

// Lower calls the program, rather than writing it here.
func (o call) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Call(o.Body, o.Func, x)
}

func (o call) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batch(c, x, d, o.with)
}

func (o call) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return o.jvp(c, x, t, o.with) }

func (o call) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	return splitBody(c.Program(o.Body, mask.Not(mask.NonNil(x)), nil, nil), x, o.with)
}

func (o call) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	p, got, captured := pullback(c, o.Body, x, ct)
	r := trace.Bind(o.with(p), slices.Concat(nonlinear(x), mask.Compact(ct), captured)...)
	return mask.Place(r, got)
}

func (o call) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) { return o.dce(used, o.with) }

func (o call) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) { return o.sequence(order, o.with) }
