package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type clamp struct{}

func (clamp) Name() string { return "clamp" }

// Clamp is x limited to [lo, hi], for any real dtype; lo and hi are scalars or of x's shape, and of its dtype. Where lo
// > hi it is hi.
func Clamp(lo, x, hi *Value) *Value { return one(clamp{}, lo, x, hi) }

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
			return nil,
				fmt.Errorf(
					"%s is %v and the operand %v; lax takes one dtype: convert first with lax.ConvertElementType",
					what, in[i].DType, in[1].DType)
		}
		if len(in[i].Shape) > 0 && !slices.Equal(in[i].Shape, in[1].Shape) {
			return nil, fmt.Errorf("%s must be a scalar or have the operand's shape %s, not %s; broadcast it first "+
				"with lax.BroadcastInDim",
				what, ir.ShapeString(in[1].Shape), ir.ShapeString(in[i].Shape))
		}
	}
	out := in[1]
	out.Weak = allWeak(in)
	return []ir.Aval{out}, nil
}

func (clamp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.clamp", x, "")
}

// Batch leaves unmapped scalar limits alone, and spreads mapped ones over the operand along its mapped axis.
func (clamp) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return scalarsBatch(c, x, d, 1)
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
