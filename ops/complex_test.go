package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Functions of complex numbers that are analytic: the JVP along a complex direction is the derivative times it.
func TestComplexJVP(t *testing.T) {
	for _, f := range []func(x *trace.Value) *trace.Value{ops.Exp, ops.Log, ops.Sqrt, ops.Sin, ops.Cos, ops.Tan,
		ops.Tanh, ops.Asin, ops.Atanh,
		ops.Square, power(-3), ops.Neg, ops.Conj, ops.Real, ops.Imag, ops.Abs} {
		checkJVP(t, f1(f), []arr{cplx(ir.Complex128, 0.3+0.4i, -0.7+0.2i)})
	}
	checkJVP(t, f2(ops.Mul), []arr{cplx(ir.Complex128, 0.3+0.4i, -0.7+0.2i), cplx(ir.Complex128, 1-2i, 3i)})
	checkJVP(t, f2(ops.Div), []arr{cplx(ir.Complex128, 0.3+0.4i, -0.7+0.2i), cplx(ir.Complex128, 1-2i, 3i)})
	checkJVP(t, f2(ops.Complex), []arr{vec(ir.Float64, 1, 2), vec(ir.Float64, 3, -4)})
}
