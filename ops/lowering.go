package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// hlo writes one operation of the equation's own output types.
func hlo(e trace.Emitter, name string, x []trace.Operand, attrs string) []trace.Operand {
	if y := stream(e, name, x); y != nil {
		return y
	}
	return e.Op(name, x, attrs, e.Out()...)
}

// writer writes expressions of several StableHLO operations.
type writer struct{ trace.Emitter }

// un writes an operation whose result has its operand's type.
func (w writer) un(name string, x trace.Operand) trace.Operand {
	return w.Op(name, []trace.Operand{x}, "", x.Aval)[0]
}

// bin writes an operation whose result has its operands' one type.
func (w writer) bin(name string, x, y trace.Operand) trace.Operand {
	return w.Op(name, []trace.Operand{x, y}, "", x.Aval)[0]
}

// to writes an operation of one operand whose result has another dtype.
func (w writer) to(name string, x trace.Operand, d ir.DType) trace.Operand {
	return w.Op(name, []trace.Operand{x}, "", x.Aval.As(d))[0]
}

// like is an array of x's shape and dtype filled with v.
func (w writer) like(x trace.Operand, v float64) trace.Operand {
	return w.Const(ir.FloatLit(v, x.Aval.DType), x.Aval.Shape)
}

// cmp compares, with JAX's choice of comparison type.
func (w writer) cmp(dir string, x, y trace.Operand) trace.Operand {
	return w.Op("stablehlo.compare", []trace.Operand{x, y}, compareAttrs(dir, false, x.Aval.DType),
		x.Aval.As(ir.Bool))[0]
}

// sel selects.
func (w writer) sel(p, x, y trace.Operand) trace.Operand {
	return w.Op("stablehlo.select", []trace.Operand{p, x, y}, "", x.Aval)[0]
}

// fill broadcasts a scalar operand to shape.
func (w writer) fill(x trace.Operand, shape []int) trace.Operand {
	if len(x.Aval.Shape) == len(shape) {
		return x
	}
	return w.Op("stablehlo.broadcast_in_dim", []trace.Operand{x}, "broadcast_dimensions = "+i64s(nil),
		x.Aval.With(shape))[0]
}

// lowerFun writes what f computes of x, with the operations of this package, in place of one StableHLO operation: for
// operations that are short programs of others once lowered, but keep rules of their own until then.
func lowerFun(e trace.Emitter, x []trace.Operand, f func(x []*Value) []*Value) []trace.Operand {
	in := make([]ir.Aval, len(x))
	for i, o := range x {
		in[i] = o.Aval.Strong()
	}
	p, _ := trace.Trace("a lowering", in, f)
	p.Walk(func(q *ir.Eqn) { q.Src = 0 }) // they report the line of the operation being lowered, not of who compiles it
	return e.Inline(p, x)
}
