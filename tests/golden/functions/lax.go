package functions

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// laxTable is jax.lax but for convolutions, windows and indexing (see lax_window.go, indexing.go).
var laxTable = Table{
	// elementwise
	"lax.rsqrt": lax1(ops.Rsqrt), "lax.logistic": lax1(ops.Logistic), "lax.erf": lax1(ops.Erf), "lax.erfc": lax1(ops.Erfc), "lax.erf_inv": lax1(ops.ErfInv),
	"lax.lgamma": lax1(ops.Lgamma), "lax.digamma": lax1(ops.Digamma), "lax.bessel_i0e": lax1(ops.BesselI0e), "lax.bessel_i1e": lax1(ops.BesselI1e),
	"lax.sin": lax1(ops.Sin), "lax.square": lax1(ops.Square), "lax.cbrt": lax1(ops.Cbrt), "lax.is_finite": lax1(ops.IsFinite),
	"lax.population_count": lax1(ops.PopulationCount), "lax.clz": lax1(ops.Clz), "lax.stop_gradient": lax1(ops.StopGradient),
	"lax.add": lax2(ops.Add), "lax.sub": lax2(ops.Sub), "lax.mul": lax2(ops.Mul), "lax.div": lax2(ops.Div), "lax.rem": lax2(ops.Rem),
	"lax.nextafter": lax2(ops.NextAfter), "lax.complex": lax2(ops.Complex),
	"lax.igamma": lax2(ops.Igamma), "lax.igammac": lax2(ops.Igammac), "lax.igamma_grad_a": lax2(ops.IgammaGradA), "lax.random_gamma_grad": lax2(ops.RandomGammaGrad),
	"lax.zeta": lax2(ops.Zeta), "lax.polygamma": lax2(ops.Polygamma),
	"lax.shift_left": lax2(ops.ShiftLeft), "lax.shift_right_arithmetic": lax2(ops.ShiftRightArithmetic), "lax.shift_right_logical": lax2(ops.ShiftRightLogical),
	"lax.betainc":     func(c *Call) any { v := c.spread(3); return jnp.Wrap(ops.Betainc(v[0], v[1], v[2])) },
	"lax.clamp":       op3(ops.Clamp),
	"lax.select":      op3(ops.Select),
	"lax.select_n":    func(c *Call) any { return jnp.Wrap(ops.SelectN(c.V(0), c.values(c.Args[1:])...)) },
	"lax.integer_pow": func(c *Call) any { return jnp.Wrap(ops.IntegerPow(c.V(0), c.need(1, "y").(int))) },
	"lax.round": func(c *Call) any {
		m, _ := c.arg(1, "rounding_method").(int)
		return jnp.Wrap(ops.Round(c.V(0), ops.RoundingMethod(m)))
	},
	"lax.reduce_precision": func(c *Call) any {
		return jnp.Wrap(ops.ReducePrecision(c.V(0), c.need(1, "exponent_bits").(int), c.need(2, "mantissa_bits").(int)))
	},
	"lax.bitcast_convert_type": func(c *Call) any { return jnp.Wrap(ops.Bitcast(c.V(0), c.DType(c.arg(1, "new_dtype")))) },
	"lax.convert_element_type": func(c *Call) any { return jnp.Wrap(ops.Convert(c.V(0), c.DType(c.arg(1, "new_dtype")))) },

	// shapes
	"lax.rev":         func(c *Call) any { return jnp.Wrap(ops.Rev(c.V(0), c.Ints(c.arg(1, "dimensions")))) },
	"lax.expand_dims": func(c *Call) any { return jnp.Wrap(ops.ExpandDims(c.V(0), c.Ints(c.arg(1, "dimensions")))) },
	"lax.squeeze":     func(c *Call) any { return jnp.Wrap(ops.Squeeze(c.V(0), c.Ints(c.arg(1, "dimensions")))) },
	"lax.broadcast":   func(c *Call) any { return jnp.Wrap(ops.Broadcast(c.V(0), c.Ints(c.arg(1, "sizes")))) },
	"lax.tile":        func(c *Call) any { return jnp.Wrap(ops.Tile(c.V(0), c.Ints(c.arg(1, "reps")))) },
	"lax.transpose":   func(c *Call) any { return jnp.Wrap(ops.Transpose(c.V(0), c.Ints(c.arg(1, "permutation")))) },
	"lax.broadcast_in_dim": func(c *Call) any {
		return jnp.Wrap(ops.BroadcastInDim(c.V(0), c.Ints(c.arg(1, "shape")), c.Ints(c.arg(2, "broadcast_dimensions"))))
	},
	"lax.concatenate": func(c *Call) any {
		return jnp.Wrap(ops.Concatenate(c.values(c.Args[0].([]any)), c.need(1, "dimension").(int)))
	},
	"lax.reshape": func(c *Call) any {
		x := c.V(0)
		if perm := c.Ints(c.arg(2, "dimensions")); perm != nil {
			x = ops.Transpose(x, perm)
		}
		return jnp.Wrap(ops.Reshape(x, c.Ints(c.arg(1, "new_sizes"))))
	},
	"lax.collapse": func(c *Call) any {
		stop, ok := c.arg(2, "stop_dimension").(int)
		if !ok {
			stop = c.V(0).Rank()
		}
		return jnp.Wrap(ops.Collapse(c.V(0), c.need(1, "start_dimension").(int), stop))
	},
	"lax.pad": func(c *Call) any {
		var low, high, interior []int
		for _, p := range c.arg(2, "padding_config").([]any) {
			q := c.Ints(p)
			low, high, interior = append(low, q[0]), append(high, q[1]), append(interior, q[2])
		}
		return jnp.Wrap(ops.Pad(c.V(0), c.V(1), low, high, interior))
	},
	"lax.optimization_barrier": func(c *Call) any {
		l, tuple := c.Args[0].([]any)
		if !tuple {
			return jnp.Wrap(ops.OptimizationBarrier(c.V(0))[0])
		}
		return wrapped(ops.OptimizationBarrier(c.values(l)...))
	},

	// products
	"lax.dot_general": func(c *Call) any {
		return jnp.Wrap(ops.DotGeneral(c.V(0), c.V(1), c.dotDims(c.arg(2, "dimension_numbers")), c.dotOptions(3)))
	},
	"lax.dot": func(c *Call) any {
		d := c.arg(4, "dimension_numbers")
		o := c.dotOptions(2)
		if d != nil {
			return jnp.Wrap(ops.DotGeneral(c.V(0), c.V(1), c.dotDims(d), o))
		}
		return jnp.Wrap(ops.Dot(c.V(0), c.V(1), o))
	},
	"lax.batch_matmul": func(c *Call) any {
		return jnp.Wrap(ops.BatchMatMul(c.V(0), c.V(1), ops.DotOptions{Precision: c.precision(2)}))
	},
	"lax.ragged_dot": func(c *Call) any {
		return jnp.Wrap(ops.RaggedDot(c.V(0), c.V(1), c.V(2), c.dotOptions(3)))
	},

	// sorting, reducing
	"lax.sort": func(c *Call) any {
		l, tuple := c.Args[0].([]any)
		if !tuple {
			l = c.Args[:1]
		}
		axis, stable := c.sortAxis(1, c.values(l)[0], "dimension", 2)
		keys, ok := c.arg(3, "num_keys").(int)
		if !ok {
			keys = 1
		}
		out := wrapped(ops.Sort(c.values(l), axis, stable, keys))
		if !tuple {
			return out[0]
		}
		return out
	},
	"lax.sort_key_val": func(c *Call) any {
		axis, stable := c.sortAxis(2, c.V(0), "dimension", 3)
		k, v := ops.SortKeyVal(c.V(0), c.V(1), axis, stable)
		return wrapped([]*trace.Value{k, v})
	},
	"lax.top_k": func(c *Call) any {
		axis, ok := c.arg(2, "axis").(int)
		if !ok {
			axis = -1
		}
		v, i := ops.TopK(c.V(0), c.need(1, "k").(int), axis)
		return wrapped([]*trace.Value{v, i})
	},
	"lax.approx_max_k": func(c *Call) any {
		o := ops.ApproxOptions{Loose: !c.bool(5, "aggregate_to_topk", true)}
		axis, ok := c.arg(2, "reduction_dimension").(int)
		if !ok {
			axis = -1
		}
		if axis < 0 {
			axis += c.V(0).Rank()
		}
		o.Recall, _ = c.arg(3, "recall_target").(float64)
		o.InputSize, _ = c.arg(4, "reduction_input_size_override").(int)
		v, i := ops.ApproxMaxK(c.V(0), c.need(1, "k").(int), axis, o)
		return wrapped([]*trace.Value{v, i})
	},
	"lax.reduce": func(c *Call) any {
		f := reducers[c.need(2, "computation").(string)]
		axes := c.Ints(c.arg(3, "dimensions"))
		x, tuple := c.Args[0].([]any)
		inits := []any{c.Args[1]}
		if tuple {
			inits = c.Args[1].([]any)
		} else {
			x = c.Args[:1]
		}
		xs, is := c.values(x), c.values(inits)
		for i := range is {
			is[i] = initOf(is[i], xs[i])
		}
		out := wrapped(ops.Reduce(xs, is, func(a, b []*trace.Value) []*trace.Value {
			y := make([]*trace.Value, len(a))
			for i := range a {
				y[i] = f(a[i], b[i])
			}
			return y
		}, axes))
		if !tuple {
			return out[0]
		}
		return out
	},

	// The case asks for the length only.
	"lax.rng_uniform": func(c *Call) any {
		y := ops.RngUniform(c.V(0), c.V(1), c.Ints(c.arg(2, "shape")))
		return jnp.Creation{DType: jnp.Float32}.Asarray(y.Shape()[0])
	},
}

// reducers are the computations of lax.reduce and lax.reduce_window, by name.
var reducers = map[string]func(a, b *trace.Value) *trace.Value{
	"add": ops.Add, "mul": ops.Mul, "max": ops.Max, "min": ops.Min,
	"bitwise_and": ops.And, "bitwise_or": ops.Or, "bitwise_xor": ops.Xor,
}

// initOf is an initial value for a reduction of x: a Python scalar takes x's dtype.
func initOf(init, x *trace.Value) *trace.Value {
	if init.Aval().Weak && init.DType() != x.DType() {
		return ops.Convert(init, x.DType())
	}
	return init
}

func lax1(f func(x *trace.Value) *trace.Value) Func {
	return func(c *Call) any {
		c.kw("accuracy") // of the approximation on a TPU
		return jnp.Wrap(f(c.V(0)))
	}
}

func lax2(f func(x, y *trace.Value) *trace.Value) Func {
	return func(c *Call) any { v := c.spread(2); return jnp.Wrap(f(v[0], v[1])) }
}

// spread is the first n arguments with scalars among them broadcast to the shape of the others, as JAX's lax does.
func (c *Call) spread(n int) []*trace.Value {
	v := c.values(c.Args[:n])
	shape := v[0].Shape()
	for _, x := range v {
		if x.Rank() > 0 {
			shape = x.Shape()
		}
	}
	for i, x := range v {
		if x.Rank() == 0 {
			v[i] = ops.BroadcastInDim(x, shape, nil)
		}
	}
	return v
}

// values are the engine's values of arrays.
func (c *Call) values(l []any) []*trace.Value {
	out := make([]*trace.Value, len(l))
	for i, x := range l {
		out[i] = asArray(x).TraceValue()
	}
	return out
}

func wrapped(v []*trace.Value) []any {
	out := make([]any, len(v))
	for i, x := range v {
		out[i] = jnp.Wrap(x)
	}
	return out
}

// need is argument i or the keyword of that name, which the call must have.
func (c *Call) need(i int, name string) any {
	x := c.arg(i, name)
	if x == nil {
		trace.Fail(c.Fn, nil, "the argument %s is missing", name)
	}
	return x
}

// sortAxis are the axis and the stability of a sort of x.
func (c *Call) sortAxis(i int, x *trace.Value, name string, j int) (axis int, stable bool) {
	axis, ok := c.arg(i, name).(int)
	if !ok {
		axis = -1
	}
	if axis < 0 {
		axis += x.Rank()
	}
	return axis, c.bool(j, "is_stable", true)
}

// dotDims reads ((lhs_contract, rhs_contract), (lhs_batch, rhs_batch)).
func (c *Call) dotDims(x any) ops.DotDims {
	l := x.([]any)
	contract, batch := l[0].([]any), l[1].([]any)
	return ops.DotDims{LhsContract: c.Ints(contract[0]), RhsContract: c.Ints(contract[1]), LhsBatch: c.Ints(batch[0]), RhsBatch: c.Ints(batch[1])}
}

// dotOptions are the arguments precision, at i, and preferred_element_type behind it.
func (c *Call) dotOptions(i int) ops.DotOptions {
	return ops.DotOptions{Precision: c.precision(i), PreferredType: c.DType(c.arg(i+1, "preferred_element_type"))}
}

func (c *Call) precision(i int) ops.Precision {
	x := c.arg(i, "precision")
	if l, ok := x.([]any); ok { // one for each operand
		x = l[0]
	}
	names := []any{nil, "high", "highest"}
	return ops.Precision(max(slices.Index(names, x), 0))
}

var laxConcrete = segmentsConcrete

var laxUnmapped = map[string]string{
	"lax.rng_uniform": "the result is only a length, known while tracing",
}
