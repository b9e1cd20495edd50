package functions

import (
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// laxTable is jax.lax but for convolutions, windows and indexing (see lax_window.go, indexing.go).
var laxTable = Table{
	// elementwise
	"lax.rsqrt": lax1(lax.Rsqrt), "lax.logistic": lax1(lax.Logistic), "lax.erf": lax1(lax.Erf),
	"lax.erfc": lax1(lax.Erfc), "lax.erf_inv": lax1(lax.ErfInv),
	"lax.lgamma": lax1(lax.Lgamma), "lax.digamma": lax1(lax.Digamma), "lax.bessel_i0e": lax1(lax.BesselI0e),
	"lax.bessel_i1e": lax1(lax.BesselI1e),
	"lax.sin":        lax1(lax.Sin), "lax.square": lax1(lax.Square), "lax.cbrt": lax1(lax.Cbrt),
	"lax.abs": lax1(lax.Abs), "lax.acos": lax1(lax.Acos), "lax.acosh": lax1(lax.Acosh), "lax.asin": lax1(lax.Asin),
	"lax.asinh": lax1(lax.Asinh), "lax.atan": lax1(lax.Atan), "lax.atanh": lax1(lax.Atanh), "lax.ceil": lax1(lax.Ceil),
	"lax.bitwise_not": lax1(lax.BitwiseNot), "lax.conj": lax1(lax.Conj), "lax.cos": lax1(lax.Cos),
	"lax.cosh": lax1(lax.Cosh), "lax.exp": lax1(lax.Exp), "lax.exp2": lax1(lax.Exp2), "lax.expm1": lax1(lax.Expm1),
	"lax.floor": lax1(lax.Floor), "lax.imag": lax1(lax.Imag), "lax.log": lax1(lax.Log), "lax.log1p": lax1(lax.Log1p),
	"lax.neg": lax1(lax.Neg), "lax.real": lax1(lax.Real), "lax.reciprocal": lax1(lax.Reciprocal),
	"lax.sign": lax1(lax.Sign), "lax.sinh": lax1(lax.Sinh), "lax.sqrt": lax1(lax.Sqrt), "lax.tan": lax1(lax.Tan),
	"lax.tanh":             lax1(lax.Tanh),
	"lax.is_finite":        lax1(lax.IsFinite),
	"lax.population_count": lax1(lax.PopulationCount), "lax.clz": lax1(lax.CLZ),
	"lax.stop_gradient": f1(gojax.StopGradient[jnp.Array]),
	"lax.add":           lax2(lax.Add), "lax.sub": lax2(lax.Sub), "lax.mul": lax2(lax.Mul), "lax.div": lax2(lax.Div),
	"lax.rem":       lax2(lax.Rem),
	"lax.nextafter": lax2(lax.NextAfter), "lax.complex": lax2(lax.Complex),
	"lax.igamma": lax2(lax.Igamma), "lax.igammac": lax2(lax.Igammac), "lax.igamma_grad_a": lax2(lax.IgammaGradA),
	"lax.random_gamma_grad": lax2(lax.RandomGammaGrad),
	"lax.zeta":              lax2(lax.Zeta), "lax.polygamma": lax2(lax.Polygamma),
	"lax.atan2": lax2(lax.Atan2), "lax.pow": lax2(lax.Pow), "lax.max": lax2(lax.Max), "lax.min": lax2(lax.Min),
	"lax.eq": lax2(lax.Eq), "lax.ne": lax2(lax.Ne), "lax.lt": lax2(lax.Lt), "lax.le": lax2(lax.Le),
	"lax.gt": lax2(lax.Gt), "lax.ge": lax2(lax.Ge), "lax.mulhi": lax2(lax.MulHi),
	"lax.bitwise_and": lax2(lax.BitwiseAnd), "lax.bitwise_or": lax2(lax.BitwiseOr),
	"lax.bitwise_xor": lax2(lax.BitwiseXor),
	"lax.shift_left":  lax2(lax.ShiftLeft), "lax.shift_right_arithmetic": lax2(lax.ShiftRightArithmetic),
	"lax.shift_right_logical": lax2(lax.ShiftRightLogical),
	"lax.betainc":             func(c *Call) any { v := c.spread(3); return lax.BetaInc(v[0], v[1], v[2]) },
	"lax.clamp":               f3(lax.Clamp),
	"lax.select":              f3(lax.Select),
	"lax.select_n":            func(c *Call) any { return lax.SelectN(c.A(0), arrays(c.Args[1:])...) },
	"lax.integer_pow":         func(c *Call) any { return lax.IntegerPow(c.A(0), c.need(1, "y").(int)) },
	"lax.round": func(c *Call) any {
		m, _ := c.arg(1, "rounding_method").(int)
		return lax.Round(c.A(0), lax.RoundOptions{Method: lax.RoundingMethod(m)})
	},
	"lax.reduce_precision": func(c *Call) any {
		return lax.ReducePrecision(c.A(0), c.need(1, "exponent_bits").(int), c.need(2, "mantissa_bits").(int))
	},
	"lax.bitcast_convert_type": func(c *Call) any {
		return lax.BitcastConvertType(c.A(0), c.DType(c.arg(1, "new_dtype")))
	},
	"lax.convert_element_type": func(c *Call) any {
		return lax.ConvertElementType(c.A(0), c.DType(c.arg(1, "new_dtype")))
	},

	// shapes
	"lax.rev":         func(c *Call) any { return lax.Rev(c.A(0), c.Ints(c.arg(1, "dimensions"))...) },
	"lax.expand_dims": func(c *Call) any { return lax.ExpandDims(c.A(0), c.Ints(c.arg(1, "dimensions"))...) },
	"lax.squeeze":     func(c *Call) any { return lax.Squeeze(c.A(0), c.Ints(c.arg(1, "dimensions"))...) },
	"lax.broadcast":   func(c *Call) any { return lax.Broadcast(c.A(0), c.Ints(c.arg(1, "sizes"))...) },
	"lax.tile":        func(c *Call) any { return lax.Tile(c.A(0), c.Ints(c.arg(1, "reps"))...) },
	"lax.transpose":   func(c *Call) any { return lax.Transpose(c.A(0), c.Ints(c.arg(1, "permutation"))...) },
	"lax.broadcast_in_dim": func(c *Call) any {
		return lax.BroadcastInDim(c.A(0), c.Ints(c.arg(1, "shape")), c.Ints(c.arg(2, "broadcast_dimensions")))
	},
	"lax.concatenate": func(c *Call) any {
		return lax.Concatenate(arrays(c.Args[0]), c.need(1, "dimension").(int))
	},
	"lax.reshape": func(c *Call) any {
		x := c.A(0)
		if perm := c.Ints(c.arg(2, "dimensions")); perm != nil {
			x = lax.Transpose(x, perm...)
		}
		return lax.Reshape(x, c.Ints(c.arg(1, "new_sizes"))...)
	},
	"lax.collapse": func(c *Call) any {
		stop, ok := c.arg(2, "stop_dimension").(int)
		if !ok {
			stop = c.A(0).NDim()
		}
		return lax.Collapse(c.A(0), c.need(1, "start_dimension").(int), stop)
	},
	"lax.pad": func(c *Call) any {
		var config [][3]int
		for _, p := range c.arg(2, "padding_config").([]any) {
			config = append(config, [3]int(c.Ints(p)))
		}
		return lax.Pad(c.A(0), c.A(1), config)
	},
	"lax.broadcast_like":    f2(lax.BroadcastLike),
	"lax.broadcast_to_rank": func(c *Call) any { return lax.BroadcastToRank(c.A(0), c.need(1, "rank").(int)) },
	"lax.empty": func(c *Call) any {
		return lax.Empty(c.Ints(c.arg(0, "shape")), c.DType(c.arg(1, "dtype")))
	},
	"lax.full_like": func(c *Call) any {
		o := lax.FullOptions{DType: c.DType(c.arg(2, "dtype")), Shape: c.Ints(c.arg(3, "shape"))}
		return lax.FullLike(c.A(0), c.A(1), o)
	},
	"lax.stack":   func(c *Call) any { return lax.Stack(arrays(c.Args[0]), c.int(1, "axis", 0)) },
	"lax.unstack": func(c *Call) any { return tuple(lax.Unstack(c.A(0), c.int(1, "axis", 0))...) },
	"lax.split": func(c *Call) any {
		return tuple(lax.Split(c.A(0), c.Ints(c.arg(1, "sizes")), c.int(2, "axis", 0))...)
	},
	"lax.optimization_barrier": func(c *Call) any {
		if _, tuple := c.Args[0].([]any); !tuple {
			return lax.OptimizationBarrier(c.A(0))
		}
		return tuple(lax.OptimizationBarrier(arrays(c.Args[0]))...)
	},

	// products
	"lax.dot_general": func(c *Call) any {
		return lax.DotGeneral(c.A(0), c.A(1), c.dotDims(c.arg(2, "dimension_numbers")), c.dotOptions(3))
	},
	"lax.dot": func(c *Call) any {
		d := c.arg(4, "dimension_numbers")
		o := c.dotOptions(2)
		if d != nil {
			return lax.DotGeneral(c.A(0), c.A(1), c.dotDims(d), o)
		}
		return lax.Dot(c.A(0), c.A(1), o)
	},
	"lax.batch_matmul": func(c *Call) any {
		return lax.BatchMatMul(c.A(0), c.A(1), lax.DotOptions{Precision: c.precision(2)})
	},
	"lax.ragged_dot": func(c *Call) any {
		return lax.RaggedDot(c.A(0), c.A(1), c.A(2), c.dotOptions(3))
	},

	// sorting, reducing
	"lax.sort": func(c *Call) any {
		axis, o := c.sorting(1, 2)
		if n, ok := c.arg(3, "num_keys").(int); ok {
			o.NumKeys = n
		}
		if _, isTuple := c.Args[0].([]any); !isTuple {
			return lax.Sort(c.A(0), axis, o)
		}
		return tuple(lax.Sort(arrays(c.Args[0]), axis, o)...)
	},
	"lax.sort_key_val": func(c *Call) any {
		axis, o := c.sorting(2, 3)
		return tuple(lax.SortKeyVal(c.A(0), c.A(1), axis, o))
	},
	"lax.top_k": func(c *Call) any {
		return tuple(lax.TopK(c.A(0), c.need(1, "k").(int), c.int(2, "axis", -1)))
	},
	"lax.approx_max_k": approximate(lax.ApproxMaxK), "lax.approx_min_k": approximate(lax.ApproxMinK),
	"lax.reduce": func(c *Call) any {
		f := reducers[c.need(2, "computation").(string)]
		axes := c.Ints(c.arg(3, "dimensions"))
		if _, isTuple := c.Args[0].([]any); !isTuple {
			return lax.Reduce(c.A(0), initOf(c.A(1), c.A(0)), f, axes...)
		}
		xs, inits := arrays(c.Args[0]), arrays(c.Args[1])
		for i := range inits {
			inits[i] = initOf(inits[i], xs[i])
		}
		return tuple(lax.ReduceTree(xs, inits, func(a, b []jnp.Array) []jnp.Array {
			y := make([]jnp.Array, len(a))
			for i := range a {
				y[i] = f(a[i], b[i])
			}
			return y
		}, axes...)...)
	},

	// The case asks for the length only.
	"lax.rng_uniform": func(c *Call) any {
		y := lax.RNGUniform(c.A(0), c.A(1), c.Ints(c.arg(2, "shape"))...)
		return jnp.Creation{DType: jnp.Float32}.AsArray(y.Len())
	},
}

// approximate is the largest or smallest few of an axis.
func approximate(f func(x jnp.Array, k, axis int, o ...lax.ApproxOptions) (values, indices jnp.Array)) Func {
	return func(c *Call) any {
		o := lax.ApproxOptions{Loose: !c.bool(5, "aggregate_to_topk", true)}
		o.Recall, _ = c.arg(3, "recall_target").(float64)
		o.InputSize, _ = c.arg(4, "reduction_input_size_override").(int)
		return tuple(f(c.A(0), c.need(1, "k").(int), c.int(2, "reduction_dimension", -1), o))
	}
}

// reducers are the computations of lax.reduce and lax.reduce_window, by name.
var reducers = map[string]func(a, b jnp.Array) jnp.Array{
	"add": lax.Add[jnp.Array, jnp.Array], "mul": lax.Mul[jnp.Array, jnp.Array],
	"max": lax.Max[jnp.Array, jnp.Array], "min": lax.Min[jnp.Array, jnp.Array],
	"bitwise_and": lax.BitwiseAnd[jnp.Array, jnp.Array], "bitwise_or": lax.BitwiseOr[jnp.Array, jnp.Array],
	"bitwise_xor": lax.BitwiseXor[jnp.Array, jnp.Array],
}

// initOf is an initial value for a reduction of x: a Python scalar takes x's dtype.
func initOf(init, x jnp.Array) jnp.Array {
	if init.Weak() && init.DType() != x.DType() {
		return lax.ConvertElementType(init, x.DType())
	}
	return init
}

func lax1(f func(x jnp.Array) jnp.Array) Func {
	return func(c *Call) any {
		c.kw("accuracy") // of the approximation on a TPU
		return f(c.A(0))
	}
}

func lax2(f func(x, y jnp.Array) jnp.Array) Func {
	return func(c *Call) any { v := c.spread(2); return f(v[0], v[1]) }
}

// spread is the first n arguments with scalars among them broadcast to the shape of the others, as JAX's lax does.
// (Ours takes Go numbers for scalars, but the cases' may be traced.)
func (c *Call) spread(n int) []jnp.Array {
	x := arrays(c.Args[:n])
	shape := x[0].Shape()
	for _, a := range x {
		if a.NDim() > 0 {
			shape = a.Shape()
		}
	}
	for i, a := range x {
		if a.NDim() == 0 {
			x[i] = lax.BroadcastInDim(a, shape, nil)
		}
	}
	return x
}

// need is argument i or the keyword of that name, which the call must have.
func (c *Call) need(i int, name string) any {
	x := c.arg(i, name)
	if x == nil {
		trace.Fail(c.Fn, nil, "the argument %s is missing", name)
	}
	return x
}

// sorting are the axis and the stability of a sort, arguments i and j.
func (c *Call) sorting(i, j int) (axis int, o lax.SortOptions) {
	return c.int(i, "dimension", -1), lax.SortOptions{Unstable: !c.bool(j, "is_stable", true)}
}

// dotDims reads ((lhs_contract, rhs_contract), (lhs_batch, rhs_batch)).
func (c *Call) dotDims(x any) lax.DotDims {
	l := x.([]any)
	contract, batch := l[0].([]any), l[1].([]any)
	return lax.DotDims{LHSContract: c.Ints(contract[0]), RHSContract: c.Ints(contract[1]), LHSBatch: c.Ints(batch[0]),
		RHSBatch: c.Ints(batch[1])}
}

// dotOptions are the arguments precision, at i, and preferred_element_type behind it.
func (c *Call) dotOptions(i int) lax.DotOptions {
	return lax.DotOptions{Precision: c.precision(i), PreferredType: c.DType(c.arg(i+1, "preferred_element_type"))}
}

func (c *Call) precision(i int) lax.Precision {
	x := c.arg(i, "precision")
	if l, ok := x.([]any); ok { // one for each operand
		x = l[0]
	}
	names := []any{nil, "high", "highest"}
	return lax.Precision(max(slices.Index(names, x), 0))
}

var laxConcrete = segmentsConcrete

var laxUnmapped = map[string]string{
	"lax.rng_uniform": "the result is only a length, known while tracing",
}
