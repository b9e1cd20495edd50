package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type selectOp struct{}

func (selectOp) Name() string { return "select_n" }

// Select is onTrue where pred, else onFalse: two arrays of one shape and any one dtype; pred is bool, a scalar or of
// their shape.
func Select(pred, onTrue, onFalse *Value) *Value { return one(selectOp{}, pred, onTrue, onFalse) }

func (selectOp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 3); err != nil {
		return nil, err
	}
	pred, cases := in[0], in[1:]
	if pred.DType != ir.Bool {
		return nil, fmt.Errorf("the predicate must be bool, not %v; compare it with zero first (lax.Ne)", pred.DType)
	}
	if err := sameTypes(cases); err != nil {
		return nil, err
	}
	if len(pred.Shape) > 0 && !slices.Equal(pred.Shape, cases[0].Shape) {
		return nil, fmt.Errorf("the predicate must be a scalar or have the cases' shape %s, not %s; broadcast it "+
			"first with lax.BroadcastInDim",
			ir.ShapeString(cases[0].Shape), ir.ShapeString(pred.Shape))
	}
	out := cases[0]
	out.Weak = allWeak(cases)
	return []ir.Aval{out}, nil
}

func (selectOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.select", x, "")
}

// Batch leaves an unmapped scalar predicate alone, and spreads a mapped one over the cases along their mapped axis.
func (selectOp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return scalarsBatch(c, x, d, 1, 2)
}

func (selectOp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if !anyTangent(t[1:]) {
		return y, []*Value{nil}
	}
	return y, c.Self(x[0], materialize(t[1], x[1]), materialize(t[2], x[2]))
}

func (selectOp) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 3)
	if ct[0] == nil {
		return out
	}
	zero := ZerosLike(ct[0])
	if x[1].X == nil {
		out[1] = Select(x[0].X, ct[0], zero)
	}
	if x[2].X == nil {
		out[2] = Select(x[0].X, zero, ct[0])
	}
	return out
}

// SelectN is, element by element, the case that which says, as lax.select_n: arrays of one shape and dtype, by position
// from 0 on or, for two, by a bool: the first where it is false. which is of bool or an integer type, a scalar or of
// the cases' shape; positions beyond the cases take the nearest.
func SelectN(which *Value, cases ...*Value) *Value {
	const op = "select_n"
	in := append([]ir.Aval{which.Aval()}, trace.Avals(cases)...)
	if len(cases) == 0 {
		trace.Fail(op, in, "needs at least one case")
	}
	trace.Must(sameTypes(in[1:]), op, in)
	if d := which.DType(); d == ir.Bool {
		if len(cases) > 2 {
			trace.Fail(op, in, "a bool chooses between two cases, not %d", len(cases))
		}
	} else if !d.IsInteger() {
		trace.Fail(op, in, "the choice must be of bool or an integer type, not %v", d)
	} else if d.Bits() < 32 {
		which = Convert(which, ir.Int32)
	}
	if s := which.Shape(); len(s) > 0 && !slices.Equal(s, cases[0].Shape()) {
		trace.Fail(op, in, "the choice must be a scalar or have the cases' shape %s, not %s",
			ir.ShapeString(cases[0].Shape()), ir.ShapeString(s))
	}
	if len(cases) == 1 {
		return cases[0]
	}
	if which.DType() == ir.Bool {
		return Select(which, cases[1], cases[0])
	}
	// Halves, so that the chain of choices is short.
	var among func(lo, hi int) *Value
	among = func(lo, hi int) *Value {
		if hi == lo+1 {
			return cases[lo]
		}
		mid := (lo + hi) / 2
		return Select(Lt(which, Full(which.Shape(), ir.IntLit(int64(mid), which.DType()))), among(lo, mid),
			among(mid, hi))
	}
	return among(0, len(cases))
}
