package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type full struct {
	Lit   ir.Lit
	Shape []int
}

func (full) Name() string { return "full" }

// ScalarLit is the scalar l.
func ScalarLit(l ir.Lit) *Value { return trace.FromLit(l) }

// Full is an array of the given shape with l everywhere, of l's dtype and weakness.
func Full(shape []int, l ir.Lit) *Value { return BroadcastInDim(ScalarLit(l), shape, nil) }

// FullLike is an array of x's shape, dtype and weakness with v everywhere, v rounded to the dtype: a constant of the
// program.
func FullLike(x *Value, v float64) *Value { return constant(x.Aval(), v) }

// Zeros is an array of type a filled with zeros (false).
func Zeros(a ir.Aval) *Value { return constant(a, 0) }

// Ones is an array of type a filled with ones (true).
func Ones(a ir.Aval) *Value { return constant(a, 1) }

// ZerosLike is an array of zeros of x's type.
func ZerosLike(x *Value) *Value { return Zeros(x.Aval()) }

// zeroOf is the scalar zero of x's dtype.
func zeroOf(x *Value) *Value { return Zeros(x.Aval().With(nil)) }

// constant is an array of type a filled with v: a literal where it is a scalar.
func constant(a ir.Aval, v float64) *Value {
	l := ir.FloatLit(v, a.DType)
	l.Weak = a.Weak
	if len(a.Shape) == 0 {
		return ScalarLit(l)
	}
	return one(full{l, a.Shape})
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

func (o full) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	return []trace.Operand{e.Const(o.Lit, o.Shape)}
}

func (full) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }
