package main

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// elementwise are the elementwise functions of jnp and nn.
var elementwise = map[string]function{
	"jnp.Exp":          of1(jnp.Exp),
	"jnp.Exp2":         of1(jnp.Exp2),
	"jnp.Expm1":        of1(jnp.Expm1),
	"jnp.Log":          of1(jnp.Log),
	"jnp.Log1p":        of1(jnp.Log1p),
	"jnp.Log2":         of1(jnp.Log2),
	"jnp.Log10":        of1(jnp.Log10),
	"jnp.Sqrt":         of1(jnp.Sqrt),
	"jnp.Cbrt":         of1(jnp.Cbrt),
	"jnp.Square":       of1(jnp.Square),
	"jnp.Reciprocal":   of1(jnp.Reciprocal),
	"jnp.Sin":          of1(jnp.Sin),
	"jnp.Cos":          of1(jnp.Cos),
	"jnp.Tan":          of1(jnp.Tan),
	"jnp.Arcsin":       of1(jnp.Arcsin),
	"jnp.Arccos":       of1(jnp.Arccos),
	"jnp.Arctan":       of1(jnp.Arctan),
	"jnp.Sinh":         of1(jnp.Sinh),
	"jnp.Cosh":         of1(jnp.Cosh),
	"jnp.Tanh":         of1(jnp.Tanh),
	"jnp.Arcsinh":      of1(jnp.Arcsinh),
	"jnp.Arccosh":      of1(jnp.Arccosh),
	"jnp.Arctanh":      of1(jnp.Arctanh),
	"jnp.Sinc":         of1(jnp.Sinc),
	"jnp.I0":           of1(jnp.I0),
	"jnp.Deg2Rad":      of1(jnp.Deg2Rad),
	"jnp.Rad2Deg":      of1(jnp.Rad2Deg),
	"jnp.Floor":        of1(jnp.Floor),
	"jnp.Ceil":         of1(jnp.Ceil),
	"jnp.Trunc":        of1(jnp.Trunc),
	"jnp.Rint":         of1(jnp.Rint),
	"jnp.Sign":         of1(jnp.Sign),
	"jnp.Abs":          of1(jnp.Abs),
	"jnp.Fabs":         of1(jnp.Fabs),
	"jnp.Angle":        of1(jnp.Angle),
	"jnp.Div":          of2(jnp.Div[jnp.Array, jnp.Array]),
	"jnp.Hypot":        of2(jnp.Hypot[jnp.Array, jnp.Array]),
	"jnp.Arctan2":      of2(jnp.Arctan2[jnp.Array, jnp.Array]),
	"jnp.Power":        of2(jnp.Power[jnp.Array, jnp.Array]),
	"jnp.LogAddExp":    of2(jnp.LogAddExp[jnp.Array, jnp.Array]),
	"jnp.LogAddExp2":   of2(jnp.LogAddExp2[jnp.Array, jnp.Array]),
	"jnp.Fmod":         of2(jnp.Fmod[jnp.Array, jnp.Array]),
	"jnp.Mod":          of2(jnp.Mod[jnp.Array, jnp.Array]),
	"jnp.FloorDivide":  of2(jnp.FloorDivide[jnp.Array, jnp.Array]),
	"jnp.CopySign":     of2(jnp.CopySign[jnp.Array, jnp.Array]),
	"jnp.Heaviside":    of2(jnp.Heaviside[jnp.Array, jnp.Array]),
	"lax.Rsqrt":        of1(lax.Rsqrt),
	"nn.Relu":          of1(nn.Relu),
	"nn.Relu6":         of1(nn.Relu6),
	"nn.Sigmoid":       of1(nn.Sigmoid),
	"nn.LogSigmoid":    of1(nn.LogSigmoid),
	"nn.Softplus":      of1(nn.Softplus),
	"nn.SoftSign":      of1(nn.SoftSign),
	"nn.Silu":          of1(nn.Silu),
	"nn.Gelu":          of1(nn.Gelu),
	"nn.GeluExact":     of1(nn.GeluExact),
	"nn.HardTanh":      of1(nn.HardTanh),
	"nn.HardSigmoid":   of1(nn.HardSigmoid),
	"nn.HardSilu":      of1(nn.HardSilu),
	"nn.Mish":          of1(nn.Mish),
	"nn.SparsePlus":    of1(nn.SparsePlus),
	"nn.SparseSigmoid": of1(nn.SparseSigmoid),
	"nn.Log1mExp":      of1(nn.Log1mExp),
	"nn.Selu":          of1(nn.Selu),
	"nn.Elu":           optional(nn.Elu),
	"nn.Celu":          optional(nn.Celu),
	"nn.LeakyRelu":     optional(nn.LeakyRelu),
	"nn.SquarePlus":    optional(nn.SquarePlus),
}

// complexes are functions of the first table of complex numbers.
var complexes = map[string]function{}

func init() {
	for _, name := range []string{"Exp", "Exp2", "Expm1", "Log", "Log2", "Log10", "Log1p", "Sqrt", "Square",
		"Reciprocal", "Sin", "Cos", "Tan", "Arcsin", "Arccos", "Arctan", "Sinh", "Cosh", "Tanh", "Arcsinh",
		"Arccosh", "Arctanh",
		"Sign", "Abs", "Angle", "Div", "Power"} {
		complexes["complex."+name] = elementwise["jnp."+name]
	}
	complexes["complex.Rsqrt"] = elementwise["lax.Rsqrt"]
	complexes["complex.Sigmoid"] = elementwise["nn.Sigmoid"]
}

// optional is a function with an optional parameter, which is left out.
func optional(f func(x jnp.Array, more ...any) jnp.Array) function {
	return func(_ []int, x []jnp.Array) jnp.Array { return f(x[0]) }
}
