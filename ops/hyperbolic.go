package ops

import (
	"math"

	"github.com/gojax/gojax/trace"
)

type sinh struct{ unaryInexact }

func (sinh) Name() string { return "sinh" }

// Sinh is the hyperbolic sine.
func Sinh(x *Value) *Value { return one(sinh{}, x) }

func (sinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(x []*Value) []*Value {
		if x[0].DType().IsComplex() {
			b := Imag(x[0])
			sinh, cosh := hyperbolic(Real(x[0]))
			return []*Value{Complex(sinh(cosOrOne(b, Real(x[0]))), cosh(Sin(b)))}
		}
		e, over, large := halfExp(x[0])
		far := Mul(Sign(x[0]), Select(large, over, Sub(e, Div(FullLike(e, 0.25), e))))
		near := Mul(x[0], Series(Square(x[0]), 6, 10, func(k int) float64 { return 1 / math.Gamma(float64(2*k+2)) }))
		return []*Value{Select(Lt(Abs(x[0]), FullLike(x[0], 1)), near, far)}
	})
}

// halfExp is exp(|x|) / 2, and where that is too large, as large says, over by way of the root.
func halfExp(x *Value) (e, over, large *Value) {
	a, half := Abs(x), FullLike(x, 0.5)
	large = Gt(a, FullLike(x, math.Floor(math.Log(largest(x.DType())))))
	e = Exp(Select(large, Mul(half, a), a))
	h := Mul(half, e)
	return h, Mul(h, e), large
}

func (sinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Cosh(x[0])) })
}

// hyperbolic gives the products of a number of at most 1 with sinh(x) and cosh(x), which may be finite where these are
// not.
func hyperbolic(x *Value) (sinh, cosh func(v *Value) *Value) {
	h, _, large := halfExp(x)
	root := Select(large, Add(h, h), FullLike(x, 1))
	times := func(f *Value, sign func(*Value) *Value) func(v *Value) *Value {
		return func(v *Value) *Value {
			far := Mul(Mul(sign(v), h), root)
			return Select(Eq(v, ZerosLike(v)), sign(v), Select(large, far, Mul(v, f)))
		}
	}
	signed := func(v *Value) *Value { return Select(isNegative(x), Neg(v), v) }
	odd := times(Sinh(x), signed)
	return func(v *Value) *Value { // 0 times no number is 0 here, as C99 has it
		return Select(And(Eq(x, ZerosLike(x)), isNaN(v)), x, odd(v))
	}, times(Cosh(x), func(v *Value) *Value { return v })
}

type cosh struct{ unaryInexact }

func (cosh) Name() string { return "cosh" }

// Cosh is the hyperbolic cosine.
func Cosh(x *Value) *Value { return one(cosh{}, x) }

func (cosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(x []*Value) []*Value {
		if x[0].DType().IsComplex() {
			b := Imag(x[0])
			sinh, cosh := hyperbolic(Real(x[0]))
			return []*Value{Complex(cosh(cosOrOne(b, Real(x[0]))), sinh(Sin(b)))}
		}
		e, over, large := halfExp(x[0])
		return []*Value{Select(large, over, Add(e, Div(FullLike(e, 0.25), e)))}
	})
}

func (cosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Sinh(x[0])) })
}

type tanh struct{ unaryInexact }

func (tanh) Name() string { return "tanh" }

// Tanh is the hyperbolic tangent.
func Tanh(x *Value) *Value { return one(tanh{}, x) }

func (tanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "stablehlo.tanh", x, "")
	if x[0].Aval.DType.IsComplex() {
		return withEnds(e, x, y, zerosStay)
	}
	return y
}

// JVP computes from x, since 1 - y² has few digits where y is near 1, and then none.
func (tanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("tanh", x[0])) })
}

type asinh struct{ unaryInexact }

func (asinh) Name() string { return "asinh" }

// Asinh is the inverse hyperbolic sine.
func Asinh(x *Value) *Value { return one(asinh{}, x) }

func (asinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "chlo.asinh", x, "")
	if x[0].Aval.DType.IsComplex() {
		y[0] = writer{e}.signedAs(y[0], x[0], true)
		return withEnds(e, x, y, asinhEnds)
	}
	return y
}

func (asinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("asinh", x[0])) })
}

type acosh struct{ unaryInexact }

func (acosh) Name() string { return "acosh" }

// Acosh is the inverse hyperbolic cosine; a float below 1 gives NaN.
func Acosh(x *Value) *Value { return one(acosh{}, x) }

func (acosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "chlo.acosh", x, "")
	if x[0].Aval.DType.IsComplex() { // the real part is not below 0
		w := writer{e}
		re, im := w.parts(y[0])
		y = withEnds(e, x, []trace.Operand{w.complexOf(w.un("stablehlo.abs", re), im)}, acoshEnds)
		y[0] = w.signedAs(y[0], x[0], false)
	}
	return y
}

func (acosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("acosh", x[0])) })
}

type atanh struct{ unaryInexact }

func (atanh) Name() string { return "atanh" }

// Atanh is the inverse hyperbolic tangent; a float outside of [-1, 1] gives NaN.
func Atanh(x *Value) *Value { return one(atanh{}, x) }

func (atanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "chlo.atanh", x, "")
	if x[0].Aval.DType.IsComplex() {
		w := writer{e}
		re, im := w.parts(y[0])
		_, nearImag := w.parts(x[0])
		y[0] = w.signedAs(w.complexOf(w.nearPole(re, nearImag), im), x[0], true)
		return withEnds(e, x, y, atanhEnds)
	}
	return y
}

func (atanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("atanh", x[0])) })
}
