package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type sqrt struct{ unaryInexact }

func (sqrt) Name() string { return "sqrt" }

// Sqrt is the square root, for floats (NaN below 0) and complex numbers.
func Sqrt(x *Value) *Value { return one(sqrt{}, x) }

func (sqrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := lowerRoot(e, "stablehlo.sqrt", x, 2, 1)
	if x[0].Aval.DType.IsComplex() {
		y = withEnds(e, x, y, sqrtEnds)
		y[0] = writer{e}.signedAs(y[0], x[0], false)
	}
	return y
}

func (sqrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Div(FullLike(y, 0.5), y)) })
}

type rsqrt struct{ unaryInexact }

func (rsqrt) Name() string { return "rsqrt" }

// Rsqrt is 1 over the square root, for floats and complex numbers.
func Rsqrt(x *Value) *Value { return one(rsqrt{}, x) }

func (rsqrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerRoot(e, "stablehlo.rsqrt", x, 2, -1)
}

func (rsqrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(FullLike(y, -0.5), Div(y, x[0]))) })
}

type cbrt struct{ unaryFloat }

func (cbrt) Name() string { return "cbrt" }

// Cbrt is the real cube root of floats.
func Cbrt(x *Value) *Value { return one(cbrt{}, x) }

func (cbrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if y := inDouble(e, x, func(v []*Value) *Value { return cubeRoot(v[0], false) }); y != nil {
		return y
	}
	if e.Platform() == "cpu" && x[0].Aval.DType == ir.Float64 {
		return lowerFun(e, x, func(v []*Value) []*Value {
			y, subnormal := WholeSubnormals(v[0])
			unit := math.Ldexp(1, leastPower(ir.Float64)/3)
			return []*Value{Mul(cubeRoot(y, true), Select(subnormal, FullLike(y, unit), FullLike(y, 1)))}
		})
	}
	return lowerRoot(e, "stablehlo.cbrt", x, 3, 1)
}

func (cbrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(FullLike(y, 1./3), IntegerPow(y, -2))) })
}
