package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type reducePrecision struct {
	unaryFloat
	ExponentBits, MantissaBits int
}

func (reducePrecision) Name() string { return "reduce_precision" }

// ReducePrecision rounds floats to what a format with these bits can hold, without changing their dtype.
func ReducePrecision(x *Value, exponentBits, mantissaBits int) *Value {
	return one(reducePrecision{ExponentBits: exponentBits, MantissaBits: mantissaBits}, x)
}

func (o reducePrecision) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if o.ExponentBits < 1 {
		return nil, fmt.Errorf("the number of exponent bits must be positive, not %d", o.ExponentBits)
	}
	if o.MantissaBits < 0 {
		return nil, fmt.Errorf("the number of mantissa bits must not be negative, as %d is", o.MantissaBits)
	}
	return inferSame(in, 1, kFloat)
}

func (o reducePrecision) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reduce_precision", x, fmt.Sprintf("exponent_bits = %d : i32, mantissa_bits = %d : i32",
		o.ExponentBits, o.MantissaBits))
}

func (reducePrecision) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvpLinear(c, x, t)
}

func (o reducePrecision) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}

type nextAfter struct{ binaryFloat }

func (nextAfter) Name() string { return "nextafter" }

// NextAfter is the float next to x in the direction of y, y where they are equal.
func NextAfter(x, y *Value) *Value { return one(nextAfter{}, x, y) }

func (nextAfter) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		x, y := v[0], v[1]
		kx, ky := signedKey(x), signedKey(y)
		next := Add(kx, Sub(Convert(Lt(kx, ky), kx.DType()), Convert(Gt(kx, ky), kx.DType())))
		z := floatOfKey(next, x.DType())
		z = Select(Eq(next, ZerosLike(next)), Mul(x, ZerosLike(x)), z) // a zero of x's sign
		z = Select(noBit(Xor(kx, ky)), y, z)
		return []*Value{Select(Or(Ne(x, x), Ne(y, y)), Add(x, y), z)}
	})
}
