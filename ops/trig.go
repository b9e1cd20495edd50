package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type sin struct{ unaryInexact }

func (sin) Name() string { return "sin" }

// Sin is the sine of x in radians, for floats and complex numbers (as all of this family).
func Sin(x *Value) *Value { return one(sin{}, x) }

// Lower computes sin(a+bi) = sin(a) cosh(b) + i cos(a) sinh(b) in its parts.
func (sin) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if !x[0].Aval.DType.IsComplex() {
		return lowerCircular(e, "stablehlo.sine", x, sinOf, true)
	}
	return lowerFun(e, x, func(x []*Value) []*Value {
		a := Real(x[0])
		sinh, cosh := hyperbolic(Imag(x[0]))
		return []*Value{Complex(cosh(Sin(a)), sinh(cosOrOne(a, Imag(x[0]))))}
	})
}

func (sin) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Cos(x[0])) })
}

type cos struct{ unaryInexact }

func (cos) Name() string { return "cos" }

// Cos is the cosine of x in radians.
func Cos(x *Value) *Value { return one(cos{}, x) }

// Lower computes cos(a+bi) = cos(a) cosh(b) - i sin(a) sinh(b) in its parts.
func (cos) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if !x[0].Aval.DType.IsComplex() {
		return lowerCircular(e, "stablehlo.cosine", x, cosOf, false)
	}
	return lowerFun(e, x, func(x []*Value) []*Value {
		a := Real(x[0])
		sinh, cosh := hyperbolic(Imag(x[0]))
		return []*Value{Complex(cosh(cosOrOne(a, Imag(x[0]))), sinh(Neg(Sin(a))))}
	})
}

func (cos) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Neg(Mul(g, Sin(x[0]))) })
}

type tan struct{ unaryInexact }

func (tan) Name() string { return "tan" }

// Tan is the tangent of x in radians.
func Tan(x *Value) *Value { return one(tan{}, x) }

func (tan) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		return withEnds(e, x, hlo(e, "stablehlo.tan", x, ""), zerosStay)
	}
	return lowerCircular(e, "stablehlo.tan", x, tanOf, true)
}

func (tan) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Add(FullLike(y, 1), Square(y))) })
}

type asin struct{ unaryInexact }

func (asin) Name() string { return "asin" }

// Asin is the arc sine in radians; a float outside of [-1, 1] gives NaN.
func Asin(x *Value) *Value { return one(asin{}, x) }

func (asin) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		y := writer{e}.signedAs(hlo(e, "chlo.asin", x, "")[0], x[0], true)
		return withEnds(e, x, []trace.Operand{y}, asinEnds)
	}
	y := inDouble(e, x, func(v []*Value) *Value { return angle(v[0], otherLeg(v[0]), false) })
	if y == nil { // CHLO halves x on the way, which is 0 for the smallest
		y = lowerFun(e, x, func(x []*Value) []*Value { return []*Value{Atan2(x[0], otherLeg(x[0]))} })
	}
	return keepSmall(e, x[0], y[0])
}

func (asin) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("asin", x[0])) })
}

type acos struct{ unaryInexact }

func (acos) Name() string { return "acos" }

// Acos is the arc cosine in radians; a float outside of [-1, 1] gives NaN.
func Acos(x *Value) *Value { return one(acos{}, x) }

func (acos) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if y := inDouble(e, x, func(v []*Value) *Value { return angle(otherLeg(v[0]), v[0], false) }); y != nil {
		return y
	}
	if e.Platform() == "cpu" && x[0].Aval.DType == ir.Float64 {
		return lowerFun(e, x, func(x []*Value) []*Value {
			y := Atan2(otherLeg(x[0]), Add(FullLike(x[0], 1), x[0]))
			return []*Value{Select(Eq(x[0], FullLike(x[0], -1)), FullLike(y, math.Pi), Add(y, y))}
		})
	}
	y := hlo(e, "chlo.acos", x, "")
	if x[0].Aval.DType.IsComplex() {
		w := writer{e}
		y[0] = w.signedAs(y[0], w.un("stablehlo.negate", x[0]), false)
		return withEnds(e, x, y, acosEnds)
	}
	return y
}

func (acos) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Neg(slope("asin", x[0]))) })
}

type atan struct{ unaryInexact }

func (atan) Name() string { return "atan" }

// Atan is the arc tangent in radians.
func Atan(x *Value) *Value { return one(atan{}, x) }

// Lower writes atan2(x, 1) for floats, as CHLO does, by way of our own atan2, which see.
func (atan) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		w := writer{e}
		y := hlo(e, "chlo.atan", x, "")[0]
		re, im := w.parts(y)
		nearReal, _ := w.parts(x[0])
		y = w.signedAs(w.complexOf(re, w.nearPole(im, nearReal)), x[0], true)
		return withEnds(e, x, []trace.Operand{y}, atanEnds)
	}
	y := atan2{}.Lower(e, []trace.Operand{x[0], writer{e}.like(x[0], 1)})
	if e.Platform() == "cpu" {
		return keepSmall(e, x[0], y[0])
	}
	return y
}

func (atan) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, slope("atan", x[0])) })
}

type atan2 struct{ binaryInexact }

func (atan2) Name() string { return "atan2" }

// Atan2 is the angle of the point (y, x) in radians, for floats and complex numbers.
func Atan2(y, x *Value) *Value { return one(atan2{}, y, x) }

// Lower is arithmetic on CPUs, where XLA's (plugin of jaxlib 0.11.2) takes atan2(y, 1) for an atan whose vector code
// gives garbage from some 30 elements on.
func (atan2) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if y := inDouble(e, x, func(v []*Value) *Value { return angle(v[0], v[1], false) }); y != nil {
		return y
	}
	if e.Platform() == "cpu" && x[0].Aval.DType == ir.Float64 {
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{angle64(v[0], v[1])} })
	}
	return hlo(e, "stablehlo.atan2", x, "")
}

// JVP divides by the hypotenuse of floats twice, as its square could overflow, or be 0.
func (atan2) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	over := func(v, other *Value) *Value {
		if v.DType().IsComplex() {
			return Div(v, Add(Square(x[0]), Square(x[1])))
		}
		return overOnce(one(formula{F: "hypot_slope"}, v, other), Hypot(v, other))
	}
	return jvp2(c, x, t,
		func(g, _ *Value) *Value { return Mul(g, over(x[1], x[0])) },
		func(g, _ *Value) *Value { return Mul(g, Neg(over(x[0], x[1]))) })
}
