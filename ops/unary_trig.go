package ops

import "github.com/gojax/gojax/trace"

// Trigonometric and hyperbolic functions.
type (
	sin   struct{ unaryInexact }
	cos   struct{ unaryInexact }
	tan   struct{ unaryInexact }
	asin  struct{ unaryInexact }
	acos  struct{ unaryInexact }
	atan  struct{ unaryInexact }
	sinh  struct{ unaryInexact }
	cosh  struct{ unaryInexact }
	tanh  struct{ unaryInexact }
	asinh struct{ unaryInexact }
	acosh struct{ unaryInexact }
	atanh struct{ unaryInexact }
)

func (sin) Name() string   { return "sin" }
func (cos) Name() string   { return "cos" }
func (tan) Name() string   { return "tan" }
func (asin) Name() string  { return "asin" }
func (acos) Name() string  { return "acos" }
func (atan) Name() string  { return "atan" }
func (sinh) Name() string  { return "sinh" }
func (cosh) Name() string  { return "cosh" }
func (tanh) Name() string  { return "tanh" }
func (asinh) Name() string { return "asinh" }
func (acosh) Name() string { return "acosh" }
func (atanh) Name() string { return "atanh" }

// Sin is the sine of x in radians, for floats and complex numbers (as all of this family).
func Sin(x *Value) *Value { return one(sin{}, x) }

// Cos is the cosine of x in radians.
func Cos(x *Value) *Value { return one(cos{}, x) }

// Tan is the tangent of x in radians.
func Tan(x *Value) *Value { return one(tan{}, x) }

// Asin is the arc sine in radians; a float outside of [-1, 1] gives NaN.
func Asin(x *Value) *Value { return one(asin{}, x) }

// Acos is the arc cosine in radians; a float outside of [-1, 1] gives NaN.
func Acos(x *Value) *Value { return one(acos{}, x) }

// Atan is the arc tangent in radians.
func Atan(x *Value) *Value { return one(atan{}, x) }

// Sinh is the hyperbolic sine.
func Sinh(x *Value) *Value { return one(sinh{}, x) }

// Cosh is the hyperbolic cosine.
func Cosh(x *Value) *Value { return one(cosh{}, x) }

// Tanh is the hyperbolic tangent.
func Tanh(x *Value) *Value { return one(tanh{}, x) }

// Asinh is the inverse hyperbolic sine.
func Asinh(x *Value) *Value { return one(asinh{}, x) }

// Acosh is the inverse hyperbolic cosine; a float below 1 gives NaN.
func Acosh(x *Value) *Value { return one(acosh{}, x) }

// Atanh is the inverse hyperbolic tangent; a float outside of [-1, 1] gives NaN.
func Atanh(x *Value) *Value { return one(atanh{}, x) }

// complexSinCos gives what the sine and the cosine of a complex x are made of. It uses expm1 rather than exp, against
// cancellation for small x: 2 sinh(b) = expm1(b) - expm1(-b), 2 cosh(b) = expm1(b) + expm1(-b) + 2.
func complexSinCos(w writer, x trace.Operand) (sn, cs, snh, csh, reIsZero trace.Operand) {
	a := w.to("stablehlo.real", x, x.Aval.DType.Real())
	b := w.to("stablehlo.imag", x, x.Aval.DType.Real())
	two := w.like(a, 2)
	e1 := w.un("stablehlo.exponential_minus_one", b)
	e2 := w.un("stablehlo.exponential_minus_one", w.un("stablehlo.negate", b))
	snh = w.bin("stablehlo.divide", w.bin("stablehlo.subtract", e1, e2), two)
	csh = w.bin("stablehlo.divide", w.bin("stablehlo.add", w.bin("stablehlo.add", e1, e2), two), two)
	return w.un("stablehlo.sine", a), w.un("stablehlo.cosine", a), snh, csh, w.cmp("EQ", a, w.like(a, 0))
}

func (w writer) complexOf(re, im trace.Operand) trace.Operand {
	return w.Op("stablehlo.complex", []trace.Operand{re, im}, "", re.Aval.As(re.Aval.DType.Complex()))[0]
}

// Lower computes sin(a+bi) = sin(a) cosh(b) + i cos(a) sinh(b) in its parts, as JAX does; where a is 0 the real part is 0,
// though cosh(b) may be infinite.
func (sin) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if !x[0].Aval.DType.IsComplex() {
		return hlo(e, "stablehlo.sine", x, "")
	}
	w := writer{e}
	sn, cs, snh, csh, zero := complexSinCos(w, x[0])
	re, im := w.bin("stablehlo.multiply", sn, csh), w.bin("stablehlo.multiply", cs, snh)
	return []trace.Operand{w.sel(zero, w.complexOf(w.like(re, 0), im), w.complexOf(re, im))}
}

// Lower computes cos(a+bi) = cos(a) cosh(b) - i sin(a) sinh(b) in its parts; where a is 0 the imaginary part is 0.
func (cos) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if !x[0].Aval.DType.IsComplex() {
		return hlo(e, "stablehlo.cosine", x, "")
	}
	w := writer{e}
	sn, cs, snh, csh, zero := complexSinCos(w, x[0])
	re, im := w.bin("stablehlo.multiply", cs, csh), w.bin("stablehlo.multiply", w.un("stablehlo.negate", sn), snh)
	return []trace.Operand{w.sel(zero, w.complexOf(re, w.like(im, 0)), w.complexOf(re, im))}
}

func (tan) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.tan", x, "")
}

func (asin) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.asin", x, "")
}

func (acos) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.acos", x, "")
}

// Lower writes atan2(x, 1) for floats, as CHLO does, by way of our own atan2, which see.
func (atan) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		return hlo(e, "chlo.atan", x, "")
	}
	return atan2{}.Lower(e, []trace.Operand{x[0], writer{e}.like(x[0], 1)})
}

func (sinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.sinh", x, "")
}

func (cosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.cosh", x, "")
}

func (tanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.tanh", x, "")
}

func (asinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.asinh", x, "")
}

func (acosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.acosh", x, "")
}

func (atanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.atanh", x, "")
}

func (sin) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Cos(x[0])) })
}

func (cos) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Neg(Mul(g, Sin(x[0]))) })
}

func (tan) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Add(FullLike(y, 1), Square(y))) })
}

// oneMinusSquare is 1 - x².
func oneMinusSquare(x *Value) *Value { return Sub(FullLike(x, 1), Square(x)) }

func (asin) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Rsqrt(oneMinusSquare(x[0]))) })
}

func (acos) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Neg(Rsqrt(oneMinusSquare(x[0])))) })
}

func (atan) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Div(g, Add(FullLike(x[0], 1), Square(x[0]))) })
}

func (sinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Cosh(x[0])) })
}

func (cosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Sinh(x[0])) })
}

// JVP is (g + g y)(1 - y): the factored form keeps its precision where y is near 1.
func (tanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(Add(g, Mul(g, y)), Sub(FullLike(y, 1), y)) })
}

func (asinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Rsqrt(Add(Square(x[0]), FullLike(x[0], 1)))) })
}

func (acosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Rsqrt(Sub(Square(x[0]), FullLike(x[0], 1)))) })
}

func (atanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		u := FullLike(x[0], 1)
		return Mul(IntegerPow(Add(u, x[0]), -1), Div(g, Sub(u, x[0])))
	})
}
