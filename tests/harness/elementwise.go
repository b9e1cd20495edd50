package harness

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func one(v jnp.Array) []jnp.Array { return []jnp.Array{v} }

// unary is an operation of one array. accuracy asks for at least some accuracy, which there always is.
func unary(f func(x jnp.Array) jnp.Array) onArrays {
	return func(c *call) []jnp.Array {
		c.ignore("accuracy")
		return one(f(c.array(0)))
	}
}

// binary and ternary are operations of arrays of one shape. In JAX's programs scalars, and arrays with axes of size 1,
// may stand for arrays of the result's shape.
func binary(f func(x, y jnp.Array) jnp.Array) onArrays {
	return func(c *call) []jnp.Array { x := c.spread(); return one(f(x[0], x[1])) }
}

func ternary(f func(x, y, z jnp.Array) jnp.Array) onArrays {
	return func(c *call) []jnp.Array { x := c.spread(); return one(f(x[0], x[1], x[2])) }
}

// spread are the operands in the shape of the result.
func (c *call) spread() []jnp.Array {
	x := c.all()
	for i, v := range x {
		x[i] = spreadTo(v, c.shape())
	}
	return x
}

func spreadTo(v jnp.Array, shape []int) jnp.Array {
	dims := make([]int, v.NDim())
	for i := range dims {
		dims[i] = len(shape) - len(dims) + i
	}
	return lax.BroadcastInDim(v, shape, dims)
}

// engine is a primitive that no function of lax stands for, since jax.lax shows none: its operation in ops.
func engine(f func(x, y *ops.Value) *ops.Value) func(x, y jnp.Array) jnp.Array {
	return func(x, y jnp.Array) jnp.Array { return jnp.Wrap(f(x.TraceValue(), y.TraceValue())) }
}

// same is an operation that returns its operands.
func same(c *call) []jnp.Array { return c.all() }

var elementwise = map[string]onArrays{
	"abs": unary(lax.Abs), "acos": unary(lax.Acos), "acosh": unary(lax.Acosh), "asin": unary(lax.Asin),
	"asinh": unary(lax.Asinh),
	"atan":  unary(lax.Atan), "atanh": unary(lax.Atanh), "bessel_i0e": unary(lax.BesselI0e),
	"bessel_i1e": unary(lax.BesselI1e),
	"cbrt":       unary(lax.Cbrt), "ceil": unary(lax.Ceil), "clz": unary(lax.CLZ), "cos": unary(lax.Cos),
	"cosh":    unary(lax.Cosh),
	"digamma": unary(lax.Digamma), "erf": unary(lax.Erf), "erf_inv": unary(lax.ErfInv), "erfc": unary(lax.Erfc),
	"exp":  unary(lax.Exp),
	"exp2": unary(lax.Exp2), "expm1": unary(lax.Expm1), "floor": unary(lax.Floor), "imag": unary(lax.Imag),
	"is_finite": unary(lax.IsFinite),
	"lgamma":    unary(lax.Lgamma), "log": unary(lax.Log), "log1p": unary(lax.Log1p), "logistic": unary(lax.Logistic),
	"neg": unary(lax.Neg),
	"not": unary(lax.BitwiseNot), "population_count": unary(lax.PopulationCount), "real": unary(lax.Real),
	"rsqrt": unary(lax.Rsqrt),
	"sign":  unary(lax.Sign), "sin": unary(lax.Sin), "sinh": unary(lax.Sinh), "sqrt": unary(lax.Sqrt),
	"square":        unary(lax.Square),
	"stop_gradient": unary(gojax.StopGradient[jnp.Array]), "tan": unary(lax.Tan), "tanh": unary(lax.Tanh),

	"add": binary(lax.Add), "add_any": binary(lax.Add), "and": binary(lax.BitwiseAnd), "atan2": binary(lax.Atan2),
	"complex": binary(lax.Complex),
	"div":     binary(lax.Div), "eq": binary(lax.Eq), "eq_to": binary(engine(ops.EqTo)), "ge": binary(lax.Ge),
	"gt":     binary(lax.Gt),
	"igamma": binary(lax.Igamma), "igamma_grad_a": binary(lax.IgammaGradA), "igammac": binary(lax.Igammac),
	"le":    binary(lax.Le),
	"le_to": binary(engine(ops.LeTo)), "lt": binary(lax.Lt), "lt_to": binary(engine(ops.LtTo)), "max": binary(lax.Max),
	"min":   binary(lax.Min),
	"mulhi": binary(lax.MulHi), "ne": binary(lax.Ne), "nextafter": binary(lax.NextAfter), "or": binary(lax.BitwiseOr),
	"polygamma":         binary(lax.Polygamma),
	"random_gamma_grad": binary(lax.RandomGammaGrad), "rem": binary(lax.Rem), "shift_left": binary(lax.ShiftLeft),
	"shift_right_arithmetic": binary(lax.ShiftRightArithmetic), "shift_right_logical": binary(lax.ShiftRightLogical),
	"sub": binary(lax.Sub),
	"xor": binary(lax.BitwiseXor), "zeta": binary(lax.Zeta),

	"regularized_incomplete_beta": ternary(lax.BetaInc),

	"clamp": func(c *call) []jnp.Array { return one(lax.Clamp(c.array(0), c.array(1), c.array(2))) },
	"conj": func(c *call) []jnp.Array {
		c.ignore("input_dtype", "_input_dtype") // of the transpose
		x := c.array(0)
		if !x.DType().IsComplex() { // a real number made complex, which its conjugate is too
			return one(lax.Complex(x, 0))
		}
		return one(lax.Conj(x))
	},
	// The exponent may be of another dtype.
	"pow":         binary(lax.Pow),
	"integer_pow": func(c *call) []jnp.Array { return one(lax.IntegerPow(c.array(0), param[int](c, "y"))) },
	"mul": func(c *call) []jnp.Array {
		x := c.spread()
		if c.has("out_dtype") {
			if d := c.dtype("out_dtype"); d.Valid() { // the product is computed in it
				x[0], x[1] = lax.ConvertElementType(x[0], d), lax.ConvertElementType(x[1], d)
			}
		}
		return one(lax.Mul(x[0], x[1]))
	},
	"round": func(c *call) []jnp.Array {
		methods := map[string]lax.RoundingMethod{"AWAY_FROM_ZERO": lax.AwayFromZero,
			"TO_NEAREST_EVEN": lax.ToNearestEven}
		return one(lax.Round(c.array(0), lax.RoundOptions{Method: choice(c, "rounding_method", methods)}))
	},
	"select_n": func(c *call) []jnp.Array { return one(lax.SelectN(c.array(0), c.from(1)...)) },

	"convert_element_type": func(c *call) []jnp.Array {
		c.ignore("sharding")
		// No function of lax or jnp makes an array weakly typed.
		return one(
			jnp.Wrap(ops.ConvertWeak(c.array(0).TraceValue(), c.dtype("new_dtype"), param[bool](c, "weak_type"))))
	},
	"bitcast_convert_type": func(c *call) []jnp.Array {
		return one(lax.BitcastConvertType(c.array(0), c.dtype("new_dtype")))
	},
	"reduce_precision": func(c *call) []jnp.Array {
		return one(lax.ReducePrecision(c.array(0), param[int](c, "exponent_bits"), param[int](c, "mantissa_bits")))
	},

	"copy": same, "copy_p": same,
	"device_put": func(c *call) []jnp.Array { c.ignore("devices", "srcs", "copy_semantics"); return c.all() },
	"name":       func(c *call) []jnp.Array { c.ignore("name"); return c.all() },
	"sharding_constraint": func(c *call) []jnp.Array {
		c.ignore("sharding", "layout", "context_mesh", "unconstrained_dims")
		return c.all()
	},
	"optimization_barrier": func(c *call) []jnp.Array { return lax.OptimizationBarrier(c.all()) },
}
