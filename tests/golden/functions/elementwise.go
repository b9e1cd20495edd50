package functions

import (
	"github.com/gojax/gojax/jnp"
)

var elementwiseTable = Table{
	// of one array
	"jnp.abs": f1(jnp.Abs), "jnp.absolute": f1(jnp.Absolute), "jnp.fabs": f1(jnp.Fabs),
	"jnp.negative": f1(jnp.Negative), "jnp.positive": f1(jnp.Positive),
	"jnp.sign": f1(jnp.Sign), "jnp.signbit": f1(jnp.SignBit), "jnp.spacing": f1(jnp.Spacing),
	"jnp.reciprocal": f1(jnp.Reciprocal),
	"jnp.sqrt":       f1(jnp.Sqrt), "jnp.cbrt": f1(jnp.Cbrt), "jnp.square": f1(jnp.Square), "jnp.i0": f1(jnp.I0),
	"jnp.sinc": f1(jnp.Sinc),
	"jnp.exp":  f1(jnp.Exp), "jnp.exp2": f1(jnp.Exp2), "jnp.expm1": f1(jnp.Expm1),
	"jnp.log": f1(jnp.Log), "jnp.log2": f1(jnp.Log2), "jnp.log10": f1(jnp.Log10), "jnp.log1p": f1(jnp.Log1p),
	"jnp.sin": f1(jnp.Sin), "jnp.cos": f1(jnp.Cos), "jnp.tan": f1(jnp.Tan), "jnp.sinh": f1(jnp.Sinh),
	"jnp.cosh": f1(jnp.Cosh), "jnp.tanh": f1(jnp.Tanh),
	"jnp.arcsin": f1(jnp.Arcsin), "jnp.arccos": f1(jnp.Arccos), "jnp.arctan": f1(jnp.Arctan),
	"jnp.arcsinh": f1(jnp.Arcsinh), "jnp.arccosh": f1(jnp.Arccosh), "jnp.arctanh": f1(jnp.Arctanh),
	"jnp.asin": f1(jnp.Asin), "jnp.acos": f1(jnp.Acos), "jnp.atan": f1(jnp.Atan), "jnp.asinh": f1(jnp.Asinh),
	"jnp.acosh": f1(jnp.Acosh), "jnp.atanh": f1(jnp.Atanh),
	"jnp.deg2rad": f1(jnp.Deg2Rad), "jnp.radians": f1(jnp.Radians), "jnp.rad2deg": f1(jnp.Rad2Deg),
	"jnp.degrees": f1(jnp.Degrees),
	"jnp.floor":   f1(jnp.Floor), "jnp.ceil": f1(jnp.Ceil), "jnp.trunc": f1(jnp.Trunc), "jnp.rint": f1(jnp.Rint),
	"jnp.real": f1(jnp.Real), "jnp.imag": f1(jnp.Imag), "jnp.conj": f1(jnp.Conj), "jnp.conjugate": f1(jnp.Conjugate),
	"jnp.isnan": f1(jnp.IsNaN), "jnp.isinf": f1(jnp.IsInf), "jnp.isfinite": f1(jnp.IsFinite),
	"jnp.isposinf": f1(jnp.IsPosInf), "jnp.isneginf": f1(jnp.IsNegInf),
	"jnp.isreal": f1(jnp.IsReal), "jnp.iscomplex": f1(jnp.IsComplex),
	"jnp.logical_not": f1(jnp.LogicalNot), "jnp.invert": f1(jnp.Invert), "jnp.bitwise_not": f1(jnp.BitwiseNot),
	"jnp.bitwise_invert": f1(jnp.BitwiseInvert),
	"jnp.bitwise_count":  f1(jnp.BitwiseCount), "jnp.sort_complex": f1(jnp.SortComplex),
	"jnp.matrix_transpose": f1(jnp.MatrixTranspose),
	"jnp.frexp":            func(c *Call) any { return two(jnp.Frexp(c.A(0))) },
	"jnp.modf":             func(c *Call) any { return two(jnp.Modf(c.A(0))) },
	"jnp.iscomplexobj":     func(c *Call) any { return jnp.IsComplexObj(c.Args[0]) },
	"jnp.isrealobj":        func(c *Call) any { return jnp.IsRealObj(c.Args[0]) },
	"jnp.isscalar":         func(c *Call) any { return jnp.IsScalar(c.Args[0]) },

	// of two
	"jnp.add": f2(jnp.Add), "jnp.subtract": f2(jnp.Subtract), "jnp.multiply": f2(jnp.Multiply),
	"jnp.divide": f2(jnp.Divide), "jnp.true_divide": f2(jnp.TrueDivide),
	"jnp.floor_divide": f2(jnp.FloorDivide), "jnp.mod": f2(jnp.Mod), "jnp.remainder": f2(jnp.Remainder),
	"jnp.fmod":   f2(jnp.Fmod),
	"jnp.divmod": func(c *Call) any { return two(jnp.DivMod(c.A(0), c.A(1))) },
	"jnp.power":  power, "jnp.pow": power, "jnp.float_power": f2(jnp.FloatPower),
	"jnp.maximum": f2(jnp.Maximum), "jnp.minimum": f2(jnp.Minimum), "jnp.fmax": f2(jnp.Fmax), "jnp.fmin": f2(jnp.Fmin),
	"jnp.arctan2": f2(jnp.Arctan2), "jnp.atan2": f2(jnp.Atan2), "jnp.hypot": f2(jnp.Hypot),
	"jnp.copysign": f2(jnp.CopySign), "jnp.nextafter": f2(jnp.NextAfter),
	"jnp.heaviside": f2(jnp.Heaviside), "jnp.logaddexp": f2(jnp.LogAddExp), "jnp.logaddexp2": f2(jnp.LogAddExp2),
	"jnp.ldexp": f2(jnp.Ldexp),
	"jnp.gcd":   f2(jnp.GCD), "jnp.lcm": f2(jnp.LCM),
	"jnp.equal": f2(jnp.Equal), "jnp.not_equal": f2(jnp.NotEqual), "jnp.less": f2(jnp.Less),
	"jnp.less_equal": f2(jnp.LessEqual),
	"jnp.greater":    f2(jnp.Greater), "jnp.greater_equal": f2(jnp.GreaterEqual),
	"jnp.logical_and": f2(jnp.LogicalAnd), "jnp.logical_or": f2(jnp.LogicalOr), "jnp.logical_xor": f2(jnp.LogicalXor),
	"jnp.bitwise_and": f2(jnp.BitwiseAnd), "jnp.bitwise_or": f2(jnp.BitwiseOr), "jnp.bitwise_xor": f2(jnp.BitwiseXor),
	"jnp.left_shift": f2(jnp.LeftShift), "jnp.right_shift": f2(jnp.RightShift),
	"jnp.bitwise_left_shift": f2(jnp.BitwiseLeftShift), "jnp.bitwise_right_shift": f2(jnp.BitwiseRightShift),

	// with keywords
	"jnp.angle":    func(c *Call) any { return jnp.Phase{Deg: c.bool(1, "deg", false)}.Angle(c.A(0)) },
	"jnp.round":    rounded(jnp.Round),
	"jnp.around":   rounded(jnp.Around),
	"jnp.clip":     func(c *Call) any { return jnp.Clip(c.A(0), c.arg(1, "min"), c.arg(2, "max")) },
	"jnp.isclose":  func(c *Call) any { return tolerance(c).IsClose(c.A(0), c.A(1)) },
	"jnp.allclose": func(c *Call) any { return tolerance(c).AllClose(c.A(0), c.A(1)) },
	"jnp.array_equal": func(c *Call) any {
		return jnp.Tolerance{EqualNaN: c.bool(2, "equal_nan", false)}.ArrayEqual(c.A(0), c.A(1))
	},
	"jnp.array_equiv": f2(jnp.ArrayEquiv),
	"jnp.astype": func(c *Call) any {
		c.arg(2, "copy") // arrays never change
		d := c.DType(c.arg(1, "dtype"))
		if d == 0 {
			d = jnp.Zeros().DType()
		}
		return jnp.AsType(c.A(0), d)
	},
	"jnp.nan_to_num": func(c *Call) any {
		c.arg(1, "copy")
		return jnp.NaNReplacement{NaN: c.arg(2, "nan"), PosInf: c.arg(3, "posinf"),
			NegInf: c.arg(4, "neginf")}.NaNToNum(c.A(0))
	},
	"jnp.packbits": func(c *Call) any {
		axis := c.Ints(c.arg(1, "axis"))
		return jnp.Bits{Little: c.arg(2, "bitorder") == "little"}.PackBits(c.A(0), axis...)
	},
	"jnp.unpackbits": func(c *Call) any {
		axis := c.Ints(c.arg(1, "axis"))
		return jnp.Bits{Count: c.arg(2, "count"), Little: c.arg(3, "bitorder") == "little"}.UnpackBits(c.A(0), axis...)
	},
	"jnp.unwrap": func(c *Call) any {
		p := jnp.Phase{Discont: c.arg(1, "discont"), Period: c.arg(3, "period")}
		return p.Unwrap(c.A(0), c.Ints(c.arg(2, "axis"))...)
	},
	"jnp.select": func(c *Call) any {
		otherwise := c.arg(2, "default")
		if otherwise == nil {
			otherwise = 0
		}
		return jnp.Select(arrays(c.Args[0]), arrays(c.Args[1]), jnp.AsArray(otherwise))
	},
	"jnp.where": func(c *Call) any {
		if len(c.Args) == 2 { // Go's compiler refuses it: what is closest is an array that was not set
			return jnp.Where(c.A(0), c.A(1), jnp.Array{})
		}
		return jnp.Where(c.A(0), c.A(1), c.A(2))
	},
}

func two(x, y jnp.Array) any { return []any{x, y} }

// bool is argument i or the keyword of that name, otherwise where neither is there.
func (c *Call) bool(i int, name string, otherwise bool) bool {
	if b, ok := c.arg(i, name).(bool); ok {
		return b
	}
	return otherwise
}

func rounded(f func(x jnp.Array, decimals ...int) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0), c.Ints(c.arg(1, "decimals"))...) }
}

func tolerance(c *Call) jnp.Tolerance {
	return jnp.Tolerance{RTol: c.arg(2, "rtol"), ATol: c.arg(3, "atol"), EqualNaN: c.bool(4, "equal_nan", false)}
}

var elementwiseConcrete = map[string]string{}

var elementwiseUnmapped = map[string]string{}
