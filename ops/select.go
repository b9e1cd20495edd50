package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// selectOp chooses by a bool; clamp limits.
type (
	selectOp struct{}
	clamp    struct{}
)

func (selectOp) Name() string { return "select_n" }
func (clamp) Name() string    { return "clamp" }

// Select is onTrue where pred, else onFalse: two arrays of one shape and any one dtype; pred is bool, a scalar or of their shape.
func Select(pred, onTrue, onFalse *Value) *Value { return one(selectOp{}, pred, onTrue, onFalse) }

// Clamp is x limited to [lo, hi], for any real dtype; lo and hi are scalars or of x's shape, and of its dtype. Where lo > hi it is hi.
func Clamp(lo, x, hi *Value) *Value { return one(clamp{}, lo, x, hi) }

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
		return nil, fmt.Errorf("the predicate must be a scalar or have the cases' shape %s, not %s; broadcast it first with lax.BroadcastInDim",
			ir.ShapeString(cases[0].Shape), ir.ShapeString(pred.Shape))
	}
	out := cases[0]
	out.Weak = allWeak(cases)
	return []ir.Aval{out}, nil
}

func (clamp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 3); err != nil {
		return nil, err
	}
	if err := wantKind(in[1], kOrdered); err != nil {
		return nil, err
	}
	for i, what := range []string{"the lower limit", "", "the upper limit"} {
		if i == 1 {
			continue
		}
		if in[i].DType != in[1].DType {
			return nil, fmt.Errorf("%s is %v and the operand %v; lax takes one dtype: convert first with lax.Convert", what, in[i].DType, in[1].DType)
		}
		if len(in[i].Shape) > 0 && !slices.Equal(in[i].Shape, in[1].Shape) {
			return nil, fmt.Errorf("%s must be a scalar or have the operand's shape %s, not %s; broadcast it first with lax.BroadcastInDim",
				what, ir.ShapeString(in[1].Shape), ir.ShapeString(in[i].Shape))
		}
	}
	out := in[1]
	out.Weak = allWeak(in)
	return []ir.Aval{out}, nil
}

func (selectOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.select", x, "")
}

func (clamp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.clamp", x, "")
}

// Batch leaves an unmapped scalar predicate alone, and spreads a mapped one over the cases along their mapped axis.
func (selectOp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return scalarsBatch(c, x, d, 1, 2)
}

// Batch leaves unmapped scalar limits alone, and spreads mapped ones over the operand along its mapped axis.
func (clamp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return scalarsBatch(c, x, d, 1)
}

// scalarsBatch batches operations some of whose operands may be scalars: those at full have the whole shape.
func scalarsBatch(c trace.BatchCtx, x []*Value, d []int, full ...int) ([]*Value, []int) {
	unbatched := func(i int) int {
		if d[i] == trace.NotMapped {
			return x[i].Rank()
		}
		return x[i].Rank() - 1
	}
	rank := unbatched(full[0])
	dim := 0
	for i := range x { // the mapped axis stays where the first mapped operand of whole shape has it
		if d[i] != trace.NotMapped && unbatched(i) == rank {
			dim = d[i]
			break
		}
	}
	y := make([]*Value, len(x))
	var shape []int
	for _, i := range full {
		y[i] = bdimAt(c, x[i], d[i], dim)
		shape = y[i].Shape()
	}
	for i := range x {
		switch {
		case y[i] != nil:
		case unbatched(i) == rank && rank > 0:
			y[i] = bdimAt(c, x[i], d[i], dim)
		case d[i] == trace.NotMapped: // a scalar for all
			y[i] = x[i]
		case rank == 0:
			y[i] = x[i]
		default: // a scalar for each
			y[i] = BroadcastInDim(x[i], shape, []int{dim})
		}
	}
	return c.Self(y...), []int{dim}
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

func (clamp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	shape := x[1].Shape()
	lo, op, hi := fillTo(x[0], shape), x[1], fillTo(x[2], shape)
	var sum *Value
	part := func(i int, where func() *Value) {
		if t[i] != nil {
			g := fillTo(t[i], shape)
			sum = AddTangents(sum, Select(where(), g, ZerosLike(g)))
		}
	}
	part(0, func() *Value { return And(Gt(lo, op), Lt(lo, hi)) })
	part(1, func() *Value { return And(Gt(op, lo), Lt(op, hi)) })
	part(2, func() *Value { return Lt(hi, op) })
	return y, []*Value{sum}
}

// fillTo broadcasts a scalar to shape; an array that has it already is returned as it is.
func fillTo(x *Value, shape []int) *Value {
	if x.Rank() == len(shape) {
		return x
	}
	return BroadcastInDim(x, shape, nil)
}
