package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type iotaOp struct {
	DType ir.DType
	Shape []int
	Axis  int
}

func (iotaOp) Name() string { return "iota" }

// Iota is an array of a number dtype whose elements count 0, 1, 2, ... along axis and are the same along the others.
func Iota(d ir.DType, shape []int, axis int) *Value {
	return one(iotaOp{d, own(shape), axis})
}

func (o iotaOp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 0); err != nil {
		return nil, err
	}
	if kindOf(o.DType)&kNum == 0 {
		return nil, fmt.Errorf("counts in %v dtypes, not %v", kNum, o.DType)
	}
	if err := checkShape(o.Shape); err != nil {
		return nil, err
	}
	if err := checkAxes("axis", []int{o.Axis}, len(o.Shape)); err != nil {
		return nil, err
	}
	return []ir.Aval{{Shape: o.Shape, DType: o.DType}}, nil
}

func (o iotaOp) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.iota", nil, "iota_dimension = "+i64(o.Axis))
}

func (iotaOp) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }
