package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Complex numbers and their parts.
type (
	realOp    struct{ elementwise }
	imagOp    struct{ elementwise }
	conj      struct{ elementwise }
	complexOp struct{ elementwise }
)

func (realOp) Name() string    { return "real" }
func (imagOp) Name() string    { return "imag" }
func (conj) Name() string      { return "conj" }
func (complexOp) Name() string { return "complex" }

// Real is the real part of a complex array. Other dtypes are refused.
func Real(x *Value) *Value { return one(realOp{}, x) }

// Imag is the imaginary part of a complex array. Other dtypes are refused.
func Imag(x *Value) *Value { return one(imagOp{}, x) }

// Conj is the complex conjugate of a complex array. Other dtypes are refused.
func Conj(x *Value) *Value { return one(conj{}, x) }

// Complex is re + im i of two arrays of float32, giving complex64, or of float64, giving complex128.
func Complex(re, im *Value) *Value { return one(complexOp{}, re, im) }

func inferPart(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kComplex)
	if err != nil {
		return nil, err
	}
	a := out[0]
	a.DType = a.DType.Real()
	return []ir.Aval{a}, nil
}

func (realOp) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferPart(in) }
func (imagOp) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferPart(in) }
func (conj) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 1, kComplex) }

func (complexOp) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 2, kFloat)
	if err != nil {
		return nil, err
	}
	a := out[0]
	if a.DType != ir.Float32 && a.DType != ir.Float64 {
		return nil, wantParts(a)
	}
	a.DType = a.DType.Complex()
	return []ir.Aval{a}, nil
}

func (realOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.real", x, "")
}

func (imagOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.imag", x, "")
}

func (complexOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.complex", x, "")
}

func (conj) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	d := x[0].Aval.DType.Real()
	im := w.un("stablehlo.negate", w.to("stablehlo.imag", x[0], d))
	return []trace.Operand{w.complexOf(w.to("stablehlo.real", x[0], d), im)}
}

func (realOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }
func (imagOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }
func (conj) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)   { return jvpLinear(c, x, t) }

func (complexOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	if !anyTangent(t) {
		return y, []*Value{nil}
	}
	return y, c.Self(materialize(t[0], x[0]), materialize(t[1], x[1]))
}

// The transposes follow JAX's convention, linear over the complex numbers without conjugation: <ct, f(x)> is the plain
// product, so that the imaginary part comes back negated.

func (realOp) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Complex(ct, ZerosLike(ct)) })
}

func (imagOp) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Complex(ZerosLike(ct), Neg(ct)) })
}

func (conj) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, Conj)
}

func (complexOp) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	if x[0].X == nil {
		out[0] = Real(ct[0])
	}
	if x[1].X == nil {
		out[1] = Imag(Neg(ct[0]))
	}
	return out
}
