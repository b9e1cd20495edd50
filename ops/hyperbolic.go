package ops

import "github.com/gojax/gojax/trace"

type sinh struct{ unaryInexact }

func (sinh) Name() string { return "sinh" }

// Sinh is the hyperbolic sine.
func Sinh(x *Value) *Value { return one(sinh{}, x) }

func (sinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.sinh", x, "")
}

func (sinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Cosh(x[0])) })
}

type cosh struct{ unaryInexact }

func (cosh) Name() string { return "cosh" }

// Cosh is the hyperbolic cosine.
func Cosh(x *Value) *Value { return one(cosh{}, x) }

func (cosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.cosh", x, "")
}

func (cosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Sinh(x[0])) })
}

type tanh struct{ unaryInexact }

func (tanh) Name() string { return "tanh" }

// Tanh is the hyperbolic tangent.
func Tanh(x *Value) *Value { return one(tanh{}, x) }

func (tanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.tanh", x, "")
}

// JVP is (g + g y)(1 - y): the factored form keeps its precision where y is near 1.
func (tanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(Add(g, Mul(g, y)), Sub(FullLike(y, 1), y)) })
}

type asinh struct{ unaryInexact }

func (asinh) Name() string { return "asinh" }

// Asinh is the inverse hyperbolic sine.
func Asinh(x *Value) *Value { return one(asinh{}, x) }

func (asinh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.asinh", x, "")
}

func (asinh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Rsqrt(Add(Square(x[0]), FullLike(x[0], 1)))) })
}

type acosh struct{ unaryInexact }

func (acosh) Name() string { return "acosh" }

// Acosh is the inverse hyperbolic cosine; a float below 1 gives NaN.
func Acosh(x *Value) *Value { return one(acosh{}, x) }

func (acosh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.acosh", x, "")
}

func (acosh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Rsqrt(Sub(Square(x[0]), FullLike(x[0], 1)))) })
}

type atanh struct{ unaryInexact }

func (atanh) Name() string { return "atanh" }

// Atanh is the inverse hyperbolic tangent; a float outside of [-1, 1] gives NaN.
func Atanh(x *Value) *Value { return one(atanh{}, x) }

func (atanh) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.atanh", x, "")
}

func (atanh) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		u := FullLike(x[0], 1)
		return Mul(IntegerPow(Add(u, x[0]), -1), Div(g, Sub(u, x[0])))
	})
}
