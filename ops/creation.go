package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Arrays out of nothing. full holds its value as a constant of the program; where the value is the user's, Full broadcasts a
// literal instead, so that another value is not another program.
type (
	full struct {
		Lit   ir.Lit
		Shape []int
	}
	iotaOp struct {
		DType ir.DType
		Shape []int
		Axis  int
	}
)

func (full) Name() string   { return "full" }
func (iotaOp) Name() string { return "iota" }

// ScalarLit is the scalar l.
func ScalarLit(l ir.Lit) *Value { return trace.FromLit(l) }

// Full is an array of the given shape with l everywhere, of l's dtype and weakness.
func Full(shape []int, l ir.Lit) *Value { return BroadcastInDim(ScalarLit(l), shape, nil) }

// FullLike is an array of x's shape, dtype and weakness with v everywhere, v rounded to the dtype: a constant of the program.
func FullLike(x *Value, v float64) *Value { return constant(x.Aval(), v) }

// Zeros is an array of type a filled with zeros (false).
func Zeros(a ir.Aval) *Value { return constant(a, 0) }

// Ones is an array of type a filled with ones (true).
func Ones(a ir.Aval) *Value { return constant(a, 1) }

func constant(a ir.Aval, v float64) *Value {
	l := ir.FloatLit(v, a.DType)
	l.Weak = a.Weak
	if len(a.Shape) == 0 {
		return ScalarLit(l)
	}
	return one(full{l, a.Shape})
}

// Iota is an array of a number dtype whose elements count 0, 1, 2, ... along axis and are the same along the others.
func Iota(d ir.DType, shape []int, axis int) *Value {
	return one(iotaOp{d, own(shape), axis})
}

func (o full) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 0); err != nil {
		return nil, err
	}
	if !o.Lit.DType.Valid() {
		return nil, fmt.Errorf("the value has no dtype")
	}
	if err := checkShape(o.Shape); err != nil {
		return nil, err
	}
	return []ir.Aval{o.Lit.Aval().With(o.Shape)}, nil
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

func (o full) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	return []trace.Operand{e.Const(o.Lit, o.Shape)}
}

func (o iotaOp) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.iota", nil, "iota_dimension = "+i64(o.Axis))
}

func (full) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value)   { return jvpZero(c, x) }
func (iotaOp) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }
