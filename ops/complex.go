package ops

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The transposes of this file follow JAX's convention, linear over the complex numbers without conjugation: <ct, f(x)>
// is the plain product, so that the imaginary part comes back negated.

type realOp struct{ elementwise }

func (realOp) Name() string { return "real" }

// Real is the real part of a complex array. Other dtypes are refused.
func Real(x *Value) *Value { return one(realOp{}, x) }

func (realOp) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferPart(in) }

func (realOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.real", x, "")
}

func (realOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (realOp) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Complex(ct, ZerosLike(ct)) })
}

type imagOp struct{ elementwise }

func (imagOp) Name() string { return "imag" }

// Imag is the imaginary part of a complex array. Other dtypes are refused.
func Imag(x *Value) *Value { return one(imagOp{}, x) }

func (imagOp) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferPart(in) }

func (imagOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.imag", x, "")
}

func (imagOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (imagOp) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Complex(ZerosLike(ct), Neg(ct)) })
}

// inferPart is Infer for the real or imaginary part.
func inferPart(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kComplex)
	if err != nil {
		return nil, err
	}
	a := out[0]
	a.DType = a.DType.Real()
	return []ir.Aval{a}, nil
}

type conj struct{ elementwise }

func (conj) Name() string { return "conj" }

// Conj is the complex conjugate of a complex array. Other dtypes are refused.
func Conj(x *Value) *Value { return one(conj{}, x) }

func (conj) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 1, kComplex) }

func (conj) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	d := x[0].Aval.DType.Real()
	im := w.un("stablehlo.negate", w.to("stablehlo.imag", x[0], d))
	return []trace.Operand{w.complexOf(w.to("stablehlo.real", x[0], d), im)}
}

func (conj) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (conj) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, Conj)
}

type complexOp struct{ elementwise }

func (complexOp) Name() string { return "complex" }

// Complex is re + im i of two arrays of float32, giving complex64, or of float64, giving complex128.
func Complex(re, im *Value) *Value { return one(complexOp{}, re, im) }

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

func (complexOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.complex", x, "")
}

func (complexOp) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	if !anyTangent(t) {
		return y, []*Value{nil}
	}
	return y, c.Self(materialize(t[0], x[0]), materialize(t[1], x[1]))
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

// wantParts is the error for parts that no complex dtype has.
func wantParts(a ir.Aval) error {
	return fmt.Errorf("takes float32 or float64 parts, not %v; convert first with lax.ConvertElementType", a.DType)
}

func (w writer) complexOf(re, im trace.Operand) trace.Operand {
	return w.Op("stablehlo.complex", []trace.Operand{re, im}, "", re.Aval.As(re.Aval.DType.Complex()))[0]
}

// parts are the real and the imaginary part.
func (w writer) parts(x trace.Operand) (re, im trace.Operand) {
	d := x.Aval.DType.Real()
	return w.to("stablehlo.real", x, d), w.to("stablehlo.imag", x, d)
}

// signedAs is complex y with the sign of x's imaginary part, and of the real one as well if both. XLA and CHLO put
// numbers with an imaginary -0 on the upper side of a cut along the real axis.
func (w writer) signedAs(y, x trace.Operand, both bool) trace.Operand {
	re, im := w.parts(y)
	xr, xi := w.parts(x)
	if both {
		re = w.copySign(re, xr)
	}
	return w.complexOf(re, w.copySign(im, xi))
}

// copySign is |x| with y's sign, also of a zero.
func (w writer) copySign(x, y trace.Operand) trace.Operand {
	bits := ir.Int32
	if y.Aval.DType == ir.Float64 {
		bits = ir.Int64
	}
	b := w.to("stablehlo.bitcast_convert", y, bits)
	x = w.un("stablehlo.abs", x)
	return w.sel(w.cmp("LT", b, w.like(b, 0)), w.un("stablehlo.negate", x), x)
}

// nearPole is y, a part of an inverse tangent, whose size where it is infinite is (log(2) - log|off|) / 2: off is how
// far the operand is from the pole.
func (w writer) nearPole(y, off trace.Operand) trace.Operand {
	size := w.un("stablehlo.abs", y)
	log := w.un("stablehlo.log", w.un("stablehlo.abs", off))
	near := w.bin("stablehlo.multiply", w.like(y, 0.5), w.bin("stablehlo.subtract", w.like(y, math.Ln2), log))
	return w.sel(w.cmp("EQ", size, w.like(y, math.Inf(1))), near, y)
}
