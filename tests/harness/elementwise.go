package harness

import (
	"github.com/gojax/gojax/ops"
)

func one(v *ops.Value) []*ops.Value { return []*ops.Value{v} }

// unary is an operation of one array. accuracy asks for at least some accuracy, which there always is.
func unary(f func(x *ops.Value) *ops.Value) onArrays {
	return func(c *call) []*ops.Value {
		c.ignore("accuracy")
		return one(f(c.v(0)))
	}
}

// binary and ternary are operations of arrays of one shape. In JAX's programs scalars, and arrays with axes of size 1, may stand for
// arrays of the result's shape.
func binary(f func(x, y *ops.Value) *ops.Value) onArrays {
	return func(c *call) []*ops.Value { x := c.spread(); return one(f(x[0], x[1])) }
}

func ternary(f func(x, y, z *ops.Value) *ops.Value) onArrays {
	return func(c *call) []*ops.Value { x := c.spread(); return one(f(x[0], x[1], x[2])) }
}

// spread are the operands in the shape of the result.
func (c *call) spread() []*ops.Value {
	x := c.all()
	for i, v := range x {
		x[i] = spreadTo(v, c.shape())
	}
	return x
}

func spreadTo(v *ops.Value, shape []int) *ops.Value {
	dims := make([]int, v.Rank())
	for i := range dims {
		dims[i] = len(shape) - len(dims) + i
	}
	return ops.BroadcastInDim(v, shape, dims)
}

// same is an operation that returns its operands.
func same(c *call) []*ops.Value { return c.all() }

var elementwise = map[string]onArrays{
	"abs": unary(ops.Abs), "acos": unary(ops.Acos), "acosh": unary(ops.Acosh), "asin": unary(ops.Asin), "asinh": unary(ops.Asinh),
	"atan": unary(ops.Atan), "atanh": unary(ops.Atanh), "bessel_i0e": unary(ops.BesselI0e), "bessel_i1e": unary(ops.BesselI1e),
	"cbrt": unary(ops.Cbrt), "ceil": unary(ops.Ceil), "clz": unary(ops.Clz), "cos": unary(ops.Cos), "cosh": unary(ops.Cosh),
	"digamma": unary(ops.Digamma), "erf": unary(ops.Erf), "erf_inv": unary(ops.ErfInv), "erfc": unary(ops.Erfc), "exp": unary(ops.Exp),
	"exp2": unary(ops.Exp2), "expm1": unary(ops.Expm1), "floor": unary(ops.Floor), "imag": unary(ops.Imag), "is_finite": unary(ops.IsFinite),
	"lgamma": unary(ops.Lgamma), "log": unary(ops.Log), "log1p": unary(ops.Log1p), "logistic": unary(ops.Logistic), "neg": unary(ops.Neg),
	"not": unary(ops.Not), "population_count": unary(ops.PopulationCount), "real": unary(ops.Real), "rsqrt": unary(ops.Rsqrt),
	"sign": unary(ops.Sign), "sin": unary(ops.Sin), "sinh": unary(ops.Sinh), "sqrt": unary(ops.Sqrt), "square": unary(ops.Square),
	"stop_gradient": unary(ops.StopGradient), "tan": unary(ops.Tan), "tanh": unary(ops.Tanh),

	"add": binary(ops.Add), "add_any": binary(ops.Add), "and": binary(ops.And), "atan2": binary(ops.Atan2), "complex": binary(ops.Complex),
	"div": binary(ops.Div), "eq": binary(ops.Eq), "eq_to": binary(ops.EqTo), "ge": binary(ops.Ge), "gt": binary(ops.Gt),
	"igamma": binary(ops.Igamma), "igamma_grad_a": binary(ops.IgammaGradA), "igammac": binary(ops.Igammac), "le": binary(ops.Le),
	"le_to": binary(ops.LeTo), "lt": binary(ops.Lt), "lt_to": binary(ops.LtTo), "max": binary(ops.Max), "min": binary(ops.Min),
	"mulhi": binary(ops.MulHi), "ne": binary(ops.Ne), "nextafter": binary(ops.NextAfter), "or": binary(ops.Or), "polygamma": binary(ops.Polygamma),
	"random_gamma_grad": binary(ops.RandomGammaGrad), "rem": binary(ops.Rem), "shift_left": binary(ops.ShiftLeft),
	"shift_right_arithmetic": binary(ops.ShiftRightArithmetic), "shift_right_logical": binary(ops.ShiftRightLogical), "sub": binary(ops.Sub),
	"xor": binary(ops.Xor), "zeta": binary(ops.Zeta),

	"regularized_incomplete_beta": ternary(ops.Betainc),

	"clamp": func(c *call) []*ops.Value { return one(ops.Clamp(c.v(0), c.v(1), c.v(2))) },
	"conj": func(c *call) []*ops.Value {
		c.ignore("input_dtype", "_input_dtype") // of the transpose
		x := c.v(0)
		if !x.DType().IsComplex() { // a real number made complex, which its conjugate is too
			return one(ops.Complex(x, ops.ZerosLike(x)))
		}
		return one(ops.Conj(x))
	},
	// The exponent may be of another dtype.
	"pow":         binary(ops.Pow),
	"integer_pow": func(c *call) []*ops.Value { return one(ops.IntegerPow(c.v(0), param[int](c, "y"))) },
	"mul": func(c *call) []*ops.Value {
		x := c.spread()
		if c.has("out_dtype") {
			if d := c.dtype("out_dtype"); d.Valid() { // the product is computed in it
				x[0], x[1] = ops.Convert(x[0], d), ops.Convert(x[1], d)
			}
		}
		return one(ops.Mul(x[0], x[1]))
	},
	"round": func(c *call) []*ops.Value {
		return one(ops.Round(c.v(0), choice(c, "rounding_method", map[string]ops.RoundingMethod{"AWAY_FROM_ZERO": ops.AwayFromZero, "TO_NEAREST_EVEN": ops.ToNearestEven})))
	},
	"select_n": func(c *call) []*ops.Value { return one(ops.SelectN(c.v(0), c.from(1)...)) },

	"convert_element_type": func(c *call) []*ops.Value {
		c.ignore("sharding")
		return one(ops.ConvertWeak(c.v(0), c.dtype("new_dtype"), param[bool](c, "weak_type")))
	},
	"bitcast_convert_type": func(c *call) []*ops.Value { return one(ops.Bitcast(c.v(0), c.dtype("new_dtype"))) },
	"reduce_precision": func(c *call) []*ops.Value {
		return one(ops.ReducePrecision(c.v(0), param[int](c, "exponent_bits"), param[int](c, "mantissa_bits")))
	},

	"copy": same, "copy_p": same,
	"device_put": func(c *call) []*ops.Value { c.ignore("devices", "srcs", "copy_semantics"); return c.all() },
	"name":       func(c *call) []*ops.Value { c.ignore("name"); return c.all() },
	"sharding_constraint": func(c *call) []*ops.Value {
		c.ignore("sharding", "layout", "context_mesh", "unconstrained_dims")
		return c.all()
	},
	"optimization_barrier": func(c *call) []*ops.Value { return ops.OptimizationBarrier(c.all()...) },
}
